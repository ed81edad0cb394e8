package dates

// manuals are what documentation generators and wikis put out.
var manuals = []Row{
	{Name: "Docusaurus", Body: `<main><article><header><h1>Lists</h1></header>` + prose + `</article><footer class="theme-doc-footer"><span class="theme-last-updated">Last updated<!-- --> on <b><time datetime="2019-03-02T10:00:00.000Z" itemprop="dateModified">Mar 2, 2019</time></b> by <b>ada</b></span></footer></main>`,
		Want: Want{"2019-03-02", "microdata", "high", ""}},
	{Name: "Docusaurus 1", Body: `<div class="post"><h1>Lists</h1>` + prose + `</div><div class="docLastUpdate"><em>Last updated on 2019-3-2 by Ada</em></div>`, Want: Want{"2019-03-02", "text|time", "medium", ""}},
	{Name: "MkDocs Material", Body: `<article class="md-content__inner md-typeset"><h1>Lists</h1>` + prose + `<aside class="md-source-file"><small>Last update: <span class="git-revision-date-localized-plugin git-revision-date-localized-plugin-date">March 2, 2019</span><br>Created: <span class="git-revision-date-localized-plugin git-revision-date-localized-plugin-date">January 2, 2018</span></small></aside></article>`,
		Want: Want{"2019-03-02", "text|time", "medium", ""}},
	{Name: "MkDocs, ISO date", Body: `<div role="main">` + prose + `</div><footer><p>Documentation built with MkDocs. Last updated: 2019-03-02 10:00:00</p></footer>`, Want: Want{"2019-03-02", "text|time", "medium", "Last updated: 2019-03-02"}},
	{Name: "Sphinx", Body: `<div role="main" class="document">` + prose + `</div><footer><div role="contentinfo"><p>&copy; Copyright 2009-2024, The Keepers. <span class="lastupdated">Last updated on Mar 02, 2019. </span></p></div>Built with Sphinx 1.8.4.</footer>`, Want: Want{"2019-03-02", "text|time", "medium", ""}},
	{Name: "Sphinx, classic", Body: `<div class="document">` + prose + `</div><div class="footer">&copy; Copyright 2001-2024, Lists. Last updated on Mar 02, 2019. Created using Sphinx 1.8.</div>`, Want: Want{"2019-03-02", "text", "medium", ""}},
	{Name: "VitePress", Body: `<main>` + prose + `<p class="VPLastUpdated">Last updated: <time datetime="2019-03-02T10:00:00.000Z">3/2/2019, 10:00 AM</time></p></main>`, Want: Want{"2019-03-02", "time", "medium", ""}},
	{Name: "VuePress in the United States", Language: "en-US", Body: `<main><div class="content">` + prose + `</div><footer class="page-edit"><div class="last-updated"><span class="prefix">Last Updated:</span> <span class="time">3/2/2019, 10:00:00 AM</span></div></footer></main>`, Want: Want{"2019-03-02", "text|time", "medium", ""}},
	{Name: "Hugo, Docsy", Body: `<main><div class="td-content"><h1>Lists</h1>` + prose + `<div class="td-page-meta__lastmod">Last modified March 2, 2019: <a href="/commit/abc">Fix a typo (abc1234)</a></div></div></main>`, Want: Want{"2019-03-02", "text|time", "medium", ""}},
	{Name: "Antora and AsciiDoctor", Bare: true, Body: `<div id="content">` + prose + `</div><div id="footer"><div id="footer-text">Version 2.1<br>Last updated 2019-03-02 10:00:00 UTC</div></div>`, Want: Want{"2019-03-02", "text|time", "medium", ""}},
	{Name: "MediaWiki", Bare: true, Body: `<div id="content" class="mw-body" role="main"><h1>Lists</h1>` + prose + `</div><div id="footer" role="contentinfo"><ul id="footer-info"><li id="footer-info-lastmod"> This page was last edited on 2 March 2019, at 10:00<span class="anonymous-show">&#160;(UTC)</span>.</li><li>Text is available under a licence.</li></ul></div>`,
		Want: Want{"2019-03-02", "text|time", "medium", "This page was last edited on 2 March 2019"}},
	{Name: "DokuWiki", Bare: true, Body: `<div class="dokuwiki"><div class="page">` + prose + `</div><div class="docInfo"><bdi>lists.txt</bdi> · Last modified: 2019/03/02 10:00 by <bdi>ada</bdi></div></div>`, Want: Want{"2019-03-02", "text", "medium", ""}},
	{Name: "MoinMoin", Bare: true, Body: `<div id="page">` + prose + `</div><p id="pageinfo" class="info" lang="en" dir="ltr">ListKeeping (last edited 2019-03-02 10:00:00 by <span title="Ada">Ada</span>)</p>`, Want: Want{"2019-03-02", "text", "medium", ""}},
	{Name: "Confluence", Bare: true, Body: `<div id="content" class="page view"><div class="page-metadata"><ul><li class="page-metadata-modification-info">Created by <span class='author'><a href="/u">Ada</a></span>, last modified on <a class="last-modified" title="Show changes" href="/d">Mar 02, 2019</a></li></ul></div>` + prose + `</div>`, Want: Want{"2019-03-02", "text|time", "medium", ""}},
	{Name: "MSDN", Language: "en-us", Head: meta("ms.date", "03/02/2019") + meta("updated_at", "2019-03-02 10:11 PM"), Body: post(""), Want: Want{"2019-03-02", "meta", "high", ""}},
	{Name: "MSDN, as it was", Language: "en-us", Body: `<div id="mainBody"><h1>Lists</h1><div>Updated: March 2, 2019</div><div>Applies To: Windows Server 2008</div>` + prose + `</div>`, Want: Want{"2019-03-02", "text", "medium", "Updated: March 2, 2019"}},
	{Name: "MDN", Body: `<main><article>` + prose + `</article><aside class="metadata"><p class="last-modified-date">This page was last modified on <time datetime="2019-03-02T10:00:00.000Z">Mar 2, 2019</time> by <a href="/c">MDN contributors</a>.</p></aside></main>`, Want: Want{"2019-03-02", "time", "medium", ""}},
	{Name: "GitHub Pages by hand", Body: `<h1>Lists</h1>` + prose + `<hr><p><i>Last updated: 2019-03-02</i></p>`, Want: Want{"2019-03-02", "text", "medium", ""}},
	{Name: "a keyword of CVS", Bare: true, Body: `<h1>Lists</h1>` + prose + `<address>Ada<br>$Date: 2019/03/02 10:11:12 $</address>`, Want: Want{"2019-03-02", "text", "medium", "2019/03/02"}},
	{Name: "W3C", Bare: true, Body: `<h1>Lists</h1>` + prose + `<address>Ada, webmaster<br>Last modified: $Date: 2019/03/02 10:11:12 $ by $Author: ada $</address>`, Want: Want{"2019-03-02", "text", "medium", ""}},
	{Name: "Emacs time stamp", Bare: true, Body: `<h1>Lists</h1>` + prose + `<!-- hhmts start -->Last modified: Sat Mar  2 10:00:00 CET 2019 <!-- hhmts end -->`, Want: Want{"2019-03-02", "text", "medium", ""}},
	{Name: "a page of a professor", Bare: true, Body: `<h1>CS 101</h1>` + prose + `<hr>Last updated 2-Mar-2019 by <a href="mailto:a@x.test">me</a>`, Want: Want{"2019-03-02", "text", "medium", ""}},
	{Name: "frequently asked questions of Usenet", Bare: true, Body: `<pre>Archive-name: lists-faq
Posting-Frequency: monthly
Last-modified: 2019/03/02
Version: 4.1</pre>` + prose, Want: Want{"2019-03-02", "text", "medium", ""}},
	{Name: "a table of facts", Body: `<h1>Lists</h1><table><tr><th>Author</th><td>Ada</td></tr><tr><th>Created</th><td>2018-01-02</td></tr><tr><th>Last modified</th><td>2019-03-02</td></tr></table>` + prose, Want: Want{"2019-03-02", "text", "medium", ""}},
	{Name: "a definition list of facts", Body: `<h1>Lists</h1><dl><dt>Last updated</dt><dd>2 March 2019</dd></dl>` + prose, Want: Want{"2019-03-02", "text", "medium", ""}},
}

