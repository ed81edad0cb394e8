package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"waymark/catalog"
)

// Flags is what the pages show of findings and of what people decided on them.
type Flags interface {
	Flags(ctx context.Context, q catalog.FlagQuery, now time.Time) (catalog.FlagRows, error)
	Flag(ctx context.Context, finding int64, now time.Time) (catalog.Flag, error)
	ReviewTally(ctx context.Context, now time.Time) (catalog.ReviewTally, error)
	Reviews(ctx context.Context, q catalog.ReviewQuery) ([]catalog.Reviewed, error)
}

// flaggedBody is a page of open findings.
type flaggedBody struct {
	Query  catalog.FlagQuery
	Tabs   []choice // by what was decided, each with its number
	Kinds  []choice
	Chips  []chip
	Groups []flagGroup
	Amount catalog.Amount
	pager
	Can    bool // who looks may decide
	SignIn string
}

// flagGroup is a finding, or a host of which nothing lives.
type flagGroup struct {
	catalog.FlagGroup
	All    string // address of all findings of the host
	Views  []flagView
	Decide decideView // on all of them
}

// decideView is what the forms of a decision need.
type decideView struct {
	Action  string // where they are sent to
	Key     string // tells them from others of the page
	Version string
	Count   int    // findings that are decided on
	Source  string // of which they are; empty: of any
	Back    string
	Can     bool
	Today   string
	Last    string   // the last day until which it can be set aside
	Next    int64    // the finding to go on with when this one is decided on; 0 where there is no other
	Attempt *attempt // a decision that was refused; nil for most
}

// decideOn is a form sent to an address, that decides on what a version names.
func (s *site) decideOn(p *page, action, key, version string) decideView {
	return decideView{Action: action, Key: key, Version: version, Count: 1, Back: p.Path, Can: p.Person != "", Today: tomorrow(p.Now),
		Last: p.Now.Add(catalog.LongestAside).UTC().Format(time.DateOnly), Attempt: p.Attempt.to(action)}
}

// flagView is a finding with what can be decided on it.
type flagView struct {
	catalog.Flag
	State  catalog.ReviewState
	More   int // places besides those shown
	Shown  []catalog.Place
	Now    time.Time
	Title  string
	Also   []catalog.FindingKind // of the same resource, flagged by themselves
	Write  string                // what to write instead; nothing while nobody has looked at the site that the link lands on
	Decide decideView
}

// placesShown is the number of places that a finding names.
const placesShown = 3

func (s *site) flagged(w http.ResponseWriter, r *http.Request) error {
	q, err := s.flagQuery(r)
	if err != nil {
		return err
	}
	p := s.page(r, "Flagged", "flagged")
	rows, err := s.Flags.Flags(r.Context(), q, p.Now)
	if err != nil {
		return err
	}
	tally, err := s.Flags.ReviewTally(r.Context(), p.Now)
	if err != nil {
		return err
	}
	if err := s.sayDecided(w, r, p); err != nil {
		return err
	}
	body := flaggedBody{Query: q, Tabs: reviewTabs(q, tally), Kinds: kindChoices(q, tally), Chips: flagChips(q), Amount: rows.Amount,
		Can: p.Person != "", SignIn: s.signInFor(p)}
	for _, g := range rows.Groups {
		group := flagGroup{FlagGroup: g, All: flagAddress(catalog.FlagQuery{Review: q.Review, Host: g.Host})}
		if g.Host != "" {
			group.Decide = s.decideOn(p, hostAddress(g.Host)+"/review", g.Host, g.Version)
			group.Decide.Count, group.Decide.Source = g.Count, q.Source
		}
		for _, flag := range g.Flags {
			group.Views = append(group.Views, s.flagView(flag, p))
		}
		body.Groups = append(body.Groups, group)
	}
	goOn(body.Groups)
	body.pager = pagesOf(q.Cursor, rows.Next, func(cursor string) string {
		q.Cursor = cursor
		return flagAddress(q)
	})
	p.Body = body
	return s.render(w, http.StatusOK, "flagged.html", p)
}

// goOn tells each finding which one follows it on the page; the last one leads back to that before it.
func goOn(groups []flagGroup) {
	var last *flagView
	for _, group := range groups {
		for i := range group.Views {
			view := &group.Views[i]
			if last != nil {
				last.Decide.Next, view.Decide.Next = view.ID, last.ID
			}
			last = view
		}
	}
}

// flagView adds to a finding what the page needs to let somebody decide on it.
func (s *site) flagView(f catalog.Flag, p *page) flagView {
	shown, places := f.Places[:min(len(f.Places), placesShown)], max(f.Resource.Count, len(f.Places))
	if f.Fragment != "" {
		places = len(f.Places) // the links to other parts of the same page are sound
	}
	also := slices.DeleteFunc(slices.Clone(f.Resource.Open), func(kind catalog.FindingKind) bool { return kind == f.Kind })
	return flagView{Flag: f, Title: titleOf(f.Resource), Write: suggested(f.Finding, f.Resource.Open), Also: also, State: f.Review.State(p.Now),
		Shown: shown, More: places - len(shown), Now: p.Now,
		Decide: s.decideOn(p, fmt.Sprintf("/findings/%d/review", f.ID), strconv.FormatInt(f.ID, 10), f.Version())}
}

