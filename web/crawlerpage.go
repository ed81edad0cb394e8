package web

import (
	"net/http"
	"slices"
	"sync"
	"time"

	"waymark/catalog"
)

// crawlerBody is what the crawler does, has before it and met last.
type crawlerBody struct {
	Word     crawlWord
	Activity catalog.Activity
	Failed   []failedVisits
	Phases   []phaseCount
	Queue    catalog.Queue
	Waves    []wave
	Pace     paceView
}

// failedVisits are the latest of a resource's last bad visits, and how many of them are known.
type failedVisits struct {
	catalog.Visited
	Times int
}

// phaseCount is the number of hosts in a phase, which Text explains.
type phaseCount struct {
	Phase, Text string
	Hosts       int
}

// wave is a part of the queue, by when it is due.
type wave struct {
	Text   string
	Amount catalog.Amount
}

func (s *site) crawler(w http.ResponseWriter, r *http.Request) error {
	p := s.page(r, "Crawler", "crawler")
	queue, err := s.Machinery.Queue(r.Context(), p.Now)
	if err != nil {
		return err
	}
	body := crawlerBody{Word: s.crawlWord(p, queue.Due, queue.Overdue), Activity: s.activity(), Queue: queue, Pace: s.pace.view(),
		Waves: waves(queue), Failed: byResource(queue.Failed)}
	body.Queue.Slowest = onceEach(queue.Slowest)
	for _, phase := range []phaseCount{{"busy", "being visited", 0}, {"ready", "next in line", 0}, {"waiting", "resting between two visits", 0}} {
		phase.Hosts = body.Activity.Hosts[phase.Phase]
		body.Phases = append(body.Phases, phase)
	}
	p.Said = said(w, r)
	p.Body = body
	return s.render(w, http.StatusOK, "crawler.html", p)
}

// waves parts the queue into bands that do not overlap. Where an amount was counted only as far as it matters, what
// lies beyond it is not known, and is left out.
func waves(q catalog.Queue) []wave {
	list := []wave{{"due now", q.Due}, {"of these overdue", q.Overdue}, {"within the hour", q.Hour}}
	before := q.Hour
	for _, next := range []wave{{"in 1 to 24 hours", q.Day}, {"in 1 to 7 days", q.Week}} {
		if before.More {
			break
		}
		list = append(list, wave{next.Text, catalog.Amount{Count: max(next.Amount.Count-before.Count, 0), More: next.Amount.More}})
		before = next.Amount
	}
	return list
}

// byResource keeps the latest bad visit of each resource.
func byResource(visits []catalog.Visited) []failedVisits {
	var list []failedVisits
	for _, v := range visits {
		i := slices.IndexFunc(list, func(f failedVisits) bool { return f.Resource == v.Resource })
		if i < 0 {
			i, list = len(list), append(list, failedVisits{Visited: v})
		}
		list[i].Times++
	}
	return list
}

// onceEach keeps the slowest visit of each resource.
func onceEach(visits []catalog.Visited) []catalog.Visited {
	seen := map[int64]bool{}
	return slices.DeleteFunc(slices.Clone(visits), func(v catalog.Visited) bool {
		known := seen[v.Resource]
		seen[v.Resource] = true
		return known
	})
}

// paceKept is how many minutes the pace of visits is kept for.
const paceKept = 60

// pace remembers how many visits ended in each of the last minutes.
type pace struct {
	mu      sync.Mutex
	began   time.Time // of the minute under way
	total   int64     // visits when it began
	minutes []int64   // the latest last
}

// note takes down how many visits ended so far. It is to be told at least once a minute.
func (p *pace) note(total int64, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.began.IsZero():
		p.began, p.total = now, total
	case now.Sub(p.began) >= time.Minute:
		p.minutes = append(p.minutes, total-p.total)
		p.minutes = p.minutes[max(0, len(p.minutes)-paceKept):]
		p.began, p.total = now, total
	}
}

// paceView is the pace as a picture: a column a minute.
type paceView struct {
	Minutes []paceMinute
	Last    int64 // visits in the last whole minute
	Hour    int64 // in all that are kept
	Most    int64
}

type paceMinute struct {
	X, Y, Height int
	Visits       int64
}

func (p *pace) view() paceView {
	p.mu.Lock()
	minutes := slices.Clone(p.minutes)
	p.mu.Unlock()
	var v paceView
	for _, n := range minutes {
		v.Hour, v.Last, v.Most = v.Hour+n, n, max(v.Most, n)
	}
	for i, n := range minutes {
		h := 0
		if n > 0 {
			h = max(int(trendHeight*n/v.Most), 2)
		}
		v.Minutes = append(v.Minutes, paceMinute{X: (paceKept - len(minutes) + i) * trendStep, Y: trendHeight - h, Height: h, Visits: n})
	}
	return v
}
