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
	Phases   []phaseCount
	Queue    catalog.Queue
	Waves    []wave
	Pace     paceView
}

type phaseCount struct {
	Phase string
	Hosts int
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
		Waves: []wave{{"overdue", queue.Overdue}, {"due now", queue.Due}, {"within the hour", queue.Hour}, {"within a day", queue.Day}, {"within a week", queue.Week}}}
	body.Queue.Slowest = onceEach(queue.Slowest)
	for _, phase := range []string{"busy", "ready", "waiting"} {
		body.Phases = append(body.Phases, phaseCount{phase, body.Activity.Hosts[phase]})
	}
	p.Said = said(w, r)
	p.Body = body
	return s.render(w, http.StatusOK, "crawler.html", p)
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
