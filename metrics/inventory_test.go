package metrics

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"waymark/catalog"
)

func TestGaugesShowTheStore(t *testing.T) {
	m := New(Options{})
	m.WatchStore(&catalogOf{counts: smallCatalog()})
	want := `
# HELP waymark_catalog_resources Resources of the whole catalog by state. Each counts once.
# TYPE waymark_catalog_resources gauge
waymark_catalog_resources{state="blocked"} 0
waymark_catalog_resources{state="dead"} 2
waymark_catalog_resources{state="failing"} 0
waymark_catalog_resources{state="ok"} 7
waymark_catalog_resources{state="skipped"} 0
waymark_catalog_resources{state="unchecked"} 0
# HELP waymark_check_last_success_timestamp_seconds When a visit was last recorded, whatever it showed, as Unix time; 0 when none ever was.
# TYPE waymark_check_last_success_timestamp_seconds gauge
waymark_check_last_success_timestamp_seconds 1.7000001e+09
# HELP waymark_overdue_resources Resources whose next visit was due more than an hour ago and is not under way.
# TYPE waymark_overdue_resources gauge
waymark_overdue_resources 4
# HELP waymark_sync_last_success_timestamp_seconds When a source was last read with success, as Unix time; 0 when it never was.
# TYPE waymark_sync_last_success_timestamp_seconds gauge
waymark_sync_last_success_timestamp_seconds{source="backend"} 1.7000000005e+09
waymark_sync_last_success_timestamp_seconds{source="frontend"} 0
`
	err := testutil.GatherAndCompare(m.registry, strings.NewReader(want), "waymark_catalog_resources",
		"waymark_check_last_success_timestamp_seconds", "waymark_overdue_resources", "waymark_sync_last_success_timestamp_seconds")
	if err != nil {
		t.Error(err)
	}
}

func TestEverySourceHasEveryStateAndKind(t *testing.T) {
	body := scrape(t, watching(t, &catalogOf{counts: smallCatalog()}, Options{}).Handler())
	for _, state := range catalog.States() {
		wantLine(t, body, fmt.Sprintf(`waymark_resources{source="backend",state=%q} `, state))
		wantLine(t, body, fmt.Sprintf(`waymark_resources{source="frontend",state=%q} `, state))
	}
	for _, kind := range catalog.FindingKinds() {
		wantLine(t, body, fmt.Sprintf(`waymark_findings{kind=%q,review="open",source="frontend"} 0`, kind))
	}
	wantLine(t, body, `waymark_findings{kind="dead",review="open",source="backend"} 2`)
	wantLine(t, body, `waymark_findings{kind="dead",review="kept",source="backend"} 0`)
	wantLine(t, body, `waymark_findings{kind="moved",review="aside",source="backend"} 4`)
	wantLine(t, body, `waymark_resources{source="backend",state="ok"} 5`)
}

// TestAgesOfASource: each bucket holds those below it, and what has no date is in none.
func TestAgesOfASource(t *testing.T) {
	counts := smallCatalog()
	counts.Sources[0].Ages = catalog.Ages{Known: 9, Seconds: 1.5e9,
		Bands: map[catalog.AgeBand]int{catalog.AgeUnder1: 3, catalog.Age1To2: 2, catalog.Age3To5: 1, catalog.AgeOver10: 3, catalog.AgeUnknown: 40}}
	body := scrape(t, watching(t, &catalogOf{counts: counts}, Options{}).Handler())
	for _, line := range []string{`bucket{source="backend",le="3.1536e+07"} 3`, `bucket{source="backend",le="6.3072e+07"} 5`, `bucket{source="backend",le="9.4608e+07"} 5`,
		`bucket{source="backend",le="1.5768e+08"} 6`, `bucket{source="backend",le="3.1536e+08"} 6`, `bucket{source="backend",le="+Inf"} 9`,
		`sum{source="backend"} 1.5e+09`, `count{source="backend"} 9`, `count{source="frontend"} 0`} {
		wantLine(t, body, "waymark_resource_age_seconds_"+line+"\n")
	}
}

func wantLine(t *testing.T, body, start string) {
	t.Helper()
	if !strings.Contains(body, "\n"+start) {
		t.Errorf("scrape lacks a line that starts with %s", start)
	}
}

func TestFindingInfoIsOptInAndCapped(t *testing.T) {
	store := &catalogOf{counts: smallCatalog()}
	for i := range 50 {
		store.flagged = append(store.flagged, catalog.Flagged{Source: "s", Kind: catalog.FindingDead, URL: fmt.Sprint("https://a.test/", i)})
	}
	tests := map[int]int{0: 0, 1: 1, 20: 20, 100: 50}
	for limit, want := range tests {
		if got := families(t, watching(t, store, Options{FindingInfo: limit}))["waymark_finding_info"]; got != want {
			t.Errorf("with a cap of %d there are %d series; want %d", limit, got, want)
		}
	}
}

