package behaviours

import (
	"net/http"
	"strings"
	"sync/atomic"

	"waymark/crawler/fakeweb"
)

// sorry is the main part of a page that says that there is nothing.
const sorry = `<section class="error-404 not-found"><h1>Oops! That page can&rsquo;t be found.</h1>
<p>It looks like nothing was found at this location. Maybe try one of the links below or a search?</p>
<form role="search"><input type="search" name="s"><button>Search</button></form>
<h2>Most used categories</h2><ul><li><a href="/c/howto">How to</a></li><li><a href="/c/news">News</a></li><li><a href="/c/tools">Tools</a></li></ul></section>
`

// softEverywhere answers everything on the host but its start page with the same page and 200.
func softEverywhere(d Doc) func(*Stage) {
	return func(s *Stage) { s.On("https://"+s.Host+"/*", d.with(s.Host, "")) }
}

// softCases are pages that are gone though the number is 200.
var softCases = []Case{
	{Name: "WordPress that answers 200 for what is missing", Link: "https://wordpress-soft.test/2017/03/setting-up-vim/", Want: dead("soft-404"),
		Serve: softEverywhere(Doc{Title: "Page not found – Wordpress Soft", Main: sorry})},
	{Name: "shop that says the article is gone", Link: "https://shop-soft.test/item/blue-lamp", Want: dead("soft-404"),
		Serve: softEverywhere(Doc{Make: press, Title: "Shop Soft", Main: "<h1>Sorry, this product is no longer available</h1><p>The product you are looking for could not be found. You may like these instead.</p><ul><li>A red lamp</li><li>A green lamp</li></ul>"})},
	{Name: "the start page for everything", Link: "https://home-for-all.test/docs/tutorial", Want: dead("soft-404"),
		Serve: func(s *Stage) {
			home := Doc{Subject: 7, Make: docs, Title: "Home For All: one tool for everything"}.with(s.Host, "")
			s.On("https://home-for-all.test/", home)
			s.On("https://home-for-all.test/*", home)
		}, Or: []Want{ok("")}, Why: "a page that is not there and one that is are the same page; so are those of an application that is drawn beforehand"},
	{Name: "only one directory answers 200 for what is missing", Link: "https://one-soft-folder.test/blog/hello-world", Want: dead("soft-404"),
		Serve: func(s *Stage) {
			s.On("https://one-soft-folder.test/blog/*", Doc{Title: "Nothing here - One Soft Folder", Main: sorry}.with(s.Host, ""))
		}},
	{Name: "a real page in such a directory", Link: "https://one-soft-folder-real.test/blog/on-folders", Want: ok("On folders - One Soft Folder"),
		Serve: func(s *Stage) {
			s.On("https://one-soft-folder-real.test/blog/*", Doc{Title: "Nothing here - One Soft Folder", Main: sorry}.with(s.Host, ""))
			s.Here(Doc{}.with(s.Host, s.Case.Want.Title))
		}},
	{Name: "a redirect to /404 that answers 200", Link: "https://to-slash-404.test/handbook/42", Want: dead("soft-404"),
		Serve: func(s *Stage) {
			s.On("https://to-slash-404.test/*", s.Redirect(302, "https://to-slash-404.test/404"))
			s.On("https://to-slash-404.test/404", Doc{Title: "404", Main: "<h1>404</h1><p>Page not found.</p>"}.with(s.Host, ""))
		}},
	{Name: "the address asked for is quoted on the page", Link: "https://quotes-the-path.test/learn/css", Want: dead("soft-404"),
		Serve: func(s *Stage) {
			s.On("https://quotes-the-path.test/*", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				Doc{Title: "Not found: " + r.URL.Path, Make: docs, Main: "<h1>Not found</h1><p>The page <code>" + r.URL.Path + "</code> does not exist on this server. Documentation was reorganised in spring.</p>"}.with(s.Host, "").ServeHTTP(rw, r)
			}))
		}, Why: "the pages differ by what was asked for and nothing else"},
	{Name: "a list of changing recommendations below", Link: "https://changing-below.test/recipes/plum-cake", Want: dead("soft-404"), Serve: changing},
	{Name: "a game for the meantime", Link: "https://funny-404.test/team/ana", Want: dead("soft-404"),
		Serve: softEverywhere(Doc{Make: press, Title: "Lost in space", Main: "<h1>Houston, we have a problem</h1><p>This page drifted off. Error 404. Steer the ship with the arrow keys while you are here.</p><canvas width=\"600\" height=\"300\"></canvas>"})},
	{Name: "an answer in JSON that says not found", Link: "https://api-soft.test/v1/books/99999", Want: ok(""), Text: "A book",
		Serve: func(s *Stage) {
			s.On("https://api-soft.test/*", fakeweb.Bytes("application/json", []byte(`{"error":"not found","code":404}`)))
		},
		Or: []Want{dead("soft-404"), failing("empty")}, Why: "a document for programs; people rarely list it"},
	{Name: "empty page", Link: "https://blank-page.test/post", Want: failing("empty"), Text: "A blank page", Serve: serve(html200(""))},
	{Name: "page with a frame of tags and nothing in it", Link: "https://blank-tags.test/post", Want: failing("empty"), Text: "Blank tags",
		Serve: serve(html200("<html><head></head><body></body></html>"))},
	{Name: "page of blanks", Link: "https://blanks-only.test/post", Want: failing("empty"), Text: "Blanks", Serve: serve(html200(strings.Repeat(" \n", 200)))},
	{Name: "the default page of nginx, deep in the site", Link: "https://fresh-nginx.test/courses/sql/", Want: dead("soft-404|parked|empty"), Or: []Want{failing("empty")},
		Serve: on("https://fresh-nginx.test/*", serverPage(nginxDefault, "nginx/1.24.0"))},
	{Name: "the default page of nginx at the start", Link: "https://fresh-nginx-root.test/", Want: dead("soft-404|parked|empty"), Text: "A project's home", Or: []Want{failing("empty")},
		Serve: serve(serverPage(nginxDefault, "nginx/1.24.0")), Why: "whatever the list meant, it was not this"},
	{Name: "the default page of Apache on Debian", Link: "https://fresh-apache.test/", Want: dead("soft-404|parked|empty"), Text: "A project's home", Or: []Want{failing("empty")},
		Serve: serve(serverPage(apacheDefault, "Apache/2.4.57 (Debian)"))},
	{Name: "It works! and nothing more", Link: "https://it-works.test/", Want: dead("soft-404|parked|empty"), Text: "A project's home", Or: []Want{failing("empty")},
		Serve: serve(serverPage("<html><body><h1>It works!</h1></body></html>\n", "Apache/2.4.57 (Unix)"))},
	{Name: "the default page of a Windows server", Link: "https://fresh-iis.test/", Want: dead("soft-404|parked|empty"), Text: "A project's home", Or: []Want{failing("empty")},
		Serve: serve(serverPage(iisDefault, "Microsoft-IIS/10.0"))},
	{Name: "the default page of a control panel", Link: "https://fresh-cpanel.test/", Want: dead("soft-404|parked|empty"), Text: "A project's home", Or: []Want{failing("empty")},
		Serve: all(redirect(302, "https://fresh-cpanel.test/cgi-sys/defaultwebpage.cgi"), on("https://fresh-cpanel.test/cgi-sys/*", Doc{Make: academic, Site: "Sorry", Title: "Default Web Site Page", Main: "<h1>SORRY!</h1><p>If you are the owner of this website, please contact your hosting provider: webmaster@fresh-cpanel.test</p><p>It is possible you have reached this page because: The IP address has changed. There has been a server misconfiguration. The site may have moved to a different server.</p>"}))},
	{Name: "the default page of another control panel", Link: "https://fresh-plesk.test/", Want: dead("soft-404|parked|empty"), Text: "A project's home", Or: []Want{failing("empty")},
		Serve: serve(serverPage(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Domain Default page</title></head><body><h1>If you are seeing this message, the website for <strong>fresh-plesk.test</strong> is not available at this time.</h1><p>If you are the owner of this website, one of the following things may be occurring: You have not put any content on your website. Your provider has suspended this page.</p><p>This page was autogenerated by Plesk.</p></body></html>`, "nginx"))},
	{Name: "the default page of a hoster", Link: "https://fresh-hosting.test/", Want: dead("soft-404|parked|empty"), Text: "A project's home", Or: []Want{failing("empty")},
		Serve: serve(serverPage(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Default page</title></head><body><h1>You Are All Set to Go!</h1><p>All you have to do now is upload your website files and start your journey. Check out how to do that below:</p><ul><li>Upload website files</li><li>Install WordPress</li></ul></body></html>`, "hcdn"))},
	{Name: "the test page of a distribution", Link: "https://fresh-centos.test/", Want: dead("soft-404|parked|empty|gone"), Text: "A project's home", Or: []Want{failing("empty"), blocked("forbidden", "")},
		Serve: serve(fakeweb.Header(fakeweb.Document(403, "text/html", []byte(`<!DOCTYPE html><html><head><title>HTTP Server Test Page powered by CentOS</title></head><body><h1>HTTP Server Test Page</h1><p>This page is used to test the proper operation of an HTTP server after it has been installed on a Linux system.</p></body></html>`)), "Server", "Apache/2.4.6 (CentOS)")), Why: "it answers 403, which is a refusal by the table of answers"},
	{Name: "a PDF whose place is taken by a page", Link: "https://lost-paper.test/papers/clocks.pdf", Want: dead("soft-404"),
		Serve: softEverywhere(Doc{Make: academic, Title: "Papers of the institute", Main: "<h1>Papers of the institute</h1><p>The document could not be found. Use the catalogue of the library.</p>"})},
	{Name: "an index of nothing", Link: "https://empty-index.test/", Want: dead("soft-404|parked|empty"), Text: "A project's home", Or: []Want{failing("empty"), ok("Index of /")},
		Serve: page(Doc{Make: academic, Title: "Index of /", Main: "<h1>Index of /</h1><table><tr><th>Name</th><th>Last modified</th><th>Size</th></tr><tr><td><a href=\"cgi-bin/\">cgi-bin/</a></td><td>2024-01-02 10:11</td><td>-</td></tr></table>"}),
		Why:   "a host whose files are gone; by the number it is there"},
	{Name: "suspended account", Link: "https://suspended-account.test/tutorials/", Want: dead("soft-404|parked"), Serve: suspended},
	{Name: "suspended account at the start page", Link: "https://suspended-root.test/", Want: dead("soft-404|parked"), Text: "Tutorials by Ben", Serve: suspended},
	{Name: "account over its quota", Link: "https://over-quota.test/", Want: dead("soft-404|parked"), Text: "Photographs by Ben", Or: []Want{failing(""), noRobots}, Why: "all of the host answers 509, its robots.txt as well",
		Serve: on("https://over-quota.test/*", Doc{Make: academic, Title: "Bandwidth Limit Exceeded", Code: 509, Main: "<h1>Bandwidth Limit Exceeded</h1>The server is temporarily unable to service your request due to the site owner reaching his/her bandwidth limit. Please try again later."})},
	{Name: "database is lost", Link: "https://no-database.test/post/1", Want: failing("server-error"), Text: "A post",
		Serve: page(Doc{Code: 500, Title: "Database Error", Main: "<h1>Error establishing a database connection</h1>"})},
	{Name: "database is lost, yet 200", Link: "https://no-database-200.test/post/1", Want: failing(""), Text: "A post",
		Serve: on("https://no-database-200.test/*", Doc{Make: academic, Title: "Database Error", Main: "<h1>Error establishing a database connection</h1>"}),
		Or:    []Want{dead("soft-404"), ok("")}, Why: "out of order rather than gone, and only words tell"},
	{Name: "forum topic that was removed", Link: "https://old-forum.test/viewtopic.php?t=999", Want: dead("soft-404"),
		Serve: on("https://old-forum.test/viewtopic.php*", Doc{Title: "Old Forum - Information", Main: "<h1>Information</h1><p>The requested topic does not exist.</p>"})},
	{Name: "page of a wiki without text, 200", Link: "https://free-wiki.test/wiki/Sorting_of_socks", Want: dead("soft-404"),
		Serve: on("https://free-wiki.test/wiki/*", Doc{Make: wiki, Title: "Sorting of socks - Free Wiki", Main: "<h1>Sorting of socks</h1><div class=\"noarticletext\"><p>There is currently no text in this page. You can search for this page title in other pages, or create this page.</p></div>"})},
	{Name: "page of a wiki without text, 404", Link: "https://free-wiki-404.test/wiki/Sorting_of_socks", Want: dead("not-found"),
		Serve: on("https://free-wiki-404.test/wiki/*", Doc{Make: wiki, Code: 404, Title: "Sorting of socks - Free Wiki", Main: "<h1>Sorting of socks</h1><div class=\"noarticletext\"><p>There is currently no text in this page.</p></div>"})},
	{Name: "app of one page whose server knows no 404, real route", Link: "https://app-shell.test/guide/intro", Want: ok("App Shell"), Text: "App Shell",
		Serve: on("https://app-shell.test/*", shell("App Shell")), Why: "every address answers the same shell; what is missing only the script knows"},
	{Name: "probes are limited", Link: "https://limited-probe.test/page-not-here", Want: ok("Page not found? Read this"),
		Serve: func(s *Stage) {
			s.On("https://limited-probe.test/*", fakeweb.Status(429))
			s.On("https://limited-probe.test/robots.txt", fakeweb.Status(404))
			s.Here(Doc{Main: "<h1>Page not found? Read this</h1><p>" + subjects[4][0] + "</p>"}.with(s.Host, s.Case.Want.Title))
		}, Why: "a question that was refused has no answer: error words are suspicion, never proof"},
	{Name: "a host that refuses after three requests", Link: "https://three-requests.test/404-lessons", Want: ok("404: lessons from a lost page"),
		Serve: func(s *Stage) {
			s.Here(Doc{Main: "<h1>404: lessons from a lost page</h1><p>" + subjects[1][4] + "</p>"}.with(s.Host, s.Case.Want.Title))
			s.Web.Guard(s.Host, refuseAfter(3))
		}, Why: "robots.txt, the page, one question: a thrifty client has its answer, and a refused question is none"},
	{Name: "probes run into a wall", Link: "https://walled-probe.test/not-found-patterns", Want: ok("Not found: patterns for empty results"),
		Serve: func(s *Stage) {
			s.On("https://walled-probe.test/*", fakeweb.Challenge(fakeweb.Cloudflare))
			s.On("https://walled-probe.test/robots.txt", fakeweb.Status(404))
			s.Here(Doc{Main: "<h1>Not found: patterns for empty results</h1><p>" + subjects[5][4] + "</p>"}.with(s.Host, s.Case.Want.Title))
		}},
}

