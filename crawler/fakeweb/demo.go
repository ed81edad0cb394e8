package fakeweb

import (
	"embed"
	"io/fs"
	"regexp"
	"strings"
	"time"
)

//go:embed demo/*.md
var demoFiles embed.FS

var (
	demoLink    = regexp.MustCompile(`\[(?:@(\w+)@)?([^\]]+)\]\((https?)://([a-z0-9.-]+\.example)(/[^)]*)\)(?: - (.*))?`)
	demoAddress = regexp.MustCompile(`\b(https?)://([a-z0-9.-]+\.example)`)
)

// Demo fills the web with a small world of hosts under .example and gives the
// list files that recommend them, by file name. Most of it is well. The rest
// shows what lists meet in time: each state, nearly each reason, links that
// have moved, pages that are stale, and some that change from visit to visit.
//
// The files under demo/ are the truth: each link in them gets a page with its
// title, and demoTroubles says which of them are not well. The addresses in
// the files that come back are the web's own, with its ports. The world lives
// on loopback, so a crawler must be allowed 127.0.0.0/8 and nothing more: the
// private addresses in the lists are there to be refused.
func Demo(w *Web) map[string][]byte {
	names, err := fs.Glob(demoFiles, "demo/*.md")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	lists := map[string][]byte{}
	for _, name := range names {
		text, err := demoFiles.ReadFile(name)
		if err != nil {
			panic(err) // embedded
		}
		lists[strings.TrimPrefix(name, "demo/")] = text
		for _, line := range strings.Split(string(text), "\n") {
			settle(w, line)
		}
	}
	demoTroubles(w)
	demoChanges(w)
	for name, text := range lists {
		lists[name] = []byte(demoAddress.ReplaceAllStringFunc(string(text), w.live))
	}
	return lists
}

// live turns the beginning of an address of the demo into that of the web.
func (w *Web) live(origin string) string {
	scheme, host, _ := strings.Cut(origin, "://")
	if scheme == "https" {
		return w.HTTPSURL(host, "")
	}
	return w.URL(host, "")
}

// settle makes a healthy page for each link of a line. A host that is new
// gets its pace.
func settle(w *Web, line string) {
	for _, m := range demoLink.FindAllStringSubmatch(line, -1) {
		kind, title, host, path, about := m[1], m[2], m[4], m[5], m[6]
		if w.lookup(host) == nil {
			w.Guard(host, Lag(Lognormal(60*time.Millisecond, 600*time.Millisecond, 1)))
		}
		w.Handle(host, path, demoPage(w, host, path, kind, title, about))
	}
}
