package web

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"waymark/catalog"
)

// token is a value that the design is made of.
type token struct {
	Name        string
	Light, Dark string // of a colour; the same where it does not differ
	Value       string // of anything else
}

var (
	tokenLine = regexp.MustCompile(`(?m)^  --([a-z0-9-]+): (.+);$`)
	lightDark = regexp.MustCompile(`^light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)$`)
)

// tokens reads the tokens from their style sheet, which alone says what they are.
func tokens(sheet string) []token {
	var list []token
	for _, line := range tokenLine.FindAllStringSubmatch(sheet, -1) {
		t := token{Name: line[1]}
		switch both := lightDark.FindStringSubmatch(line[2]); {
		case both != nil:
			t.Light, t.Dark = both[1], both[2]
		case strings.HasPrefix(line[2], "#"):
			t.Light, t.Dark = line[2], line[2]
		default:
			t.Value = line[2]
		}
		list = append(list, t)
	}
	return list
}

// designBody is the page of the design, for whoever works on it.
type designBody struct {
	Grounds, States []token // colours
	Type, Space     []token
	Health          catalog.Health
	Strip           strip
	Path            []step
	Icons           []string
	Kinds           []catalog.FindingKind
}

var iconName = regexp.MustCompile(`<symbol id="([a-z-]+)"`)

// design shows what the pages are made of. It belongs to the demo: whoever runs the service has no use for it.
func (s *site) design(w http.ResponseWriter, r *http.Request) error {
	if !s.Demo {
		return noSuchPage()
	}
	sheet, err := staticFiles.ReadFile("static/tokens.css")
	if err != nil {
		return err
	}
	p := s.page(r, "Design", "design")
	body := exampleBody(p.Now)
	for _, t := range tokens(string(sheet)) {
		name := strings.TrimSuffix(t.Name, "-ink")
		switch {
		case catalog.State(name).Valid():
			body.States = append(body.States, t)
		case t.Light != "":
			body.Grounds = append(body.Grounds, t)
		case strings.HasPrefix(t.Name, "t-"):
			body.Type = append(body.Type, t)
		case strings.HasPrefix(t.Name, "s-"):
			body.Space = append(body.Space, t)
		}
	}
	for _, name := range iconName.FindAllStringSubmatch(string(s.assets.files["icons.svg"]), -1) {
		body.Icons = append(body.Icons, name[1])
	}
	p.Body = body
	return s.render(w, http.StatusOK, "design.html", p)
}

// exampleBody makes up what the components show.
func exampleBody(now time.Time) designBody {
	b := designBody{Kinds: catalog.FindingKinds()}
	b.Health.States = map[catalog.State]int{catalog.OK: 620, catalog.Failing: 90, catalog.Dead: 60, catalog.Blocked: 110, catalog.Unchecked: 70, catalog.Skipped: 50}
	states := []catalog.State{catalog.Dead, catalog.Dead, catalog.Failing, catalog.Blocked, catalog.OK, catalog.OK, catalog.Blocked, catalog.OK, catalog.OK}
	var history []catalog.Seen
	for i, state := range states {
		seen := catalog.Seen{State: state, Message: fmt.Sprintf("What the visit %d weeks ago showed.", i)}
		seen.At, seen.Duration = now.Add(-time.Duration(i)*7*24*time.Hour), 240*time.Millisecond
		history = append(history, seen)
	}
	b.Strip = drawStrip(history)
	b.Path = drawPath([]catalog.Hop{
		{URL: "http://old.example/page", Status: 301, Duration: 60 * time.Millisecond},
		{URL: "https://old.example/page", Status: 302, Duration: 90 * time.Millisecond},
		{URL: "https://new.example/page", Status: 200, Duration: 210 * time.Millisecond},
	})
	return b
}
