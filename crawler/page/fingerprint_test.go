package page

import (
	"fmt"
	"math/bits"
	"net/http"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"waymark/catalog"
)

// proseIn is a paragraph of a language, long enough to know it by.
var proseIn = map[string]string{
	"en": "The bound should be given in time rather than in items. A person who waits for a page gives up after some ten seconds, so a request that has waited for eight is not worth beginning. Write the time of arrival into the job and look at it when the job is taken out of the queue.",
	"de": "Eine Schlange ist das Eingeständnis, dass zwei Teile eines Systems nicht gleich schnell arbeiten. Das ist in Ordnung, solange jemand entscheidet, wie lang sie werden darf. Die meisten Ausfälle, die mit einer langsamen Datenbank beginnen, enden mit einer Schlange, die niemand begrenzt hatte.",
	"fr": "Une file est l'aveu que deux parties d'un système ne travaillent pas à la même vitesse. Cela ne pose pas de problème tant que quelqu'un décide de la longueur qu'elle peut avoir. La plupart des pannes qui commencent par une base de données lente finissent par une file que personne n'avait bornée.",
	"es": "Una cola es la confesión de que dos partes de un sistema no trabajan a la misma velocidad. Eso está bien mientras alguien decida hasta dónde puede crecer. La mayoría de las caídas que empiezan con una base de datos lenta terminan con una cola que nadie había limitado.",
	"ru": "Очередь — это признание того, что две части системы работают с разной скоростью. Это нормально, пока кто-то решает, до какой длины она может расти. Большинство аварий, которые начинаются с медленной базы данных, заканчиваются очередью, которую никто не ограничил.",
	"pl": "Kolejka to przyznanie, że dwie części systemu nie pracują z tą samą prędkością. To nie jest problem, dopóki ktoś decyduje, jak długa może być. Większość awarii, które zaczynają się od powolnej bazy danych, kończy się kolejką, której nikt nie ograniczył.",
}

func htmlPage(title, lang, text string) []byte {
	return []byte("<!doctype html><html lang=\"" + lang + "\"><head><meta charset=utf-8><title>" + title + "</title></head><body>" + text + "</body></html>")
}

func lookAt(body []byte, look *catalog.Look) Facts {
	return Read(Document{URL: "https://site.example/a/page", Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: body, Look: look})
}

func TestFingerprintKnowsLanguages(t *testing.T) {
	for lang, text := range proseIn {
		f := lookAt(htmlPage("Title", "tlh", "<p>"+text+"</p>"), &catalog.Look{}).Text.Print
		if f.Language != lang {
			t.Errorf("%s is taken for %q", lang, f.Language)
		}
		if want := map[bool]string{true: "cyrillic", false: "latin"}[lang == "ru"]; f.Script != want {
			t.Errorf("the script of %s is %q", lang, f.Script)
		}
		for _, term := range f.Terms {
			if strings.Contains(" the die une que не się ", " "+term.Word+" ") {
				t.Errorf("%s: %q is no term", lang, term.Word)
			}
		}
	}
	for script, text := range map[string]string{"kana": "待ち行列とは、二つの部分が同じ速さで働かないことの告白です。", "han": "队列说明系统的两个部分没有以相同的速度工作。只要有人决定它可以多长，就没有问题。",
		"hangul": "큐는 시스템의 두 부분이 같은 속도로 일하지 않는다는 고백이다.", "greek": "Μια ουρά είναι η παραδοχή ότι δύο μέρη δεν δουλεύουν με την ίδια ταχύτητα."} {
		if f := lookAt(htmlPage("Title", "", text), &catalog.Look{}).Text.Print; f.Script != script || f.Language != "" {
			t.Errorf("%s is taken for %s, language %q", script, f.Script, f.Language)
		}
	}
}

