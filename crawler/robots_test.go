package crawler

import (
	"testing"
	"time"
)

func TestRobotsRules(t *testing.T) {
	const token = "Waymark"
	tests := map[string]struct {
		text    string
		allowed []string
		refused []string
	}{
		"empty file":             {"", []string{"/", "/x"}, nil},
		"only a page of HTML":    {"<!doctype html><title>Not found: x</title>", []string{"/"}, nil},
		"everything refused":     {"User-agent: *\nDisallow: /", []string{"/robots.txt"}, []string{"/", "/x"}},
		"empty disallow":         {"User-agent: *\nDisallow:", []string{"/x"}, nil},
		"rules before any group": {"Disallow: /\nUser-agent: *\nDisallow: /b", []string{"/a"}, []string{"/b"}},
		"own group instead of the general one": {"User-agent: *\nDisallow: /\n\nUser-agent: waymark\nDisallow: /own",
			[]string{"/a"}, []string{"/own/x"}},
		"a blank line ends no group": {"User-agent: waymark\n\nUser-agent: other\nDisallow: /", nil, []string{"/x"}},
		"own group without rules":    {"User-agent: waymark\nAllow:\nUser-agent: *\nDisallow: /", []string{"/x"}, nil},
		"groups of one robot count as one": {"User-agent: WAYMARK\nDisallow: /a\nUser-agent: b\nDisallow: /b\nUser-agent: Waymark\nDisallow: /c",
			[]string{"/b"}, []string{"/a", "/c"}},
		"several agents in a group": {"User-agent: b\nUser-agent: waymark\nUser-agent: c\nDisallow: /x", []string{"/y"}, []string{"/x"}},
		"token with a version":      {"User-agent: Waymark/2.0\nDisallow: /", nil, []string{"/x"}},
		"token as a mere prefix":    {"User-agent: way\nDisallow: /\nUser-agent: waymark-images\nDisallow: /", []string{"/x"}, nil},
		"other records pass by":     {"User-agent: waymark\nSitemap: https://x.test/s.xml\nUser-agent: b\nHost: x\nDisallow: /x", nil, []string{"/x"}},
		"the longest match wins":    {"User-agent: *\nAllow: /p\nDisallow: /", []string{"/page", "/p"}, []string{"/q"}},
		"longest, other order":      {"User-agent: *\nDisallow: /p/secret\nAllow: /p", []string{"/p/x"}, []string{"/p/secret/y"}},
		"allow wins a tie":          {"User-agent: *\nDisallow: /page\nAllow: /page", []string{"/page"}, nil},
		"wildcard":                  {"User-agent: *\nDisallow: /*.gif", []string{"/a.png"}, []string{"/a.gif", "/d/a.gif?x", "/.gif"}},
		"wildcard and end":          {"User-agent: *\nDisallow: /*.php$", []string{"/a.php?x", "/a.php5", "/a.phpx/b"}, []string{"/a.php", "/x/b.php", "/a.php/b.php"}},
		"several wildcards":         {"User-agent: *\nDisallow: /a*b*c", []string{"/acb"}, []string{"/abc", "/axxbyyc/z"}},
		"end of the root":           {"User-agent: *\nAllow: /$\nDisallow: /", []string{"/"}, []string{"/x", "/?x"}},
		"a dollar within":           {"User-agent: *\nDisallow: /a$b", []string{"/a"}, []string{"/a$b"}},
		"paths know upper case":     {"User-agent: *\nDisallow: /Secret", []string{"/secret"}, []string{"/Secret"}},
		"keys do not":               {"USER-AGENT: *\nDISALLOW: /x", nil, []string{"/x"}},
		"query":                     {"User-agent: *\nDisallow: /*?s=", []string{"/?t=1"}, []string{"/?s=1", "/a?s="}},
		"percent-encoded letter":    {"User-agent: *\nDisallow: /%61b", nil, []string{"/ab", "/%61%62"}},
		"percent-encoded reserved":  {"User-agent: *\nDisallow: /a%3cd.html", []string{"/a<d.html"}, []string{"/a%3Cd.html"}},
		"encoded slash is no slash": {"User-agent: *\nDisallow: /a%2Fb", []string{"/a/b"}, []string{"/a%2fb"}},
		"raw UTF-8":                 {"User-agent: *\nDisallow: /ツ", []string{"/x"}, []string{"/%E3%83%84", "/%e3%83%84/a"}},
		"comments and spaces":       {" User-agent : * # all\n\n  Disallow : /x  # secret\n", []string{"/y"}, []string{"/x"}},
		"line ends of all kinds":    {"User-agent: *\rDisallow: /a\r\nDisallow: /b\nDisallow: /c", []string{"/d"}, []string{"/a", "/b", "/c"}},
		"byte order mark":           {"\xef\xbb\xbfUser-agent: *\nDisallow: /x", nil, []string{"/x"}},
		"bytes of no meaning":       {"\x00\xff\xfe\nUser-agent: *\nDisallow: /\xff\n", []string{"/a"}, []string{"/%FF"}},
		"bad crawl delay":           {"User-agent: *\nCrawl-delay: soon\nDisallow: /x", nil, []string{"/x"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			rules := parseRobots([]byte(test.text), token)
			for _, path := range test.allowed {
				if !rules.allows(path) {
					t.Errorf("%s is refused", path)
				}
			}
			for _, path := range test.refused {
				if rules.allows(path) {
					t.Errorf("%s is allowed", path)
				}
			}
		})
	}
}

func TestCrawlDelay(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 2.5":                                2500 * time.Millisecond,
		"User-agent: *\nDisallow: /x\nUser-agent: x\nCrawl-delay: 1\n":   0,
		"User-agent: *\nCrawl-delay: -1":                                 0,
		"User-agent: *\nCrawl-delay: NaN":                                0,
		"User-agent: *\nCrawl-delay: 2\nCrawl-delay: soon":               2 * time.Second,
		"User-agent: *\nCrawl-delay: 9\nUser-agent: w\nDisallow: /x":     0,
		"User-agent: *\nCrawl-delay: 1e300":                              time.Hour,
		"User-agent: *\nDisallow: /x\nUser-agent: W\nCrawl-delay: 3\n\n": 3 * time.Second,
	} {
		if got := parseRobots([]byte(text), "w").delay; got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestProductToken(t *testing.T) {
	for agent, want := range map[string]string{
		"Waymark/1.0 (+https://x.test)": "Waymark", "my-bot_x 2": "my-bot_x", "": "", "*": "", "Bot": "Bot",
	} {
		if got := productToken(agent); got != want {
			t.Errorf("productToken(%q) = %q, want %q", agent, got, want)
		}
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a$\nAllow: /%2", "/x%")
	f.Add("\xef\xbb\xbfUser-agent: waymark\rDisallow: /ツ*", "/%E3%83%84")
	f.Fuzz(func(t *testing.T, text, path string) {
		rules := parseRobots([]byte(text), "waymark")
		if got := rules.allows(path); got != rules.allows(normalPath(path)) {
			t.Errorf("%q is judged unlike its normal spelling %q", path, normalPath(path))
		}
		if twice := normalPath(normalPath(path)); twice != normalPath(path) {
			t.Errorf("normalPath(%q) is not stable: %q", path, twice)
		}
	})
}
