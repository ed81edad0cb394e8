package origin

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"maps"
	"slices"

	"waymark/catalog"
)

// reading is the number of the way in which sources are read. It rises when the same bytes come to stand for other
// links, or more is kept of them: by a change of the formats, or of how a link becomes the identity of a resource. The stored hashes match no
// more then, and every source is read anew.
const reading = 2

// digest is a hash of all that the store keeps of a snapshot, so that two equal ones need no second sync.
func digest(snap catalog.Snapshot) string {
	h := sha256.New()
	field(h, fmt.Sprint(reading), snap.Source.URL)
	for _, listing := range snap.Listings {
		field(h, listing.File)
		for _, p := range listing.Placements {
			field(h, p.URL, p.Title, string(p.Kind), p.Quote, fmt.Sprint(p.Line, p.Column, p.Start, p.End))
			field(h, p.Section...)
		}
		problems(h, listing.Problems)
	}
	problems(h, snap.Problems)
	for _, name := range slices.Sorted(maps.Keys(snap.Local)) {
		file := snap.Local[name]
		field(h, name, fmt.Sprint(file.Exists))
		field(h, file.Anchors...)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// digestCommit is the hash of a snapshot of a commit: its contents never change, so that nothing has to be read.
func digestCommit(source catalog.Source, commit string) string {
	h := sha256.New()
	field(h, fmt.Sprint(reading), source.Git, source.Format, commit)
	field(h, source.Paths...)
	return hex.EncodeToString(h.Sum(nil))
}

func problems(h hash.Hash, list []catalog.Problem) {
	for _, p := range list {
		field(h, p.File, fmt.Sprint(p.Line, p.Column), p.Message)
	}
}

// field adds texts to a hash so that no two lists of texts add the same bytes.
func field(h hash.Hash, texts ...string) {
	for _, text := range texts {
		fmt.Fprintf(h, "%d:%s", len(text), text)
	}
	fmt.Fprint(h, ";")
}
