package dates

// ld is a script of structured data.
func ld(json string) string { return `<script type="application/ld+json">` + json + "</script>\n" }

// property is a <meta> element of Open Graph and its kin.
func property(name, content string) string {
	return `<meta property="` + name + `" content="` + content + "\">\n"
}

// meta is a <meta> element with a name.
func meta(name, content string) string {
	return `<meta name="` + name + `" content="` + content + "\">\n"
}

// post is an article with a heading and something under it.
func post(under string) string {
	return `<article class="post"><header><h1>On keeping lists</h1>` + under + "</header>\n" + prose + "</article>"
}

var blogs = []Row{
	{Name: "WordPress with Yoast", Path: "/2018/01/02/on-keeping-lists/", Head: property("article:published_time", "2018-01-02T10:00:00+00:00") + property("article:modified_time", "2019-03-02T10:11:12+00:00") +
		ld(`{"@context":"https://schema.org","@graph":[{"@type":"Article","@id":"https://x.test/#article","headline":"On keeping lists","datePublished":"2018-01-02T10:00:00+00:00","dateModified":"2019-03-02T10:11:12+00:00"},{"@type":"WebPage","datePublished":"2018-01-02T10:00:00+00:00","dateModified":"2019-03-02T10:11:12+00:00"},{"@type":"BreadcrumbList"},{"@type":"WebSite","name":"Lists"}]}`),
		Body: post(""), Want: Want{"2019-03-02", "json-ld", "high", "2019-03-02T10:11:12"}},
	{Name: "WordPress, Twenty Seventeen", Body: `<article id="post-7" class="post-7 post type-post status-publish format-standard hentry category-lists tag-recent-changes"><header class="entry-header"><div class="entry-meta"><span class="posted-on"><span class="screen-reader-text">Posted on</span> <a href="/x/" rel="bookmark"><time class="entry-date published" datetime="2018-01-02T10:00:00+00:00">January 2, 2018</time><time class="updated" datetime="2019-03-02T09:00:00+00:00">March 2, 2019</time></a></span></div><h1 class="entry-title">On keeping lists</h1></header>` + prose + `</article>`,
		Want: Want{"2019-03-02", "time", "medium", ""}},
	{Name: "WordPress, never changed", Body: `<article class="hentry"><h1 class="entry-title">On keeping lists</h1><span class="posted-on">Posted on <a href="/x/"><time class="entry-date published updated" datetime="2019-03-02T09:00:00+00:00">March 2, 2019</time></a></span>` + prose + `</article>`,
		Want: Want{"2019-03-02", "time", "medium", ""}},
	{Name: "WordPress, Twenty Eleven", Body: `<article class="post"><div class="entry-meta"><span class="sep">Posted on </span><a href="/x/"><time class="entry-date" datetime="2019-03-02T09:00:00+00:00" pubdate>March 2, 2019</time></a></div>` + prose + `</article>`,
		Want: Want{"2019-03-02", "time", "medium", ""}},
	{Name: "WordPress, a theme of 2008", Body: `<div class="post" id="post-7"><h2><a href="/x/">On keeping lists</a></h2><small>March 2nd, 2019 by Ada</small><div class="entry">` + prose + `</div></div>`,
		Want: Want{"2019-03-02", "text|time", "low", "March 2nd, 2019"}},
	{Name: "WordPress footer of an entry", Body: `<article class="hentry"><h1>On keeping lists</h1>` + prose + `<footer class="entry-meta">This entry was posted in <a href="/c/">Lists</a> on <a href="/x/"><time class="entry-date" datetime="2019-03-02T09:00:00+00:00">March 2, 2019</time></a>.</footer></article>`,
		Want: Want{"2019-03-02", "time", "medium", ""}},
	{Name: "Ghost", Head: property("article:published_time", "2018-01-02T10:00:00.000Z") + property("article:modified_time", "2019-03-02T10:11:12.000Z") + ld(`{"@context":"https://schema.org","@type":"Article","headline":"On keeping lists","datePublished":"2018-01-02T10:00:00.000Z","dateModified":"2019-03-02T10:11:12.000Z"}`), Body: post(""),
		Want: Want{"2019-03-02", "json-ld", "high", ""}},
	{Name: "Ghost without metadata", Body: `<article class="post-full post"><header class="post-full-header"><section class="post-full-meta"><time class="post-full-meta-date" datetime="2019-03-02"> 2 March 2019</time><span class="date-divider">/</span> <a href="/tag/lists/">Lists</a></section><h1>On keeping lists</h1></header>` + prose + `</article>`,
		Want: Want{"2019-03-02", "time", "medium", "2019-03-02"}},
	{Name: "Hugo, Ananke", Body: `<article class="flex-l flex-wrap"><header><h1 class="f1">On keeping lists</h1><time class="f6 mv4 dib tracked" datetime="2019-03-02T10:00:00Z">March 2, 2019</time></header>` + prose + `</article>`,
		Want: Want{"2019-03-02", "time", "medium", ""}},
	{Name: "Hugo, PaperMod", Body: `<main class="main"><article class="post-single"><header class="post-header"><h1 class="post-title">On keeping lists</h1><div class="post-meta"><span title='2019-03-02 00:00:00 +0000 UTC'>March 2, 2019</span>&nbsp;·&nbsp;5 min&nbsp;·&nbsp;Ada</div></header>` + prose + `</article></main>`,
		Want: Want{"2019-03-02", "time|text", "medium|low", ""}},
	{Name: "Jekyll, minima", Body: `<article class="post h-entry" itemscope itemtype="http://schema.org/BlogPosting"><header class="post-header"><h1 class="post-title p-name" itemprop="name headline">On keeping lists</h1><p class="post-meta"><time class="dt-published" datetime="2019-03-02T00:00:00+00:00" itemprop="datePublished">Mar 2, 2019</time></p></header>` + prose + `</article>`,
		Want: Want{"2019-03-02", "microdata", "high", ""}},
	{Name: "Jekyll, minima with a change", Body: `<article class="post h-entry"><header><h1>On keeping lists</h1><p class="post-meta"><time class="dt-published" datetime="2018-01-02T00:00:00+00:00" itemprop="datePublished">Jan 2, 2018</time>&nbsp;•&nbsp;<time class="dt-modified" datetime="2019-03-02T00:00:00+00:00" itemprop="dateModified">Mar 2, 2019</time></p></header>` + prose + `</article>`,
		Want: Want{"2019-03-02", "microdata", "high", ""}},
	{Name: "Jekyll by hand, dated address", Path: "/2019/03/02/on-keeping-lists.html", Body: `<div class="page"><h1>On keeping lists</h1><p class="meta">02 Mar 2019</p>` + prose + `</div>`,
		Want: Want{"2019-03-02", "url|text|time", "medium", ""}},
	{Name: "Jekyll, Minimal Mistakes", Body: post("") + `<p class="page__date"><strong><i class="fas fa-fw fa-calendar-alt" aria-hidden="true"></i> Updated:</strong> <time datetime="2019-03-02">March 2, 2019</time></p>`,
		Want: Want{"2019-03-02", "time", "medium", ""}},
	{Name: "Medium", Head: property("article:published_time", "2019-03-02T10:11:12.345Z") + ld(`{"@context":"http://schema.org","@type":"NewsArticle","dateCreated":"2019-03-02T10:11:12.345Z","datePublished":"2019-03-02T10:11:12.345Z","dateModified":"2019-03-02T10:11:12.345Z","headline":"On keeping lists"}`), Body: post(""),
		Want: Want{"2019-03-02", "json-ld", "high", ""}},
	{Name: "Blogger", Bare: true, Body: `<div class='main section' id='main'><div class='widget Blog' id='Blog1'><div class='blog-posts hfeed'><div class="date-outer"><h2 class='date-header'><span>Saturday, March 2, 2019</span></h2><div class='post hentry'><h3 class='post-title entry-title'>On keeping lists</h3>` + prose + `<div class='post-footer'><span class='post-timestamp'>at <a class='timestamp-link' href='/x' rel='bookmark'><abbr class='published' itemprop='datePublished' title='2019-03-02T10:00:00-08:00'>10:00 AM</abbr></a></span></div></div></div></div></div></div>`,
		Want: Want{"2019-03-02", "microdata", "high", ""}},
	{Name: "Blogger, an old theme", Bare: true, Body: `<div class='widget Blog'><div class='date-posts'><h2 class='date-header'><span>Saturday, March 2, 2019</span></h2><div class='post'><h3>On keeping lists</h3>` + prose + `</div></div></div>`,
		Want: Want{"2019-03-02", "time", "medium", "March 2, 2019"}},
	{Name: "dev.to", Body: `<article class="crayons-article"><header><p class="fs-xs">Posted on <time datetime="2019-03-02T10:00:00Z" class="date-no-year">Mar 2 '19</time></p><h1>On keeping lists</h1></header>` + prose + `</article>`,
		Want: Want{"2019-03-02", "time", "medium", ""}},
	{Name: "Squarespace", Head: `<meta itemprop="datePublished" content="2018-01-02T10:00:00-0500"/><meta itemprop="dateModified" content="2019-03-02T10:00:00-0500"/>`, Body: post(""),
		Want: Want{"2019-03-02", "meta|microdata", "high", ""}},
	{Name: "Wix", Head: property("article:published_time", "2018-01-02T10:00:00.000Z") + property("article:modified_time", "2019-03-02T10:00:00.000Z"), Body: post(""), Want: Want{"2019-03-02", "meta", "high", ""}},
	{Name: "Substack", Head: ld(`{"@context":"https://schema.org","@type":"NewsArticle","url":"https://x.test/p/lists","headline":"On keeping lists","datePublished":"2018-01-02T10:00:00+00:00","dateModified":"2019-03-02T10:00:00+00:00","isAccessibleForFree":true}`), Body: post(""), Want: Want{"2019-03-02", "json-ld", "high", ""}},
	{Name: "Eleventy", Body: `<main><h1>On keeping lists</h1><ul class="post-metadata"><li><time datetime="2019-03-02">02 March 2019</time></li></ul>` + prose + `</main>`, Want: Want{"2019-03-02", "time", "medium", ""}},
	{Name: "Gatsby starter", Body: `<main><article><header><h1>On keeping lists</h1><p>March 02, 2019</p></header>` + prose + `</article></main>`, Want: Want{"2019-03-02", "text|time", "low|medium", ""}},
	{Name: "Hexo, NexT", Language: "zh-CN", Body: `<article itemscope itemtype="http://schema.org/Article"><h1 class="post-title">写作</h1><span class="post-meta-item-text">发表于</span> <time title="创建时间：2018-01-02 10:00:00" itemprop="dateCreated datePublished" datetime="2018-01-02T10:00:00+08:00">2018-01-02</time> <span class="post-meta-item-text">更新于</span> <time title="修改时间：2019-03-02 10:00:00" itemprop="dateModified" datetime="2019-03-02T10:00:00+08:00">2019-03-02</time>` + prose + `</article>`,
		Want: Want{"2019-03-02", "microdata", "high", ""}},
	{Name: "Pelican", Body: `<section id="content" class="body"><article><h1 class="entry-title">On keeping lists</h1><footer class="post-info"><abbr class="published" title="2018-01-02T10:00:00+01:00">Published: Tue 02 January 2018</abbr><br/><abbr class="modified" title="2019-03-02T10:00:00+01:00">Updated: Sat 02 March 2019</abbr></footer>` + prose + `</article></section>`,
		Want: Want{"2019-03-02", "time|text", "medium", ""}},
	{Name: "Nikola", Body: `<article class="post-text h-entry"><header><h1>On keeping lists</h1><p class="dateline"><a href="." rel="bookmark"><time class="published dt-published" datetime="2019-03-02T10:00:00+01:00" itemprop="datePublished" title="2019-03-02 10:00">2019-03-02 10:00</time></a></p></header>` + prose + `</article>`,
		Want: Want{"2019-03-02", "microdata", "high", ""}},
	{Name: "Movable Type", Body: `<div class="hentry entry"><h1>On keeping lists</h1><div class="asset-meta">By <span class="vcard author">Ada</span> on <abbr class="published" title="2019-03-02T10:00:00+00:00">March 2, 2019 10:00 AM</abbr></div>` + prose + `</div>`,
		Want: Want{"2019-03-02", "time", "medium", ""}},
	{Name: "Org mode", Bare: true, Body: `<div id="content"><h1 class="title">On keeping lists</h1>` + prose + `</div><div id="postamble" class="status"><p class="author">Author: Ada</p><p class="date">Created: 2019-03-02 Sat 10:00</p><p class="validation"><a href="/v">Validate</a></p></div>`,
		Want: Want{"2019-03-02", "text|time", "medium", ""}},
	{Name: "a dateline under a heading", Body: `<h1>On keeping lists</h1><p><em>By Ada Lovelace | March 2, 2019</em></p>` + prose, Want: Want{"2019-03-02", "text|time", "low", ""}},
}
