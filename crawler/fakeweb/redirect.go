package fakeweb

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// Redirect answers with a redirect code and a Location, as it is written: a
// path, an address on another host, another scheme, or nonsense. A redirect
// without any Location is plain [Status].
func Redirect(code int, location string) Behaviour {
	return Header(Status(code), "Location", location)
}

// Chain lays a chain of redirects on a host, one hop for each code: from path
// to path.1, path.2 and so on, and puts the end at the last of them. It gives
// the path of the end.
func (w *Web) Chain(host, path string, end Behaviour, codes ...int) string {
	here := path
	for i, code := range codes {
		next := fmt.Sprintf("%s.%d", path, i+1)
		w.Handle(host, here, Redirect(code, next))
		here = next
	}
	w.Handle(host, here, end)
	return here
}

// Loop lays a loop of redirects over the paths of a host: each leads to the
// next one, the last to the first. One path leads to itself.
func (w *Web) Loop(host string, paths ...string) {
	for i, p := range paths {
		w.Handle(host, p, Redirect(http.StatusFound, paths[(i+1)%len(paths)]))
	}
}

// EndlessRedirect leads from ?hop=0 to ?hop=1 and on without end; no address
// comes twice.
func EndlessRedirect(code int) Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		hop, _ := strconv.Atoi(r.URL.Query().Get("hop"))
		to := url.URL{Path: r.URL.Path, RawQuery: "hop=" + strconv.Itoa(hop+1)}
		Redirect(code, to.String()).ServeHTTP(rw, r)
	})
}

// CookieGate sends a client without its cookie to the same address with a
// cookie to bring along, and lets it pass then. A client that keeps no
// cookies goes round for ever.
func CookieGate(b Behaviour) Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("gate"); err == nil {
			b.ServeHTTP(rw, r)
			return
		}
		http.SetCookie(rw, &http.Cookie{Name: "gate", Value: "open", Path: "/"})
		Redirect(http.StatusFound, r.URL.RequestURI()).ServeHTTP(rw, r)
	})
}

// LoginWall sends everybody to a login page and says where they came from,
// with a session cookie, as members' areas do.
func LoginWall(login string) Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		http.SetCookie(rw, &http.Cookie{Name: "session", Value: "anonymous", Path: "/"})
		to := login + "?next=" + url.QueryEscape(r.URL.RequestURI())
		Redirect(http.StatusFound, to).ServeHTTP(rw, r)
	})
}
