package catalog_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"waymark/catalog"
)

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// answered is a visit that ended with the status.
func answered(status int) catalog.Observation {
	return catalog.Observation{At: start, Attempts: 1, Hops: []catalog.Hop{{URL: "https://example.org/a", Status: status}}}
}

func failed(reason catalog.Reason) catalog.Observation {
	seen := answered(0)
	seen.Failure = &catalog.Failure{Reason: reason, Detail: "as told"}
	return seen
}

// brokenRobots is a visit that was not made, because the host failed to serve its robots.txt.
func brokenRobots() catalog.Observation {
	seen := failed(catalog.ReasonRobots)
	seen.Failure.ServerError = true
	return seen
}

func policy() catalog.Policy {
	return catalog.DefaultRules().For("example.org", []catalog.Spot{{Kind: catalog.Article}})
}

func unchecked() catalog.Standing { return catalog.Standing{Verdict: catalog.Fresh(start)} }

// TestJudgeOneObservation is the table of answers: what each means by itself, and whether it is a strike.
func TestJudgeOneObservation(t *testing.T) {
	noHost := failed(catalog.ReasonDNS)
	noHost.Failure.NoSuchHost = true
	toPrivate := failed(catalog.ReasonPrivateAddress)
	toPrivate.Hops = []catalog.Hop{{URL: "https://example.org/a", Status: 302}, {URL: "http://10.0.0.1/"}}
	wall := answered(200)
	wall.Challenge = "Cloudflare"
	errorWall := answered(503)
	errorWall.Challenge = "Cloudflare"
	local := catalog.Observation{Local: true}
	noFile := catalog.Observation{Local: true, Failure: &catalog.Failure{Reason: catalog.ReasonNotFound}}

	tests := []struct {
		name          string
		seen          catalog.Observation
		state         catalog.State
		reason        catalog.Reason
		bad, definite int
	}{
		{"200", answered(200), catalog.OK, catalog.ReasonOK, 0, 0},
		{"204", answered(204), catalog.OK, catalog.ReasonOK, 0, 0},
		{"304", answered(304), catalog.OK, catalog.ReasonOK, 0, 0},
		{"local file", local, catalog.OK, catalog.ReasonOK, 0, 0},
		{"404", answered(404), catalog.Failing, catalog.ReasonNotFound, 1, 1},
		{"410", answered(410), catalog.Failing, catalog.ReasonGone, 1, 1},
		{"NXDOMAIN", noHost, catalog.Failing, catalog.ReasonDNS, 1, 1},
		{"redirect loop", failed(catalog.ReasonRedirectLoop), catalog.Failing, catalog.ReasonRedirectLoop, 1, 1},
		{"unusable redirect", failed(catalog.ReasonBadRedirect), catalog.Failing, catalog.ReasonBadRedirect, 1, 1},
		{"redirect to a private address", toPrivate, catalog.Failing, catalog.ReasonBadRedirect, 1, 1},
		{"invalid URL", failed(catalog.ReasonInvalidURL), catalog.Failing, catalog.ReasonInvalidURL, 1, 1},
		{"missing local file", noFile, catalog.Failing, catalog.ReasonNotFound, 1, 1},
		{"500", answered(500), catalog.Failing, catalog.ReasonServerError, 1, 0},
		{"503", answered(503), catalog.Failing, catalog.ReasonServerError, 1, 0},
		{"408", answered(408), catalog.Failing, catalog.ReasonTimeout, 1, 0},
		{"418", answered(418), catalog.Failing, catalog.ReasonClientError, 1, 0},
		{"300", answered(300), catalog.Failing, catalog.ReasonBadRedirect, 1, 1},
		{"302 at the end", answered(302), catalog.Failing, catalog.ReasonBadRedirect, 1, 1},
		{"status of no class", answered(700), catalog.Failing, catalog.ReasonProtocol, 1, 0},
		{"timeout", failed(catalog.ReasonTimeout), catalog.Failing, catalog.ReasonTimeout, 1, 0},
		{"refused", failed(catalog.ReasonRefused), catalog.Failing, catalog.ReasonRefused, 1, 0},
		{"unreachable", failed(catalog.ReasonUnreachable), catalog.Failing, catalog.ReasonUnreachable, 1, 0},
		{"reset", failed(catalog.ReasonReset), catalog.Failing, catalog.ReasonReset, 1, 0},
		{"tls", failed(catalog.ReasonTLS), catalog.Failing, catalog.ReasonTLS, 1, 0},
		{"malformed HTTP", failed(catalog.ReasonProtocol), catalog.Failing, catalog.ReasonProtocol, 1, 0},
		{"SERVFAIL", failed(catalog.ReasonDNS), catalog.Failing, catalog.ReasonDNS, 1, 0},
		{"401", answered(401), catalog.Blocked, catalog.ReasonUnauthorized, 0, 0},
		{"402", answered(402), catalog.Blocked, catalog.ReasonForbidden, 0, 0},
		{"403", answered(403), catalog.Blocked, catalog.ReasonForbidden, 0, 0},
		{"406", answered(406), catalog.Blocked, catalog.ReasonForbidden, 0, 0},
		{"407", answered(407), catalog.Blocked, catalog.ReasonForbidden, 0, 0},
		{"451", answered(451), catalog.Blocked, catalog.ReasonForbidden, 0, 0},
		{"999", answered(999), catalog.Blocked, catalog.ReasonForbidden, 0, 0},
		{"429", answered(429), catalog.Blocked, catalog.ReasonRateLimited, 0, 0},
		{"challenge", wall, catalog.Blocked, catalog.ReasonChallenge, 0, 0},
		{"challenge with an error", errorWall, catalog.Blocked, catalog.ReasonChallenge, 0, 0},
		{"robots.txt", failed(catalog.ReasonRobots), catalog.Blocked, catalog.ReasonRobots, 0, 0},
		{"a host that asked to be left alone", failed(catalog.ReasonRateLimited), catalog.Blocked, catalog.ReasonRateLimited, 0, 0},
		{"link to a private address", failed(catalog.ReasonPrivateAddress), catalog.Skipped, catalog.ReasonPrivateAddress, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := catalog.Judge(unchecked(), tt.seen, policy(), start).Verdict
			if v.State != tt.state || v.Reason != tt.reason || v.Strikes.Bad != tt.bad || v.Strikes.Definite != tt.definite {
				t.Errorf("got %s/%s with %d strikes, %d definite; want %s/%s with %d, %d",
					v.State, v.Reason, v.Strikes.Bad, v.Strikes.Definite, tt.state, tt.reason, tt.bad, tt.definite)
			}
			if !v.State.Valid() || !v.Reason.Valid() || !strings.HasSuffix(v.Message, ".") {
				t.Errorf("verdict outside the closed sets or without a sentence: %+v", v)
			}
		})
	}
}

