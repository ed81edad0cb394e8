package behaviours

import "waymark/crawler/fakeweb"

// above puts markup before the article of a page.
func above(m maker, markup string) func(*Stage) { return page(Doc{Make: m, Above: markup}) }

// told puts markup before the matter of a repository's README.
func told(markup string) func(*Stage) {
	return page(Doc{Make: docs, Site: "GitHub", Server: "github.com", Main: `<article class="markdown-body entry-content">` + markup + `<p>` + subjects[7][0] + `</p><h2>Use</h2><p>` + subjects[7][1] + `</p><p>` + subjects[7][3] + `</p></article>`})
}

// registered is a page whose registry tells something in JSON.
func registered(address, answer string) func(*Stage) {
	return all(page(Doc{Make: docs}), on(address, fakeweb.Bytes("application/json", []byte(answer))))
}

func instead(to string) Finding { return Finding{Kind: "archived", Suggestion: to} }

// givenUpCases are pages whose makers say that they gave something up, and pages that use the same words.
var givenUpCases = []Case{
	{Name: "a banner: no longer maintained", Link: "https://given-up-1.test/guide", Want: ok("The Guide", finding("archived")), Serve: above(docs, `<div class="site-banner"><p>This project is no longer maintained.</p></div>`)},
	{Name: "an alert: deprecated in favour of another", Link: "https://given-up-2.test/guide", Want: ok("The Guide to Two", instead("https://streams.test/")), Serve: above(docs, `<div role="alert">This library has been deprecated in favor of <a href="https://streams.test/">Streams</a>.</div>`)},
	{Name: "a notice: end of life", Link: "https://given-up-3.test/", Want: ok("Three", finding("archived")), Serve: above(press, `<div class="notice notice--danger">This product has reached its end of life.</div>`)},
	{Name: "a tutorial that calls itself outdated", Link: "https://given-up-4.test/tutorial", Want: ok("A Tutorial", instead("https://given-up-4.test/tutorial-2")), Serve: above(blog, `<p class="callout">This tutorial is outdated. Please read the <a href="/tutorial-2">new version</a>.</p>`)},
	{Name: "an article that says so in its first line", Link: "https://given-up-5.test/2016/queues", Want: ok("Queues in 2016", finding("archived")), Serve: above(blog, `<p><em>Update: this post is no longer maintained.</em></p>`)},
	{Name: "a page that moved, without a redirect", Link: "https://given-up-6.test/wiki", Want: ok("The Old Wiki", instead("https://wiki-of-six.test/")), Serve: above(academic, `<div class="warning">This page has moved to <a href="https://wiki-of-six.test/">our new wiki</a>.</div>`)},
	{Name: "a German notice", Link: "https://given-up-7.test/anleitung", Want: ok("Eine Anleitung", finding("archived")), Serve: above(blog, `<div class="hinweis alert">Diese Anleitung wird nicht mehr aktualisiert.</div>`)},
	{Name: "a French notice", Link: "https://given-up-8.test/guide", Want: ok("Un guide", finding("archived")), Serve: above(docs, `<div class="admonition warning"><p class="admonition-title">Attention</p><p>Ce projet n’est plus maintenu.</p></div>`)},
	{Name: "a Spanish notice", Link: "https://given-up-9.test/guia", Want: ok("Una guía", finding("archived")), Serve: above(blog, `<div class="alert">Este proyecto ya no se mantiene.</div>`)},
	{Name: "a Chinese notice", Link: "https://given-up-10.test/", Want: ok("指南", finding("archived")), Serve: above(docs, `<div class="alert">本项目已停止维护。</div>`)},
	{Name: "a Japanese notice", Link: "https://given-up-11.test/", Want: ok("ガイド", finding("archived")), Serve: above(docs, `<div class="alert">このリポジトリはメンテナンスされていません。</div>`)},
	{Name: "a Russian notice", Link: "https://given-up-12.test/", Want: ok("Руководство", finding("archived")), Serve: above(docs, `<div class="alert">Этот проект больше не поддерживается.</div>`)},
	{Name: "GitHub, a README: no longer maintained", Link: "https://github.com/somebody/given-up", Want: ok("GitHub - somebody/given-up", finding("archived")), Serve: told(`<h1>given-up</h1><p><strong>This repository is no longer maintained.</strong></p>`)},
	{Name: "GitHub, a README: no more bug fixes", Link: "https://github.com/somebody/unfixed", Want: ok("GitHub - somebody/unfixed", finding("archived")), Serve: told(`<h1>unfixed</h1><p>This project is no longer maintained and will not receive bug fixes.</p>`)},
	{Name: "GitHub, a README: deprecated", Link: "https://github.com/somebody/flagged", Want: ok("GitHub - somebody/flagged", instead("https://github.com/other/gauge")), Serve: told(`<h1>flagged</h1><p>⚠️ DEPRECATED: please use <a href="https://github.com/other/gauge">gauge</a>.</p>`)},
	{Name: "GitHub, a README with brackets", Link: "https://github.com/somebody/bracketed", Want: ok("GitHub - somebody/bracketed", finding("archived")), Serve: told(`<h1>bracketed (unmaintained)</h1>`)},
	{Name: "GitHub, a README: moved", Link: "https://github.com/somebody/emigrated", Want: ok("GitHub - somebody/emigrated", instead("https://codeberg.org/somebody/emigrated")), Serve: told(`<h1>emigrated</h1><p>This project has moved to <a href="https://codeberg.org/somebody/emigrated">Codeberg</a>.</p>`)},
	{Name: "documentation of an old version, Docusaurus", Link: "https://old-docs-1.test/docs/1.0/intro", Want: ok("Introduction", instead("https://old-docs-1.test/docs/intro")), Serve: above(docs, `<div class="theme-doc-version-banner alert alert--warning" role="alert"><div>This is documentation for Streams <b>1.0</b>, which is no longer actively maintained. For up-to-date documentation, see the <a href="/docs/intro">latest version</a> (2.1).</div></div>`)},
	{Name: "documentation of an old version, Sphinx", Link: "https://old-docs-2.test/en/1.4/", Want: ok("Streams 1.4", instead("https://old-docs-2.test/en/stable/")), Serve: above(docs, `<div class="admonition warning"><p>You are not reading the most recent version of this documentation. <a href="/en/stable/">2.0</a> is the latest version available. You are reading an older version.</p><p>This version is no longer supported, see the <a href="/en/stable/">latest version</a>.</p></div>`)},
	{Name: "documentation whose canonical address is newer", Link: "https://old-docs-3.test/en/1.8/topics/", Want: ok("Topics", instead("https://old-docs-3.test/en/5.0/topics/")), Serve: page(Doc{Make: docs, Head: `<link rel="canonical" href="https://old-docs-3.test/en/5.0/topics/">`})},
	{Name: "npm, a deprecated package", Link: "https://www.npmjs.com/package/given-up", Want: ok("given-up - npm", instead("https://www.npmjs.com/package/@somebody/kept")), Serve: registered("https://registry.npmjs.org/given-up/latest", `{"name":"given-up","version":"2.0.0","deprecated":"Package moved to @somebody/kept."}`)},
	{Name: "PyPI, an inactive project", Link: "https://pypi.org/project/given-up/", Want: ok("given-up · PyPI", finding("archived")), Serve: registered("https://pypi.org/pypi/given-up/json", `{"info":{"author":"somebody","classifiers":["Development Status :: 7 - Inactive"],"description":"x","yanked":false}}`)},
	{Name: "crates.io, a crate that was yanked", Link: "https://crates.io/crates/given-up", Want: ok("given-up - crates.io", finding("archived")), Serve: registered("https://crates.io/api/v1/crates/given-up", `{"categories":[],"crate":{"id":"given-up","yanked":true},"versions":[]}`)},

	{Name: "npm, a package that is kept", Link: "https://www.npmjs.com/package/kept", Want: ok("kept - npm"), Serve: registered("https://registry.npmjs.org/kept/latest", `{"name":"kept","version":"2.0.0"}`)},
	{Name: "PyPI, a project that is kept", Link: "https://pypi.org/project/kept/", Want: ok("kept · PyPI"), Serve: registered("https://pypi.org/pypi/kept/json", `{"info":{"classifiers":["Development Status :: 5 - Production/Stable"],"description":"says \"yanked\":true","yanked":false}}`)},
	{Name: "crates.io, a crate with one yanked version", Link: "https://crates.io/crates/kept", Want: ok("kept - crates.io"), Serve: registered("https://crates.io/api/v1/crates/kept", `{"categories":[],"crate":{"id":"kept"},"versions":[{"num":"1.0.1","yanked":true}]}`)},
	{Name: "an article on giving up", Link: "https://kept-1.test/post", Want: ok("How to Say Goodbye"), Serve: above(blog, `<p>When this project is no longer maintained, say so: “This project is no longer maintained.” Half of the work is to write it where people look.</p>`)},
	{Name: "a page that deprecates a function", Link: "https://kept-2.test/api", Want: ok("queue.drain"), Serve: above(docs, `<div class="admonition deprecated"><p>This function is deprecated since version 3.2. Use close() instead.</p></div>`)},
	{Name: "a notice on old browsers", Link: "https://kept-3.test/", Want: ok("The Shop Floor"), Serve: above(press, `<div class="alert" role="alert">This browser is no longer supported.</div>`)},
	{Name: "a notice on another project", Link: "https://kept-4.test/", Want: ok("Using Gauges"), Serve: above(blog, `<div class="note">The old plugin is deprecated; this article uses the new one.</div>`)},
	{Name: "a notice that limits itself", Link: "https://kept-5.test/", Want: ok("On Old Machines"), Serve: above(docs, `<div class="warning">This package is no longer supported on Windows 7.</div>`)},
	{Name: "a notice in the comments", Link: "https://kept-6.test/", Want: ok("An Old Favourite"), Serve: page(Doc{Make: blog, Below: `<div class="comment"><div class="alert">This article is outdated.</div></div>`})},
	{Name: "a notice that only a script shows", Link: "https://kept-7.test/latest/", Want: ok("The Newest"), Serve: above(docs, `<div data-md-component="outdated" class="md-banner" hidden>You're not viewing the latest version. <a href="../latest/">Click here.</a></div>`)},
	{Name: "documentation of what comes next", Link: "https://kept-8.test/docs/next/", Want: ok("What Comes Next"), Serve: above(docs, `<div class="theme-doc-version-banner alert" role="alert">This is unreleased documentation for Streams <b>Next</b> version. For up-to-date documentation, see the <a href="/docs/">latest version</a> (2.1).</div>`)},
	{Name: "documentation of the newest version, by its number", Link: "https://kept-9.test/en/2.0/", Want: ok("Streams 2.0"), Serve: page(Doc{Make: docs, Head: `<link rel="canonical" href="https://kept-9.test/en/stable/">`, Below: `<p><a href="/en/1.4/">1.4</a></p>`})},
	{Name: "GitHub, a README on an old branch", Link: "https://github.com/somebody/branches", Want: ok("GitHub - somebody/branches"), Serve: told(`<h1>branches</h1><p>Version 1.x is no longer maintained, please upgrade.</p>`)},
	{Name: "GitHub, a README that finds what was given up", Link: "https://github.com/somebody/finder", Want: ok("GitHub - somebody/finder"), Serve: told(`<h1>finder</h1><p>Tells you which packages are deprecated, unmaintained or abandoned.</p>`)},
	{Name: "GitHub, a fork of what was given up", Link: "https://github.com/somebody/fork", Want: ok("GitHub - somebody/fork"), Serve: told(`<h1>fork</h1><p>A fork of gauge, which is no longer maintained.</p>`)},
	{Name: "GitHub, a README that asks for help", Link: "https://github.com/somebody/help", Want: ok("GitHub - somebody/help"), Serve: told(`<h1>help</h1><p>Help wanted! If this project is no longer maintained by April, the Foundation takes it over.</p>`)},
	{Name: "a chat that moved", Link: "https://kept-10.test/", Want: ok("A Community"), Serve: above(blog, `<div class="announcement">Our chat has moved to <a href="https://chat.test/">Matrix</a>.</div>`)},
	{Name: "GitHub, a README whose chapter lists what is deprecated", Link: "https://github.com/somebody/chapters", Want: ok("GitHub - somebody/chapters"), Serve: told(`<h1>chapters</h1><h2>Deprecated</h2><p>The option --old is gone.</p>`)},
	{Name: "GitHub, a README with a table of packages", Link: "https://github.com/somebody/monorepo", Want: ok("GitHub - somebody/monorepo"), Serve: told(`<h1>monorepo</h1><table><tr><td>core</td><td>Active</td></tr><tr><td>old</td><td>Deprecated</td></tr></table>`)},
	{Name: "GitHub, a README that begins with a list", Link: "https://github.com/somebody/items", Want: ok("GitHub - somebody/items"), Serve: told(`<h1>items</h1><ul><li>Deprecated: gauge</li><li>New: streams</li></ul>`)},
	{Name: "GitHub, a project that was given up once", Link: "https://github.com/somebody/revived", Want: ok("GitHub - somebody/revived"), Serve: told(`<h1>revived</h1><p>This project was deprecated in 2019 but is maintained again since 2023.</p>`)},
	{Name: "GitHub, a project that is complete", Link: "https://github.com/somebody/finished", Want: ok("GitHub - somebody/finished"), Serve: told(`<h1>finished</h1><p>This project is no longer under active development because it is complete. Bugs are fixed.</p>`)},
	{Name: "a list of what was archived", Link: "https://kept-11.test/", Want: ok("Archived"), Serve: above(blog, `<ul class="archived"><li><a href="/a">This project is no longer maintained</a></li></ul>`)},
	{Name: "posts on what is deprecated", Link: "https://kept-12.test/", Want: ok("Tag: deprecated"), Serve: above(blog, `<div class="post tag-deprecated"><p>This plugin is no longer maintained.</p><p>So says its page.</p></div>`)},
	{Name: "a lesson whose canonical address is another", Link: "https://kept-13.test/lesson/3/", Want: ok("The Third"), Serve: page(Doc{Make: docs, Head: `<link rel="canonical" href="https://kept-13.test/lesson/12/">`})},
	{Name: "documentation of the newest version beside the next", Link: "https://kept-14.test/docs/18/queues", Want: ok("Queues in 18"), Serve: page(Doc{Make: docs, Head: `<link rel="canonical" href="https://kept-14.test/docs/current/queues">`, Below: `<p>Supported: <a href="/docs/current/queues">Current</a> (<a href="/docs/18/queues">18</a>) / <a href="/docs/17/queues">17</a></p><p>Development versions: <a href="/docs/19/queues">19</a></p>`})},
	{Name: "documentation of the version before", Link: "https://old-docs-4.test/docs/9.1/queues", Want: ok("Queues in 9.1", instead("https://old-docs-4.test/docs/current/queues")), Serve: page(Doc{Make: docs, Head: `<link rel="canonical" href="https://old-docs-4.test/docs/current/queues">`, Below: `<p>Supported: <a href="/docs/current/queues">Current</a> (<a href="/docs/18/queues">18</a>) / <a href="/docs/17/queues">17</a></p><p>Development versions: <a href="/docs/19/queues">19</a></p>`})},
	{Name: "GitHub, a list of tools, one of them archived", Link: "https://github.com/somebody/catalogue", Want: ok("GitHub - somebody/catalogue"), Serve: told(`<h1>catalogue</h1><ul><li><a href="/x">x</a>: a tool. This project is archived.</li></ul>`)},
	{Name: "GitHub, a project that somebody took over", Link: "https://github.com/somebody/heir", Want: ok("GitHub - somebody/heir"), Serve: told(`<h1>heir</h1><p>This library was abandoned by its author. I now maintain it here.</p>`)},
	{Name: "GitHub, a README that is outdated", Link: "https://github.com/somebody/website", Want: ok("GitHub - somebody/website"), Serve: told(`<h1>website</h1><p>This page is outdated, see the <a href="https://website.test/">website</a> for the manual.</p>`)},
}
