package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestPagesAreLight holds what a page costs, with all that it loads, compressed as it is sent.
func TestPagesAreLight(t *testing.T) {
	const most = 100 << 10
	d := serve(t, today, nil)
	for _, path := range []string{"/", "/flagged", "/resources", "/resources/1", "/sources", "/sources/backend", "/hosts", "/crawler", "/settings", "/sign-in"} {
		w := d.do(http.MethodGet, path, "Accept-Encoding", "gzip")
		weight := w.Body.Len()
		zip, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(zip)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range loaded(string(page)) {
			part := d.do(http.MethodGet, file, "Accept-Encoding", "gzip")
			if part.Code != 200 || !strings.Contains(part.Header().Get("Cache-Control"), "immutable") {
				t.Errorf("%s loads %s: %d, %s", path, file, part.Code, part.Header().Get("Cache-Control"))
			}
			weight += part.Body.Len()
		}
		if weight > most {
			t.Errorf("%s weighs %d bytes, more than %d", path, weight, most)
		}
	}
}

// loaded lists the static files that a page names.
func loaded(page string) []string {
	seen := map[string]bool{}
	var files []string
	for _, piece := range strings.Split(page, `"/static/`)[1:] {
		name, _, _ := strings.Cut(piece, `"`)
		name, _, _ = strings.Cut(name, "#")
		if !seen[name] {
			seen[name] = true
			files = append(files, "/static/"+name)
		}
	}
	return files
}

func TestStaticFilesOfYesterday(t *testing.T) {
	w := serve(t, today, nil).do(http.MethodGet, "/static/0123456789ab/waymark.css")
	if got := w.Header().Get("Location"); w.Code != http.StatusFound || !strings.HasSuffix(got, "/waymark.css") {
		t.Errorf("%d %s", w.Code, got)
	}
}