// changing answers all with an error and with other recommendations each time.
func changing(s *Stage) {
	var turn atomic.Int64
	s.On("https://changing-below.test/*", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		n := int(turn.Add(1))
		more := "<h2>You may like</h2><ul>"
		for i := range 4 {
			more += "<li><a href=\"/recipes/" + itoa(n*7+i) + "\">" + headings[(n+i)%len(headings)] + " no. " + itoa(n*31+i) + "</a></li>"
		}
		Doc{Make: press, Title: "We could not find that recipe", Main: "<h1>We could not find that recipe</h1><p>It may have been eaten. The page you requested does not exist; try the search, or browse our newest recipes, of which there are many.</p>" + more + "</ul>"}.with(s.Host, "").ServeHTTP(rw, r)
	}))
}

func serverPage(text, server string) fakeweb.Behaviour {
	return fakeweb.Header(fakeweb.Bytes("text/html", []byte(text)), "Server", server, "Last-Modified", "Tue, 11 Apr 2023 01:45:34 GMT")
}

func suspended(s *Stage) {
	s.On("https://"+s.Host+"/*", s.Redirect(302, "https://"+s.Host+"/cgi-sys/suspendedpage.cgi"))
	s.On("https://"+s.Host+"/cgi-sys/suspendedpage.cgi", Doc{Make: academic, Title: "Account Suspended", Main: "<h1>Account Suspended</h1><p>This Account has been suspended.</p><p>Contact your hosting provider for more information.</p>"}.with(s.Host, ""))
	s.On("https://"+s.Host+"/", s.Redirect(302, "https://"+s.Host+"/cgi-sys/suspendedpage.cgi"))
}