// TestFingerprintIsOfTheVisibleText: markup, comments, scripts and the way a letter is written make no difference.
func TestFingerprintIsOfTheVisibleText(t *testing.T) {
	plain := lookAt(htmlPage("T", "en", "<p>Caf\u00e9 tables and CAF\u00c9 chairs &amp; benches</p>"), &catalog.Look{}).Text.Print
	dressed := lookAt(htmlPage("T", "en", `<!-- hidden words --><script>var secret = "code"</script><style>.x{}</style><div class="tables"><b>Caf&eacute;</b>
 tables <noscript>enable</noscript>and <i>caf&#233;</i><!-- more --> chairs &amp; ben&shy;ches</div>`), &catalog.Look{}).Text.Print
	odd := lookAt(htmlPage("T", "en", `<p title="a > b">Caf&eacute; <br title='5" disk'>tables</p><?php?></><!doctype x><textarea>typed</textarea> <P>and caf&eacute; chairs & benches <`), &catalog.Look{}).Text.Print
	if odd.Encode() != plain.Encode() {
		t.Errorf("%q\n%q", plain.Encode(), odd.Encode())
	}
	if plain.Encode() != dressed.Encode() || plain.Words != 6 || plain.Terms[0] != (catalog.Term{Word: "café", Count: 2}) {
		t.Errorf("%q\n%q", plain.Encode(), dressed.Encode())
	}
}

func TestTextIsLookedIntoOnlyWhenTitleOrLengthChanged(t *testing.T) {
	body := htmlPage("Title", "en", proseIn["en"])
	first := lookAt(body, &catalog.Look{}).Text
	terms := first.Print.Terms
	if got := lookAt(body, &catalog.Look{Mark: first.Mark}).Text; !got.Same || got.Print != nil {
		t.Errorf("the same page gave %+v", got)
	}
	for name, other := range map[string][]byte{"a longer text": htmlPage("Title", "en", proseIn["en"]+"!"), "another title": htmlPage("Tatle", "en", proseIn["en"])} {
		if got := lookAt(other, &catalog.Look{Mark: first.Mark, Terms: terms}).Text; got.Same || got.Print == nil || got.Still != len(terms) {
			t.Errorf("%s: %+v, want all %d terms still there", name, got, len(terms))
		}
	}
	cut := Document{URL: "https://site.example/", Header: http.Header{"Content-Type": {"text/html"}}, Body: body, Truncated: true, Look: &catalog.Look{}}
	mark := Read(cut).Text.Mark
	cut.Body = htmlPage("Title", "en", strings.Replace(proseIn["en"], "bound", "cheat", 1))
	if got := Read(cut).Text; len(cut.Body) != len(body) || got.Mark == mark {
		t.Error("of a page that was cut, the length tells nothing")
	}
	if got := lookAt(body, nil).Text; got != nil {
		t.Errorf("nobody asked, and got %+v", got)
	}
	missing := Read(Document{URL: "https://site.example/", Header: http.Header{"Content-Type": {"text/html"}}, Body: body, Status: 404, Look: &catalog.Look{}})
	if missing.Text != nil {
		t.Error("the text of an error page is none")
	}
	file := Document{URL: "https://site.example/a.pdf", Header: http.Header{"Content-Type": {"application/pdf"}}, Body: []byte("%PDF"), Look: &catalog.Look{}}
	if got := Read(file).Text; got == nil || got.Print != nil || got.Same {
		t.Errorf("a file gave %+v", got)
	}
}

