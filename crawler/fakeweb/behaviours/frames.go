package behaviours

// frames are what makers put around the content. The verbs are, in order: language, title, further head, site, main
// part, footer.
var frames = map[maker]string{
	blog: `<!doctype html>
<html lang="%s" class="no-js">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title>
<link rel="alternate" type="application/rss+xml" title="Feed" href="/feed/">
<link rel="icon" href="/favicon.ico">
<style id="global-styles">body{margin:0;font:1.05rem/1.6 Georgia,serif;color:#222;background:#fdfdfb}.site-header,.site-footer{padding:1rem 2rem;background:#f2efe8}.menu{display:flex;gap:1.2rem;list-style:none;padding:0}.menu a{color:#345;text-decoration:none}.menu a:hover{text-decoration:underline}main{max-width:42rem;margin:2rem auto;padding:0 1rem}.byline{color:#777;font-size:.9rem}pre{background:#f4f4f4;padding:1rem;overflow-x:auto}.comments{border-top:1px solid #ddd;margin-top:3rem}.widget{margin:1.5rem 0}.screen-reader-text{position:absolute;left:-9999px}@media(max-width:40rem){.menu{flex-direction:column}main{margin:1rem}}@media(prefers-color-scheme:dark){body{background:#1b1b1d;color:#ddd}.site-header,.site-footer{background:#26262a}}</style>
<script>document.documentElement.className=document.documentElement.className.replace("no-js","js");</script>
%s</head>
<body class="post-template single">
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header class="site-header">
<p class="site-title"><a href="/" rel="home">%s</a></p>
<nav aria-label="Main"><ul class="menu"><li><a href="/about/">About</a></li><li><a href="/archive/">Archive</a></li><li><a href="/tags/">Subjects</a></li><li><a href="/contact/">Contact</a></li><li><a href="/feed/">Feed</a></li></ul></nav>
<form role="search" action="/" method="get"><label>Search <input type="search" name="s"></label><button>Go</button></form>
</header>
<main id="content">
%s</main>
<footer class="site-footer">
%s</footer>
<script src="/assets/site.min.js?ver=6.4.2" defer></script>
</body>
</html>
`,
	docs: `<!DOCTYPE html>
<html lang="%s" data-theme="light">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width,initial-scale=1"/>
<title>%s</title>
<meta name="generator" content="a generator of documentation"/>
<link rel="stylesheet" href="/_static/pygments.css"/><link rel="stylesheet" href="/_static/theme.css?digest=5b4479735964841361fd"/>
%s<script>document.documentElement.dataset.mode=localStorage.getItem("mode")||"auto"</script>
</head>
<body>
<header class="topbar"><a class="brand" href="/">%s</a>
<nav class="versions"><label>Version <select><option>stable</option><option>latest</option><option>3.2</option><option>3.1</option><option>2.9 (old)</option></select></label></nav></header>
<div class="columns">
<nav class="sidebar" aria-label="Contents"><p>First steps</p><ul><li><a href="/install.html">Installation</a></li><li><a href="/quickstart.html">Quick start</a></li><li><a href="/configuration.html">Configuration</a></li></ul><p>How to</p><ul><li><a href="/howto/deploy.html">Deploy</a></li><li><a href="/howto/upgrade.html">Upgrade</a></li><li><a href="/howto/debug.html">Find out what it does</a></li></ul><p>Reference</p><ul><li><a href="/reference/cli.html">Command line</a></li><li><a href="/reference/api.html">Interface</a></li><li><a href="/changelog.html">Changes</a></li></ul></nav>
<main role="main">
%s</main>
</div>
<footer>%s</footer>
<script src="/_static/doctools.js"></script><script src="/_static/searchtools.js" defer></script>
</body>
</html>
`,
	academic: `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html lang="%s">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>%s</title>
%s</head>
<body bgcolor="#ffffff" text="#000000" link="#0000cc" vlink="#551a8b">
<table width="100%%" border="0" cellpadding="6"><tr><td bgcolor="#e0e8f0"><b>%s</b></td><td align="right" bgcolor="#e0e8f0"><a href="../index.html">Up</a> | <a href="/people/">People</a> | <a href="/teaching/">Teaching</a> | <a href="/papers/">Papers</a></td></tr></table>
%s<hr>
<address>%s</address>
</body>
</html>
`,
	press: `<!doctype html>
<html lang="%s" prefix="og: https://ogp.me/ns#">
<head>
<meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=5">
<title>%s</title>
<link rel="preconnect" href="https://cdn.example.net"><link rel="preload" as="font" href="/fonts/news-sans.woff2" crossorigin>
<script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag("consent","default",{ad_storage:"denied",analytics_storage:"denied"});</script>
<script async src="https://cdn.example.net/tag.js"></script>
%s</head>
<body data-section="culture">
<div id="cookie-banner" hidden><p>We and our partners store information on your device. You can accept, refuse, or choose in detail.</p><button>Accept all</button><button>Only what is needed</button></div>
<header><a href="/" class="masthead">%s</a><ul class="sections"><li><a href="/world">World</a></li><li><a href="/business">Business</a></li><li><a href="/technology">Technology</a></li><li><a href="/culture">Culture</a></li><li><a href="/sport">Sport</a></li></ul><a class="button" href="/subscribe">Subscribe</a> <a href="/signin">Sign in</a></header>
<main>
%s</main>
<aside><h2>Most read</h2><ol><li><a href="/technology/batteries">Batteries that outlive their cars</a></li><li><a href="/world/ferries">The last ferries of the north</a></li><li><a href="/culture/choirs">Why everybody sings again</a></li></ol></aside>
<footer>%s</footer>
<script type="module" src="/static/main.5f2a81c0.js"></script>
</body>
</html>
`,
	wiki: `<!DOCTYPE html>
<html class="client-nojs" lang="%s" dir="ltr">
<head>
<meta charset="UTF-8">
<title>%s</title>
<link rel="stylesheet" href="/w/load.php?lang=en&amp;modules=site.styles&amp;only=styles&amp;skin=vector">
<meta name="generator" content="MediaWiki 1.43.0-wmf.20">
%s</head>
<body class="mediawiki ltr sitedir-ltr ns-0 ns-subject skin-vector">
<div id="mw-head"><a href="/wiki/Main_Page">%s</a> <a href="/wiki/Special:Random">Random article</a> <a href="/w/index.php?title=Special:UserLogin">Log in</a> <a href="/w/index.php?title=Special:CreateAccount">Create account</a></div>
<div id="content" class="mw-body" role="main">
%s</div>
<div id="footer" role="contentinfo">%s</div>
</body>
</html>
`,
}

// footers are the words at the end of each page.
var footers = map[maker]string{
	blog:     "<p>Written by hand in a small town. <a href=\"/privacy/\">Privacy</a> · <a href=\"/imprint/\">Imprint</a> · Proudly powered by a weblog engine.</p>\n",
	docs:     "<p>Copyright the authors. Made with a generator. <a href=\"/_sources/index.rst.txt\">Show source</a> · <a href=\"/genindex.html\">Index</a></p>",
	academic: "Department of Computing, last changed by the webmaster. Comments to <a href=\"mailto:webmaster@cs.example.edu\">webmaster</a>.",
	press:    "<ul><li><a href=\"/about\">About us</a></li><li><a href=\"/jobs\">Jobs</a></li><li><a href=\"/terms\">Terms</a></li><li><a href=\"/privacy\">Privacy</a></li><li><a href=\"/help\">Help</a></li></ul><p>All rights reserved. No part of this publication may be fed to machines without permission.</p>",
	wiki:     "<ul><li>This page was last edited on a Tuesday.</li><li>Text is available under a free licence; additional terms may apply.</li></ul>",
}
