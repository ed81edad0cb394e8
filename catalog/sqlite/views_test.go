package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"testing"
	"time"

	"waymark/catalog"
)

func hostRows(t *testing.T, s *Store, q catalog.HostQuery) catalog.HostRows {
	t.Helper()
	rows, err := s.HostTable(t.Context(), q, noon.AddDate(0, 3, 0))
	must(t, err)
	return rows
}

func hostNames(rows catalog.HostRows) []string {
	list := []string{}
	for _, r := range rows.Rows {
		list = append(list, fmt.Sprintf("%s %d", r.Host, r.Resources))
	}
	return list
}

func TestHostTable(t *testing.T) {
	s, now := flaggedStore(t)
	must(t, s.SaveHosts(t.Context(), []catalog.HostState{{Host: "mixed.example", Gap: time.Second, NotBefore: now.Add(time.Hour), Failures: 2}, {Host: "passed.example", Failures: 1}}))
	for name, c := range map[string]struct {
		q    catalog.HostQuery
		want []string
	}{
		"by links":   {catalog.HostQuery{}, []string{"died.example 3", "mixed.example 2", "twice.example 1", "moved.example 1"}},
		"by trouble": {catalog.HostQuery{Sort: catalog.HostsByTrouble}, []string{"died.example 3", "twice.example 1", "mixed.example 2"}},
		"by name":    {catalog.HostQuery{Sort: catalog.HostsByName}, []string{"died.example 3", "mixed.example 2", "moved.example 1", "twice.example 1"}},
		"text":       {catalog.HostQuery{Text: " MO"}, []string{"moved.example 1"}},
		"no text":    {catalog.HostQuery{Text: "nowhere"}, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			rows := hostRows(t, s, c.q)
			same(t, "hosts", hostNames(rows), c.want)
			same(t, "count", rows.Amount, catalog.Amount{Count: len(c.want)})
			var paged []string
			for c.q.Limit = 1; len(c.want) > 0; {
				page := hostRows(t, s, c.q)
				paged = append(paged, hostNames(page)...)
				if c.q.Cursor = page.Next; c.q.Cursor == "" {
					same(t, "paged", paged, c.want)
					break
				}
			}
		})
	}
	h, err := s.Host(t.Context(), "Mixed.example", now)
	must(t, err)
	same(t, "host", h, catalog.HostRow{HostState: catalog.HostState{Host: "mixed.example", Gap: time.Second, NotBefore: now.Add(time.Hour), Failures: 2},
		Resources: 2, States: map[catalog.State]int{catalog.OK: 1, catalog.Dead: 1}, Resting: true, Next: h.Next, First: h.First, FirstURL: "https://mixed.example/fine"})
	passed, err := s.Host(t.Context(), "passed.example", now)
	must(t, err)
	same(t, "a host met in redirects", passed.Resources, 0)
	if _, err := s.Host(t.Context(), "none.example", now); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("an unknown host gives %v", err)
	}
	for _, q := range []catalog.HostQuery{{Cursor: "!"}, {Cursor: hostRows(t, s, catalog.HostQuery{Limit: 1}).Next, Sort: catalog.HostsByName}} {
		if _, err := s.HostTable(t.Context(), q, now); !errors.Is(err, catalog.ErrCursor) {
			t.Errorf("cursor %q gives %v", q.Cursor, err)
		}
	}
	if _, err := s.HostTable(t.Context(), catalog.HostQuery{Sort: "size"}, now); err == nil {
		t.Error("an unknown order is taken")
	}
}

