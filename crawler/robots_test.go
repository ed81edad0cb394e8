package crawler

import (
	"strings"
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
		"a version behind a blank":  {"User-agent: waymark 2.0 beta\nDisallow: /", nil, []string{"/x"}},
		"everybody, and more words": {"User-agent: * all robots\nDisallow: /", nil, []string{"/x"}},
		"no agent at all":           {"User-agent:\nDisallow: /", []string{"/x"}, nil},
		"unknown lines between agents": {"User-agent: waymark\nFoo: bar\nCrawl-delay: 1\nSitemap: https://x.test/s\n\nUser-agent: b\nDisallow: /",
			nil, []string{"/x"}},
		"a sitemap within a group":       {"User-agent: *\nDisallow: /a\nSitemap: https://x.test/User-agent:\nDisallow: /b", []string{"/c"}, []string{"/a", "/b"}},
		"no colon":                       {"User-agent *\nDisallow /x\nAllow /x/y", []string{"/x/y"}, []string{"/x"}},
		"no colon, and a sentence":       {"User-agent: *\nDisallow all of it\nDisallow", []string{"/", "/all"}, nil},
		"colons in a rule":               {"User-agent: *\nDisallow: /a:b", []string{"/a"}, []string{"/a:b"}},
		"no blank behind the colon":      {"User-agent:*\nDisallow:/x", nil, []string{"/x"}},
		"tabs":                           {"\tUser-agent\t:\t*\t\n\tDisallow\t:\t/x\t#\ty", nil, []string{"/x"}},
		"a rule without a slash":         {"User-agent: *\nDisallow: x", []string{"/x"}, nil},
		"a star for a slash":             {"User-agent: *\nDisallow: *x", []string{"/y"}, []string{"/x", "/a/x"}},
		"nothing but the end":            {"User-agent: *\nDisallow: $", []string{"/", "/x"}, nil},
		"an end within is a dollar":      {"User-agent: *\nDisallow: /a$*", []string{"/a", "/ab"}, []string{"/a$", "/a$b"}},
		"an encoded dollar":              {"User-agent: *\nDisallow: /a%24", []string{"/a", "/a$"}, []string{"/a%24", "/a%24b"}},
		"an encoded star":                {"User-agent: *\nDisallow: /a%2Ab", []string{"/axb", "/a*b"}, []string{"/a%2ab"}},
		"a tie of patterns":              {"User-agent: *\nDisallow: /a*c\nAllow: /a/*", []string{"/a/c"}, []string{"/abc"}},
		"the longer pattern, be it wild": {"User-agent: *\nDisallow: /page\nAllow: /*.html", []string{"/page.html"}, []string{"/page"}},
		"the longer, as it is encoded":   {"User-agent: *\nAllow: /ツ\nDisallow: /%E3%83%84*", nil, []string{"/%E3%83%84"}},
		"a colon and slashes in a query": {"User-agent: *\nDisallow: /b?u=https://x.test", []string{"/b?u=http://x.test"}, []string{"/b?u=https://x.test", "/b?u=https%3A%2F%2Fx.test", "/b?u=https%3a//x.test/y"}},
		"encoded ones in a query":        {"User-agent: *\nDisallow: /b?u=https%3A%2F%2Fx.test", []string{"/b%3Fu=https://x.test"}, []string{"/b?u=https%3A%2F%2Fx.test", "/b?u=https://x.test"}},
		"a query in a wild pattern":      {"User-agent: *\nDisallow: /*http://", nil, []string{"/b?u=http://x.test"}},
		"letters encoded in the rule":    {"User-agent: *\nDisallow: /foo/bar/%62%61%7A", nil, []string{"/foo/bar/baz", "/foo/bar/%62az"}},
		"letters encoded in the link":    {"User-agent: *\nDisallow: /foo/bar/baz", nil, []string{"/foo/bar/%62%61%7A"}},
		"raw UTF-8 in the link":          {"User-agent: *\nDisallow: /foo/%E3%83%84", nil, []string{"/foo/ツ"}},
		"a percent that encodes nothing": {"User-agent: *\nDisallow: /100%\nDisallow: /%zz", []string{"/100"}, []string{"/100%", "/100%25x", "/%zz", "/%25zz"}},
		"parameters":                     {"User-agent: *\nDisallow: /a;p", []string{"/a"}, []string{"/a;p=1"}},
		"a line as long as can be":       {"User-agent: *\nDisallow: /" + strings.Repeat("a", 100_000) + "\nDisallow: /b", []string{"/" + strings.Repeat("a", 99_999)}, []string{"/" + strings.Repeat("a", 100_001), "/b"}},
		"a mark within":                  {"User-agent: *\n\xef\xbb\xbfDisallow: /a\nDisallow: /b", []string{"/a"}, []string{"/b"}},
		"only carriage returns":          {"User-agent: *\r\rDisallow: /x\r", nil, []string{"/x"}},
		"bad crawl delay":                {"User-agent: *\nCrawl-delay: soon\nDisallow: /x", nil, []string{"/x"}},
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

// TestRobotsOfTheStandardsExample reads a file in the manner of the example in RFC 9309, section 5.1, as each of its robots.
func TestRobotsOfTheStandardsExample(t *testing.T) {
	const text = "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n" +
		"User-Agent: alphabot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n" +
		"User-Agent: betabot\nUser-Agent: gammabot\nDisallow: /example/page.html\n\n" +
		"User-Agent: deltabot\n\nEOF"
	paths := []string{"/", "/a.gif", "/example/page.html", "/example/allowed.gif", "/publications/x.gif", "/publications/x"}
	for robot, want := range map[string]string{
		"epsilonbot": "+---++", // a longer rule allows the picture among the publications
		"alphabot":   "--++--",
		"betabot":    "++-+++", "gammabot": "++-+++",
		"deltabot": "++++++",
	} {
		rules, got := parseRobots([]byte(text), robot), ""
		for _, path := range paths {
			got += map[bool]string{true: "+", false: "-"}[rules.allows(path)]
		}
		if got != want {
			t.Errorf("%s: %s for %v, want %s", robot, got, paths, want)
		}
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
