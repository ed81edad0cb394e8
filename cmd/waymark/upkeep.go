package main

import (
	"context"
	"time"
)

// upkeepEvery is how often the day is written, beside after each sync.
const upkeepEvery = 5 * time.Minute

// upkeep keeps what nobody waits for: how the sources stand today, and the sessions that are over. A failure is logged
// and tried again, as the service works without either.
func (s *service) upkeep(ctx context.Context) error {
	ticker := time.NewTicker(upkeepEvery)
	defer ticker.Stop()
	for {
		if err := s.store.SaveDay(ctx, time.Now()); err != nil && ctx.Err() == nil {
			s.logger.Error("the numbers of the day were not saved", "error", err)
		}
		if err := s.store.Sessions().DeleteExpired(ctx); err != nil && ctx.Err() == nil {
			s.logger.Error("old sessions were not removed", "error", err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		case <-s.synced:
		}
	}
}
