package catalog

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
	"time"
	"unicode"
)

// The bounds of drift. Between two captures of one address, a cosine of their terms below 0.10 together with the loss of
// 70 % of the words tells off-topic pages with an accuracy of 0.987 (AlNoamany et al. 2016). A page that was replaced by
// another as long loses no words: there next to nothing may be shared. The distance of two simhashes is no proof of
// drift, as unrelated texts lie 32 ± 4 bits apart, and some of the related ones do too; but texts that are two
// deviations nearer than chance are not unrelated.
const (
	driftCosine  = 0.10  // less is another topic, where the page shrank by driftShrunk
	driftShrunk  = -0.70 // change of the number of words
	otherCosine  = 0.05  // less is another topic, whatever the length
	stillShrunk  = 0.35  // share of the terms kept that still stand somewhere in the text; more of them and the page grew
	stillOther   = 0.20
	nearerBits   = 24   // of 64: less is no chance
	sameTopic    = 0.30 // cosine from which two sightings show the same other page
	enoughWords  = 100  // of a page, to be compared
	enoughTerms  = 15
	shownTerms   = 5 // of those gone and come
	wallWords    = 400
	wallTerms    = 20 // among so many of the commonest terms of a short page, words of walls are searched for
	driftApart   = day
	longestTitle = 120 // characters of a title in a message
)

// watched returns what is kept after an observation of a page that was in order, and what there is to say of it. It
// changes nothing where the observation does not allow a comparison.
func (p Prints) watched(seen Observation, policy Policy, now time.Time) Prints {
	text := seen.Text
	unchanged := seen.Unmodified() || text != nil && text.Same
	switch {
	case unchanged:
		if !p.Sighted.IsZero() {
			p = p.confirm(policy, now)
		}
	case text == nil || text.Print == nil || !tellsOfItself(seen) || !text.Print.substantial():
	case p.Kept == nil:
		p.Kept, p.KeptAt = text.Print, now
		p = p.listed(*text, policy, now)
	case !p.Listed:
		p = p.listed(*text, policy, now)
	default:
		p = p.compared(*text, policy, now)
	}
	return p
}

// tellsOfItself reports an answer without marks of anything but the page.
func tellsOfItself(seen Observation) bool {
	return isPage(seen) && !slices.ContainsFunc(seen.Signals, func(s Signal) bool {
		return s.Kind != SignalHijacked && s.Kind != SignalArchived
	})
}

// substantial reports a page that says enough to be compared, and is not what stands before one.
func (f Fingerprint) substantial() bool {
	return f.Words >= enoughWords && len(f.Terms) >= enoughTerms && !f.standsBefore()
}

// standsBefore reports a short page that speaks of consent, logging in, or browsers. Such pages stand before the one
// that is meant, for some visitors or for a while.
func (f Fingerprint) standsBefore() bool {
	if f.Words >= wallWords {
		return false
	}
	n := 0
	for _, t := range f.Terms[:min(len(f.Terms), wallTerms)] {
		if slices.Contains(wallVocabulary, t.Word) {
			n++
		}
	}
	return n >= 2
}

// wallVocabulary are words of consent pages, logins, paywalls, upkeep and browser checks.
var wallVocabulary = strings.Fields(`cookie cookies consent privacy gdpr ccpa preferences partners vendors datenschutz einwilligung zustimmung akzeptieren
	confidentialité consentement accepter accepte privacidad consentimiento aceptar privacidade consentimento aceitar consenso accetta toestemming accepteren
	zgoda prywatności ciasteczek согласие конфиденциальности samtycke samtykke çerez gizlilik
	login signin password passwort anmelden connexion registrieren subscribe subscriber subscribers subscription subscriptions abonnement abonnieren paywall
	captcha robot robots bot bots javascript browser browsers maintenance wartung unavailable verify verification firewall`)

// listed holds the page against its lists, until it shares something with them or cannot be compared.
func (p Prints) listed(text Text, policy Policy, now time.Time) Prints {
	if text.Related != Unrelated {
		p.Listed, p.Sighted, p.Confirmed = true, time.Time{}, time.Time{}
		return p
	}
	if p.Sighted.IsZero() {
		p.Sighted = now
	}
	return p.confirm(policy, now)
}

// compared holds the page against the one that is kept. A second sighting is one of the same other page: a page that is
// another one each time is meant to be.
func (p Prints) compared(text Text, policy Policy, now time.Time) Prints {
	switch off, known := p.Kept.driftedTo(text); {
	case !known:
	case !off:
		p.Seen, p.Sighted, p.Confirmed = nil, time.Time{}, time.Time{}
	case p.Seen != nil && (!p.Confirmed.IsZero() || p.Seen.cosine(*text.Print) >= sameTopic):
		p = p.confirm(policy, now)
	default:
		p.Seen, p.Sighted, p.Confirmed = text.Print, now, time.Time{}
	}
	return p
}

// confirm takes a further sighting for what it is worth: two of them have to lie a day apart, or as far as definite
// causes of death have to where all is faster.
func (p Prints) confirm(policy Policy, now time.Time) Prints {
	apart := driftApart
	if policy.Definite.Over > 0 {
		apart = min(apart, policy.Definite.Over)
	}
	if p.Confirmed.IsZero() && now.Sub(p.Sighted) >= apart {
		p.Confirmed = now
	}
	return p
}