// suggested is what to write instead of a link, given all kinds of open findings of its resource. It is nothing where the
// link lands on another site, until somebody has looked: whoever buys a domain redirects its pages for good as well.
func suggested(f catalog.Finding, open []catalog.FindingKind) string {
	if slices.Contains(open, catalog.FindingOffSite) {
		return ""
	}
	return f.Suggestion
}

// signInFor is where to sign in and come back to a page; empty where nobody can, or somebody did.
func (s *site) signInFor(p *page) string {
	if p.Person != "" || !p.CanSign {
		return ""
	}
	return signInAddress(p.Path)
}

func tomorrow(now time.Time) string { return now.UTC().AddDate(0, 0, 1).Format(time.DateOnly) }

// flagParams lists the parameters of the page and the fields that they fill.
func flagParams(q *catalog.FlagQuery) []param {
	return []param{
		{"review", (*string)(&q.Review), words(catalog.ReviewStates())},
		{"kind", (*string)(&q.Kind), words(catalog.FindingKinds())},
		{"source", &q.Source, nil},
		{"host", &q.Host, nil},
		{"cursor", &q.Cursor, nil},
	}
}

// flagQuery reads the filters. Without a choice those are shown that nobody has decided on.
func (s *site) flagQuery(r *http.Request) (catalog.FlagQuery, error) {
	q := catalog.FlagQuery{}
	if err := fill(flagParams(&q), r.URL.Query()); err != nil {
		return q, err
	}
	if q.Review == "" {
		q.Review = catalog.ReviewOpen
	}
	if q.Source != "" {
		if _, err := s.sourceNames(r, q.Source); err != nil {
			return q, err
		}
	}
	q.Apart = q.Host != ""
	return q, nil
}

func flagAddress(q catalog.FlagQuery) string {
	if q.Review == catalog.ReviewOpen {
		q.Review = ""
	}
	return addressOf("/flagged", flagParams(&q), nil)
}

// flagChips lists the filters in force; the tabs and the kinds show themselves.
func flagChips(q catalog.FlagQuery) []chip {
	var list []chip
	for i, p := range flagParams(&q) {
		if *p.value == "" || p.name != "source" && p.name != "host" {
			continue
		}
		without := q
		without.Cursor = ""
		*flagParams(&without)[i].value = ""
		list = append(list, chip{p.name, *p.value, flagAddress(without)})
	}
	return list
}

// reviewTabs offers what people decided, each with the number of its findings.
func reviewTabs(q catalog.FlagQuery, tally catalog.ReviewTally) []choice {
	chosen := q.Review
	var list []choice
	for _, state := range catalog.ReviewStates() {
		q.Review, q.Cursor = state, ""
		list = append(list, choice{string(state), reviewText(state) + " " + number(tally.Total(state)), flagAddress(q), state == chosen})
	}
	return list
}

func reviewText(state catalog.ReviewState) string {
	return map[catalog.ReviewState]string{catalog.ReviewOpen: "open", catalog.ReviewKept: "confirmed", catalog.ReviewAside: "set aside"}[state]
}

// kindChoices offers the kinds that there are, the most harmful first.
func kindChoices(q catalog.FlagQuery, tally catalog.ReviewTally) []choice {
	counts, chosen := tally[q.Review], q.Kind
	q.Cursor, q.Kind = "", ""
	list := []choice{{"", "every kind", flagAddress(q), chosen == ""}}
	for _, kind := range catalog.FindingKinds() {
		if q.Kind = kind; counts[kind] > 0 || kind == chosen {
			list = append(list, choice{string(kind), string(kind) + " " + number(counts[kind]), flagAddress(q), kind == chosen})
		}
	}
	return slices.Clip(list)
}

// decidedBody is a page of what people decided.
type decidedBody struct {
	Reviews []reviewView
	Next    string
	Tabs    []choice
}

type reviewView struct {
	catalog.Reviewed
	State catalog.ReviewState // what it means now
	Can   bool                // it can be undone
	Back  string
	Now   time.Time
}

// reviewsShown is the number of decisions on a page.
const reviewsShown = 50

// decided is the history of who did what.
func (s *site) decided(w http.ResponseWriter, r *http.Request) error {
	before, err := parseNumber(r.URL.Query(), "before")
	if err != nil {
		return err
	}
	p := s.page(r, "Decided", "flagged")
	list, err := s.Flags.Reviews(r.Context(), catalog.ReviewQuery{Before: before, Limit: reviewsShown})
	if err != nil {
		return err
	}
	tally, err := s.Flags.ReviewTally(r.Context(), p.Now)
	if err != nil {
		return err
	}
	if err := s.sayDecided(w, r, p); err != nil {
		return err
	}
	body := decidedBody{Tabs: reviewTabs(catalog.FlagQuery{}, tally)}
	for _, one := range list {
		state := one.State(p.Now)
		stands := state != catalog.ReviewOpen || one.Standing > 0
		body.Reviews = append(body.Reviews, reviewView{one, state, stands && p.Person != "", p.Path, p.Now})
	}
	if len(list) == reviewsShown {
		body.Next = "/flagged/decided?before=" + strconv.FormatInt(list[len(list)-1].ID, 10)
	}
	p.Body = body
	return s.render(w, http.StatusOK, "decided.html", p)
}
