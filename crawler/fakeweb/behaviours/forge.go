package behaviours

import (
	"strings"

	"waymark/crawler/fakeweb"
)

// repository is a page of the forge with a README in which headings have prefixed ids.
func repository(main string) func(*Stage) {
	return page(Doc{Make: docs, Site: "GitHub", Server: "github.com", Main: main + `<article class="markdown-body"><h1>Measure</h1><div class="markdown-heading"><h2 class="heading-element">Install</h2><a id="user-content-install" class="anchor" href="#install"></a></div><p>` + subjects[7][0] + `</p><h2>Use</h2><p>` + subjects[7][1] + `</p><p>` + subjects[7][3] + `</p></article>`})
}

const archivedBanner = `<div class="flash flash-warn">This repository was archived by the owner on Mar 3, 2023. It is now read-only.</div>`

// forgeCases are links to GitHub, a third of all links in lists. Its interface wants a token and is not there here.
var forgeCases = []Case{
	{Name: "GitHub, a repository", Link: "https://github.com/somebody/measure", Want: ok("GitHub - somebody/measure: measures things"), Serve: repository("")},
	{Name: "GitHub, a heading of the README", Link: "https://github.com/somebody/measure-readme#install", Want: ok("GitHub - somebody/measure-readme"), Serve: repository("")},
	{Name: "GitHub, a heading that is missing", Link: "https://github.com/somebody/measure-heading#licence", Want: ok("GitHub - somebody/measure-heading", noAnchor("licence")), Serve: repository(""), Or: []Want{ok("")},
		Why: "the README of a repository's page is in the document; a rule that calls all anchors of the host unknown is safe as well"},
	{Name: "GitHub, a file", Link: "https://github.com/somebody/measure/blob/main/docs/guide.md", Want: ok("measure/docs/guide.md at main · somebody/measure · GitHub"), Serve: repository("")},
	{Name: "GitHub, lines of a file", Link: "https://github.com/somebody/measure/blob/main/main.go#L10-L20", Want: ok("measure/main.go at main · somebody/measure · GitHub"), Serve: repository(""), Why: "lines exist only in script"},
	{Name: "GitHub, one line of a file", Link: "https://github.com/somebody/measure/blob/main/run.go#L7", Want: ok("measure/run.go at main · somebody/measure · GitHub"), Serve: repository("")},
	{Name: "GitHub, a file that is missing", Link: "https://github.com/somebody/measure/blob/main/old.go", Want: dead("not-found"), Serve: serve(github404)},
	{Name: "GitHub, a branch that was renamed", Link: "https://github.com/somebody/measure-branch/blob/master/README.md", Want: ok("measure-branch/README.md at main · GitHub"), Or: []Want{ok("", finding("moved")), ok("", moved("https://github.com/somebody/measure-branch/blob/main/README.md"))},
		Serve: all(redirect(302, "https://github.com/somebody/measure-branch/blob/main/README.md"), func(s *Stage) {
			s.On("https://github.com/somebody/measure-branch/blob/main/README.md", Doc{Make: docs}.with("github.com", s.Case.Want.Title))
		})},
	{Name: "GitHub, renamed", Link: "https://github.com/somebody/old-measure", Want: ok("GitHub - somebody/new-measure", moved("https://github.com/somebody/new-measure")),
		Serve: all(redirect(301, "https://github.com/somebody/new-measure"), pageAt("https://github.com/somebody/new-measure", Doc{Make: docs}))},
	{Name: "GitHub, renamed, with a heading", Link: "https://github.com/somebody/old-measure-2#install", Want: ok("GitHub - somebody/new-measure-2", moved("https://github.com/somebody/new-measure-2#install")),
		Serve: all(redirect(301, "https://github.com/somebody/new-measure-2"), func(s *Stage) {
			s.On("https://github.com/somebody/new-measure-2", Doc{Make: docs, IDs: []string{"", "user-content-install"}}.with("github.com", s.Case.Want.Title))
		})},
	{Name: "GitHub, archived", Link: "https://github.com/somebody/archived-measure", Want: ok("GitHub - somebody/archived-measure", finding("archived")), Serve: repository(archivedBanner)},
	{Name: "GitHub, a README that speaks of archives", Link: "https://github.com/somebody/archiver", Want: ok("GitHub - somebody/archiver: archives repositories"), Serve: repository(`<p>Finds repositories that say "this repository has been archived by the owner".</p>`)},
	{Name: "GitHub, gone or private", Link: "https://github.com/somebody/deleted", Want: dead("not-found"), Serve: serve(github404), Why: "to the public the two are one"},
	{Name: "GitHub, a user who left", Link: "https://github.com/nobody-any-more", Want: dead("not-found"), Serve: serve(github404)},
	{Name: "GitHub, taken down by law", Link: "https://github.com/somebody/taken-down", Want: blocked("forbidden", ""), Serve: serve(Doc{Code: 451, Make: docs, Site: "GitHub", Title: "Repository unavailable due to DMCA takedown"})},
	{Name: "GitHub, a comment on an issue", Link: "https://github.com/somebody/measure/issues/7#issuecomment-1234567", Want: ok("Counts twice · Issue #7 · somebody/measure · GitHub"), Serve: repository("")},
	{Name: "GitHub, an issue that was deleted", Link: "https://github.com/somebody/measure/issues/8", Want: dead("gone|not-found"), Serve: serve(Doc{Code: 410, Make: docs, Site: "GitHub", Title: "This issue has been deleted."})},
	{Name: "GitHub, an issue that moved to a discussion", Link: "https://github.com/somebody/measure/issues/9", Want: ok("Ideas · somebody/measure · Discussion #12 · GitHub", moved("https://github.com/somebody/measure/discussions/12")),
		Serve: all(redirect(301, "https://github.com/somebody/measure/discussions/12"), pageAt("https://github.com/somebody/measure/discussions/12", Doc{Make: docs}))},
	{Name: "GitHub, the latest release", Link: "https://github.com/somebody/measure/releases/latest", Want: ok("Release 1.4 · somebody/measure · GitHub"),
		Serve: all(redirect(302, "https://github.com/somebody/measure/releases/tag/v1.4"), pageAt("https://github.com/somebody/measure/releases/tag/v1.4", Doc{Make: docs}))},
	{Name: "GitHub, a page of a wiki that is missing", Link: "https://github.com/somebody/measure/wiki/Old-Page", Want: dead("soft-404"), Or: []Want{dead("soft-404", finding("moved"))},
		Serve: func(s *Stage) {
			s.On("https://github.com/somebody/measure/wiki/*", s.Redirect(302, "https://github.com/somebody/measure/wiki"))
			s.On("https://github.com/somebody/measure/wiki", Doc{Make: docs, Site: "GitHub", Title: "Home · somebody/measure Wiki · GitHub", Subject: 7}.with("github.com", ""))
		}, Why: "missing pages of a wiki all lead to its first page"},
	{Name: "GitHub, to be edited, to the login", Link: "https://github.com/somebody/measure/edit/main/README.md", Want: blocked("unauthorized|forbidden", ""),
		Serve: all(redirect(302, "https://github.com/login?return_to=https%3A%2F%2Fgithub.com%2Fsomebody%2Fmeasure%2Fedit%2Fmain%2FREADME.md"), on("https://github.com/login?return_to=https%3A%2F%2Fgithub.com%2Fsomebody%2Fmeasure%2Fedit%2Fmain%2FREADME.md", login("Sign in to GitHub · GitHub")))},
	{Name: "GitHub, raw file by the older address", Link: "https://raw.github.com/somebody/measure/main/README.md", Want: ok(""), Text: "README", Or: []Want{ok("", offSite, moved("https://raw.githubusercontent.com/somebody/measure/main/README.md")), ok("", moved("https://raw.githubusercontent.com/somebody/measure/main/README.md"))},
		Serve: all(redirect(301, "https://raw.githubusercontent.com/somebody/measure/main/README.md"), on("https://raw.githubusercontent.com/somebody/measure/main/README.md", fakeweb.Text(200, "# Measure\n\n"+strings.Join(subjects[7], "\n\n"))))},
	{Name: "GitHub, 429 in a burst", Link: "https://github.com/somebody/burst", Want: ok("GitHub - somebody/burst"), Serve: func(s *Stage) {
		s.Here(fakeweb.Sequence(fakeweb.RetryAfter(429, 1), Doc{Make: docs}.with(s.Host, s.Case.Want.Title)))
	}},
	{Name: "GitHub, the unicorn", Link: "https://github.com/somebody/unicorn", Want: failing("server-error"), Text: "A unicorn", Serve: serve(Doc{Code: 502, Make: docs, Site: "GitHub", Title: "Unicorn! · GitHub"})},
	{Name: "Gist", Link: "https://gist.github.com/somebody/2f6c9a10", Want: ok("notes.md · GitHub"), Serve: repository("")},
	{Name: "GitLab, a project", Link: "https://gitlab.com/somebody/measure", Want: ok("somebody / Measure · GitLab"), Serve: page(Doc{Make: press, Subject: 7})},
}

var github404 = Doc{Code: 404, Make: docs, Site: "GitHub", Server: "github.com", Title: "Page not found · GitHub", Main: "<h1>404</h1><p>This is not the web page you are looking for.</p><p>Find code, projects, and people on GitHub.</p>"}
