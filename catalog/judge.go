package catalog

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// weight is what one observation is worth.
type weight int

const (
	undetermined weight = iota // neither adds nor clears a strike
	good                       // clears all strikes
	doubtful                   // a strike that needs much confirmation
	definite                   // a strike that needs little
)

// reading is what one observation says, taken by itself.
type reading struct {
	weight  weight
	state   State // of an undetermined one: Blocked or Skipped
	reason  Reason
	message string
}

// Judge weighs an observation against what was believed before and says what to believe now. It is pure: the
// same arguments give the same judgement. One bad observation never means dead, unless the policy says so.
func Judge(previous Standing, seen Observation, policy Policy, now time.Time) Judgement {
	previous.Verdict = previous.Verdict.notAhead(now)
	read, by := interpret(seen, policy)
	if hostIsBroken(previous.Verdict, seen, policy, now) {
		read = reading{doubtful, Failing, ReasonServerError, read.message}
	}
	j := conclude(previous, read, seen, policy, now)
	j.Rule = by.name
	return j
}

// hostIsBroken reports whether a host has failed to serve its robots.txt for as long as a doubtful death takes to
// confirm. Until then nothing may be visited there (RFC 9309, section 2.3.1.4), which says nothing of the page; from
// then on it says that the host does not work.
func hostIsBroken(previous Verdict, seen Observation, policy Policy, now time.Time) bool {
	f := seen.Failure
	if f == nil || f.Reason != ReasonRobots || !f.ServerError || policy.Doubtful.Times == 0 {
		return false
	}
	switch previous.State {
	case Blocked:
		return previous.Reason == ReasonRobots && now.Sub(previous.Since) >= policy.Doubtful.Over
	case Failing, Dead:
		return previous.Reason == ReasonServerError
	}
	return false
}

// Skip is the judgement on a resource that is never visited; reason says why. Its findings are closed.
func Skip(previous Standing, reason Reason, now time.Time) Judgement {
	read := reading{undetermined, Skipped, reason, skipMessage(reason)}
	return conclude(previous, read, Observation{}, Policy{}, now)
}

// conclude draws the consequences of a reading.
func conclude(previous Standing, read reading, seen Observation, policy Policy, now time.Time) Judgement {
	verdict := weigh(previous.Verdict, read, policy, now)
	verdict.Message += circumstances(previous, verdict)
	modified := modifiedBy(seen, previous.Modified)
	read.message += ofHost(previous.HostDown, verdict)
	holding, settled := findings(verdict, read, seen, modified, policy, now)
	j := Judgement{Verdict: verdict, Modified: modified}
	j.Prints = previous.Prints
	if read.weight == good {
		j.Prints = previous.Prints.watched(seen, policy, now)
		j.Verdict.Rate = verdict.Rate.after(seen, previous.Verdict.LastOK, now)
		holding = withDrift(holding, driftFinding(j.Prints, previous.Listed, previous.Findings), now)
	}
	j.Opened, j.Closed = compareFindings(previous.Findings, holding, settled)
	j.Changes = changes(previous, verdict, j, now)
	return j
}

// flapping is how many turns in 30 days are told as such.
const flapping = 4

// circumstances says what else a person should know: that the host fails as a whole, or that the resource comes and goes.
func circumstances(previous Standing, v Verdict) string {
	text := ofHost(previous.HostDown, v)
	if previous.Turns >= flapping && v.State.Determined() {
		text += fmt.Sprintf(" It comes and goes: its state turned %d times in 30 days.", previous.Turns)
	}
	return text
}

// ofHost says that a bad resource is part of one event: a host that fails as a whole, which no 404 shows.
func ofHost(down int, v Verdict) string {
	host := []Reason{ReasonDNS, ReasonRefused, ReasonUnreachable, ReasonReset, ReasonTimeout, ReasonTLS, ReasonProtocol, ReasonServerError, ReasonParked}
	if down == 0 || v.State != Failing && v.State != Dead || !slices.Contains(host, v.Reason) {
		return ""
	}
	return fmt.Sprintf(" The host fails as a whole: so do all %d of its resources that could be judged.", down)
}

func skipMessage(reason Reason) string {
	switch reason {
	case ReasonUnsupportedScheme:
		return "Never visited: only http and https links are checked."
	case ReasonPrivateAddress:
		return "Never visited: the link names a private or local address."
	default:
		return "Never visited: a rule of this installation says so."
	}
}

// weigh turns a reading into a verdict, given the one before. What was dead stays dead until a visit finds it in
// order: another fault, or a door closed for a while, is no recovery.
func weigh(previous Verdict, read reading, policy Policy, now time.Time) Verdict {
	v := previous
	v.Reason, v.Message = read.reason, read.message
	switch read.weight {
	case undetermined:
		v.State = read.state
	case good:
		v.State, v.Strikes, v.LastOK = OK, Strikes{}, now
		v.Steady++
	case doubtful, definite:
		v.Steady = 0
		v.Strikes = strike(previous.Strikes, read.weight, spread(needed(read.weight, policy)), now)
		v.State = Failing
		if previous.Determined == Dead || confirmed(v.Strikes, read.weight, policy, now) {
			v.State = Dead
		}
		v.Message += outlook(v, needed(read.weight, policy))
	}
	switch {
	case v.State.Determined():
		v.Determined = v.State
	case v.State == Skipped:
		v.Determined = ""
	}
	if v.State != previous.State {
		v.Since = now
	}
	return v
}

// spread returns how far apart strikes have to be to count as two: ten minutes, less where all is confirmed sooner. What
// a retry or an impatient person sees again at once is the same event.
func spread(need Confirm) time.Duration { return min(10*time.Minute, need.Over/4) }