// libraries are where papers and books are kept.
var libraries = []Row{
	{Name: "arXiv", Bare: true, Head: meta("citation_title", "Lists") + meta("citation_date", "2018/01/02") + meta("citation_online_date", "2018/01/02"), Body: `<div id="abs"><div class="dateline">[Submitted on 2 Jan 2018 (<a href="/v1">v1</a>), last revised 2 Mar 2019 (this version, v2)]</div><h1>Lists</h1>` + prose + `</div>`, Want: Want{"2019-03-02", "text|time", "medium", ""}},
	{Name: "arXiv, first version", Bare: true, Head: meta("citation_date", "2019/03/02") + meta("citation_online_date", "2019/03/02"), Body: `<div class="dateline">[Submitted on 2 Mar 2019]</div><h1>Lists</h1>` + prose, Want: Want{"2019-03-02", "meta", "high", "2019/03/02"}},
	{Name: "a journal", Head: meta("citation_publication_date", "2019/03/02") + meta("citation_journal_title", "Lists") + meta("citation_volume", "2012"), Body: post(""), Want: Want{"2019-03-02", "meta", "high", ""}},
	{Name: "a journal by the month", Head: meta("citation_publication_date", "2019/03"), Body: post(""), Want: Want{"2019-03-31", "meta", "high", "2019/03"}},
	{Name: "a book by the year", Head: meta("citation_publication_date", "2019"), Body: post(""), Want: Want{"2019-12-31", "meta", "high", "2019"}},
	{Name: "Dublin Core", Head: `<meta name="DC.date" content="2019-03-02" scheme="DCTERMS.W3CDTF">`, Body: post(""), Want: Want{"2019-03-02", "meta", "high", ""}},
	{Name: "Dublin Core, issued", Head: meta("DC.date.issued", "2019-03-02"), Body: post(""), Want: Want{"2019-03-02", "meta", "high", ""}},
	{Name: "Dublin Core, modified", Head: meta("dcterms.created", "2012-01-02") + meta("dcterms.modified", "2019-03-02"), Body: post(""), Want: Want{"2019-03-02", "meta", "high", ""}},
	{Name: "DSpace", Head: meta("DCTERMS.issued", "2019-03") + meta("DC.title", "Lists"), Body: post(""), Want: Want{"2019-03-31", "meta", "high", "2019-03"}},
	{Name: "EPrints", Head: meta("eprints.date", "2019-03-02") + meta("eprints.title", "Lists"), Body: post(""), Want: Want{"2019-03-02", "meta", "high", ""}},
	{Name: "bepress", Head: meta("bepress_citation_date", "2019") + meta("bepress_citation_online_date", "2019/3/2"), Body: post(""), Want: Want{"2019-03-02|2019-12-31", "meta", "high", ""}},
	{Name: "PRISM", Head: meta("prism.publicationDate", "2019-03-02"), Body: post(""), Want: Want{"2019-03-02", "meta", "high", ""}},
	{Name: "an RFC", Head: meta("DC.Date.Issued", "March, 2019") + meta("DC.Identifier", "urn:ietf:rfc:8555"), Body: post(""), Want: Want{"2019-03-31", "meta", "high", "March, 2019"}},
}

