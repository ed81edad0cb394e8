package sqlite

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
)

// about is a page of 300 words about a subject.
func about(subject string) *catalog.Text {
	f := &catalog.Fingerprint{Title: "All of " + subject, Language: "en", Script: "latin", Words: 300,
		Print: map[string]uint64{"gardens": 1, "reels": 1<<63 | 0xffffffff, "houses": 0xffffffff << 32}[subject]}
	for i := range 40 {
		f.Terms = append(f.Terms, catalog.Term{Word: fmt.Sprint(subject, string(rune('a'+i%26)), i/26), Count: 20 - i/3})
	}
	return &catalog.Text{Mark: 1<<63 | uint64(len(subject)), Print: f, Related: catalog.Related}
}

// saying is an answer with a text.
func saying(c catalog.Claim, at time.Time, text *catalog.Text) catalog.Observation {
	seen := answer(c, at, 200)
	seen.Text = text
	return seen
}

// see claims the only resource when it is due and records what it says.
func see(t *testing.T, s *Store, text *catalog.Text) (catalog.Claim, time.Time) {
	t.Helper()
	now := dueAt(t, s)
	c := claim(t, s, now, 1, 1)[0]
	record(t, s, judged(c, saying(c, now, text), now))
	return c, now
}

func dueAt(t *testing.T, s *Store) time.Time {
	t.Helper()
	due, err := s.NextDue(t.Context(), noon)
	must(t, err)
	return due
}

func openDrift(t *testing.T, s *Store) []catalog.Finding {
	t.Helper()
	var list []catalog.Finding
	for _, f := range detail(t, s, "https://one.example/").Findings {
		if f.Kind == catalog.FindingDrifted {
			list = append(list, f)
		}
	}
	return list
}

// TestFingerprintsOutliveTheProcess: what a claim carries after a restart is what was judged before it.
func TestFingerprintsOutliveTheProcess(t *testing.T) {
	s := open(t)
	bring(t, s, list("a", noon, link(1, "Gardens", "https://one.example/", "Outside")))
	first, began := see(t, s, about("gardens"))
	same(t, "held against", first.Standing.Listed, []string{"Gardens", "Outside"})
	s = reopen(t, s)
	second, sighted := see(t, s, about("reels"))
	same(t, "kept", second.Standing.Prints, catalog.Prints{Kept: about("gardens").Print, KeptAt: began, Listed: true})
	same(t, "nothing more to hold it against", second.Standing.Listed, []string(nil))
	same(t, "mark", second.Standing.Verdict.Rate, catalog.ChangeRate{Mark: about("gardens").Mark, Print: 1})
	same(t, "one sighting", len(openDrift(t, s)), 0)

	s = reopen(t, s)
	now := dueAt(t, s)
	third := claim(t, s, now, 1, 1)[0]
	same(t, "sighted", third.Standing.Prints, catalog.Prints{Kept: about("gardens").Print, KeptAt: began, Listed: true, Seen: about("reels").Print, Sighted: sighted})
	same(t, "rate", third.Standing.Verdict.Rate, catalog.ChangeRate{Compared: 1, Changed: 1, Watched: sighted.Sub(began), Mark: about("reels").Mark, Print: about("reels").Print.Print})
	record(t, s, judged(third, saying(third, now, about("reels")), now))
	found := openDrift(t, s)
	if len(found) != 1 || !strings.Contains(found[0].Message, "“All of gardens”") || !strings.Contains(found[0].Message, "“All of reels”") {
		t.Fatalf("open: %+v", found)
	}
}

// TestWhoConfirmsDriftTakesThePage: it is compared with from then on, and the finding stands until it drifts again.
func TestWhoConfirmsDriftTakesThePage(t *testing.T) {
	s := open(t)
	bring(t, s, list("a", noon, link(1, "Gardens", "https://one.example/")))
	see(t, s, about("gardens"))
	_, sighted := see(t, s, about("reels"))
	see(t, s, about("reels"))
	f := openDrift(t, s)[0]
	late := claim(t, s, dueAt(t, s), 1, 1)[0] // on its way while a person decides
	at := sighted.AddDate(0, 2, 0)
	_, err := s.Review(t.Context(), catalog.ReviewRequest{Finding: f.ID, Version: f.Version(), Decision: catalog.ReviewKept, By: "Ada"}, at)
	must(t, err)
	record(t, s, judged(late, saying(late, at, about("gardens")), at))

	later := at.AddDate(0, 2, 0)
	c := claim(t, s, later, 1, 1)[0]
	same(t, "kept", c.Standing.Prints, catalog.Prints{Kept: about("reels").Print, KeptAt: sighted, Listed: true, Accepted: at})
	record(t, s, judged(c, saying(c, later, about("reels")), later))
	for range 2 {
		see(t, s, about("houses"))
	}
	if found := openDrift(t, s); len(found) != 1 || !strings.Contains(found[0].Message, "“All of reels”") || !strings.Contains(found[0].Message, "“All of houses”") {
		t.Errorf("open: %+v", found)
	}
}

// TestWhatIsConfirmedStands although the page is what it is compared with.
func TestWhatIsConfirmedStands(t *testing.T) {
	s := open(t)
	bring(t, s, list("a", noon, link(1, "Gardens", "https://one.example/")))
	see(t, s, about("gardens"))
	see(t, s, about("reels"))
	see(t, s, about("reels"))
	f := openDrift(t, s)[0]
	_, err := s.Review(t.Context(), catalog.ReviewRequest{Finding: f.ID, Version: f.Version(), Decision: catalog.ReviewKept, By: "Ada"}, dueAt(t, s))
	must(t, err)
	see(t, s, about("reels"))
	see(t, s, &catalog.Text{Mark: about("reels").Mark, Same: true})
	same(t, "open", openDrift(t, s), []catalog.Finding{f})
}

// TestAFingerprintThatCannotBeReadIsTakenAnew instead of stopping all claims.
func TestAFingerprintThatCannotBeReadIsTakenAnew(t *testing.T) {
	s := open(t)
	bring(t, s, list("a", noon, link(1, "Gardens", "https://one.example/")))
	see(t, s, about("gardens"))
	change(t, s, `UPDATE fingerprints SET kept = '0 of another version'`)
	c, now := see(t, s, about("reels"))
	same(t, "kept", c.Standing.Prints, catalog.Prints{})
	c = claim(t, s, dueAt(t, s), 1, 1)[0]
	same(t, "anew", c.Standing.Prints, catalog.Prints{Kept: about("reels").Print, KeptAt: now, Listed: true})
}

// TestPrintsAreReadByKey: a claim looks at no more than what it claims.
func TestPrintsAreReadByKey(t *testing.T) {
	s := open(t)
	const want = "SEARCH fingerprints USING INTEGER PRIMARY KEY (rowid=?)"
	if plan := strings.Join(s.plan(t, printsQuery, "[1]"), "\n"); !strings.Contains(plan, want) {
		t.Errorf("no %q in the plan\n%s", want, plan)
	}
}
