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
