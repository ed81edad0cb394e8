package catalog

import "time"

// notAhead brings times of a verdict that lie ahead to now. A clock that has been put back since wrote them, and nothing
// would be confirmed until it is that late again.
func (v Verdict) notAhead(now time.Time) Verdict {
	for _, at := range []*time.Time{&v.Since, &v.LastOK, &v.Strikes.DefiniteSince, &v.Strikes.BadSince, &v.Strikes.Last} {
		if at.After(now) {
			*at = now
		}
	}
	return v
}
