package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"waymark/catalog"
)

// Reviewer keeps what people decide on findings.
type Reviewer interface {
	Review(ctx context.Context, req catalog.ReviewRequest, now time.Time) (catalog.Review, error)
	// ReviewHost decides on all that is open of the death of a host. It returns the first review and their number.
	ReviewHost(ctx context.Context, req catalog.HostReviewRequest, now time.Time) (first catalog.Review, n int, err error)
	Withdraw(ctx context.Context, review int64, by string, now time.Time) error
	WithdrawBatch(ctx context.Context, first int64, by string, now time.Time) error
}

// deciding returns who decides by a form, and the page to go back to.
func (s *site) deciding(w http.ResponseWriter, r *http.Request) (by, back string, err error) {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	back = s.backTo(r, "/flagged")
	if by, err = s.decider(r, back); err == nil && s.Reviewer == nil {
		err = readOnly()
	}
	return by, back, err
}

// review keeps what somebody decided by a form, and goes back to where it was.
func (s *site) review(w http.ResponseWriter, r *http.Request) error {
	by, back, err := s.deciding(w, r)
	if err != nil {
		return err
	}
	id, err := pathNumber(r)
	if err != nil {
		return err
	}
	req, wrong := reviewAsked(r, s.Now())
	if len(wrong) > 0 {
		return badFields(wrong)
	}
	req.Finding, req.By = id, by
	made, err := s.Reviewer.Review(r.Context(), req, s.Now())
	if err != nil {
		return noFinding(err)
	}
	return decidedOn(w, r, made, back)
}

// reviewHost is review for all that is open of a host of which nothing lives.
func (s *site) reviewHost(w http.ResponseWriter, r *http.Request) error {
	by, back, err := s.deciding(w, r)
	if err != nil {
		return err
	}
	one, wrong := reviewAsked(r, s.Now())
	if len(wrong) > 0 {
		return badFields(wrong)
	}
	made, _, err := s.Reviewer.ReviewHost(r.Context(), catalog.HostReviewRequest{Host: r.PathValue("host"), Source: r.PostFormValue("source"),
		Version: one.Version, Decision: one.Decision, Reason: one.Reason, By: by, Until: one.Until}, s.Now())
	if err != nil {
		return noDeath(err)
	}
	return decidedOn(w, r, made, back)
}

// decidedOn goes back to where a decision was made, and has the page name it.
func decidedOn(w http.ResponseWriter, r *http.Request, made catalog.Review, back string) error {
	say(w, decision, int(made.ID))
	http.Redirect(w, r, atFinding(back, r.PostFormValue("next")), http.StatusSeeOther)
	return nil
}

// atFinding is the place of a finding on a page, so that whoever decides on one after the other goes on with the next.
func atFinding(page, number string) string {
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil || id < 1 {
		return page
	}
	page, _, _ = strings.Cut(page, "#")
	return page + "#finding-" + strconv.FormatInt(id, 10)
}

// reviewAsked reads the form of a decision, and says what is wrong with its fields.
func reviewAsked(r *http.Request, now time.Time) (req catalog.ReviewRequest, wrong map[string]string) {
	req = catalog.ReviewRequest{Version: r.PostFormValue("version"), Decision: catalog.ReviewState(r.PostFormValue("decision")),
		Reason: strings.TrimSpace(r.PostFormValue("reason"))}
	if req.Decision != catalog.ReviewAside {
		return req, nil
	}
	wrong = map[string]string{}
	if req.Reason == "" {
		wrong["reason"] = "Say why it is set aside; whoever meets it later needs to know."
	}
	var problem string
	if req.Until, problem = until(r.PostFormValue("for"), r.PostFormValue("until"), now); problem != "" {
		wrong["until"] = problem
	}
	return req, wrong
}

// until reads for how long something is set aside: until a date, on which it comes back, or for a number of days. A date
// that was entered holds, whatever is chosen beside it: nobody enters one to have it ignored.
func until(days, date string, now time.Time) (end time.Time, problem string) {
	if date == "" && days != "date" {
		n, err := strconv.Atoi(days)
		if err != nil || n < 1 {
			return time.Time{}, "Choose for how long it is set aside."
		}
		end = now.AddDate(0, 0, n)
	} else {
		day, err := time.Parse(time.DateOnly, date)
		if err != nil {
			return time.Time{}, "Give the day as year, month and day, such as 2026-12-31."
		}
		end = day
	}
	switch {
	case !end.After(now):
		return time.Time{}, "Set it aside until a day to come."
	case end.Sub(now) > catalog.LongestAside:
		return time.Time{}, "Set it aside for a year at most; it can be set aside again then."
	}
	return end, ""
}

// undo takes a decision back; with "together" all that were made at once.
func (s *site) undo(w http.ResponseWriter, r *http.Request) error {
	by, back, err := s.deciding(w, r)
	if err != nil {
		return err
	}
	id, err := pathNumber(r)
	if err != nil {
		return err
	}
	withdraw := s.Reviewer.Withdraw
	if r.PostFormValue("together") != "" {
		withdraw = s.Reviewer.WithdrawBatch
	}
	if err := withdraw(r.Context(), id, by, s.Now()); err != nil {
		return noReview(err)
	}
	say(w, "undone", 0)
	http.Redirect(w, r, atFinding(back, r.PostFormValue("next")), http.StatusSeeOther)
	return nil
}