func TestFindingInfoIsSafeToShow(t *testing.T) {
	store := &catalogOf{flagged: []catalog.Flagged{
		{Source: "s", Kind: catalog.FindingDead, URL: "https://user:secret@a.test/x?q=1", Title: "Learn\u202E \"Go\"\n\tnow\x00 \xff"},
		{Source: "s", Kind: catalog.FindingDead, URL: "https://a.test/x?q=1", Title: "the same once more"},
		{Source: "s", Kind: "not-a-kind", URL: "https://a.test/y"},
		{Source: "s", Kind: catalog.FindingMoved, URL: "https://a.test/" + strings.Repeat("é", 2000), Title: strings.Repeat("漢", 500)},
	}}
	body := scrape(t, watching(t, store, Options{FindingInfo: 10}).Handler())
	wantLine(t, body, `waymark_finding_info{kind="dead",resource="https://a.test/x?q=1",source="s",title="Learn \"Go\" now `+"\uFFFD"+`"} 1`)
	if strings.Contains(body, "secret") {
		t.Error("a password is shown")
	}
	if n := strings.Count(body, "\nwaymark_finding_info{"); n != 2 {
		t.Errorf("%d series; want 2: repeated ones and unknown kinds left out", n)
	}
	if n := strings.Count(body, "漢"); n != maxTitle-1 {
		t.Errorf("the title has %d characters; want %d and an ellipsis", n, maxTitle-1)
	}
}

func TestActivityOfTheCrawler(t *testing.T) {
	tests := map[string]struct {
		activity catalog.Activity
		want     []string
	}{
		"idle": {catalog.Activity{}, []string{"waymark_offline 0", `waymark_frontier_hosts{phase="busy"} 0`}},
		"at work": {catalog.Activity{Hosts: map[string]int{"ready": 3, "waiting": 2, "busy": 1}},
			[]string{`waymark_frontier_hosts{phase="ready"} 3`, `waymark_frontier_hosts{phase="waiting"} 2`, `waymark_frontier_hosts{phase="busy"} 1`}},
		"offline":       {catalog.Activity{Offline: "12 of 12 sites could not be reached"}, []string{"waymark_offline 1"}},
		"unknown phase": {catalog.Activity{Hosts: map[string]int{"evil.test": 9}}, []string{`waymark_frontier_hosts{phase="ready"} 0`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := New(Options{})
			m.WatchCrawler(crawlerOf(test.activity))
			body := scrape(t, m.Handler())
			for _, line := range test.want {
				wantLine(t, body, line+"\n")
			}
			if strings.Contains(body, "evil.test") {
				t.Error("a host became a label")
			}
		})
	}
}

func TestPausesAreCountedAndNotNamed(t *testing.T) {
	counts := smallCatalog()
	counts.Paused = []catalog.Pause{{Source: counts.Sources[0].Source}, {Host: "away.test"}, {Host: "gone.test"}}
	body := scrape(t, watching(t, &catalogOf{counts: counts}, Options{}).Handler())
	for _, line := range []string{`waymark_paused{what="everything"} 0`, `waymark_paused{what="source"} 1`, `waymark_paused{what="host"} 2`,
		fmt.Sprintf(`waymark_source_paused{source=%q} 1`, counts.Sources[0].Source)} {
		wantLine(t, body, line+"\n")
	}
	if strings.Contains(body, "away.test") {
		t.Error("a host became a label")
	}
	counts.Paused = []catalog.Pause{{}}
	body = scrape(t, watching(t, &catalogOf{counts: counts}, Options{}).Handler())
	for _, source := range counts.Sources {
		wantLine(t, body, fmt.Sprintf("waymark_source_paused{source=%q} 1\n", source.Source))
	}
}

func TestUnixTime(t *testing.T) {
	if got := unix(time.Time{}); got != 0 {
		t.Errorf("never is %v; want 0", got)
	}
	if got := unix(time.UnixMilli(1500)); got != 1.5 {
		t.Errorf("got %v; want 1.5", got)
	}
}

func TestABadSeriesSpoilsNothingElse(t *testing.T) {
	counts := smallCatalog()
	counts.Sources = append(counts.Sources, counts.Sources[0]) // a source twice: its series collide
	var log strings.Builder
	m := watching(t, &catalogOf{counts: counts}, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	body := scrape(t, m.Handler())
	wantLine(t, body, "waymark_overdue_resources 4\n")
	wantLine(t, body, `waymark_resources{source="frontend",state="ok"} 3`+"\n")
	if !strings.Contains(log.String(), "scrape incomplete") {
		t.Errorf("the log says nothing of it: %q", log.String())
	}
}
