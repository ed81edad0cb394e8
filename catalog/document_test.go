package catalog_test

import (
	"encoding/json"
	"strings"
	"testing"

	"waymark/catalog"
)

func TestPrintableJSONKeepsTheMeaning(t *testing.T) {
	text := "a\x1b\x7f\u0080\u009b\u00a0\u202e\u2066é日🎉"
	document, err := json.Marshal(map[string]string{text: text})
	if err != nil {
		t.Fatal(err)
	}
	printable := catalog.PrintableJSON(document)
	if strings.ContainsAny(string(printable), "\x1b\x7f\u0080\u009b\u202e\u2066") {
		t.Errorf("a terminal would obey %q", printable)
	}
	if !strings.Contains(string(printable), "\u00a0") || !strings.Contains(string(printable), "é日🎉") {
		t.Errorf("what is harmless was escaped: %s", printable)
	}
	var got map[string]string
	if err := json.Unmarshal(printable, &got); err != nil || got[text] != text {
		t.Errorf("read back as %q, %v", got, err)
	}
}

func TestPlaceDocumentHasAlwaysASection(t *testing.T) {
	document, err := json.Marshal(catalog.Place{Source: "s", Placement: catalog.Placement{File: "a.md"}}.Document())
	if err != nil || !strings.Contains(string(document), `"section":[]`) {
		t.Errorf("%s, %v", document, err)
	}
}

func TestPrintableHTML(t *testing.T) {
	for page, want := range map[string]string{
		"<p class=\"x\">\tÜber\r\n“日本” <b>ok</b></p>":   "<p class=\"x\">\tÜber\r\n“日本” <b>ok</b></p>",
		"<title>\x1b[2Jred\x07</title>":                 "<title>\ufffd[2Jred\ufffd</title>",
		"<a title=\"\u009b31m\x7f\x00\">":               "<a title=\"\ufffd31m\ufffd\ufffd\">",
		"exe.\u202egnp \u2066x\u2069 \u200f\u061c":      "exe.\ufffdgnp \ufffdx\ufffd \ufffd\ufffd",
		"cut \xe2\x80 and \xff":                         "cut \ufffd\ufffd and \ufffd",
		"a soft\u00adhyphen, a joiner\u200d, a\ufeff":   "a soft\u00adhyphen, a joiner\u200d, a\ufeff",
		"new lines of others: \u0085\v\f, kept: \u2028": "new lines of others: \ufffd\ufffd\ufffd, kept: \u2028",
	} {
		if got := string(catalog.PrintableHTML([]byte(page))); got != want {
			t.Errorf("%q became %q, want %q", page, got, want)
		}
	}
}
