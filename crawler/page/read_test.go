package page

import (
	"net/http"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
)

const (
	address = "https://learn.example.org/a/b.html"
	utf8ct  = "text/html; charset=utf-8"
)

// read reads a body as if it came from address, with headers given as "Name: value".
func read(body string, headers ...string) catalog.Page {
	d := Document{URL: address, Header: http.Header{}, Body: []byte(body)}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		d.Header.Add(name, value)
	}
	if d.Header.Get("Content-Type") == "" && len(headers) == 0 {
		d.Header.Set("Content-Type", utf8ct)
	}
	return Read(d).Page
}

func TestTitle(t *testing.T) {
	for name, tt := range map[string]struct{ body, want string }{
		"of the title element":                {`<head><title>Sorting</title></head><h1>Other</h1>`, "Sorting"},
		"first of several":                    {`<title>One</title><title>Two</title>`, "One"},
		"white space collapsed":               {"<title>\n  Sorting\t by \u00a0 merging\r\n</title>", "Sorting by merging"},
		"references resolved":                 {`<title>C &amp; C&#43;&#x2b; &mdash; d&eacute;j&agrave;</title>`, "C & C++ — déjà"},
		"reference to a control":              {`<title>a&#0;b&#27;[31mc&#8;</title>`, "a\ufffdb[31mc"},
		"markup inside is text":               {`<title>The <b> element</title>`, "The <b> element"},
		"direction marks go":                  {"<title>safe\u202egpj.exe\u2066\u200f</title>", "safegpj.exe"},
		"joiners stay":                        {"<title>می\u200cخواهم 👩\u200d💻</title>", "می\u200cخواهم 👩\u200d💻"},
		"line separators are white space":     {"<title>a\u2028b\u0085c</title>", "a b c"},
		"upper case tags":                     {`<HTML><HEAD><TITLE>Loud</TITLE></HEAD>`, "Loud"},
		"not of a picture":                    {`<head><svg><title>Icon</title></svg></head><body><title>Late</title>`, "Late"},
		"not of a picture, nested":            {`<svg><svg><title>x</title></svg><title>y</title></svg><title>Page</title>`, "Page"},
		"behind an empty picture":             {`<svg/><title>Page</title>`, "Page"},
		"not in a comment":                    {`<!-- <title>Old</title> --><title>New</title>`, "New"},
		"not in a script":                     {`<script>"<title>No</title>"</script><title>Yes</title>`, "Yes"},
		"not in noscript":                     {`<noscript><title>No</title></noscript><title>Yes</title>`, "Yes"},
		"of Open Graph when empty":            {`<title> </title><meta property="og:title" content="Card &amp; deck">`, "Card & deck"},
		"of Open Graph when only invisible":   {"<title>\u200b</title><meta property=og:title content=Card>", "Card"},
		"of Open Graph under name":            {`<meta name="og:title" content="Card">`, "Card"},
		"element above Open Graph":            {`<meta property="og:title" content="Card"><title>Real</title>`, "Real"},
		"of the heading":                      {`<body><h1>Heading</h1>`, "Heading"},
		"of a heading with markup":            {`<body><h1><a href="/"><span>Two</span> <em>words</em></a><script>x()</script></h1>`, "Two words"},
		"of a picture in the heading":         {`<body><h1><img src=x alt="Logo words"></h1>`, "Logo words"},
		"first heading that says something":   {`<body><h1></h1><h1> &nbsp;</h1><h1>Third</h1>`, "Third"},
		"h1 above an earlier h2":              {`<body><h2>Menu</h2><h1>Main</h1>`, "Main"},
		"of h2 when there is no h1":           {`<body><h3>Part</h3><h2>Other</h2>`, "Part"},
		"none":                                {`<body><div id=app></div><script src=app.js></script>`, ""},
		"no document":                         {``, ""},
		"never closed: up to the next tag":    {`<title>Open<meta charset=utf-8><body><p>Text`, "Open"},
		"never closed, page cut":              {`<title>Open and cut`, "Open and cut"},
		"cut in a tag":                        {`<title>Done</title><meta property="og:ti`, "Done"},
		"invalid bytes replaced":              {"<title>caf\xe9 cafés, thés, blés, prés, dés, clés, nés, fées, étés, été</title>", "caf\ufffd cafés, thés, blés, prés, dés, clés, nés, fées, étés, été"},
		"attribute with an angle":             {`<p data-x="<title>No</title>"></p><title>Yes</title>`, "Yes"},
		"in the body when the head has none":  {`<head></head><body><p>x</p><title>Late</title>`, "Late"},
		"a doctype and a byte order mark":     {"\ufeff<!DOCTYPE html><title>Marked</title>", "Marked"},
		"as long as allowed":                  {"<title>" + strings.Repeat("ä", 300) + "</title>", strings.Repeat("ä", 300)},
		"cut":                                 {"<title>" + strings.Repeat("ä", 301) + "</title>", strings.Repeat("ä", 299) + "…"},
		"no space before the ellipsis":        {"<title>" + strings.Repeat("a ", 300) + "</title>", strings.Repeat("a ", 149) + "a…"},
		"never more than the first kilobytes": {"<title>" + strings.Repeat(" ", 1<<20) + "x</title>", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := read(tt.body).Title; got != tt.want {
				t.Errorf("title %q, want %q", got, tt.want)
			}
		})
	}
}

