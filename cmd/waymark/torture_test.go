package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite"
	"waymark/crawler/fakeweb"
)

// tortureVariable says how many times the service is killed; without it a few times are enough. With it, tests that
// have a long way round take it.
const tortureVariable = "WAYMARK_TORTURE"

const (
	fewKills   = 6
	linksARun  = 60 // added to the lists before each start
	sites      = 8
	mostClaims = 16 * sites // that a service holds at once: 16 for each host
)

// torture returns how many kills are wanted, and whether that was asked for.
func torture(t *testing.T) (kills int, long bool) {
	t.Helper()
	text := os.Getenv(tortureVariable)
	if text == "" {
		return fewKills, false
	}
	kills, err := strconv.Atoi(text)
	if err != nil || kills < 1 {
		t.Fatalf("%s=%q is no number of kills", tortureVariable, text)
	}
	return kills, true
}

// victim is a service that is killed again and again, the web that it visits, and what must outlive every kill. Due
// visits come once a year here, so that each page is asked for once, unless a kill made the visit void.
type victim struct {
	t      *testing.T
	random *rand.Rand
	folder string
	web    *fakeweb.Web

	mu     sync.Mutex
	asked  map[string]int // requests so far, by URL
	mended bool           // the pages that stalled answer from now on

	links        map[string]catalog.State // everything listed so far, and what it must come to
	stalling     []string                 // one for each site: always under way, until the web is mended
	recorded     map[string]catalog.State // what the file held after the last kill
	acknowledged map[string]catalog.State // what the API has told of, at any time
	wasted, most int                      // requests for visits that kills made void: in all, and by one kill
}

