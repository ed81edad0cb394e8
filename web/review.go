package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"waymark/catalog"
)

// Reviewer keeps what people decide on findings.
type Reviewer interface {
	Review(ctx context.Context, req catalog.ReviewRequest, now time.Time) (catalog.Review, error)
	Withdraw(ctx context.Context, review int64, by string, now time.Time) error
}

// review keeps what somebody decided by a form, and goes back to where it was.
func (s *site) review(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	back := backTo(r, "/flagged")
	by, err := s.decider(r, back)
	if err != nil {
		return err
	}
	if s.Reviewer == nil {
		return readOnly()
	}
	id, err := pathNumber(r)
	if err != nil {
		return err
	}
	req := catalog.ReviewRequest{Finding: id, Version: r.PostFormValue("version"), Decision: catalog.ReviewState(r.PostFormValue("decision")),
		Reason: r.PostFormValue("reason"), By: by}
	if req.Decision == catalog.ReviewAside {
		if req.Until, err = until(r.PostFormValue("for"), r.PostFormValue("until"), s.Now()); err != nil {
			return err
		}
	}
	if _, err := s.Reviewer.Review(r.Context(), req, s.Now()); err != nil {
		return err
	}
	say(w, string(req.Decision), 0)
	http.Redirect(w, r, back, http.StatusSeeOther)
	return nil
}

// until reads for how long something is set aside: a number of days, or a date, on which it comes back.
func until(days, date string, now time.Time) (time.Time, error) {
	if days != "date" {
		n, err := strconv.Atoi(days)
		if err != nil || n < 1 {
			return time.Time{}, badRequest("The number of days is not understood.", "Go back and choose for how long it is set aside.")
		}
		return now.AddDate(0, 0, n), nil
	}
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return time.Time{}, badRequest("The date is not understood.", "Go back and give it as year, month and day, such as 2026-12-31.")
	}
	return day, nil
}

// undo takes a decision back.
func (s *site) undo(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	back := backTo(r, "/flagged")
	by, err := s.decider(r, back)
	if err != nil {
		return err
	}
	if s.Reviewer == nil {
		return readOnly()
	}
	id, err := pathNumber(r)
	if err != nil {
		return err
	}
	if err := s.Reviewer.Withdraw(r.Context(), id, by, s.Now()); err != nil {
		return err
	}
	say(w, "undone", 0)
	http.Redirect(w, r, back, http.StatusSeeOther)
	return nil
}
