package page

import (
	"bytes"
	"regexp"
)

// ago is a last change that is told by how long it is ago, which the time of the visit alone would make a date. Tags may
// stand between the words.
var ago = regexp.MustCompile(`(?i)\b(?:updated|modified|edited|last activity|last active)[: ]*(?:<[^<>]{0,200}>\s*)*` +
	`(?:(?:about |over |almost )?(?:\d{1,3}|an?|one|two|three) (?:second|minute|min|hour|day|week|month)s? ago|(?:1|an?|one) year ago|yesterday|today|just now)\b`)

// agoFirst is the same in tongues that put "ago" first, up to that word.
var agoFirst = regexp.MustCompile(`(?i)(?:aktualisiert|geändert|bearbeitet|mise? à jour|modifiée?|actualizad[oa]|modificad[oa]|atualizad[oa])[: ]*(?:<[^<>]{0,200}>\s*)*(?:vor|il y a|hace|há) $`)

// agoWords are those of which one stands in each such phrase.
var agoWords = [...][]byte{[]byte(" ago"), []byte("esterday"), []byte("oday"), []byte("ust now"), []byte("vor "), []byte("il y a "), []byte("hace "), []byte("há ")}

const (
	maxAgos  = 50  // such words that are looked at
	aroundIt = 300 // bytes in front of one in which the phrase may begin
)

// changedAgo reports that a page says how long ago it was changed.
func changedAgo(body []byte) bool {
	for _, word := range agoWords {
		for at, n := 0, 0; n < maxAgos; n++ {
			i := bytes.Index(body[at:], word)
			if i < 0 {
				break
			}
			at += i + len(word)
			if before := body[max(0, at-aroundIt):at]; !tellsOfChange(before) {
				continue
			} else if ago.Match(before) || agoFirst.Match(before) && isRecent(body[at:min(len(body), at+20)]) {
				return true
			}
		}
	}
	return false
}

// isRecent reports that a span of time is not one of several years.
func isRecent(span []byte) bool {
	lower := bytes.ToLower(span)
	return !bytes.Contains(lower, []byte("jahren")) && !bytes.Contains(lower, []byte(" ans")) && !bytes.Contains(lower, []byte("años")) && !bytes.Contains(lower, []byte("anos"))
}

// tellsOfChange reports that one of the words for a change may stand there: it spares most places the expressions.
func tellsOfChange(text []byte) bool {
	return holdsOne(text, "pdated", "odif", "dited", "ast activ", "UPDATED", "tualis", "tualiza", "ndert", "arbeitet", " jour")
}
