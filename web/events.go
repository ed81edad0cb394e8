package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"waymark/catalog"
)

// event is one message of a stream (WHATWG HTML, section 9.2).
type event struct {
	name string
	id   int64 // 0: none
	data []byte
}

func (e event) text() []byte {
	var b bytes.Buffer
	if e.id != 0 {
		fmt.Fprintf(&b, "id: %d\n", e.id)
	}
	fmt.Fprintf(&b, "event: %s\ndata: %s\n\n", e.name, e.data)
	return b.Bytes()
}

// reconnect is the time after which a browser comes back, in milliseconds.
const reconnect = 3000

// events tells an open page what happens, until it is closed or the service ends.
func (s *site) events(w http.ResponseWriter, r *http.Request) error {
	client := clientOf(r)
	mine, err := s.live.join(client)
	if err != nil {
		return err
	}
	defer s.live.leave(mine, client)
	heard, _ := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64) // anything else is as if it were missing
	told := s.live.begin(heard)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx would collect events
	w.WriteHeader(http.StatusOK)
	out := http.NewResponseController(w)
	if err := out.SetReadDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return sent(err)
	}
	if err := send(w, out, fmt.Appendf(nil, "retry: %d\n\n", reconnect)); err != nil {
		return err
	}
	return s.tell(w, r, mine, &told)
}

// tell writes events as they come.
func (s *site) tell(w http.ResponseWriter, r *http.Request, mine *stream, told *marks) error {
	out := http.NewResponseController(w)
	beat := time.NewTicker(liveHeartbeat)
	defer beat.Stop()
	for {
		for _, e := range s.live.news(told) {
			if err := send(w, out, e.text()); err != nil {
				return err
			}
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-mine.gone:
			return nil
		case <-mine.wake:
		case <-beat.C:
			if err := send(w, out, []byte(": still here\n\n")); err != nil {
				return err
			}
		}
	}
}

// send writes at once. The server's own limit is for a whole answer; here each event has one.
func send(w http.ResponseWriter, out *http.ResponseController, text []byte) error {
	if err := out.SetWriteDeadline(time.Now().Add(liveWrite)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return sent(err)
	}
	if _, err := w.Write(text); err != nil {
		return sent(err)
	}
	return sent(out.Flush())
}

// clientOf is the address by which viewers are told apart. Behind a proxy, which is on this machine or in its network,
// it is what the proxy says. A neighbour could lie there, and gains no more than the bound for all leaves.
func clientOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	address, err := netip.ParseAddr(host)
	if forwarded := r.Header.Get("X-Forwarded-For"); err == nil && forwarded != "" && (address.IsLoopback() || address.IsPrivate()) {
		return strings.TrimSpace(forwarded[strings.LastIndex(forwarded, ",")+1:])
	}
	return host
}

// progressEvent words what the crawler does: numbers for scripts, and the list of visits as the pages show it.
func (s *site) progressEvent(a catalog.Activity) ([]byte, error) {
	var visits bytes.Buffer
	if err := s.pages.byName["overview.html"].ExecuteTemplate(&visits, "visiting", a); err != nil {
		return nil, err
	}
	resources := make([]int64, 0, len(a.Visiting))
	for _, v := range a.Visiting {
		resources = append(resources, v.Resource)
	}
	return json.Marshal(struct {
		Visiting  int     `json:"visiting"`
		Resources []int64 `json:"resources"`
		Offline   bool    `json:"offline"`
		Stuck     bool    `json:"stuck"`
		Visits    string  `json:"visits"`
	}{len(a.Visiting), resources, a.Offline != "", a.Stuck, harmless(visits.String())})
}
