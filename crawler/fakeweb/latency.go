package fakeweb

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"net/http"
	"time"
)

// Latency is how long a request waits before its host begins to answer.
type Latency func(r *http.Request) time.Duration

// Constant is the same wait for every request.
func Constant(d time.Duration) Latency {
	return func(*http.Request) time.Duration { return d }
}

// Lognormal spreads waits as the real web does: half of them are below the
// median, one in a hundred is above p99. The wait depends on the seed and the
// address alone, so that two clients that ask for the same addresses, in
// whatever order, wait the same.
func Lognormal(median, p99 time.Duration, seed uint64) Latency {
	const z99 = 2.3263478740408408 // 99 % of a normal distribution lie below
	mu := math.Log(float64(median))
	sigma := (math.Log(float64(p99)) - mu) / z99
	return func(r *http.Request) time.Duration {
		h := fnv.New64a()
		h.Write(binary.LittleEndian.AppendUint64(nil, seed))
		h.Write([]byte(hostname(r.Host)))
		h.Write([]byte(r.URL.RequestURI()))
		z := rand.New(rand.NewPCG(h.Sum64(), seed)).NormFloat64()
		return time.Duration(math.Exp(mu + sigma*z))
	}
}

// Lag is a guard that lets every request of a host wait.
func Lag(l Latency) Guard {
	return func(next Behaviour) Behaviour {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			wait(r, l(r))
			next.ServeHTTP(rw, r)
		})
	}
}

// wait holds a request back. When the client leaves or the web closes first,
// the request is dropped: a plain return would answer it with an empty 200.
func wait(r *http.Request, d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-r.Context().Done():
		panic(http.ErrAbortHandler)
	}
}