func TestQueue(t *testing.T) {
	s := open(t)
	var links []catalog.Placement
	for i := range 6 {
		links = append(links, link(i+1, "T", fmt.Sprintf("https://%d.example/", i)))
	}
	bring(t, s, list("a", noon, links...))
	now := noon.Add(10 * time.Minute)
	waits := map[string]time.Duration{"0": -2 * time.Hour, "1": -time.Minute, "2": time.Minute, "3": 5 * time.Hour, "4": 100 * time.Hour, "5": 1000 * time.Hour}
	for _, c := range claim(t, s, now, 100, 100) {
		i := c.Host[:1]
		r := judged(c, answer(c, now, map[string]int{"1": 404, "2": 500}[i]+map[string]int{"0": 200, "3": 200, "4": 200, "5": 403}[i]), now)
		r.Observation.Duration = time.Duration(i[0]) * time.Second
		r.Due = now.Add(waits[i])
		record(t, s, r)
	}
	q, err := s.Queue(t.Context(), now)
	must(t, err)
	for name, c := range map[string][2]int{"overdue": {q.Overdue.Count, 1}, "due": {q.Due.Count, 2}, "hour": {q.Hour.Count, 1}, "day": {q.Day.Count, 2}, "week": {q.Week.Count, 3}} {
		same(t, name, c[0], c[1])
	}
	var failed []catalog.Reason
	for _, v := range q.Failed {
		failed = append(failed, v.Reason)
	}
	same(t, "failed", len(failed), 2)
	same(t, "slowest", []string{q.Slowest[0].URL, q.Slowest[1].URL}, []string{"https://5.example/", "https://4.example/"})
	same(t, "duration", q.Slowest[0].Duration, time.Duration('5')*time.Second)
	same(t, "next", q.NextDue.Before(now), true)
}

func TestNews(t *testing.T) {
	s, now := flaggedStore(t)
	news := func(q catalog.NewsQuery) catalog.News {
		t.Helper()
		n, err := s.News(t.Context(), q)
		must(t, err)
		return n
	}
	all := news(catalog.NewsQuery{Limit: 500})
	same(t, "first visits that found all in order", all.Count, len(all.Turned))
	changes, err := s.Changes(t.Context(), 0, 500)
	must(t, err)
	same(t, "the last of all", all.Last, changes[len(changes)-1].ID)
	for i := range all.Turned[1:] {
		if all.Turned[i].ID < all.Turned[i+1].ID {
			t.Error("the latest is not first")
		}
	}
	harmful := news(catalog.NewsQuery{Harmful: true, Limit: 500})
	same(t, "as many", harmful.Count, all.Count)
	for i := range harmful.Turned[1:] {
		a, b := harmful.Turned[i], harmful.Turned[i+1]
		if a.Harm() > b.Harm() || a.Harm() == b.Harm() && a.ID < b.ID {
			t.Errorf("change %d stands before %d", a.ID, b.ID)
		}
	}
	same(t, "the most harmful ones", news(catalog.NewsQuery{Harmful: true, Limit: 3}).Turned, harmful.Turned[:3])
	since := 0
	for _, c := range all.Turned {
		if !c.At.Before(now) {
			since++
		}
	}
	if since == 0 || since == all.Count {
		t.Fatal("all changes are of one time, which proves nothing")
	}
	same(t, "since a time", news(catalog.NewsQuery{Since: now}).Count, since)
	same(t, "since the first", news(catalog.NewsQuery{Since: noon}).Count, all.Count)
	same(t, "since tomorrow", news(catalog.NewsQuery{Since: now.AddDate(1, 0, 0)}).Count, 0)
	same(t, "after the last", news(catalog.NewsQuery{After: all.Last}).Count, 0)
	same(t, "after one", news(catalog.NewsQuery{After: all.Turned[2].ID}).Count, 2)
	for _, c := range news(catalog.NewsQuery{Source: "b", Limit: 500}).Turned {
		if c.URL != "https://twice.example/" && c.URL != "https://died.example/1" {
			t.Errorf("%s is no news of b", c.URL)
		}
	}
	same(t, "an empty store", func() catalog.News {
		n, err := open(t).News(t.Context(), catalog.NewsQuery{Since: noon})
		must(t, err)
		return n
	}(), catalog.News{})
}

