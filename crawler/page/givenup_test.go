package page

import (
	"net/http"
	"strings"
	"testing"

	"waymark/catalog"
)

// matter is what a page goes on with.
const matter = `<p>Queues smooth the load between those who write and those who read. This chapter counts what happens when a
consumer falls behind, how far a producer may run ahead, and which of the two should be told to wait.</p><h2>Install</h2><p>Run it.</p>`

// paper is a page with something above its matter.
func paper(above, below string) string {
	return `<!doctype html><html><head><title>Queues</title></head><body><nav><ul><li>Deprecated API</li></ul></nav><main><h1>Queues</h1>` + above + matter + below + `</main></body></html>`
}

// readme is a repository's page on a forge.
func readme(text string) string {
	return `<!doctype html><html><head><title>GitHub - someone/measure: Measures things</title></head><body><div class="flash">You have unsaved changes</div>
		<div id="readme"><article class="markdown-body entry-content">` + text + `</article></div></body></html>`
}

const (
	site = "https://docs.example.org/guide/queues"
	repo = "https://github.com/someone/measure"
)

// TestWhatMakersGaveUp holds banners as they are met against traps that use the same words.
func TestWhatMakersGaveUp(t *testing.T) {
	tests := []struct {
		name, url, body string
		want            string // rule and address of what is named instead; "" for none
	}{
		// Notices above the matter.
		{"an alert", site, paper(`<div role="alert">This project is no longer maintained.</div>`, ""), "given-up"},
		{"a banner with a successor", site, paper(`<div class="top-banner"><p>This library has been deprecated in favor of <a href="https://new.example.org/">Streams</a>.</p></div>`, ""), "given-up https://new.example.org/"},
		{"before the heading", site, strings.Replace(paper("", ""), "<main>", `<div class="announcement">This site is no longer updated.</div><main>`, 1), "given-up"},
		{"a paragraph made as a notice", site, paper(`<p class="warning">This tutorial is outdated, <b>please use <a href="/guide/streams">the new one</a></b>.</p>`, ""), "given-up https://docs.example.org/guide/streams"},
		{"an admonition", site, paper(`<div class="admonition warning"><p class="admonition-title">Warning</p><p>This package is not maintained any more.</p></div>`, ""), "given-up"},
		{"end of life", site, paper(`<div class="callout callout-danger">This product has reached its end of life.</div>`, ""), "given-up"},
		{"this is an archived project", site, paper(`<div class="alert">This is an archived project.</div>`, ""), "given-up"},
		{"a wrapper that is called like a notice", site, `<body class="has-banner"><div class="page-with-banner"><h1>Queues</h1><div class="notice">This plugin is abandoned.</div>` + matter + `</div></body>`, "given-up"},
		{"capitals", site, paper(`<div class="Alert-Danger">THIS REPOSITORY IS NO LONGER MAINTAINED!</div>`, ""), "given-up"},
		{"an article's own first lines", site, paper(`<p><em>Update 2024: this article is outdated.</em></p>`, ""), "given-up"},
		{"an article that moved", site, paper(`<div class="notice">This page has moved to <a href="https://new.example.org/queues">its new home</a>.</div>`, ""), "moved-away https://new.example.org/queues"},
		{"a project that moved to its new home", site, paper(`<div class="notice">This project has moved to <a href="https://new.example.org/">new.example.org</a>.</div>`, ""), "moved-away https://new.example.org/"},
		{"Apple's archive", site, paper(`<div class="importantbox"><aside class="notice">Important: This document is no longer being updated.</aside></div>`, ""), "given-up"},
		{"without much markup", site, paper("<div class=alert>Diese Seite wird nicht mehr gepflegt.</div>", ""), "given-up"},

		// Languages.
		{"German", site, paper(`<div class="alert">Dieses Projekt wird leider nicht mehr weiterentwickelt.</div>`, ""), "given-up"},
		{"French", site, paper(`<div class="alert">Ce projet n’est plus maintenu.</div>`, ""), "given-up"},
		{"Spanish", site, paper(`<div class="alert">Este proyecto ya no se mantiene.</div>`, ""), "given-up"},
		{"Portuguese", site, paper(`<div class="alert">Este projeto não é mais mantido.</div>`, ""), "given-up"},
		{"Italian", site, paper(`<div class="alert">Questo progetto non è più mantenuto.</div>`, ""), "given-up"},
		{"Dutch", site, paper(`<div class="alert">Dit project wordt niet meer onderhouden.</div>`, ""), "given-up"},
		{"Polish", site, paper(`<div class="alert">Ten projekt nie jest już rozwijany.</div>`, ""), "given-up"},
		{"Russian", site, paper(`<div class="alert">Этот проект больше не поддерживается.</div>`, ""), "given-up"},
		{"Turkish", site, paper(`<div class="alert">Bu proje artık geliştirilmiyor.</div>`, ""), "given-up"},
		{"Chinese", site, paper(`<div class="alert">本项目已不再维护。</div>`, ""), "given-up"},
		{"Japanese", site, paper(`<div class="alert">このプロジェクトは現在メンテナンスされていません。</div>`, ""), "given-up"},
		{"Korean", site, paper(`<div class="alert">이 프로젝트는 더 이상 유지보수되지 않습니다.</div>`, ""), "given-up"},

		// READMEs.
		{"README, first line", repo, readme(`<h1>measure</h1><p><strong>This project is no longer maintained.</strong></p>` + matter), "given-up"},
		{"README, a heading", repo, readme(`<h1>measure</h1><h2>⚠️ DEPRECATED</h2><p>Please use <a href="https://github.com/other/gauge">gauge</a>.</p>` + matter), "given-up"},
		{"README, in brackets", repo, readme(`<h1>measure [UNMAINTAINED]</h1>` + matter), "given-up"},
		{"README, a line with a successor", repo, readme(`<h1>measure</h1><p>DEPRECATED: use <a href="https://github.com/other/gauge">gauge</a></p>` + matter), "given-up https://github.com/other/gauge"},
		{"README, by its own name", repo, readme(`<h1>measure</h1><p>Measure is no longer maintained. Thank you all!</p>` + matter), "given-up"},
		{"README, moved", repo, readme(`<h1>measure</h1><p>This repository has moved to <a href="https://codeberg.org/someone/measure">Codeberg</a>.</p>` + matter), "moved-away https://codeberg.org/someone/measure"},
		{"README, a quote as notice", repo, readme(`<h1>measure</h1><blockquote><p>[!WARNING]</p><p>This repository is archived and no longer maintained.</p></blockquote>` + matter), "given-up"},
		{"the description of a repository", repo, strings.Replace(readme(matter), "Measures things", "[DEPRECATED] Measures things", 1), "repository-description"},

		// Documentation of old versions.
		{"Docusaurus", site, paper(`<div class="theme-doc-version-banner alert alert--warning" role="alert"><div>This is documentation for <b>Streams</b> <b>1.0</b>, which is no longer actively maintained.</div><div>For up-to-date documentation, see the <b><a href="/guide/queues-now">latest version</a></b> (2.0).</div></div>`, ""), "old-version"},
		{"Python", "https://docs.python.org/2.7/library/queue.html", paper(`<div id="outdated-warning">This document is for an old version of Python that is no longer supported. You should upgrade and read the <a href="/3/library/queue.html">Python documentation for the current stable release</a>.</div>`, ""), "old-version https://docs.python.org/3/library/queue.html"},
		{"Django", "https://docs.djangoproject.com/en/1.8/", paper(`<div id="outdated-warning" class="doc-floating-warning">This document is for an insecure version of Django that is no longer supported. Please upgrade to a newer release!</div>`, ""), "old-version"},
		{"PostgreSQL", "https://www.postgresql.org/docs/9.1/x.html", paper(`<div class="alert alert-warning">This documentation is for an unsupported version of PostgreSQL.</div>`, ""), "old-version"},
		{"Kubernetes", site, paper(`<div class="pageinfo pageinfo-primary deprecation-warning"><h3>Kubernetes v1.20 documentation is no longer actively maintained. The version you are viewing is a snapshot. For the newest, see the <a href="/docs/home">latest version</a>.</h3></div>`, ""), "old-version https://docs.example.org/docs/home"},
		{"Sphinx", site, paper(`<div class="bd-header-version-warning">You are viewing the documentation for an older version.</div>`, ""), "old-version"},
		{"Chinese Docusaurus", site, paper(`<div class="alert">此为 Streams 1.0 版的文档，现已不再积极维护。</div>`, ""), "old-version"},
		{"canonical of a newer number", "https://docs.example.org/en/1.8/queues", strings.Replace(paper("", ""), "</head>", `<link rel="canonical" href="https://docs.example.org/en/5.0/queues"></head>`, 1), "old-version https://docs.example.org/en/5.0/queues"},
		{"canonical of the stable one, and a switch", "https://docs.example.org/en/1.8/queues", strings.Replace(paper("", `<a href="/en/2.0/queues">2.0</a>`), "</head>", `<link rel="canonical" href="https://docs.example.org/en/stable/queues"></head>`, 1), "old-version https://docs.example.org/en/stable/queues"},

		// Traps.
		{"canonical of the stable one, which this may be", "https://docs.example.org/en/2.0/queues", strings.Replace(paper("", `<a href="/en/1.8/queues">1.8</a>`), "</head>", `<link rel="canonical" href="https://docs.example.org/en/stable/queues"></head>`, 1), ""},
		{"canonical of an older number", "https://docs.example.org/en/2.0/queues", strings.Replace(paper("", ""), "</head>", `<link rel="canonical" href="https://docs.example.org/en/1.0/queues"></head>`, 1), ""},
		{"canonical of another year", "https://docs.example.org/2019/queues", strings.Replace(paper("", ""), "</head>", `<link rel="canonical" href="https://docs.example.org/2021/queues"></head>`, 1), ""},
		{"canonical of its own branch", "https://docs.example.org/3.12/queues", strings.Replace(paper("", ""), "</head>", `<link rel="canonical" href="https://docs.example.org/3/queues"></head>`, 1), ""},
		{"an article on giving up", site, paper(`<p>What do you do when a project is no longer maintained? Say so: “This project is no longer maintained.”</p>`, ""), ""},
		{"an article that begins with the words about something else", site, paper(`<p>This library is no longer maintained, said the README, and we sighed.</p>`, ""), ""},
		{"a function", site, paper(`<div class="admonition deprecated"><p>This function is deprecated, use put() instead.</p></div>`, ""), ""},
		{"a method of a class", site, paper(`<div class="alert">Deprecated since version 3.2: the get_all() method is deprecated.</div>`, ""), ""},
		{"an option in a notice", site, paper(`<div class="warning">The --fast option is deprecated and no longer supported.</div>`, ""), ""},
		{"a browser", site, strings.Replace(paper("", ""), "<main>", `<div class="alert" role="alert">This browser is no longer supported.</div><main>`, 1), ""},
		{"an old platform", site, paper(`<div class="notice">Python 2 is no longer supported.</div>`, ""), ""},
		{"another project, in a notice", site, paper(`<div class="alert">The gulp plugin is deprecated.</div>`, ""), ""},
		{"a condition", site, paper(`<div class="alert">If this project is no longer maintained, fork it.</div>`, ""), ""},
		{"a limit", site, paper(`<div class="alert">This project is no longer supported on Windows 7.</div>`, ""), ""},
		{"other hands", site, paper(`<div class="alert">This project is no longer maintained by its first company, but by a foundation.</div>`, ""), ""},
		{"a part of it", site, paper(`<div class="alert">The parser of this project is deprecated.</div>`, ""), ""},
		{"a notice within the matter", site, paper("", `<h2>Old tools</h2><div class="alert">This project is no longer maintained.</div>`), ""},
		{"a long paragraph before", site, paper(matter+matter+`<div class="alert">This project is no longer maintained.</div>`, ""), ""},
		{"a hidden notice", site, paper(`<div class="md-banner" hidden>You're not viewing the latest version.</div>`, ""), ""},
		{"a notice without style", site, paper(`<div class="alert" style="display: none">This page is outdated.</div>`, ""), ""},
		{"a template", site, paper(`<template><div class="alert">This page is outdated.</div></template>`, ""), ""},
		{"unreleased documentation", site, paper(`<div class="theme-doc-version-banner alert">This is unreleased documentation for Streams Next version. For up-to-date documentation, see the latest version (2.0).</div>`, ""), ""},
		{"the newest version", site, paper(`<div class="alert">You are viewing the latest version of the documentation.</div>`, ""), ""},
		{"a comment", site, paper("", `<section class="comments"><div class="alert">This article is outdated.</div></section>`), ""},
		{"a page of deprecations", site, paper(`<p>Deprecated features are removed after two releases. A feature is deprecated when something better is there.</p>`, ""), ""},
		{"a cookie notice", site, paper(`<div class="cookie-banner">This website is no longer supported without cookies.</div>`, ""), ""},
		{"may be outdated", site, paper(`<div class="notice">This article is more than 5 years old and may be outdated.</div>`, ""), ""},
		{"the chat moved", site, paper(`<div class="announcement">Our chat has moved to <a href="https://chat.example.org/">Matrix</a>.</div>`, ""), ""},
		{"moved, and no address", site, paper(`<div class="notice">This page has moved to the attic.</div>`, ""), ""},
		{"README of a live project with an old version", repo, readme(`<h1>measure</h1><p>Version 1.x is no longer maintained, please upgrade.</p>` + matter), ""},
		{"README, an option is deprecated", repo, readme(`<h1>measure</h1><p>The <code>--old</code> flag is deprecated.</p>` + matter), ""},
		{"README, deprecated APIs", repo, readme(`<h1>measure</h1><p>Deprecated: the v1 API, see below.</p>` + matter), ""},
		{"README, a successor of what was given up", repo, readme(`<h1>measure</h1><p>A fork of gauge, as gauge is no longer maintained.</p>` + matter), ""},
		{"README, finds deprecated packages", repo, readme(`<h1>measure</h1><p>Tells you whether a package is deprecated or abandoned.</p>` + matter), ""},
		{"README, far below", repo, readme(`<h1>measure</h1>` + matter + matter + `<p>This project is no longer maintained.</p>`), ""},
		{"README, a question", repo, readme(`<h1>measure</h1><p>Is it true that this project is no longer maintained?</p>` + matter), ""},
		{"README, not so", repo, readme(`<h1>measure</h1><p>This project is not deprecated.</p>` + matter), ""},
		{"README, moved to a language", repo, readme(`<h1>measure</h1><p>This project has moved to <a href="https://www.typescriptlang.org/">TypeScript</a>.</p>` + matter), ""},
		{"README, free of it", repo, readme(`<h1>measure</h1><p>This package is deprecated-free.</p>` + matter), ""},
		{"a forum's old post", site, paper(`<div class="infobar archived-infobar">This is an archived post. You won't be able to vote or comment.</div>`, ""), ""},
		{"a mailing list", site, paper(`<div class="notice">This list is archived every night.</div>`, ""), ""},
		{"an article about an older one", site, paper(`<p>Years ago I wrote about queues. This post is outdated, so here is what changed.</p>`, ""), ""},
		{"an article on its second line", site, paper(`<p>Ten years ago the first edition was read by more people than I knew, and many of them still write to me to this very day about it.</p><p>This article is outdated, they say.</p>`, ""), ""},
		{"a file of a repository", repo + "/blob/main/OLD.md", readme(`<h1>DEPRECATED</h1>` + matter), ""},
		{"the description of a tool for it", repo, strings.Replace(readme(matter), "Measures things", "Archived tweets, searchable", 1), ""},
		{"a description with deprecated things", repo, strings.Replace(readme(matter), "Measures things", "Deprecated API finder", 1), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range Read(Document{URL: tt.url, Body: []byte(tt.body), Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}}).Signals {
				if s.Kind == catalog.SignalArchived {
					got = append(got, strings.TrimSpace(s.Rule+" "+s.To))
				}
			}
			if strings.Join(got, ", ") != tt.want {
				t.Errorf("got %q, want %q", strings.Join(got, ", "), tt.want)
			}
		})
	}
}

