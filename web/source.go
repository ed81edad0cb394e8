package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/catalog"
)

// sourcePage is one source, or a part of it, with what is directly below.
type sourcePage struct {
	sourceBody
	Tree   catalog.Tree
	Path   []crumb // from the source down to the one above
	Here   string  // name of the branch shown
	All    string  // address of its resources
	Sore   []catalog.Branch
	Trend  trend
	Ages   []ageBar
	Beyond int // branches below that are not shown
}

type crumb struct{ Name, Address string }

func (s *site) source(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	id, err := parseNumber(r.URL.Query(), "branch")
	if err != nil {
		return err
	}
	one, err := s.findSource(r, name)
	if err != nil {
		return err
	}
	p := s.page(r, name, "sources")
	tree, err := s.tree(r, name, id, p.Now)
	if err != nil {
		return err
	}
	body := sourcePage{sourceBody: s.sourceBody(one), Tree: tree, Here: tree.Name, All: branchAddress(tree.Branch),
		Beyond: tree.Branches - len(tree.Below)}
	for _, above := range tree.Above {
		body.Path = append(body.Path, crumb{above.Name, partAddress(above)})
	}
	if id == 0 {
		sore, err := s.Atlas.SoreBranches(r.Context(), name, mostSore, p.Now)
		if err != nil {
			return err
		}
		body.Sore = deeper(apart(sore), tree.Below)
		ages, err := s.Atlas.Ages(r.Context(), name, p.Now)
		if err != nil {
			return err
		}
		body.Ages = drawAges(ages, name)
		trends, err := s.Atlas.Trends(r.Context(), p.Now.AddDate(0, 0, 1-trendDays))
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(trends, func(t catalog.Trend) bool { return t.Source == name }); i >= 0 {
			body.Trend = drawTrend(trends[i].Days, p.Now)
		}
	}
	body.CanRemove = body.AddedBy != "" && p.Person != "" && s.SourceKeeper != nil
	body.Pausing = s.box(p, name, "")
	body.Pausing.Back = p.Path
	p.Said = said(w, r)
	p.Body = body
	return s.render(w, http.StatusOK, "source.html", p)
}

// tree reads a part of a source. A source of one file is shown as that file: one line that says so helps nobody.
func (s *site) tree(r *http.Request, name string, id int64, now time.Time) (catalog.Tree, error) {
	tree, err := s.Atlas.Branch(r.Context(), name, id, now)
	if err != nil || id != 0 || len(tree.Below) != 1 || tree.Below[0].Branches == 0 {
		return tree, err
	}
	only, err := s.Atlas.Branch(r.Context(), name, tree.Below[0].ID, now)
	tree.Below, tree.Branches = only.Below, only.Branches
	return tree, err
}

// findSource returns a source in force.
func (s *site) findSource(r *http.Request, name string) (catalog.SourceStatus, error) {
	list, err := s.Reader.Sources(r.Context())
	if err != nil {
		return catalog.SourceStatus{}, err
	}
	i := slices.IndexFunc(list, func(one catalog.SourceStatus) bool { return one.Name == name })
	if i < 0 {
		return catalog.SourceStatus{}, noSuchSource()
	}
	return list[i], nil
}

func noSuchSource() *refusal {
	return &refusal{code: http.StatusNotFound, title: "No such source",
		text: "No source has this name.", hint: "The page of sources lists them all."}
}

// sourceAddress is the page of a source.
func sourceAddress(name string) string { return "/sources/" + url.PathEscape(name) }

// partAddress is the page of a part of a source.
func partAddress(b catalog.Branch) string {
	if b.Kind == catalog.BranchSource || b.ID == 0 {
		return sourceAddress(b.Source)
	}
	return sourceAddress(b.Source) + "?branch=" + strconv.FormatInt(b.ID, 10)
}

// branchAddress is the list of the resources of a part of a source.
func branchAddress(b catalog.Branch) string {
	q := catalog.Query{Source: b.Source}
	if b.Kind != catalog.BranchSource {
		q.Branch = b.ID
	}
	return address(q)
}

// branchName is how a branch is called where its source and the ones above it are not seen.
func branchName(b catalog.Branch) string {
	if b.Kind == catalog.BranchHeading {
		return strings.Join(b.Headings, " › ")
	}
	if b.File != "" {
		return b.File
	}
	return b.Name
}

// branchHealth lets a branch be drawn like a source.
func branchHealth(b catalog.Branch) catalog.Health {
	return catalog.Health{Source: b.Source, States: b.States, Findings: b.Findings}
}
