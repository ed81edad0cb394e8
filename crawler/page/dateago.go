package page

import (
	"bytes"
	"regexp"
)

// ago is a last change that is told by how long it is ago, which the time of the visit alone would make a date. Tags may
// stand between the words.
var ago = regexp.MustCompile(`(?i)\b(?:updated|modified|edited|last activity|last active)[: ]*(?:<[^<>]{0,200}>\s*)*` +
	`(?:(?:about |over |almost )?(?:\d{1,3}|an?|one|two|three) (?:second|minute|min|hour|day|week|month)s? ago|(?:1|an?|one) year ago|yesterday|today|just now)\b`)

// agoWords are those of which one stands in each such phrase.
var agoWords = [...][]byte{[]byte(" ago"), []byte("esterday"), []byte("oday"), []byte("ust now")}

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
			if ago.Match(body[max(0, at-aroundIt):at]) {
				return true
			}
		}
	}
	return false
}