func TestCanonical(t *testing.T) {
	for name, tt := range map[string]struct{ body, want string }{
		"absolute":                  {`<link rel="canonical" href="https://example.org/x">`, "https://example.org/x"},
		"relative":                  {`<link rel=canonical href=../c>`, "https://learn.example.org/c"},
		"without scheme":            {`<link rel=canonical href=//other.example/c>`, "https://other.example/c"},
		"normalised":                {`<link rel=canonical href="HTTPS://Example.ORG:443/a/./b">`, "https://example.org/a/b"},
		"fragment dropped":          {`<link rel=canonical href="/x#part">`, "https://learn.example.org/x"},
		"among other relations":     {`<link rel="Home CANONICAL" href="/x">`, "https://learn.example.org/x"},
		"against base":              {`<base href="https://cdn.example/root/"><link rel=canonical href=x>`, "https://cdn.example/root/x"},
		"against a later base":      {`<link rel=canonical href=x><base href="/root/">`, "https://learn.example.org/root/x"},
		"against an unusable base":  {`<base href="javascript:0"><link rel=canonical href=/x>`, "https://learn.example.org/x"},
		"first of two":              {`<link rel=canonical href=/1><link rel=canonical href=/2>`, "https://learn.example.org/1"},
		"empty":                     {`<link rel=canonical href="">`, ""},
		"not of the web":            {`<link rel=canonical href="mailto:a@example.org">`, ""},
		"not an address":            {`<link rel=canonical href="https://[::bad/">`, ""},
		"a template left unfilled":  {`<link rel=canonical href="{{ url }}">`, ""},
		"other relation":            {`<link rel="canonical-of" href="/x">`, ""},
		"not in the body":           {`<title>x</title><body><link rel=canonical href=/x>`, ""},
		"query kept as written":     {`<link rel=canonical href="/x?a=1&copy=2&amp;sect=3">`, "https://learn.example.org/x?a=1&copy=2&sect=3"},
		"references with semicolon": {`<link rel=canonical href="/x?a&#61;&eacute;">`, "https://learn.example.org/x?a=%C3%A9"},
		"far too long":              {`<link rel=canonical href="/` + strings.Repeat("x", 5000) + `">`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := read(tt.body).Canonical; got != tt.want {
				t.Errorf("canonical %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRefresh(t *testing.T) {
	meta := func(content string) string { return `<meta http-equiv="Refresh" content="` + content + `">` }
	for name, tt := range map[string]struct {
		body   string
		header string
		want   string
	}{
		"at once":                    {body: meta("0; url=/new"), want: "https://learn.example.org/new"},
		"without spaces, upper case": {body: meta("0;URL=https://x.example/"), want: "https://x.example/"},
		"comma":                      {body: meta("0, url=/new"), want: "https://learn.example.org/new"},
		"space alone":                {body: meta("1 /new"), want: "https://learn.example.org/new"},
		"without url=":               {body: meta("0; /new"), want: "https://learn.example.org/new"},
		"quoted":                     {body: meta("0; url = '/new' x"), want: "https://learn.example.org/new"},
		"after five seconds":         {body: meta("5; url=/new"), want: "https://learn.example.org/new"},
		"a fraction":                 {body: meta("0.5; url=/new"), want: "https://learn.example.org/new"},
		"only a fraction":            {body: meta(".5; url=/new"), want: "https://learn.example.org/new"},
		"fragment kept":              {body: meta("0; url=/new#part"), want: "https://learn.example.org/new#part"},
		"against base":               {body: `<base href=/root/>` + meta("0;url=x"), want: "https://learn.example.org/root/x"},
		"in a body without title":    {body: `<body>` + meta("0;url=/x"), want: "https://learn.example.org/x"},
		"of the header":              {header: "0; url=/header", want: "https://learn.example.org/header"},
		"header first":               {body: meta("0;url=/meta"), header: "0; url=/header", want: "https://learn.example.org/header"},
		"too late":                   {body: meta("6; url=/new")},
		"overflowing delay":          {body: meta("18446744073709551616; url=/new")},
		"of itself":                  {body: meta("3")},
		"to itself":                  {body: meta("3; url=b.html")},
		"to itself, by fragment":     {body: meta("0; url=#top")},
		"no delay":                   {body: meta("url=/new")},
		"no separator":               {body: meta("0url=/new")},
		"to a script":                {body: meta("0; url=javascript:alert(1)")},
		"for readers without script": {body: `<noscript>` + meta("0; url=/nojs") + `</noscript>`},
	} {
		t.Run(name, func(t *testing.T) {
			headers := []string{"Content-Type: " + utf8ct}
			if tt.header != "" {
				headers = append(headers, "Refresh: "+tt.header)
			}
			if got := read(tt.body, headers...).Refresh; got != tt.want {
				t.Errorf("refresh %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLanguage(t *testing.T) {
	for name, tt := range map[string]struct{ body, header, want string }{
		"of the document":    {`<html lang="pt-BR">`, "", "pt-BR"},
		"as XML":             {`<html xml:lang="ja">`, "", "ja"},
		"trimmed":            {`<html lang=" de ">`, "", "de"},
		"document first":     {`<html lang=fr><meta http-equiv=content-language content=de>`, "en", "fr"},
		"pragma second":      {`<meta http-equiv="Content-Language" content="de">`, "en", "de"},
		"header last":        {`<p>`, "en", "en"},
		"header of a list":   {`<p>`, "en, de", ""},
		"empty falls back":   {`<html lang="">`, "en", "en"},
		"nonsense":           {`<html lang="<?php lang ?>">`, "", ""},
		"too long":           {`<html lang="` + strings.Repeat("a", 36) + `">`, "", ""},
		"of a later element": {`<html><body><p lang=fr>`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			headers := []string{"Content-Type: " + utf8ct}
			if tt.header != "" {
				headers = append(headers, "Content-Language: "+tt.header)
			}
			if got := read(tt.body, headers...).Language; got != tt.want {
				t.Errorf("language %q, want %q", got, tt.want)
			}
		})
	}
}

func TestReadGivesAllFactsAndLeavesTheBodyAlone(t *testing.T) {
	body := syntheticPage(8<<10, articleData)
	before := string(body)
	got := Read(Document{URL: "https://learn.example.org/old", Header: http.Header{"Content-Type": {utf8ct}}, Body: body})
	want := Facts{Page: catalog.Page{
		Title:        "Queues & back-pressure | A workshop",
		Canonical:    "https://learn.example.org/lessons/queues",
		Language:     "en-GB",
		Modified:     day("2023-04-05T04:07:08Z"),
		ModifiedFrom: FromJSONLD,
		ModifiedAs:   "2023-04-05T06:07:08+02:00",
		ModifiedSure: catalog.High,
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
	if string(body) != before {
		t.Error("the body was written to")
	}
}

func TestReadOfNothing(t *testing.T) {
	want := Facts{Signals: []catalog.Signal{{Kind: catalog.SignalEmpty, Rule: "no-bytes", Proof: true}}}
	if diff := cmp.Diff(want, Read(Document{})); diff != "" {
		t.Errorf("facts of an empty document (-want +got):\n%s", diff)
	}
}

// FuzzRead demands what every reader of a Page relies on: valid, bounded texts of one line.
func FuzzRead(f *testing.F) {
	types := []string{utf8ct, "", "text/html", "text/html; charset=shift_jis", "text/html; charset=utf-16", "application/pdf", "text/plain"}
	for i, body := range awkward {
		f.Add(types[i%len(types)], address, body, `attachment; filename="`+body+`"`)
	}
	f.Add("text/html", address, "<title>\x93\xfa\x96{\x8c\xea</title><h1>\x83e", "inline; filename*=utf-8''%e2%80%ae%0a")
	f.Add("text/html", "https://example.jp/%ff%0a", "<meta http-equiv=refresh content='0;url=//\u202e'><link rel=canonical href='/\n\x00'>", "")
	f.Add(utf8ct, address, string(syntheticPage(3<<10, articleData)), "")
	f.Add("", "::", "\xff\xfe<\x00t\x00", "")
	f.Add("application/octet-stream", "https://example.org/"+strings.Repeat("%C3%A4", 400), "", "")
	f.Fuzz(func(t *testing.T, contentType, url, body, disposition string) {
		p := Read(Document{URL: url, Body: []byte(body), Header: http.Header{
			"Content-Type": {contentType}, "Content-Disposition": {disposition}, "Refresh": {"0;" + url}, "Content-Language": {contentType},
		}})
		for fact, text := range map[string]string{
			"title": p.Title, "canonical": p.Canonical, "language": p.Language, "refresh": p.Refresh, "modified from": p.ModifiedFrom,
		} {
			if !utf8.ValidString(text) || len(text) > maxURL+1 || strings.ContainsFunc(text, unicode.IsControl) {
				t.Errorf("%s %q is not a bounded line of text", fact, text)
			}
		}
		if utf8.RuneCountInString(p.Title) > maxTitle || strings.ContainsFunc(p.Title, isInvisible) {
			t.Errorf("title %q", p.Title)
		}
		if p.Modified.IsZero() != (p.ModifiedFrom == "") {
			t.Errorf("modified %v from %q", p.Modified, p.ModifiedFrom)
		}
	})
}