// TestRelation holds pages against what lists say of them; in doubt they are related, or cannot be compared.
func TestRelation(t *testing.T) {
	english, german := strings.Repeat(proseIn["en"]+" ", 4), strings.Repeat(proseIn["de"]+" ", 5)
	chinese := strings.Repeat("队列说明系统的两个部分没有以相同的速度工作。只要有人决定它可以多长，就没有问题。", 12)
	for name, c := range map[string]struct {
		title, text, link string
		listed            []string
		want              catalog.Relation
	}{
		"nothing at all":               {"Page", english, "", []string{"Compiler internals", "Languages"}, catalog.Unrelated},
		"a word":                       {"Page", english, "", []string{"Compiler queue", "Languages"}, catalog.Related},
		"a small word":                 {"Page", english, "", []string{"The compiler internals"}, catalog.Related},
		"the beginning of a word":      {"Page", english, "", []string{"Personal compilers"}, catalog.Related},
		"a word of the section":        {"Page", english, "", []string{"Compiler internals", "Seconds"}, catalog.Related},
		"a word of the title":          {"Compilers", english, "", []string{"Compiler internals"}, catalog.Related},
		"a number":                     {"Page", english + "1987", "", []string{"Compiler internals 1987"}, catalog.Related},
		"the name of the host":         {"Page", english, "", []string{"Site internals"}, catalog.Related},
		"a word of the address":        {"Page", english, "https://site.example/queue/", []string{"Compiler internals"}, catalog.Related},
		"an address of its own":        {"Page", english, "https://site.example/llvm", []string{"Compiler internals"}, catalog.Unrelated},
		"another language":             {"Seite", german, "", []string{"Compiler internals", "Languages"}, catalog.Incomparable},
		"a list in another language":   {"Page", english, "", []string{"Über Garbenbildung und Kohomologie für die Schule"}, catalog.Incomparable},
		"a list with accents alone":    {"Page", english, "", []string{"Théorie générale"}, catalog.Incomparable},
		"another writing system":       {"Page", english, "", []string{"コンパイラの作り方"}, catalog.Incomparable},
		"a short page":                 {"Page", proseIn["en"], "", []string{"Compiler internals"}, catalog.Incomparable},
		"a list that says next to nil": {"Page", english, "", []string{"LLVM"}, catalog.Incomparable},
		"Chinese":                      {"页面", chinese, "", []string{"编译原理入门"}, catalog.Unrelated},
		"Chinese with a character":     {"页面", chinese, "", []string{"编译系统入门"}, catalog.Related},
	} {
		link := c.link
		if link == "" {
			link = "https://site.example/"
		}
		if got := lookAt(htmlPage(c.title, "", "<p>"+c.text+"</p>"), &catalog.Look{Listed: c.listed, Link: link}).Text.Related; got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// TestPrintIsASimhash: the sum of the bytes at once is that of the bits one by one.
func TestPrintIsASimhash(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hashes := rapid.SliceOfN(rapid.Uint64(), 0, 700).Draw(t, "hashes")
		var quick votes
		var slow [64]int
		for _, h := range hashes {
			quick.add(h)
			for i := range slow {
				slow[i] += int(h>>i&1)*2 - 1
			}
		}
		var want uint64
		for i, n := range slow {
			if n > 0 {
				want |= 1 << i
			}
		}
		if got := quick.sum(); got != want {
			t.Fatalf("%d bits of the print of %d hashes are wrong", bits.OnesCount64(got^want), len(hashes))
		}
	})
}

// TestTheSameTextNeverDrifts, whatever its words are, and however it is dressed and called.
func TestTheSameTextNeverDrifts(t *testing.T) {
	policy := catalog.DefaultRules().For("site.example", nil)
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zäéа-я]{1,12}|[文字列言語]{1,6}`), 100, 400).Draw(t, "words")
		var was catalog.Standing
		for visit := range 4 {
			var b strings.Builder
			tag := rapid.SampledFrom([]string{"p", "div", "span", "li"}).Draw(t, "tag")
			per := rapid.IntRange(1, 50).Draw(t, "words in an element")
			for i, word := range words {
				if i%per == 0 {
					fmt.Fprintf(&b, "\n<%s class=\"c%d\">", tag, visit)
				}
				b.WriteString(word + " ")
			}
			title := rapid.StringMatching(`[A-Z][a-z]{3,8} [a-z]{3,8}`).Draw(t, "title")
			claim := catalog.Claim{URL: "https://site.example/", Remembered: true, Standing: was}
			facts := lookAt(htmlPage(title, rapid.SampledFrom([]string{"", "en", "de"}).Draw(t, "lang"), b.String()), claim.Look())
			now := start.AddDate(0, visit, 0)
			seen := catalog.Observation{At: now, Hops: []catalog.Hop{{URL: claim.URL, Status: 200}}, Page: &facts.Page, Text: facts.Text, Signals: facts.Signals}
			j := catalog.Judge(was, seen, policy, now)
			for _, f := range j.Opened {
				if f.Kind == catalog.FindingDrifted {
					t.Fatalf("visit %d: %s", visit, f.Message)
				}
			}
			if !j.Prints.Sighted.IsZero() {
				t.Fatalf("visit %d: it seemed to be another page: %+v", visit, j.Prints)
			}
			was = catalog.Standing{Verdict: j.Verdict, Prints: j.Prints}
		}
	})
}