// driftedTo reports whether a page became another one; known is false where that cannot be told.
func (f Fingerprint) driftedTo(text Text) (off, known bool) {
	now := *text.Print
	if f.Script != now.Script || f.Language != now.Language {
		return false, false // a translation shares no words
	}
	change := float64(now.Words-f.Words) / float64(max(f.Words, 1))
	still := float64(text.Still) / float64(max(len(f.Terms), 1))
	cosine := f.cosine(now)
	switch {
	case sharesWord(f.Title, now.Title), bits.OnesCount64(f.Print^now.Print) < nearerBits:
		return false, true
	case change < driftShrunk:
		return cosine < driftCosine && still < stillShrunk, true
	}
	return cosine < otherCosine && still < stillOther, true
}

// cosine returns how alike the terms of two pages are, from 0 to 1.
func (f Fingerprint) cosine(g Fingerprint) float64 {
	counts := make(map[string]int, len(f.Terms))
	var ff, gg, fg float64
	for _, t := range f.Terms {
		counts[t.Word] = t.Count
		ff += float64(t.Count * t.Count)
	}
	for _, t := range g.Terms {
		gg += float64(t.Count * t.Count)
		fg += float64(t.Count * counts[t.Word])
	}
	if ff == 0 || gg == 0 {
		return 0
	}
	return fg / math.Sqrt(ff*gg)
}

// sharesWord reports whether two titles have a word in common, such as the name of their site.
func sharesWord(a, b string) bool {
	words := titleWords(b)
	return slices.ContainsFunc(titleWords(a), func(w string) bool { return slices.Contains(words, w) })
}

// titleWords returns the words of a title of four letters and more; where a script writes no spaces, each pair of
// characters.
func titleWords(title string) (words []string) {
	for field := range strings.FieldsFuncSeq(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		letters := []rune(field)
		if unicode.In(letters[0], unicode.Han, unicode.Hiragana, unicode.Katakana) {
			for i := range letters[1:] {
				words = append(words, string(letters[i:i+2]))
			}
		} else if len(letters) > 3 {
			words = append(words, field)
		}
	}
	return words
}

// driftFinding tells of a page that was seen twice to be another one. It is worded by what is kept, so that every visit
// that sees the same words it the same. What a person confirmed stands as it is, until the page becomes yet another.
func driftFinding(p Prints, listed []string, open []Finding) *Finding {
	was := slices.IndexFunc(open, func(f Finding) bool { return f.Kind == FindingDrifted })
	switch {
	case !p.Confirmed.IsZero() && p.Seen != nil && p.Kept != nil:
		return &Finding{Kind: FindingDrifted, Message: p.becameAnother()}
	case !p.Confirmed.IsZero() && p.Kept != nil && len(listed) > 0:
		return &Finding{Kind: FindingDrifted, Message: p.unlikeItsLists(listed[0])}
	case !p.Accepted.IsZero() && was >= 0:
		return &open[was]
	}
	return nil
}

// unlikeItsLists says what stands where a list recommends something.
func (p Prints) unlikeItsLists(title string) string {
	return fmt.Sprintf("The page has nothing in common with what the list says of it, %s: on %s it was titled %s and spoke of %s.",
		quoted(title), p.Sighted.UTC().Format(time.DateOnly), quoted(p.Kept.Title), strings.Join(firstWords(p.Kept.Terms, nil), ", "))
}

// becameAnother says what changed.
func (p Prints) becameAnother() string {
	return fmt.Sprintf("The page became another one: on %s it was titled %s, on %s it is titled %s. It spoke of %s; now it speaks of %s.",
		p.KeptAt.UTC().Format(time.DateOnly), quoted(p.Kept.Title), p.Sighted.UTC().Format(time.DateOnly), quoted(p.Seen.Title),
		strings.Join(firstWords(p.Kept.Terms, p.Seen.Terms), ", "), strings.Join(firstWords(p.Seen.Terms, p.Kept.Terms), ", "))
}

// firstWords returns the first terms of a list that another lacks.
func firstWords(terms, without []Term) (words []string) {
	for _, t := range terms {
		known := slices.ContainsFunc(without, func(o Term) bool { return o.Word == t.Word })
		if !known && len(words) < shownTerms {
			words = append(words, t.Word)
		}
	}
	return words
}

func quoted(title string) string {
	if short := []rune(title); len(short) > longestTitle {
		title = string(short[:longestTitle-1]) + "…"
	}
	return "“" + title + "”"
}

// Accept is what is kept after a person decided on a finding: who keeps one of drift took the page that is there for
// what it is compared with from now on.
func (p Prints) Accept(r Review) (Prints, bool) {
	if r.Kind != FindingDrifted || r.Decision != ReviewKept {
		return p, false
	}
	if p.Seen != nil {
		p.Kept, p.KeptAt = p.Seen, p.Sighted
	}
	return Prints{Kept: p.Kept, KeptAt: p.KeptAt, Listed: true, Accepted: r.At}, true
}

// withDrift puts a finding of drift among those that hold, in place of one with less evidence.
func withDrift(holding []Finding, drift *Finding, now time.Time) []Finding {
	if drift == nil {
		return holding
	}
	holding = slices.DeleteFunc(holding, func(f Finding) bool { return f.Kind == FindingDrifted })
	return append(holding, opened([]Finding{*drift}, now)...)
}
