package catalog

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// ReviewState is what people decided on a finding, as it holds at a moment.
type ReviewState string

// The states of review.
const (
	ReviewOpen  ReviewState = "open"  // nobody decided, or the decision ended
	ReviewKept  ReviewState = "kept"  // a person agrees: it stands, to be mended
	ReviewAside ReviewState = "aside" // not to be shown until a time
)

// ReviewStates returns every state of review.
func ReviewStates() []ReviewState { return []ReviewState{ReviewOpen, ReviewKept, ReviewAside} }

// Valid reports whether s belongs to the closed set.
func (s ReviewState) Valid() bool { return slices.Contains(ReviewStates(), s) }

// Review is a person's decision on a finding. It is about the resource, the kind and the fragment, so that it outlives
// a finding that closes and opens again. The latest decision on a subject replaces those before it.
type Review struct {
	ID       int64 // rising
	Resource int64
	Kind     FindingKind
	Fragment string
	Decision ReviewState // kept or aside
	Reason   string
	By       string
	At       time.Time
	Until    time.Time // from this moment on it holds no more; zero: without end

	Withdrawn   time.Time // zero when it was not
	WithdrawnBy string
	Replaced    time.Time // by a later decision; zero when it was not

	Batch int64 // the first of the reviews that were made at once, of a host that died; 0: made alone
}

// State returns what the review means at a moment. What was set aside comes back by itself when its time is over:
// nothing needs to be written then.
func (r Review) State(at time.Time) ReviewState {
	switch {
	case r.ID == 0, !r.Withdrawn.IsZero(), !r.Replaced.IsZero():
		return ReviewOpen
	case !r.Until.IsZero() && !at.Before(r.Until):
		return ReviewOpen
	default:
		return r.Decision
	}
}

// ReviewRequest is a decision that a person wants to make.
type ReviewRequest struct {
	Finding  int64
	Version  string // of what the person saw: [Flag.Version]
	Decision ReviewState
	Reason   string
	By       string
	Until    time.Time // for aside; zero for kept
}

// HostReviewRequest is a decision on all that is open of the death of a host of which nothing lives any more.
type HostReviewRequest struct {
	Host     string
	Source   string // of this source alone; empty: of all
	Version  string // of the group that the person saw: [FlagGroup.Version]
	Decision ReviewState
	Reason   string
	By       string
	Until    time.Time // for aside; zero for kept
}

// On returns the same decision on one finding of the host, whose version is that of now: what was seen of the group is
// what its own version says.
func (r HostReviewRequest) On(f Finding) ReviewRequest {
	return ReviewRequest{Finding: f.ID, Version: f.Version(), Decision: r.Decision, Reason: r.Reason, By: r.By, Until: r.Until}
}

// The bounds of a review.
const (
	LongestReason = 500                  // characters of a reason
	LongestName   = 80                   // characters of a person's name
	LongestAside  = 366 * 24 * time.Hour // that something can be set aside for
)

// Decide returns the review that a request comes to, on a finding as it is stored and the decision on it that is in force,
// whose ID is 0 when there is none. The error is [ErrConflict] when either is another than the person saw, and wraps
// [ErrInvalid] when the request lacks something.
func Decide(resource int64, f Finding, standing Review, req ReviewRequest, now time.Time) (Review, error) {
	r := Review{Resource: resource, Kind: f.Kind, Fragment: f.Fragment, Decision: req.Decision, At: now, Until: req.Until,
		Reason: strings.TrimSpace(req.Reason), By: strings.TrimSpace(req.By)}
	if f.ID != req.Finding || f.versionUnder(standing) != req.Version {
		return Review{}, ErrConflict
	}
	if problem := r.problem(now); problem != "" {
		return Review{}, fmt.Errorf("%w: %s", ErrInvalid, problem)
	}
	return r, nil
}

// problem says what a review lacks, for the person who makes it.
func (r Review) problem(now time.Time) string {
	switch {
	case r.Decision != ReviewKept && r.Decision != ReviewAside:
		return "a finding can be kept or set aside"
	case r.By == "" || utf8.RuneCountInString(r.By) > LongestName:
		return fmt.Sprintf("say who decides, in at most %d characters", LongestName)
	case utf8.RuneCountInString(r.Reason) > LongestReason:
		return fmt.Sprintf("give the reason in at most %d characters", LongestReason)
	case r.Decision == ReviewKept && !r.Until.IsZero():
		return "what is kept has no end; leave the time out"
	case r.Decision == ReviewKept:
		return ""
	case r.Reason == "":
		return "say why it is set aside; whoever meets it later needs to know"
	case !r.Until.After(now):
		return "set it aside until a time to come"
	case r.Until.Sub(now) > LongestAside:
		return "set it aside for a year at most; it can be set aside again then"
	}
	return ""
}

// ReviewQuery selects reviews. Empty fields do not filter. Of those that were made at once only the first is given, unless
// they are those of one resource.
type ReviewQuery struct {
	Resource int64
	Kind     FindingKind // with Resource
	Before   int64       // reviews with lower numbers: the next page; 0: from the latest
	Limit    int         // 0: 50; at most 500
}

// Reviewed is a review together with the resource that it is about.
type Reviewed struct {
	Review
	URL   string
	Title string
	Open  bool // the finding is open now

	Host     string
	Together int // reviews made at once, of which this is the first; 0: made alone
	Standing int // of them, neither withdrawn nor replaced
}
