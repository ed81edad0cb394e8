package catalog_test

import (
	"testing"
	"time"

	"waymark/catalog"
)

func TestQuietUntil(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	hour := time.Hour
	night := catalog.Quiet{From: 22 * hour, To: 6 * hour, Zone: berlin}
	noon := catalog.Quiet{From: 11*hour + 30*time.Minute, To: 13 * hour, Zone: berlin}
	tests := map[string]struct {
		quiet catalog.Quiet
		now   string // by the wall in Berlin, or with an offset
		until string // empty: not quiet
	}{
		"none":                            {catalog.Quiet{}, "2026-03-01T23:00:00+01:00", ""},
		"before the evening":              {night, "2026-03-01T21:59:59+01:00", ""},
		"the evening":                     {night, "2026-03-01T22:00:00+01:00", "2026-03-02T06:00:00+01:00"},
		"after midnight":                  {night, "2026-03-02T00:30:00+01:00", "2026-03-02T06:00:00+01:00"},
		"the end is not quiet":            {night, "2026-03-02T06:00:00+01:00", ""},
		"over the end of a year":          {night, "2025-12-31T23:30:00+01:00", "2026-01-01T06:00:00+01:00"},
		"the first of a month":            {night, "2026-03-01T01:00:00+01:00", "2026-03-01T06:00:00+01:00"},
		"told in another zone":            {night, "2026-03-01T22:30:00Z", "2026-03-02T06:00:00+01:00"},
		"evening there, not here":         {night, "2026-03-01T22:00:00+09:00", ""},
		"within a day":                    {noon, "2026-03-01T12:59:59+01:00", "2026-03-01T13:00:00+01:00"},
		"before it":                       {noon, "2026-03-01T11:29:59+01:00", ""},
		"the night clocks go forward":     {night, "2026-03-28T23:00:00+01:00", "2026-03-29T06:00:00+02:00"},
		"the night clocks go back":        {night, "2026-10-24T23:00:00+02:00", "2026-10-25T06:00:00+01:00"},
		"the second time the clock shows": {night, "2026-10-25T02:30:00+01:00", "2026-10-25T06:00:00+01:00"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, test.now)
			if err != nil {
				t.Fatal(err)
			}
			var want time.Time
			if test.until != "" {
				if want, err = time.Parse(time.RFC3339, test.until); err != nil {
					t.Fatal(err)
				}
			}
			if got := catalog.QuietUntil(catalog.HostRule{Quiet: test.quiet}, now); !got.Equal(want) {
				t.Errorf("until %s, want %s", got, want)
			}
		})
	}
}
