package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"waymark/catalog"
)

// Atlas is what the pages show of sources part by part and day by day.
type Atlas interface {
	Branch(ctx context.Context, source string, id int64, now time.Time) (catalog.Tree, error)
	SoreBranches(ctx context.Context, source string, limit int, now time.Time) ([]catalog.Branch, error)
	Trends(ctx context.Context, from time.Time) ([]catalog.Trend, error)
	// Ages counts the resources of a source by age.
	Ages(ctx context.Context, source string, now time.Time) (catalog.Ages, error)
}

// What the first page shows at most, to be read at a glance.
const (
	mostSore   = 8  // branches with dead or failing links
	mostTurned = 5  // changes
	mostLists  = 12 // sources, before the rest is unfolded
	trendDays  = 45
)

// overviewBody is what the first page shows.
type overviewBody struct {
	Catalog  catalog.Health
	Stage    string // empty, reading, first or running: how far the service has come
	Judged   int    // resources whose state says something about the page
	Needs    []need
	Aside    int    // dead resources whose finding is set aside
	Lists    []list // the first mostLists
	More     []list
	Sore     []catalog.Branch
	News     news
	Crawl    crawlWord
	Activity catalog.Activity
}

// need is a kind of finding that waits for a person.
type need struct {
	Kind  catalog.FindingKind
	Count int
}

// list is a source at a glance.
type list struct {
	catalog.Health
	Judged int
	Open   int
	Trend  trend
	Unread *catalog.Unread // its last reading failed; nil for most
	Now    time.Time
}

// crawlWord says whether the crawler is well.
type crawlWord struct {
	Well      bool
	Text      string
	Due       int
	Many      bool // more may be due
	NextDue   time.Time
	LastCheck time.Time
}

func (s *site) overview(w http.ResponseWriter, r *http.Request) error {
	p := s.page(r, "Overview", "overview")
	o, err := s.Reader.Overview(r.Context(), p.Now)
	if err != nil {
		return err
	}
	trends, err := s.Atlas.Trends(r.Context(), p.Now.AddDate(0, 0, 1-trendDays))
	if err != nil {
		return err
	}
	sore, err := s.Atlas.SoreBranches(r.Context(), "", mostSore, p.Now)
	if err != nil {
		return err
	}
	turned, err := s.newsSince(w, r, p.Now)
	if err != nil {
		return err
	}
	lists := listsOf(o, trends, p.Now)
	cut := min(mostLists, len(lists))
	p.Body = overviewBody{
		Catalog: o.Catalog, Stage: stage(o), Judged: judged(o.Catalog), Needs: needs(o.Catalog),
		Aside: max(o.Catalog.States[catalog.Dead]-o.Catalog.Findings[catalog.FindingDead], 0),
		Lists: lists[:cut], More: lists[cut:], Sore: apart(sore), News: turned, Crawl: s.crawlOf(p, o), Activity: s.activity(),
	}
	return s.render(w, http.StatusOK, "overview.html", p)
}

// stage says how far the service has come, so that the page can say the next step.
func stage(o catalog.Overview) string {
	switch total := o.Catalog.Total(); {
	case len(o.Sources) == 0:
		return "empty"
	case total == 0:
		return "reading"
	case o.Catalog.States[catalog.Unchecked] == total:
		return "first"
	}
	return "running"
}

// judged counts the resources whose state says something about the page: blocked and skipped ones do not, and
// so belong in no share of healthy links.
func judged(h catalog.Health) int {
	return h.States[catalog.OK] + h.States[catalog.Failing] + h.States[catalog.Dead]
}

// needs lists the open findings by kind, the most harmful first.
func needs(h catalog.Health) []need {
	var list []need
	for _, kind := range catalog.FindingKinds() {
		if n := h.Findings[kind]; n > 0 {
			list = append(list, need{kind, n})
		}
	}
	return list
}

// open counts the open findings.
func open(h catalog.Health) int {
	n := 0
	for _, count := range h.Findings {
		n += count
	}
	return n
}

// listsOf puts the days of each source beside how it stands now.
func listsOf(o catalog.Overview, trends []catalog.Trend, now time.Time) []list {
	var lists []list
	for _, health := range o.Sources {
		one := list{Health: health, Judged: judged(health), Open: open(health), Now: now}
		if i := slices.IndexFunc(trends, func(t catalog.Trend) bool { return t.Source == health.Source }); i >= 0 {
			one.Trend = drawTrend(trends[i].Days, now)
		}
		if i := slices.IndexFunc(o.Unread, func(u catalog.Unread) bool { return u.Source == health.Source }); i >= 0 {
			one.Unread = &o.Unread[i]
		}
		lists = append(lists, one)
	}
	return lists
}

// crawlOf says how the crawler is on the first page. It is behind when much is due and nothing was visited for long.
func (s *site) crawlOf(p *page, o catalog.Overview) crawlWord {
	due := catalog.Amount{Count: o.Due, More: o.Due >= catalog.ManyDue}
	var overdue catalog.Amount
	if o.Due > 0 && p.Now.Sub(o.LastCheck) > 2*catalog.OverdueAfter && p.Now.Sub(o.NextDue) > 2*catalog.OverdueAfter {
		overdue = due
	}
	word := s.crawlWord(p, due, overdue)
	word.Due, word.Many, word.NextDue, word.LastCheck = o.Due, due.More, o.NextDue, o.LastCheck
	return word
}

// crawlWord says in a few words how the crawler is, of how much is due, and overdue as far as that is known.
func (s *site) crawlWord(p *page, due, overdue catalog.Amount) crawlWord {
	switch visiting := len(s.activity().Visiting); {
	case p.Stuck:
		return crawlWord{Text: "Cannot write what it sees"}
	case p.All.Pause != nil:
		return crawlWord{Text: "Everything is paused"}
	case p.Offline != "":
		return crawlWord{Text: "Seems to be offline"}
	case visiting > 0:
		return crawlWord{Well: true, Text: count(visiting, "visit") + " under way"}
	case s.Crawler == nil:
		return crawlWord{Well: true, Text: "Does not run here"}
	case overdue.Count > 0:
		return crawlWord{Text: "Behind: " + amount(overdue, "visit") + " overdue"}
	case due.Count > 0:
		return crawlWord{Well: true, Text: amount(due, "visit") + " due; their hosts are given time"}
	}
	return crawlWord{Well: true, Text: "All visits of the hour are done"}
}

// withoutEchoes leaves out what is no news: a resource that turns dead always opens a finding of that kind, and
// closes it when it turns back; and what is never visited was skipped from its first day.
func withoutEchoes(turned []catalog.Turned) []catalog.Turned {
	return slices.DeleteFunc(slices.Clone(turned), func(t catalog.Turned) bool {
		return t.Finding == catalog.FindingDead || t.From == catalog.Unchecked && t.To == catalog.Skipped
	})
}
