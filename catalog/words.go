package catalog

import "slices"

// State is what Waymark believes of a resource. The set is closed; states are stored as text.
type State string

// The states.
const (
	Unchecked State = "unchecked" // not judged yet
	OK        State = "ok"        // the page is there
	Failing   State = "failing"   // bad, not yet confirmed
	Dead      State = "dead"      // bad, confirmed over time
	Blocked   State = "blocked"   // the host answers but does not let us judge
	Skipped   State = "skipped"   // never visited, on purpose
)

// States returns every state, the healthy first and the never visited last.
func States() []State { return []State{OK, Failing, Dead, Blocked, Unchecked, Skipped} }

// Valid reports whether s belongs to the closed set.
func (s State) Valid() bool { return slices.Contains(States(), s) }

// Determined reports whether s says something about the page itself. Blocked, unchecked and skipped do not.
func (s State) Determined() bool { return s == OK || s == Failing || s == Dead }

// Reason is the closed label of why a resource is in its state.
type Reason string

// The reasons.
const (
	ReasonOK                Reason = "ok"
	ReasonNotFound          Reason = "not-found"
	ReasonGone              Reason = "gone"
	ReasonSoft404           Reason = "soft-404"
	ReasonParked            Reason = "parked"
	ReasonEmpty             Reason = "empty"
	ReasonClientError       Reason = "client-error"
	ReasonServerError       Reason = "server-error"
	ReasonDNS               Reason = "dns"
	ReasonRefused           Reason = "refused"
	ReasonUnreachable       Reason = "unreachable"
	ReasonReset             Reason = "reset"
	ReasonTimeout           Reason = "timeout"
	ReasonTLS               Reason = "tls"
	ReasonProtocol          Reason = "protocol"
	ReasonRedirectLoop      Reason = "redirect-loop"
	ReasonBadRedirect       Reason = "bad-redirect"
	ReasonUnauthorized      Reason = "unauthorized"
	ReasonForbidden         Reason = "forbidden"
	ReasonRateLimited       Reason = "rate-limited"
	ReasonChallenge         Reason = "challenge"
	ReasonRobots            Reason = "robots"
	ReasonPrivateAddress    Reason = "private-address"
	ReasonInvalidURL        Reason = "invalid-url"
	ReasonUnsupportedScheme Reason = "unsupported-scheme"
	ReasonRule              Reason = "rule"
	ReasonOffline           Reason = "offline"
	ReasonUnchecked         Reason = "unchecked"
)

// Reasons returns every reason, in the order of the design.
func Reasons() []Reason {
	return []Reason{
		ReasonOK, ReasonNotFound, ReasonGone, ReasonSoft404, ReasonParked, ReasonEmpty, ReasonClientError,
		ReasonServerError, ReasonDNS, ReasonRefused, ReasonUnreachable, ReasonReset, ReasonTimeout, ReasonTLS,
		ReasonProtocol, ReasonRedirectLoop, ReasonBadRedirect, ReasonUnauthorized, ReasonForbidden,
		ReasonRateLimited, ReasonChallenge, ReasonRobots, ReasonPrivateAddress, ReasonInvalidURL,
		ReasonUnsupportedScheme, ReasonRule, ReasonOffline, ReasonUnchecked,
	}
}

// Valid reports whether r belongs to the closed set.
func (r Reason) Valid() bool { return slices.Contains(Reasons(), r) }

// Kind is what a placement recommends, in the lists' own words.
type Kind string

// The kinds.
const (
	Article    Kind = "article"
	Official   Kind = "official"
	Video      Kind = "video"
	Course     Kind = "course"
	Book       Kind = "book"
	OpenSource Kind = "opensource"
	Feed       Kind = "feed"
	Podcast    Kind = "podcast"
	Roadmap    Kind = "roadmap"
	Paper      Kind = "paper"
	Tool       Kind = "tool"
	Community  Kind = "community"
	Other      Kind = "other"
)

// Kinds returns every kind.
func Kinds() []Kind {
	return []Kind{Article, Official, Video, Course, Book, OpenSource, Feed, Podcast, Roadmap, Paper, Tool, Community, Other}
}

// Valid reports whether k belongs to the closed set.
func (k Kind) Valid() bool { return slices.Contains(Kinds(), k) }

// FindingKind is what a finding is about.
type FindingKind string

// The kinds of finding, the most harmful first.
const (
	FindingDead          FindingKind = "dead"           // the page is gone, confirmed
	FindingMissingAnchor FindingKind = "missing-anchor" // the page lacks the wanted fragment
	FindingOffSite       FindingKind = "off-site"       // lands on another registrable domain
	FindingMoved         FindingKind = "moved"          // permanent redirect
	FindingArchived      FindingKind = "archived"       // given up by its makers
	FindingDrifted       FindingKind = "drifted"        // the page became another
	FindingStale         FindingKind = "stale"          // older than its kind may be
	FindingInsecure      FindingKind = "insecure"       // http where https serves the same page
	FindingCertificate   FindingKind = "certificate"    // expires soon
	FindingDuplicate     FindingKind = "duplicate"      // recommended twice in a source
)

// FindingKinds returns every kind of finding, the most harmful first.
func FindingKinds() []FindingKind {
	return []FindingKind{
		FindingDead, FindingMissingAnchor, FindingOffSite, FindingMoved, FindingArchived, FindingDrifted,
		FindingStale, FindingInsecure, FindingCertificate, FindingDuplicate,
	}
}

// Valid reports whether k belongs to the closed set.
func (k FindingKind) Valid() bool { return slices.Contains(FindingKinds(), k) }

// Confidence is how far something that was read off a page can be believed.
type Confidence string

// The degrees of confidence. Only what is high or medium can open a finding.
const (
	High   Confidence = "high"   // said of the page itself, in a form meant for machines
	Medium Confidence = "medium" // said of the page, in words or in its address
	Low    Confidence = "low"    // may be about something else, such as the server's files
)