// authorities are governments and their kin.
var authorities = []Row{
	{Name: "GOV.UK", Head: meta("govuk:first-published-at", "2012-01-02T10:00:00+00:00") + meta("govuk:public-updated-at", "2019-03-02T10:00:00+00:00"), Body: `<main>` + prose + `<div class="gem-c-metadata"><dl><dt>Published</dt><dd>2 January 2012</dd><dt>Last updated</dt><dd>2 March 2019</dd></dl></div></main>`, Want: Want{"2019-03-02", "meta|text", "high|medium", ""}},
	{Name: "NHS", Body: `<main>` + prose + `<div class="nhsuk-review-date"><p class="nhsuk-body-s">Page last reviewed: 2 March 2019<br>Next review due: 2 March 2022</p></div></main>`, Want: Want{"2019-03-02", "text|time", "medium", "Page last reviewed: 2 March 2019"}},
	{Name: "Canada", Body: `<main>` + prose + `<section class="pagedetails"><dl id="wb-dtmd"><dt>Date modified:&#32;</dt><dd><time property="dateModified">2019-03-02</time></dd></dl></section></main>`, Want: Want{"2019-03-02", "microdata|time|text", "high|medium", ""}},
	{Name: "a federal agency", Body: `<main>` + prose + `</main><div class="last-updated-bar"><p>Last Updated: March 2, 2019</p></div>`, Want: Want{"2019-03-02", "text|time", "medium", ""}},
	{Name: "a ministry in Berlin", Language: "de", Body: `<main><h1>Listen</h1><p class="datum">Stand: 2. März 2019</p>` + prose + `</main>`, Want: Want{"2019-03-02", "text|time", "medium", "Stand: 2. März 2019"}},
	{Name: "a press release in Bonn", Language: "de", Body: `<h1>Listen</h1><p>Pressemitteilung vom 02.03.2019</p>` + prose, Want: Want{"2019-03-02", "text", "medium|low", ""}},
	{Name: "Australia", Head: meta("DCTERMS.modified", "2019-03-02T10:00:00+10:00"), Body: post(""), Want: Want{"2019-03-02|2019-03-01", "meta", "high", ""}},
	{Name: "terms of service", Body: `<h1>Terms of Service</h1><p>Date of last revision: March 2, 2019</p>` + prose, Want: Want{"2019-03-02", "text", "medium", ""}},
	{Name: "a privacy policy", Body: `<h1>Privacy</h1><p><strong>Last Revised</strong>: March 2, 2019</p>` + prose, Want: Want{"2019-03-02", "text", "medium", ""}},
}