// TestStemsFindWhatAPlainSearchFinds: words in any case of letters, at any place, and nothing else.
func TestStemsFindWhatAPlainSearchFinds(t *testing.T) {
	list := []string{"deprecated", "no longer", "不再更新", "устарел"}
	s := newStems(list)
	for i := range 40 {
		for _, word := range list {
			text := strings.Repeat("x", i) + strings.Replace(word, "d", "D", 1) + strings.Repeat("y", i%7)
			if !s.in([]byte(text)) {
				t.Errorf("%q is not found in %q", word, text)
			}
			if cut := strings.Repeat("deprecate ", i) + "no\tlonger 不 再更新 no longe"; s.in([]byte(cut)) {
				t.Errorf("something is found in %q", cut)
			}
		}
	}
}

// TestAPageThatIsCutAnywhereIsRead: no beginning of a page breaks the reader.
func TestAPageThatIsCutAnywhereIsRead(t *testing.T) {
	whole := readme(`<h1>measure</h1><!-- x --><p class=notice><a href=/x>This project</a> is deprecated.<svg><path></svg><p>no longer</p>`)
	for i := range whole {
		topOf([]byte(whole[:i]), "markdown-body")
		topOf([]byte(whole[i:]), "")
	}
}

func BenchmarkStems(b *testing.B) {
	body := []byte(strings.Repeat(strings.ReplaceAll(paper("", matter), "Deprecated", "Older"), 50))[:30<<10]
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		givenUpStems.in(body)
	}
}