func TestJudgeAcceptsWhatARuleAccepts(t *testing.T) {
	p := policy()
	p.Accept = []int{403}
	if v := catalog.Judge(unchecked(), answered(403), p, start).Verdict; v.State != catalog.OK {
		t.Errorf("accepted 403 is %s/%s, want ok", v.State, v.Reason)
	}
	wall := answered(403)
	wall.Challenge = "Cloudflare"
	if v := catalog.Judge(unchecked(), wall, p, start).Verdict; v.State != catalog.OK {
		t.Errorf("accepted 403 with a challenge is %s/%s, want ok: the rule knows the host", v.State, v.Reason)
	}
}

// visit is one step of a history: after so many hours, this was seen, and the state is to be.
type visit struct {
	after float64
	seen  catalog.Observation
	want  catalog.State
}

func TestJudgeConfirmsDeathOverTime(t *testing.T) {
	const ok, failing, dead, blocked = catalog.OK, catalog.Failing, catalog.Dead, catalog.Blocked
	tests := map[string][]visit{
		"404 twice over a day":                        {{0, answered(404), failing}, {25, answered(404), dead}},
		"404 often within a day":                      {{0, answered(404), failing}, {8, answered(404), failing}, {16, answered(404), failing}, {24, answered(404), dead}},
		"503 three times over a week":                 {{0, answered(503), failing}, {72, answered(503), failing}, {168, answered(503), dead}},
		"503 often within a week":                     {{0, answered(503), failing}, {24, answered(503), failing}, {48, answered(503), failing}, {72, answered(503), failing}},
		"a good visit clears":                         {{0, answered(404), failing}, {12, answered(200), ok}, {48, answered(404), failing}, {60, answered(404), failing}},
		"blocked neither adds nor clears":             {{0, answered(404), failing}, {12, answered(403), blocked}, {25, answered(404), dead}},
		"blocked alone never kills":                   {{0, answered(403), blocked}, {200, answered(429), blocked}, {400, answered(403), blocked}},
		"definite strikes count as doubtful ones":     {{0, answered(404), failing}, {84, answered(503), failing}, {168, answered(503), dead}},
		"one 404 among doubtful ones is not final":    {{0, answered(503), failing}, {25, answered(404), failing}},
		"a 503 completes no day of 404s":              {{0, answered(404), failing}, {1, answered(404), failing}, {25, answered(503), failing}, {26, answered(404), dead}},
		"the day of 404s begins with the first":       {{0, answered(503), failing}, {23, answered(404), failing}, {25, answered(404), failing}, {47, answered(404), dead}},
		"the dead stay dead while bad":                {{0, answered(404), failing}, {24, answered(404), dead}, {48, answered(503), dead}, {49, failed(catalog.ReasonTimeout), dead}},
		"the dead stay dead behind a closed door":     {{0, answered(404), failing}, {24, answered(404), dead}, {48, answered(429), blocked}, {49, answered(503), dead}},
		"robots.txt that fails, for less than a week": {{0, brokenRobots(), blocked}, {24, brokenRobots(), blocked}, {167, brokenRobots(), blocked}},
		"robots.txt that fails, for longer":           {{0, brokenRobots(), blocked}, {168, brokenRobots(), failing}, {180, brokenRobots(), failing}, {336, brokenRobots(), dead}},
		"robots.txt that fails, then serves":          {{0, brokenRobots(), blocked}, {168, brokenRobots(), failing}, {180, answered(200), ok}, {192, brokenRobots(), blocked}},
		"robots.txt that forbids, for long":           {{0, failed(catalog.ReasonRobots), blocked}, {400, failed(catalog.ReasonRobots), blocked}},
		"the dead come back":                          {{0, answered(410), failing}, {24, answered(410), dead}, {48, answered(200), ok}},
	}
	for name, visits := range tests {
		t.Run(name, func(t *testing.T) {
			standing := unchecked()
			for i, step := range visits {
				now := start.Add(time.Duration(step.after * float64(time.Hour)))
				j := catalog.Judge(standing, step.seen, policy(), now)
				if j.Verdict.State != step.want {
					t.Fatalf("visit %d is %s, want %s", i+1, j.Verdict.State, step.want)
				}
				standing = after(standing, j)
			}
		})
	}
}

