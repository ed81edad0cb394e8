package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"waymark/catalog"
)

// A cookie remembers two looks at the overview: the one before, which what is shown as new is measured from, and the
// last. Whoever comes back after lookTime begins a new look; whoever reloads sees the same news again.
const (
	seenCookie = "seen"
	seenTime   = 365 * 24 * time.Hour
	lookTime   = 30 * time.Minute
	liveHeader = "Waymark-Live" // of a page that stays open and asks for itself, which is no new look
	newsRead   = 200            // changes that are counted by what they say
)

// look is a moment at which somebody looked, and the last change there was.
type look struct {
	change int64
	at     time.Time
}

// news is what turned since somebody last looked.
type news struct {
	Since  time.Time // zero when this is the first look: then it is of a day
	Words  []string  // such as "2 died"
	More   bool      // there is more than what was counted
	Turned []catalog.Turned
}

// newsSince reads what turned since the reader last looked, and notes this look.
func (s *site) newsSince(w http.ResponseWriter, r *http.Request, now time.Time) (news, error) {
	base, last := looks(r)
	if now.Sub(last.at) > lookTime {
		base = last
	}
	q := catalog.NewsQuery{After: base.change, Harmful: true, Limit: newsRead}
	if base.at.IsZero() {
		q.After, q.Since = 0, now.Add(-24*time.Hour)
	}
	read, err := s.News.News(r.Context(), q)
	if err != nil {
		return news{}, err
	}
	if r.Header.Get(liveHeader) == "" {
		remember(w, r, base, look{read.Last, now})
	}
	turned := withoutEchoes(read.Turned)
	n := news{Since: base.at, Words: newsWords(turned), More: read.Count > len(read.Turned) || read.More}
	n.Turned = turned[:min(len(turned), mostTurned)]
	return n, nil
}

// looks reads the cookie: numbers of changes and seconds, parted by dots. One that is not understood is as if it were
// missing.
func looks(r *http.Request) (base, last look) {
	c, err := r.Cookie(seenCookie)
	if err != nil {
		return base, last
	}
	var n [4]int64
	parts := strings.Split(c.Value, ".")
	if len(parts) != len(n) {
		return base, last
	}
	for i, part := range parts {
		if n[i], err = strconv.ParseInt(part, 10, 64); err != nil || n[i] < 0 || n[i] > 1<<53 {
			return look{}, look{}
		}
	}
	return lookAt(n[0], n[1]), lookAt(n[2], n[3])
}

func lookAt(change, seconds int64) look {
	if seconds == 0 {
		return look{}
	}
	return look{change, time.Unix(seconds, 0)}
}

func (l look) text() string {
	if l.at.IsZero() {
		return "0.0"
	}
	return fmt.Sprintf("%d.%d", l.change, l.at.Unix())
}

func remember(w http.ResponseWriter, r *http.Request, base, last look) {
	http.SetCookie(w, &http.Cookie{Name: seenCookie, Value: base.text() + "." + last.text(), Path: "/", MaxAge: int(seenTime.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil})
}

// newsWords says in numbers what became of the resources that turned, the worst first. The latest comes first in
// turned, and each resource counts once: by its last state, else by what was last found on it or closed.
func newsWords(turned []catalog.Turned) []string {
	states, findings := map[int64]catalog.State{}, map[int64]bool{}
	for _, t := range turned {
		if t.Finding == "" && states[t.Resource] == "" {
			states[t.Resource] = t.To
		}
	}
	for _, t := range turned {
		if _, counted := findings[t.Resource]; t.Finding != "" && !counted && states[t.Resource] == "" {
			findings[t.Resource] = !t.Closed
		}
	}
	counts := map[catalog.State]int{}
	for _, state := range states {
		counts[state]++
	}
	found := 0
	for _, open := range findings {
		if open {
			found++
		}
	}
	var words []string
	for _, part := range []struct {
		n    int
		text string
	}{{counts[catalog.Dead], "died"}, {counts[catalog.Failing], "began to fail"}, {found, "newly flagged"},
		{counts[catalog.Blocked], "became blocked"}, {counts[catalog.OK], "came back"}, {len(findings) - found, "mended"}} {
		if part.n > 0 {
			words = append(words, number(part.n)+" "+part.text)
		}
	}
	return words
}
