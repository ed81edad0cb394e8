package web_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"iter"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/web"
)

func TestCheckMany(t *testing.T) {
	d := serve(t, today, nil)
	w := d.send("/resources/check", "id=1&id=2&id=2&back=%2Fresources%3Fstate%3Dok")
	if w.Code != 303 || w.Header().Get("Location") != "/resources?state=ok" {
		t.Fatalf("%d %s", w.Code, w.Header().Get("Location"))
	}
	if d.crawler.woken != 1 {
		t.Errorf("the crawler was woken %d times", d.crawler.woken)
	}
	for _, id := range []int64{1, 2} {
		if one, err := d.store.Resource(t.Context(), id); err != nil || one.Due.After(today) {
			t.Errorf("resource %d is due %s, %v", id, one.Due, err)
		}
	}
	next := d.do("GET", "/resources", "Cookie", strings.SplitN(w.Header().Get("Set-Cookie"), ";", 2)[0])
	if !strings.Contains(next.Body.String(), "2 resources due now.") || !strings.Contains(next.Header().Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("the next page does not say it once: %s", next.Header().Get("Set-Cookie"))
	}
	for form, want := range map[string]int{
		"":                             400,
		"id=0":                         400,
		"id=x":                         400,
		"id=1&id=99999":                404,
		strings.Repeat("id=1&", 20000): 400,
		"id=1&back=//evil.example":     303,
	} {
		w := d.send("/resources/check", form)
		if w.Code != want || want == 303 && w.Header().Get("Location") != "/resources" {
			t.Errorf("%.30s: %d %s, want %d", form, w.Code, w.Header().Get("Location"), want)
		}
	}
}

func TestWhatIsSaidCannotBeForged(t *testing.T) {
	d := serve(t, today, nil)
	for _, cookie := range []string{"said=check", "said=check.-1", "said=check.x", "said=<b>.1", "said=.1", "said="} {
		if page := d.do("GET", "/resources", "Cookie", cookie).Body.String(); strings.Contains(page, "banner done") {
			t.Errorf("%s is said", cookie)
		}
	}
}

func TestAWordIsKeptForWhoCanReadIt(t *testing.T) {
	d := serve(t, today, nil)
	if w := d.do("GET", "/resources", "Cookie", "said=check.3", "Waymark-Live", "1"); w.Header().Get("Set-Cookie") != "" {
		t.Error("a page that asks for itself takes the word of another away")
	}
	if w := d.do("GET", "/resources", "Cookie", "said=check.3"); !strings.Contains(w.Body.String(), "3 resources due now") || !strings.Contains(w.Header().Get("Set-Cookie"), "said=;") {
		t.Errorf("the page after the form does not say what it did: %v", w.Header())
	}
}

// fullDisk is a store that cannot write.
type fullDisk struct{ web.Writer }

func (fullDisk) CheckNow(context.Context, []int64, time.Time) error {
	return errors.New("the database has no room to grow")
}

func TestAWriteThatFailsSaysWhatToDo(t *testing.T) {
	d := serve(t, today, func(o *web.Options) { o.Writer = fullDisk{} })
	w := d.send("/resources/1/check", "")
	if body := w.Body.String(); w.Code != 500 || !strings.Contains(body, "free some space") || strings.Contains(body, "no room to grow") {
		t.Errorf("%d %s", w.Code, body)
	}
}

func TestExportHoldsAllThatIsFiltered(t *testing.T) {
	d := serve(t, today, nil)
	for query, want := range map[string]int{"": 108, "?state=ok&kind=book": 86, "?text=nothing+is+called+so": 0, "?limit=3&state=dead": 2} {
		w := d.do("GET", "/resources.csv"+query)
		table, err := csv.NewReader(w.Body).ReadAll()
		if err != nil || len(table) != want+1 {
			t.Errorf("CSV %s: %d lines, %v; want %d", query, len(table), err, want+1)
		}
		if got := w.Header().Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") {
			t.Errorf("CSV is sent as %q", got)
		}
		var document struct{ Resources []struct{ URL string } }
		w = d.do("GET", "/resources.json"+query)
		if err := json.Unmarshal(w.Body.Bytes(), &document); err != nil || len(document.Resources) != want {
			t.Errorf("JSON %s: %d resources, %v; want %d", query, len(document.Resources), err, want)
		}
	}
	for _, path := range []string{"/resources.csv?state=broken", "/resources.csv?stat=dead", "/resources.json?q=zzzz", "/resources?q=zzzz", "/resources.json?source=nobody"} {
		if w := d.do("GET", path); w.Code != 400 {
			t.Errorf("%s: %d, want 400", path, w.Code)
		}
	}
}

// tripping hands out hostile rows, and then fails where it is told to.
type tripping struct{ fails bool }

func (e tripping) EachResource(context.Context, catalog.Query) iter.Seq2[catalog.Row, error] {
	return func(yield func(catalog.Row, error) bool) {
		for _, title := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "a,b\"c", "\x1b[31mred"} {
			if !yield(catalog.Row{URL: "https://go.dev/", Title: title}, nil) {
				return
			}
		}
		if e.fails {
			yield(catalog.Row{}, errors.New("the disk is gone"))
		}
	}
}

func TestCellsAreNoFormulas(t *testing.T) {
	d := serve(t, today, func(o *web.Options) { o.Exporter = tripping{} })
	table, err := csv.NewReader(d.do("GET", "/resources.csv").Body).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, line := range table[1:] {
		titles = append(titles, line[1])
	}
	want := []string{"'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "␍=1", "'\n=1", "'＝1", "a,b\"c", "␛[31mred"}
	if !slices.Equal(titles, want) {
		t.Errorf("%q, want %q", titles, want)
	}
}

func TestAnExportThatFailsIsBrokenOff(t *testing.T) {
	d := serve(t, today, func(o *web.Options) { o.Exporter = tripping{fails: true} })
	defer func() {
		if cause, _ := recover().(error); !errors.Is(cause, http.ErrAbortHandler) {
			t.Errorf("ended with %v", cause)
		}
	}()
	d.do("GET", "/resources.csv")
	t.Error("a part was sent as the whole")
}
