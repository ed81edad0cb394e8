package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// get decodes an answer of the API.
func get(t *testing.T, d *dashboard, path string, want int) map[string]any {
	t.Helper()
	w := d.do(http.MethodGet, path)
	if got := w.Header().Get("Content-Type"); w.Code != want || got != "application/json; charset=utf-8" {
		t.Fatalf("%s: %d %s", path, w.Code, got)
	}
	var value map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &value); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return value
}

// pick follows keys and indices into a decoded value.
func pick(value any, path ...any) any {
	for _, step := range path {
		switch at := step.(type) {
		case string:
			value = value.(map[string]any)[at]
		case int:
			value = value.([]any)[at]
		}
	}
	return value
}

func TestAPI(t *testing.T) {
	d := serve(t, today, nil)
	moved, dated := d.resource(t, "http://golangweekly"), d.resource(t, "https://blog.example.net/2016")
	for _, test := range []struct {
		path string
		at   []any
		want any
	}{
		{"/overview", []any{"catalog", "states", "dead"}, 2.0},
		{"/overview", []any{"sources", 0, "source"}, "backend"},
		{"/overview", []any{"sources", 1, "findings"}, map[string]any{}},
		{"/overview", []any{"due"}, 2.0},
		{"/overview", []any{"turned", 0, "to"}, "failing"},
		{"/activity", []any{"visiting", 0, "phase"}, "fetching"},
		{"/activity", []any{"hosts", "waiting"}, 11.0},
		{"/sources", []any{"sources", 0, "location"}, "https://git.example.org/roads/backend.git@main"},
		{"/sources", []any{"sources", 0, "problems", 0, "line"}, 212.0},
		{"/sources", []any{"sources", 2, "error"}, "lists.example.org answered 503 Service Unavailable."},
		{"/resources?state=dead&limit=1", []any{"resources", 0, "reason"}, "not-found"},
		{"/resources?state=dead&limit=1", []any{"resources", 0, "open"}, []any{"dead"}},
		{"/resources?host=go.dev", []any{"next"}, ""},
		{"/resources?text=sqlite", []any{"resources", 0, "modified"}, "2020-06-13"},
		{"/resources?text=sqlite", []any{"resources", 0, "modified_from"}, "json-ld"},
		{"/resources?text=sqlite", []any{"resources", 0, "modified_confidence"}, "high"},
		{"/resources?text=jqlang", []any{"resources", 0, "checked"}, nil},
		{dated, []any{"modified_as"}, "June 13, 2020"},
		{dated, []any{"stale_from"}, "2023-06-13"},
		{dated, []any{"stale_rule"}, "Articles are stale after 3 years (kind article)."},
		{moved, []any{"stale_from"}, nil},
		{"/resources?text=nothing+is+called+so", []any{"resources"}, []any{}},
		{moved, []any{"final_url"}, "https://golangweekly.com/"},
		{moved, []any{"findings", 0, "suggestion"}, "https://golangweekly.com/"},
		{moved, []any{"placements", 0, "section"}, []any{"Languages"}},
		{moved, []any{"history", 0, "hops", 0, "status"}, 301.0},
		{moved, []any{"history", 0, "hops", 0, "duration_ms"}, 60.0},
	} {
		if diff := cmp.Diff(test.want, pick(get(t, d, "/api/v1"+test.path, 200), test.at...)); diff != "" {
			t.Errorf("%s %v: %s", test.path, test.at, diff)
		}
	}
}

func TestAPICursor(t *testing.T) {
	d := serve(t, today, nil)
	first := get(t, d, "/api/v1/resources?limit=5", 200)
	second := get(t, d, "/api/v1/resources?limit=5&cursor="+first["next"].(string), 200)
	if a, b := pick(first, "resources", 4, "id"), pick(second, "resources", 0, "id"); a == b {
		t.Errorf("the second page begins with the end of the first: %v", a)
	}
}

func TestAPIErrors(t *testing.T) {
	d := serve(t, today, nil)
	for path, want := range map[string]struct {
		status int
		code   string
	}{
		"/resources/99999":     {404, "not-found"},
		"/nowhere":             {404, "not-found"},
		"/resources?stat=dead": {400, "bad-request"},
		"/resources?state=x":   {400, "bad-request"},
		"/resources?source=x":  {400, "bad-request"},
	} {
		answer := get(t, d, "/api/v1"+path, want.status)
		if code := pick(answer, "error", "code"); code != want.code {
			t.Errorf("%s: code %v, want %s", path, code, want.code)
		}
		if message, _ := pick(answer, "error", "message").(string); !strings.HasSuffix(message, ".") {
			t.Errorf("%s: not a sentence: %q", path, message)
		}
	}
}

// TestAPIIsSafeOnATerminal: people read it with curl.
func TestAPIIsSafeOnATerminal(t *testing.T) {
	d := serve(t, today, nil)
	rows := get(t, d, "/api/v1/resources?text=hostile.example", 200)
	path := fmt.Sprintf("/api/v1/resources/%v", pick(rows, "resources", 0, "id"))
	body := d.do(http.MethodGet, path).Body.String()
	if !strings.Contains(body, `\u202egnp.exe`) || strings.Contains(body, "\u202e") {
		t.Errorf("the mark that reorders text is not escaped: %s", body)
	}
}