// after is what stands once a judgement is recorded.
func after(before catalog.Standing, j catalog.Judgement) catalog.Standing {
	next := catalog.Standing{Verdict: j.Verdict, Modified: j.Modified, Prints: j.Prints}
	gone := func(f catalog.Finding, list []catalog.Finding) bool {
		for _, g := range list {
			if f.Kind == g.Kind && f.Fragment == g.Fragment {
				return true
			}
		}
		return false
	}
	for _, f := range before.Findings {
		if !gone(f, j.Closed) && !gone(f, j.Opened) {
			next.Findings = append(next.Findings, f)
		}
	}
	for i, f := range j.Opened {
		if f.ID == 0 {
			f.ID = int64(100 + i)
		}
		next.Findings = append(next.Findings, f)
	}
	return next
}

func TestJudgeCountsGoodVisitsInARow(t *testing.T) {
	standing := unchecked()
	for i, step := range []struct{ status, steady int }{{200, 1}, {200, 2}, {403, 2}, {304, 3}, {503, 0}, {200, 1}} {
		standing = after(standing, catalog.Judge(standing, answered(step.status), policy(), start.Add(time.Duration(i)*time.Hour)))
		if got := standing.Verdict.Steady; got != step.steady {
			t.Errorf("visit %d, %d: %d good in a row, want %d", i+1, step.status, got, step.steady)
		}
	}
}

// TestOutlookNamesWhatIsStillMissing: the sentence is about the cause that was seen.
func TestOutlookNamesWhatIsStillMissing(t *testing.T) {
	standing := after(unchecked(), catalog.Judge(unchecked(), answered(404), policy(), start))
	if want := "Dead once seen 2 times over 24 hours."; !strings.HasSuffix(standing.Verdict.Message, want) {
		t.Errorf("404 says %q, want %q at its end", standing.Verdict.Message, want)
	}
	v := catalog.Judge(standing, answered(503), policy(), start.Add(time.Hour)).Verdict
	if want := "Dead once seen 3 times over 7 days."; !strings.HasSuffix(v.Message, want) {
		t.Errorf("503 says %q, want %q at its end", v.Message, want)
	}
}

func TestJudgeInOneRun(t *testing.T) {
	p := catalog.DefaultRules().OneRun().For("example.org", nil)
	if v := catalog.Judge(unchecked(), answered(404), p, start).Verdict; v.State != catalog.Dead {
		t.Errorf("404 is %s, want dead", v.State)
	}
	if v := catalog.Judge(unchecked(), answered(503), p, start).Verdict; v.State != catalog.Failing {
		t.Errorf("503 is %s, want failing", v.State)
	}
}