func newVictim(t *testing.T, seed uint64) *victim {
	t.Helper()
	simulated, err := fakeweb.Start(fakeweb.Options{Unrecorded: true, Latency: fakeweb.Lognormal(15*time.Millisecond, 150*time.Millisecond, seed)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(simulated.Close)
	v := &victim{t: t, random: rand.New(rand.NewPCG(seed, seed)), folder: t.TempDir(), web: simulated, asked: map[string]int{},
		links: map[string]catalog.State{}, recorded: map[string]catalog.State{}, acknowledged: map[string]catalog.State{}}
	for i := range sites {
		simulated.Handle(site(i), "*", http.HandlerFunc(v.answer))
		v.stalling = append(v.stalling, simulated.URL(site(i), "/stalls"))
	}
	config := fmt.Sprintf("sources: [{name: all, path: 'lists/*.md'}]\ncheck: {retries: 0, timeout: 1h, every: 365d, per_host: {interval: 20ms}}\nnetwork: {resolver: %q, allow: [127.0.0.0/8]}\n",
		simulated.Resolver())
	v.write("waymark.yaml", config)
	if err := os.Mkdir(filepath.Join(v.folder, "lists"), 0o700); err != nil {
		t.Fatal(err)
	}
	return v
}

// site names a host of a registrable domain of its own.
func site(i int) string { return fmt.Sprintf("site-%d.test", i) }

func (v *victim) write(name, text string) {
	v.t.Helper()
	if err := os.WriteFile(filepath.Join(v.folder, name), []byte(text), 0o600); err != nil {
		v.t.Fatal(err)
	}
}

// answer is the whole web: pages, redirects, what is missing, and what stalls.
func (v *victim) answer(rw http.ResponseWriter, r *http.Request) {
	v.mu.Lock()
	v.asked["http://"+r.Host+r.URL.Path]++
	mended := v.mended
	v.mu.Unlock()
	switch kind := strings.Split(r.URL.Path, "/")[1]; {
	case kind == "moved":
		http.Redirect(rw, r, strings.Replace(r.URL.Path, "moved", "page", 1), http.StatusMovedPermanently)
	case kind == "page", kind == "stalls" && mended:
		fakeweb.Page{Title: r.URL.Path}.ServeHTTP(rw, r)
	case kind == "stalls":
		fakeweb.Stall().ServeHTTP(rw, r)
	default:
		http.NotFound(rw, r)
	}
}

func (v *victim) requests() map[string]int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return maps.Clone(v.asked)
}

// list writes another list file before a start, so that syncs are killed as well as visits.
func (v *victim) list(run int) {
	var text strings.Builder
	add := func(url string, want catalog.State) {
		v.links[url] = want
		fmt.Fprintf(&text, "- [%d](%s)\n", len(v.links), url)
	}
	fmt.Fprintf(&text, "# Run %d\n\n", run)
	if run == 0 {
		for _, url := range v.stalling {
			add(url, catalog.OK)
		}
	}
	for i := range linksARun {
		kind, want := "page", catalog.OK
		switch v.random.IntN(10) {
		case 0:
			kind = "moved"
		case 1:
			kind, want = "missing", catalog.Failing
		}
		add(v.web.URL(site(v.random.IntN(sites)), fmt.Sprintf("/%s/%d-%d", kind, run, i)), want)
	}
	v.write(fmt.Sprintf("lists/%04d.md", run), text.String())
}

// kill starts the service and kills it at a random moment: while it starts, a little later, or after so many requests.
func (v *victim) kill(run int) {
	v.t.Helper()
	before := v.requests()
	if run%3 > 0 && v.random.IntN(4) == 0 {
		v.killAtStart(time.Duration(v.random.IntN(400)) * time.Millisecond)
		return
	}
	r := start(v.t, v.folder, "serve")
	listening := make(chan struct{})
	go func() {
		defer close(listening)
		v.listen(r.address)
	}()
	switch moment := v.random.IntN(3); {
	case run%3 == 0:
		v.untilResumed(r, before)
		v.untilTold(r)
		v.untilRequests(v.random.IntN(100))
	case moment == 0:
		v.untilResumed(r, before)
		v.untilRequests(v.random.IntN(200))
	default:
		time.Sleep(time.Duration(v.random.IntN(1500+len(v.links)/2)) * time.Millisecond) // longer lists take longer to read
	}
	_, long := torture(v.t)
	if long {
		v.untilRecording(r)
	}
	if err := r.stop(syscall.SIGKILL); err == nil {
		v.t.Error("a killed process ended well")
	}
	<-listening
	v.complaints(r.log.String(), long)
}

// untilRecording waits until the service records results, should it have had to wait with that.
func (v *victim) untilRecording(r *running) {
	v.t.Helper()
	waitFor(v.t, "word that results can be recorded", r, func() bool {
		res, err := http.Get("http://" + r.address + "/readyz")
		if err != nil {
			return false
		}
		res.Body.Close()
		return res.StatusCode == http.StatusOK
	})
}

// complaints holds the log of a service that was killed against what it may say. At length the lists are long: a sync may
// hold the writer for longer than recording waits at a time. Then recording has to go on, unless the kill came before.
func (v *victim) complaints(log string, long bool) {
	v.t.Helper()
	const waits = `level=ERROR msg="results cannot be recorded; they are kept`
	serious := log
	if long {
		serious = strings.ReplaceAll(log, waits, "")
	}
	if strings.Contains(log, "DATA RACE") || strings.Contains(serious, "level=ERROR") {
		v.t.Errorf("the service complained:\n%s", log)
	}
	if waited, went := strings.Count(log, waits), strings.Count(log, "results are recorded again"); waited > went+1 {
		v.t.Errorf("recording had to wait %d times and went on %d times:\n%s", waited, went, log)
	}
}

func (v *victim) killAtStart(after time.Duration) {
	v.t.Helper()
	command := exec.Command(binary, "serve", "--listen", "127.0.0.1:0")
	command.Dir = v.folder
	if err := command.Start(); err != nil {
		v.t.Fatal(err)
	}
	time.Sleep(after)
	if err := command.Process.Kill(); err != nil {
		v.t.Fatal(err)
	}
	if err := command.Wait(); err == nil {
		v.t.Error("a killed process ended well")
	}
}

// listen notes what the API tells of, until the service is dead.
func (v *victim) listen(address string) {
	for ; ; time.Sleep(20 * time.Millisecond) {
		res, err := http.Get("http://" + address + "/api/v1/resources?sort=checked&limit=500")
		if err != nil {
			return
		}
		var told struct {
			Resources []struct {
				URL     string
				State   catalog.State
				Checked *time.Time
			}
		}
		err = json.NewDecoder(res.Body).Decode(&told)
		res.Body.Close()
		if err != nil {
			return
		}
		v.mu.Lock()
		for _, r := range told.Resources {
			if r.Checked != nil {
				v.acknowledged[r.URL] = r.State
			}
		}
		v.mu.Unlock()
	}
}

// untilResumed waits until every site is asked again for the visit that the last kill broke off: no host starves, and
// none waits for a lease to end.
func (v *victim) untilResumed(r *running, before map[string]int) {
	v.t.Helper()
	waitFor(v.t, "a visit of every site", r, func() bool {
		now := v.requests()
		return !slices.ContainsFunc(v.stalling, func(url string) bool { return now[url] == before[url] })
	})
}

// untilTold waits until the API tells of something that the last kill had not left in the file.
func (v *victim) untilTold(r *running) {
	v.t.Helper()
	waitFor(v.t, "a visit that the API tells of", r, func() bool {
		v.mu.Lock()
		defer v.mu.Unlock()
		for url := range v.acknowledged {
			if v.recorded[url] == "" {
				return true
			}
		}
		return false
	})
}

// waitFor waits for what must come about while a service runs. At length there are many lists to read before, and the
// machine is as busy as it can be.
func waitFor(t *testing.T, what string, r *running, there func() bool) {
	t.Helper()
	for deadline := time.Now().Add(5 * patience); !there(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s did not come about\n%s", what, r.log)
		}
	}
}