// TestHarmIsTheSameInSQL holds the two writings of the rule against each other.
func TestHarmIsTheSameInSQL(t *testing.T) {
	s := open(t)
	bring(t, s, list("a", noon, link(1, "One", "https://one.example/")))
	expression, args := harmOfChange()
	check := func(c catalog.Change) {
		t.Helper()
		_, err := s.writer.Exec(`DELETE FROM changes`)
		must(t, err)
		_, err = s.writer.Exec(addChange, 1, noon.UnixMilli(), string(c.From), string(c.To), "", string(c.Finding), c.Closed, "")
		must(t, err)
		var harm int
		must(t, s.writer.QueryRow(`SELECT `+expression+` FROM changes c`, args...).Scan(&harm))
		same(t, fmt.Sprintf("harm of %+v", c), harm, c.Harm())
	}
	for _, state := range catalog.States() {
		check(catalog.Change{From: catalog.OK, To: state})
	}
	for _, kind := range catalog.FindingKinds() {
		check(catalog.Change{Finding: kind})
		check(catalog.Change{Finding: kind, Closed: true})
		_, err := s.writer.Exec(openFinding, 1, string(kind), "", "m", "", noon.UnixMilli())
		must(t, err)
	}
	rows, err := s.writer.Query(`SELECT f.kind FROM flags fl JOIN findings f ON f.id = fl.finding_id WHERE fl.scope = 0 ORDER BY fl.harm`)
	kinds, err := collect(rows, err, func(rows *sql.Rows) (k catalog.FindingKind, err error) { return k, rows.Scan(&k) })
	must(t, err)
	same(t, "order of flags", kinds, catalog.FindingKinds())
}

func TestTrends(t *testing.T) {
	s, now := flaggedStore(t)
	bring(t, s, list("c", now, link(1, "Late", "https://late.example/")))
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	must(t, s.SaveDay(t.Context(), now.AddDate(0, 0, -catalog.KeptDays)))
	must(t, s.SaveDay(t.Context(), now.AddDate(0, 0, -1)))
	must(t, s.RetireSources(t.Context(), []string{"a", "c"}))
	must(t, s.SaveDay(t.Context(), now))
	visit(t, s, now.AddDate(0, 0, 0), 404)
	must(t, s.SaveDay(t.Context(), now.Add(time.Hour)))
	trends, err := s.Trends(t.Context(), now.AddDate(-2, 0, 0))
	must(t, err)
	var told []string
	for _, trend := range trends {
		for _, d := range trend.Days {
			told = append(told, fmt.Sprintf("%q %d days ago: %d dead, %d findings", trend.Source, int(day.Sub(d.Date).Hours()/24), d.States[catalog.Dead], d.Findings))
		}
	}
	same(t, "trends", told, []string{`"" 1 days ago: 5 dead, 6 findings`, `"" 0 days ago: 5 dead, 6 findings`, `"a" 1 days ago: 5 dead, 6 findings`,
		`"a" 0 days ago: 5 dead, 6 findings`, `"c" 1 days ago: 0 dead, 0 findings`, `"c" 0 days ago: 0 dead, 0 findings`})
	recent, err := s.Trends(t.Context(), now)
	must(t, err)
	same(t, "days from today on", len(recent[0].Days), 1)
}

func TestWhatAHostSaidIsKeptUntilItSaysMore(t *testing.T) {
	s := open(t)
	robots := catalog.Robots{Read: noon, Status: 200, Access: catalog.AccessSome, Delay: 2 * time.Second}
	first := catalog.HostState{Host: "one.example", Robots: robots, Error: "it answered 503", ErrorAt: noon}
	must(t, s.SaveHosts(t.Context(), []catalog.HostState{first}))
	must(t, s.SaveHosts(t.Context(), []catalog.HostState{{Host: "one.example", Failures: 1}}))
	h, err := s.Host(t.Context(), "one.example", noon)
	must(t, err)
	first.Failures = 1
	same(t, "what is known", h.HostState, first)
}
