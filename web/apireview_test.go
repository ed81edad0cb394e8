package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// ask sends JSON to the API with a bearer token.
func (d *dashboard) ask(method, path, token, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = "localhost:8080"
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w
}

func TestProgramsDecideWithTheToken(t *testing.T) {
	d := serve(t, today, nil)
	token := d.token(t)
	var list struct {
		Findings []struct {
			ID       int64
			Version  string
			Kind     string
			Review   string
			Decision *struct{ ID int64 }
		}
	}
	read := func() {
		t.Helper()
		if err := json.Unmarshal(d.ask(http.MethodGet, "/api/v1/findings?kind=moved", "", "").Body.Bytes(), &list); err != nil || len(list.Findings) != 1 {
			t.Fatalf("%v %+v", err, list)
		}
	}
	read()
	path := fmt.Sprintf("/api/v1/findings/%d/review", list.Findings[0].ID)
	body := fmt.Sprintf(`{"version": %q, "decision": "kept", "by": "robot"}`, list.Findings[0].Version)
	for name, test := range map[string]struct {
		token, body string
		want        int
	}{
		"no token":         {"", body, 401},
		"wrong token":      {"wrong", body, 401},
		"no JSON":          {token, "decision=kept", 400},
		"an unknown field": {token, `{"odd": 1}`, 400},
		"another version":  {token, `{"version": "x", "decision": "kept", "by": "robot"}`, 409},
		"nobody":           {token, strings.Replace(body, "robot", "", 1), 422},
		"as it should be":  {token, body, 200},
	} {
		w := d.ask(http.MethodPost, path, test.token, test.body)
		if w.Code != test.want || test.want == 401 && w.Header().Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%s: %d %s, want %d", name, w.Code, w.Body, test.want)
		}
	}
	if read(); list.Findings[0].Review != "kept" {
		t.Fatalf("it is %q", list.Findings[0].Review)
	}
	undo := fmt.Sprintf("/api/v1/reviews/%d?by=robot", list.Findings[0].Decision.ID)
	if w := d.ask(http.MethodDelete, undo, "", ""); w.Code != 401 {
		t.Errorf("undone without a token: %d", w.Code)
	}
	if w := d.ask(http.MethodDelete, undo, token, ""); w.Code != 204 {
		t.Errorf("undo: %d %s", w.Code, w.Body)
	}
}