// untilRequests waits for n further requests, or a moment when there is not so much to do.
func (v *victim) untilRequests(n int) {
	began := v.web.Totals().Requests
	for deadline := time.Now().Add(2 * time.Second); v.web.Totals().Requests < began+n && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
}

// inspect looks into a copy of the database as the kill left it, so that the service itself has to recover the original.
func (v *victim) inspect(before map[string]int) {
	v.t.Helper()
	held := v.read()
	for url, state := range v.recorded {
		if held[url] != state {
			v.t.Errorf("%s was recorded as %s, and now is %q", url, state, held[url])
		}
		if n := v.requests()[url] - before[url]; n > 0 {
			v.t.Errorf("%s was recorded, and was asked for again", url)
		}
	}
	for url, state := range v.acknowledged {
		if held[url] != state {
			v.t.Errorf("the API told that %s is %s, and the file holds %q", url, state, held[url])
		}
	}
	wasted := 0
	for url, n := range v.requests() {
		if _, ok := held[url]; !ok && v.links[url] != "" {
			wasted += n - before[url]
		}
	}
	if wasted > mostClaims {
		v.t.Errorf("the kill cost %d visits, more than can be under way (%d)", wasted, mostClaims)
	}
	v.wasted += wasted
	v.most = max(v.most, wasted)
	v.recorded = held
}

// read returns the state of each resource that was visited, from a copy of the database, and checks the copy.
func (v *victim) read() map[string]catalog.State {
	v.t.Helper()
	folder := v.t.TempDir()
	for _, name := range []string{"waymark.db", "waymark.db-wal"} {
		content, err := os.ReadFile(filepath.Join(v.folder, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), content, 0o600)
		}
		if err != nil {
			v.t.Fatal(err)
		}
	}
	defer os.RemoveAll(folder)
	store, err := sqlite.Open(v.t.Context(), filepath.Join(folder, "waymark.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		v.t.Fatal(err)
	}
	defer store.Close()
	if err := store.Verify(v.t.Context()); err != nil {
		v.t.Error(err)
	}
	held := map[string]catalog.State{}
	counted := map[catalog.State]int{}
	eachRow(v.t, store, func(row catalog.Row) {
		counted[row.Verdict.State]++
		if !row.Checked.IsZero() {
			held[row.URL] = row.Verdict.State
		}
	})
	overview, err := store.Overview(v.t.Context(), time.Now())
	if err != nil {
		v.t.Fatal(err)
	}
	if !maps.Equal(overview.Catalog.States, counted) {
		v.t.Errorf("the tallies say %v, the resources %v", overview.Catalog.States, counted)
	}
	return held
}

func eachRow(t *testing.T, store *sqlite.Store, do func(catalog.Row)) {
	t.Helper()
	for q := (catalog.Query{Limit: 500}); ; {
		page, err := store.Resources(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range page.Rows {
			do(row)
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return
		}
	}
}

// TestKills: whenever the service is killed, its file is whole, nothing that was recorded or told is lost, no page that
// was recorded is asked for again, and the visits that were broken off are made again at once. At last everything
// has been visited and is what it must be.
func TestKills(t *testing.T) {
	t.Parallel()
	kills, _ := torture(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d, %d kills", seed, kills)
	v := newVictim(t, seed)
	for run := range kills {
		v.list(run)
		before := v.requests()
		v.kill(run)
		v.inspect(before)
		if t.Failed() {
			t.Fatalf("after kill %d of %d; seed %d", run+1, kills, seed)
		}
	}
	t.Logf("%d of %d resources recorded between the kills, %d visits lost in all, at most %d by one kill", len(v.recorded), len(v.links), v.wasted, v.most)
	before := v.requests()
	v.mu.Lock()
	v.mended = true
	v.mu.Unlock()
	r := start(t, v.folder, "serve")
	for visited := -1; visited < len(v.links); {
		c := r.until("further visits", func(c counts) bool { return c.States[catalog.OK]+c.States[catalog.Failing] > visited })
		visited = c.States[catalog.OK] + c.States[catalog.Failing]
	}
	if err := r.stop(syscall.SIGTERM); err != nil {
		t.Errorf("the service ended with %v\n%s", err, r.log)
	}
	v.inspect(before)
	if !maps.Equal(v.recorded, v.links) {
		t.Errorf("%d resources are recorded, and not all of %d links as they must be", len(v.recorded), len(v.links))
	}
}