func strike(s Strikes, w weight, apart time.Duration, now time.Time) Strikes {
	again := s.Bad > 0 && !s.Last.IsZero() && now.Sub(s.Last) < apart
	if !again {
		if s.Bad == 0 {
			s.BadSince = now
		}
		s.Bad++
		s.Last = now
	}
	if w == definite && (!again || s.Definite == 0) {
		if s.Definite == 0 {
			s.DefiniteSince = now
		}
		s.Definite++
	}
	return s
}

// confirmed reports whether the strikes, of which one of weight w fell now, are enough. A doubtful one cannot complete
// the definite ones: their span ends with the last of them.
func confirmed(s Strikes, w weight, policy Policy, now time.Time) bool {
	return w == definite && policy.Definite.met(s.Definite, s.DefiniteSince, now) || policy.Doubtful.met(s.Bad, s.BadSince, now)
}

// needed returns what confirms a bad reading of the weight.
func needed(w weight, policy Policy) Confirm {
	if w == definite {
		return policy.Definite
	}
	return policy.Doubtful
}

// outlook says what would change a bad verdict.
func outlook(v Verdict, need Confirm) string {
	switch {
	case v.State == Dead && v.Strikes.Bad > 1:
		return fmt.Sprintf(" Seen %d times since %s.", v.Strikes.Bad, v.Strikes.BadSince.UTC().Format(time.DateOnly))
	case v.State == Dead, need.Times == 0:
		return ""
	default:
		return fmt.Sprintf(" Dead once seen %d times over %s.", need.Times, span(need.Over))
	}
}

// span writes a duration as people say it.
func span(d time.Duration) string {
	switch {
	case d >= 2*day:
		return fmt.Sprintf("%d days", int(d/day))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", int(d/time.Hour))
	case d >= 2*time.Minute:
		return fmt.Sprintf("%d minutes", int(d/time.Minute))
	default:
		return fmt.Sprintf("%d seconds", int(d/time.Second))
	}
}

// ofFailure judges a visit without an answer.
func ofFailure(f Failure, seen Observation) reading {
	message := failureMessage(f)
	switch f.Reason {
	case ReasonRobots, ReasonRateLimited:
		return reading{undetermined, Blocked, f.Reason, message}
	case ReasonPrivateAddress:
		if len(seen.Hops) > 1 {
			return reading{definite, Failing, ReasonBadRedirect, "Redirects to an address that is not public: " + f.Detail + "."}
		}
		return reading{undetermined, Skipped, f.Reason, message}
	case ReasonDNS:
		if f.NoSuchHost {
			return reading{definite, Failing, f.Reason, message}
		}
	case ReasonNotFound, ReasonRedirectLoop, ReasonBadRedirect, ReasonInvalidURL:
		return reading{definite, Failing, f.Reason, message}
	}
	return reading{doubtful, Failing, f.Reason, message}
}

func failureMessage(f Failure) string {
	lead := map[Reason]string{
		ReasonDNS: "The host name was not resolved", ReasonRefused: "The host refused the connection",
		ReasonUnreachable: "The host is unreachable", ReasonReset: "The connection was cut",
		ReasonTimeout: "No answer in time", ReasonTLS: "No secure connection", ReasonProtocol: "The answer is not valid HTTP",
		ReasonRedirectLoop: "The redirects lead nowhere", ReasonBadRedirect: "The redirect cannot be followed",
		ReasonPrivateAddress: "The link leads to an address that is not public", ReasonInvalidURL: "Not a valid link",
		ReasonRobots: "The host's robots.txt forbids the visit", ReasonRateLimited: "The host asked to be left alone", ReasonNotFound: "The source has no such file",
	}[f.Reason]
	if f.Reason == ReasonDNS && f.NoSuchHost {
		lead = "The host name does not exist"
	}
	if lead == "" {
		lead = "No usable answer"
	}
	if f.Detail == "" {
		return lead + "."
	}
	return lead + ": " + strings.TrimSuffix(f.Detail, ".") + "."
}

// ofStatus judges an answer by its status alone (RFC 9110, section 15).
func ofStatus(status int) reading {
	message := fmt.Sprintf("Answered %s.", statusText(status))
	switch {
	case status/100 == 2, status == http.StatusNotModified:
		return reading{good, OK, ReasonOK, message}
	case status/100 == 3:
		return reading{definite, Failing, ReasonBadRedirect, fmt.Sprintf("Answered %s, and leads no further.", statusText(status))}
	case status == http.StatusNotFound:
		return reading{definite, Failing, ReasonNotFound, message}
	case status == http.StatusGone:
		return reading{definite, Failing, ReasonGone, message}
	case status == http.StatusUnauthorized:
		return reading{undetermined, Blocked, ReasonUnauthorized, message}
	case status == http.StatusTooManyRequests:
		return reading{undetermined, Blocked, ReasonRateLimited, message}
	case slices.Contains([]int{402, 403, 406, 407, 451, 999}, status):
		return reading{undetermined, Blocked, ReasonForbidden, message}
	case status == http.StatusRequestTimeout:
		return reading{doubtful, Failing, ReasonTimeout, message}
	case status/100 == 4:
		return reading{doubtful, Failing, ReasonClientError, message}
	case status/100 == 5:
		return reading{doubtful, Failing, ReasonServerError, message}
	default:
		return reading{doubtful, Failing, ReasonProtocol, message}
	}
}

func statusText(status int) string {
	if text := http.StatusText(status); text != "" {
		return fmt.Sprintf("%d %s", status, text)
	}
	return fmt.Sprint(status)
}