// shell is the page of an application that is drawn by its script.
func shell(title string) fakeweb.Behaviour {
	return fakeweb.Header(fakeweb.Bytes("text/html; charset=utf-8", []byte(`<!doctype html><html lang="en"><head><meta charset="utf-8"/><link rel="icon" href="/favicon.ico"/><meta name="viewport" content="width=device-width,initial-scale=1"/><meta name="theme-color" content="#000000"/><title>`+title+`</title><link rel="manifest" href="/manifest.json"/><script defer="defer" src="/static/js/main.5f2a81c0.js"></script><link href="/static/css/main.2f6c9a10.css" rel="stylesheet"></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>`)), "Server", "nginx")
}

const nginxDefault = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>html { color-scheme: light dark; } body { width: 35em; margin: 0 auto; font-family: Tahoma, Verdana, Arial, sans-serif; }</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p>
<p>For online documentation and support please refer to <a href="http://nginx.org/">nginx.org</a>.</p>
<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`

const apacheDefault = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /><title>Apache2 Debian Default Page: It works</title></head>
<body><div class="main_page"><div class="page_header"><span>Apache2 Debian Default Page</span></div><div class="section_header section_header_red">It works!</div>
<p>This is the default welcome page used to test the correct operation of the Apache2 server after installation on Debian systems. If you can read this page, it means that the Apache HTTP server installed at this site is working properly. You should replace this file before continuing to operate your HTTP server.</p>
<p>If you are a normal user of this web site and don't know what this page is about, this probably means that the site is currently unavailable due to maintenance.</p></div></body></html>
`

const iisDefault = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1" /><title>IIS Windows Server</title></head>
<body><div id="container"><a href="http://go.microsoft.com/fwlink/?linkid=66138&amp;clcid=0x409"><img src="iisstart.png" alt="IIS" width="960" height="600" /></a></div></body></html>
`