func TestJudgeKeepsLastDeterminedState(t *testing.T) {
	was := after(unchecked(), catalog.Judge(unchecked(), answered(200), policy(), start))
	v := catalog.Judge(was, answered(403), policy(), start.Add(time.Hour)).Verdict
	if v.State != catalog.Blocked || v.Determined != catalog.OK || !v.LastOK.Equal(start) {
		t.Errorf("got %+v, want blocked, determined ok, last ok at the start", v)
	}
}

// TestJudgeHoldsItsInvariants feeds random histories: what must be true of every judgement.
func TestJudgeHoldsItsInvariants(t *testing.T) {
	statuses := []int{200, 204, 304, 401, 403, 404, 408, 410, 418, 429, 500, 503, 999}
	reasons := []catalog.Reason{catalog.ReasonTimeout, catalog.ReasonTLS, catalog.ReasonDNS, catalog.ReasonRobots,
		catalog.ReasonRedirectLoop, catalog.ReasonPrivateAddress}
	rapid.Check(t, func(t *rapid.T) {
		standing, now := unchecked(), start
		for range rapid.IntRange(1, 20).Draw(t, "visits") {
			now = now.Add(time.Duration(rapid.IntRange(1, 100).Draw(t, "hours")) * time.Hour)
			seen := answered(rapid.SampledFrom(statuses).Draw(t, "status"))
			if rapid.Bool().Draw(t, "fails") {
				seen = failed(rapid.SampledFrom(reasons).Draw(t, "reason"))
			}
			before := standing
			j := catalog.Judge(before, seen, policy(), now)
			standing = after(before, j)
			v, dead := j.Verdict, 0
			for _, f := range standing.Findings {
				if f.Kind == catalog.FindingDead {
					dead++
				}
			}
			isDead := v.State == catalog.Dead || v.State == catalog.Blocked && v.Determined == catalog.Dead
			if isDead != (dead == 1) || dead > 1 {
				t.Fatalf("state %s, determined %q, with %d dead findings", v.State, v.Determined, dead)
			}
			if v.State == catalog.Failing && before.Verdict.Determined == catalog.Dead {
				t.Fatal("a bad observation brought the dead back")
			}
			if v.State == catalog.Skipped && len(standing.Findings) > 0 {
				t.Fatalf("skipped, with findings %+v", standing.Findings)
			}
			if v.State == catalog.Blocked && len(j.Opened)+len(j.Closed) > 0 {
				t.Fatalf("a refused visit turned a finding: %+v", j)
			}
			if j.Verdict.State == catalog.Dead && j.Verdict.Strikes.Bad < 2 {
				t.Fatal("one bad observation meant dead")
			}
			if j.Verdict.State == catalog.Blocked && j.Verdict.Strikes != before.Verdict.Strikes {
				t.Fatal("an undetermined visit touched the strikes")
			}
			if (j.Verdict.State != before.Verdict.State) != j.Verdict.Since.Equal(now) {
				t.Fatal("since does not tell when the state turned")
			}
		}
	})
}

func TestSkip(t *testing.T) {
	j := catalog.Skip(unchecked(), catalog.ReasonUnsupportedScheme, start)
	want := []catalog.Change{{At: start, From: catalog.Unchecked, To: catalog.Skipped, Reason: catalog.ReasonUnsupportedScheme, Message: j.Verdict.Message}}
	if diff := cmp.Diff(want, j.Changes); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}

// TestSkippedClosesItsFindings: nobody is asked to look at what is never visited, whoever found that out.
func TestSkippedClosesItsFindings(t *testing.T) {
	redirected := chain(hop(301, "https://a.example/x"), hop(200, "https://a.example/y"))
	was := after(unchecked(), catalog.Judge(unchecked(), redirected, policy(), start))
	byRule := catalog.Skip(was, catalog.ReasonPrivateAddress, start.Add(time.Hour))
	byVisit := catalog.Judge(was, failed(catalog.ReasonPrivateAddress), policy(), start.Add(time.Hour))
	for name, j := range map[string]catalog.Judgement{"skip": byRule, "visit": byVisit} {
		if len(j.Closed) != 1 || j.Closed[0].Kind != catalog.FindingMoved || len(j.Changes) != 2 || len(j.Opened) != 0 {
			t.Errorf("%s: %+v, want the finding closed", name, j)
		}
	}
}
