package fakeweb

import (
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// Sequence answers each request with the next behaviour; the last one stays.
// Every request counts, also HEAD and retries.
func Sequence(turns ...Behaviour) Behaviour {
	return inTurn(turns, func(visit int) int { return min(visit, len(turns)-1) })
}

// Cycle answers each request with the next behaviour and begins anew after
// the last: a host that flaps.
func Cycle(turns ...Behaviour) Behaviour {
	return inTurn(turns, func(visit int) int { return visit % len(turns) })
}

// Times gives n times the same behaviour, for Sequence and Cycle.
func Times(n int, b Behaviour) []Behaviour {
	turns := make([]Behaviour, n)
	for i := range turns {
		turns[i] = b
	}
	return turns
}

func inTurn(turns []Behaviour, pick func(visit int) int) Behaviour {
	var visits atomic.Int64
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		turns[pick(int(visits.Add(1)-1))].ServeHTTP(rw, r)
	})
}

// Until answers with before, and from that moment of the web's clock on with
// after.
func Until(moment time.Time, before, after Behaviour) Behaviour {
	return choose(func(r *http.Request) bool { return clock(r).Before(moment) }, before, after)
}

// OnHead answers HEAD requests with one behaviour and the rest with another:
// servers lie to HEAD.
func OnHead(head, rest Behaviour) Behaviour {
	return choose(func(r *http.Request) bool { return r.Method == http.MethodHead }, head, rest)
}

// Wanting answers with b only to requests whose header holds the given text,
// and else with otherwise: sites that need "Accept: text/html", or refuse
// some user agents.
func Wanting(header, text string, b, otherwise Behaviour) Behaviour {
	return choose(func(r *http.Request) bool { return strings.Contains(r.Header.Get(header), text) }, b, otherwise)
}

func choose(first func(*http.Request) bool, a, b Behaviour) Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if first(r) {
			a.ServeHTTP(rw, r)
			return
		}
		b.ServeHTTP(rw, r)
	})
}

// OnHTTP answers http with one behaviour and https with another.
func OnHTTP(plain, secure Behaviour) Behaviour {
	return choose(func(r *http.Request) bool { return r.TLS == nil }, plain, secure)
}
