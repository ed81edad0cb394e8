package page

import (
	"bytes"
	"net/http"
	"strings"

	"waymark/catalog"
)

// archivedBanners are what forges write above a repository that its owner has archived: it is read-only, and given up.
var archivedBanners = []struct{ host, banner string }{
	{"github.com", "This repository was archived by the owner on "},
	{"github.com", "This repository has been archived by the owner. It is now read-only"},
	{"gitlab.com", "This is an archived project"},
	{"codeberg.org", "This repository has been archived"},
	{"codeberg.org", "This repo is archived"},
	{"gitea.com", "This repository has been archived"},
}

// archivedSignals looks for a forge's banner, and for the day on which the repository was archived.
func archivedSignals(d Document, body []byte) []catalog.Signal {
	if d.Status != http.StatusOK {
		return nil
	}
	host, _, _ := strings.Cut(placeOf(d.URL), "/")
	host, _, _ = strings.Cut(strings.TrimPrefix(host, "www."), ":")
	for _, forge := range archivedBanners {
		if host != forge.host {
			continue
		}
		if i := bytes.Index(body, []byte(forge.banner)); i >= 0 && !isWritten(body[:i]) {
			return []catalog.Signal{{Kind: catalog.SignalArchived, Rule: catalog.RuleForgeBanner, Says: archivedOn(body[i:])}}
		}
	}
	return nil
}

// isWritten reports that what people wrote has begun: a readme can quote the banner.
func isWritten(before []byte) bool {
	return bytes.Contains(before, []byte("markdown-body")) || bytes.Contains(before, []byte("<article")) || bytes.Contains(before, []byte(`id="readme"`))
}

// archivedOn returns the day of the banner, as in "on Mar 3, 2024", "" when it names none.
func archivedOn(banner []byte) string {
	text := withoutTags(string(banner[:min(len(banner), 300)]))
	_, day, found := strings.Cut(text, "owner on ")
	day, _, stops := strings.Cut(day, ".")
	if !found || !stops || len(day) > 30 || !strings.ContainsAny(day, "0123456789") {
		return ""
	}
	return "since " + day
}
