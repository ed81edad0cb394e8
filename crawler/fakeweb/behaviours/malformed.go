package behaviours

// invalid is a link that no browser would open.
func invalid(says string) Want {
	return Want{State: "dead", Reason: "invalid-url", Says: says}
}

// nowhere is for links that no server sees.
func nowhere(*Stage) {}

// malformedCases are links as people write them (WHATWG URL).
var malformedCases = []Case{
	{Name: "ttps", Link: "ttps://misspelt-one.test/a", Want: invalid("https://misspelt-one.test/a"), Text: "One letter short", Serve: nowhere},
	{Name: "hhttps", Link: "hhttps://misspelt-two.test/a", Want: invalid("https://misspelt-two.test/a"), Text: "One letter too many", Serve: nowhere},
	{Name: "htps", Link: "htps://misspelt-three.test/a", Want: invalid("https://misspelt-three.test/a"), Text: "Another letter short", Serve: nowhere},
	{Name: "http:///", Link: "http:///", Want: invalid(""), Text: "Nothing", Serve: nowhere},
	{Name: "a placeholder", Link: "https://{{host}}/docs", Want: invalid(""), Text: "A template", Serve: nowhere},
	{Name: "a placeholder for the whole", Link: "{{url}}", Want: invalid(""), Text: "A template of old", Serve: nowhere, Line: `- [A template](<%s>)`, Or: []Want{dead("not-found")}, Why: "by the rules a relative link; nobody has such a file"},
	{Name: "a host with a blank", Link: "https://two words.test/a", Want: invalid(""), Text: "Two words", Line: `- [Two words](<%s>)`, Serve: nowhere},
	{Name: "a port that is none", Link: "https://port-none.test:99999/a", Want: invalid(""), Text: "A port", Serve: nowhere},
	{Name: "a port of letters", Link: "https://port-letters.test:abc/a", Want: invalid(""), Text: "A port of letters", Serve: nowhere},
	{Name: "an address that is none", Link: "http://256.256.256.256/", Want: invalid(""), Text: "An address", Serve: nowhere, Why: "WHATWG: a host that ends in a number is an IPv4 address or a failure"},
	{Name: "a full-width bracket that closes the link", Link: "https://wide-bracket.test/a）", Want: dead("not-found|invalid-url"), Text: "A wide bracket", Serve: func(s *Stage) { pageAt("https://wide-bracket.test/a", Doc{Title: "Wide"})(s) }, Why: "the host is there, the page with a bracket is not"},
	{Name: "full-width stops in the host", Standard: true, Link: "https://www。wide-stops。test/a", Want: ok("Stops of every width"), Serve: pageAt("https://www.wide-stops.test/a", Doc{}), Or: []Want{invalid("")}, Why: "UTS 46 maps them; the lists count them among the faults"},
	{Name: "blanks around", Link: "https://blanks-around.test/a", Line: "- [Blanks around]( <%s> )", Want: ok("Blanks around"), Serve: page(Doc{})},
	{Name: "a blank in the path", Link: "https://blank-in-path.test/my file", Line: "- [A blank in it](<%s>)", Want: ok("A blank in it"), Serve: pageAt("https://blank-in-path.test/my%20file", Doc{})},
	{Name: "backslashes", Standard: true, Link: `https:\\back-slashes.test\docs\a`, Line: `- [Backslashes](<https:\\\\back-slashes.test\\docs\\a>)`, Want: ok("Backslashes"), Serve: pageAt("https://back-slashes.test/docs/a", Doc{Title: "Backslashes"}), Why: "WHATWG: a backslash is a slash in special schemes"},
	{Name: "one slash", Standard: true, Link: "https:/one-slash.test/a", Want: ok("One slash"), Serve: pageAt("https://one-slash.test/a", Doc{}), Or: []Want{invalid("https://one-slash.test/a")}, Why: "browsers open it; the lists count it among the faults"},
	{Name: "three slashes", Standard: true, Link: "https:///three-slashes.test/a", Want: ok("Three slashes"), Serve: pageAt("https://three-slashes.test/a", Doc{}), Or: []Want{invalid("https://three-slashes.test/a")}},
	{Name: "scheme in capitals", Standard: true, Link: "HTTPS://loud-scheme.test/a", Want: ok("Loud scheme"), Serve: pageAt("https://loud-scheme.test/a", Doc{})},
	{Name: "no scheme but two slashes", Link: "//no-scheme.test/a", Want: ok("No scheme"), Serve: pageAt("https://no-scheme.test/a", Doc{}), Or: []Want{ok("", finding("insecure")), invalid("")}, Standard: true},
	{Name: "dot segments", Link: "https://dot-segments.test/a/../b/./c", Want: ok("Dots are gone"), Serve: pageAt("https://dot-segments.test/b/c", Doc{})},
	{Name: "brackets in the query", Link: "https://query-brackets.test/a?tag[]=x&q={y}", Want: ok("Brackets in the query"), Serve: pageAt("https://query-brackets.test/a*", Doc{})},
	{Name: "a tab in the middle", Link: "https://tab-within.test/a\tb", Line: "- [A tab](<%s>)", Want: ok("A tab"), Serve: pageAt("https://tab-within.test/ab", Doc{Title: "A tab"}), Or: []Want{dead("not-found")}, Why: "WHATWG takes tabs out"},
	{Name: "an international host, written raw", Standard: true, Link: "https://bücher-stube.test/regal", Want: ok("Das Regal"), Serve: pageAt("https://xn--bcher-stube-thb.test/regal", Doc{Lang: "de"})},
	{Name: "an international host in capitals", Standard: true, Link: "https://ÄPFEL-hof.test/", Want: ok("Hof"), Serve: pageAt("https://xn--pfel-hof-zza.test/", Doc{})},
	{Name: "an address as one number", Link: "http://2130706433/", Want: skipped("private-address"), Text: "A number", Serve: nowhere, Or: []Want{{State: "failing"}, {State: "dead"}, {State: "ok"}}, Why: "127.0.0.1 in another dress; here loopback is allowed"},
	{Name: "a percent sign that is none", Link: "https://bare-percent.test/100%", Want: ok("Bare percent"), Serve: on("https://bare-percent.test/100*", Doc{Title: "Bare percent"}), Why: "WHATWG keeps it as it is"},
	{Name: "mail", Link: "mailto:ana@mail-link.test", Want: skipped("unsupported-scheme"), Text: "Mail", Serve: nowhere},
	{Name: "telephone", Link: "tel:+49301234567", Want: skipped("unsupported-scheme"), Text: "Telephone", Serve: nowhere},
	{Name: "file transfer", Link: "ftp://files-of-old.test/pub/", Want: skipped("unsupported-scheme"), Text: "Files", Serve: nowhere},
	{Name: "script", Link: "javascript:void(0)", Want: skipped("unsupported-scheme"), Text: "Script", Serve: nowhere},
	{Name: "data", Link: "data:text/plain,hello", Want: skipped("unsupported-scheme"), Text: "Data", Serve: nowhere},
	{Name: "magnet", Link: "magnet:?xt=urn:btih:2f6c", Want: skipped("unsupported-scheme"), Text: "Magnet", Serve: nowhere},
	{Name: "no link at all", Link: "[text] (url)", Line: "- [Brackets apart] (https://brackets-apart.test/a)", Want: invalid(""), Serve: nowhere, Text: "Brackets apart", Or: []Want{{State: "ok"}, {State: "dead"}},
		Why: "782 lines of real lists"},
}
