package main

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
)

// TestJSONReportIsOneDocument: written piece by piece, the document is what it would be in one piece.
func TestJSONReportIsOneDocument(t *testing.T) {
	for n := range 3 {
		var places []catalog.Placement
		for i := range n {
			places = append(places, catalog.Placement{File: "list.md", Line: i + 1, Title: "<b>\u202e &", URL: fmt.Sprintf("https://a.test/%d#x", i)})
		}
		var got, want bytes.Buffer
		run := newCheckRun([]catalog.Snapshot{{Listings: []catalog.Listing{{File: "list.md", Placements: places}}}}, catalog.DefaultRules(),
			&jsonReport{out: &got, resources: map[*catalog.Wanted][]byte{}}, nil)
		run.finished = run.started.Add(time.Second)
		whole := struct {
			headJSON
			Resources []resourceJSON `json:"resources"`
		}{Resources: []resourceJSON{}}
		for i := range run.wanted {
			w := run.wanted[len(run.wanted)-1-i] // finished in another order than that of the list
			result := catalog.Result{Observation: catalog.Observation{At: run.started, Hops: []catalog.Hop{{URL: w.URL, Status: 404}}},
				Judgement: catalog.Judgement{Verdict: catalog.Fresh(run.started)}}
			run.count(result)
			if err := run.report.result(w, result); err != nil {
				t.Fatal(err)
			}
			whole.Resources = append([]resourceJSON{toResourceJSON(w, result, catalog.Rules{})}, whole.Resources...)
		}
		whole.headJSON = headJSON{Version: buildVersion(), Started: run.started.UTC(), Finished: run.finished.UTC(), Summary: run.found}
		if err := indented(&want, whole); err != nil {
			t.Fatal(err)
		}
		if err := run.report.finish(run); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), got.String()); diff != "" {
			t.Errorf("%d resources (-want +got):\n%s", n, diff)
		}
	}
}
