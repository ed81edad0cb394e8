package sqlite

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"waymark/catalog"
)

// talliesHold compares what the triggers counted with what a count finds.
func talliesHold(s *Store) error {
	checks := map[string]string{
		"placed": `SELECT count(*) FROM resources r WHERE placed <>
			(SELECT count(*) FROM placements WHERE resource_id = r.id AND retired_at IS NULL)`,
		"memberships": `WITH real AS (
				SELECT resource_id, source_id, '' AS section, count(*) AS n FROM placements WHERE retired_at IS NULL GROUP BY 1, 2
				UNION ALL SELECT resource_id, 0, '', count(*) FROM placements WHERE retired_at IS NULL GROUP BY 1
				UNION ALL SELECT p.resource_id, p.source_id, s.top, count(*) FROM placements p JOIN sections s ON s.id = p.section_id
					WHERE p.retired_at IS NULL AND s.top <> '' GROUP BY 1, 2, 3)
			SELECT count(*) FROM (SELECT * FROM (SELECT * FROM real EXCEPT SELECT * FROM memberships)
				UNION ALL SELECT * FROM (SELECT * FROM memberships EXCEPT SELECT * FROM real))`,
		"state tallies": `WITH real AS (SELECT m.source_id, section, state, count(*) AS n FROM memberships m JOIN resources r ON r.id = m.resource_id GROUP BY 1, 2, 3)
			SELECT count(*) FROM (SELECT * FROM (SELECT * FROM real EXCEPT SELECT * FROM state_tallies)
				UNION ALL SELECT * FROM (SELECT * FROM state_tallies WHERE count <> 0 EXCEPT SELECT * FROM real))`,
		"finding tallies": `WITH real AS (SELECT source_id, section, kind, count(*) AS n FROM memberships JOIN findings USING (resource_id)
				WHERE closed_at IS NULL GROUP BY 1, 2, 3)
			SELECT count(*) FROM (SELECT * FROM (SELECT * FROM real EXCEPT SELECT * FROM finding_tallies)
				UNION ALL SELECT * FROM (SELECT * FROM finding_tallies WHERE count <> 0 EXCEPT SELECT * FROM real))`,
		"age tallies": `WITH real AS (SELECT m.source_id, r.modified_month, count(*) AS n FROM memberships m JOIN resources r ON r.id = m.resource_id
				WHERE m.section = '' AND r.modified_at IS NOT NULL GROUP BY 1, 2)
			SELECT count(*) FROM (SELECT * FROM (SELECT * FROM real EXCEPT SELECT * FROM age_tallies)
				UNION ALL SELECT * FROM (SELECT * FROM age_tallies WHERE count <> 0 EXCEPT SELECT * FROM real))`,
		"host tallies": `WITH real AS (SELECT host_id, count(*), sum(state = 'unchecked'), sum(state = 'ok'), sum(state = 'failing'), sum(state = 'dead'),
				sum(state = 'blocked'), sum(state = 'skipped') FROM resources WHERE placed > 0 AND host_id IS NOT NULL GROUP BY 1),
				kept AS (SELECT host_id, resources, unchecked, ok, failing, dead, blocked, skipped FROM host_tallies WHERE resources <> 0 OR trouble <> 0)
			SELECT count(*) FROM (SELECT * FROM (SELECT * FROM real EXCEPT SELECT * FROM kept) UNION ALL SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM real))`,
		"flags": `WITH real AS (SELECT m.source_id, f.harm, -r.placed, f.opened_at, f.id FROM findings f JOIN resources r ON r.id = f.resource_id
					JOIN memberships m ON m.resource_id = r.id AND m.section = '' WHERE f.closed_at IS NULL
				UNION ALL SELECT -r.host_id, f.harm, -r.placed, f.opened_at, f.id FROM findings f JOIN resources r ON r.id = f.resource_id
					WHERE f.closed_at IS NULL AND r.placed > 0 AND r.host_id IS NOT NULL)
			SELECT count(*) FROM (SELECT * FROM (SELECT * FROM real EXCEPT SELECT * FROM flags) UNION ALL SELECT * FROM (SELECT * FROM flags EXCEPT SELECT * FROM real))`,
		"branches of placements": `SELECT count(*) FROM placements p JOIN sections s ON s.id = p.section_id LEFT JOIN branches b ON b.id = p.branch_id
			WHERE p.retired_at IS NULL AND (b.source_id, b.file, b.headings) IS NOT (p.source_id, p.file, s.headings)`,
		"branch tallies": `WITH RECURSIVE up (id, state, sore) AS (
				SELECT p.branch_id, r.state, r.state IN ('failing', 'dead') FROM placements p JOIN resources r ON r.id = p.resource_id WHERE p.retired_at IS NULL
				UNION ALL SELECT b.parent_id, up.state, 0 FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL),
			real AS (SELECT id, count(*), sum(state = 'unchecked'), sum(state = 'ok'), sum(state = 'failing'), sum(state = 'dead'),
				sum(state = 'blocked'), sum(state = 'skipped'), sum(sore) FROM up GROUP BY id),
			kept AS (SELECT id, links, unchecked, ok, failing, dead, blocked, skipped, sore FROM branches
				WHERE (links, unchecked, ok, failing, dead, blocked, skipped, sore) <> (0, 0, 0, 0, 0, 0, 0, 0))
			SELECT count(*) FROM (SELECT * FROM (SELECT * FROM real EXCEPT SELECT * FROM kept) UNION ALL SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM real))`,
		"branch findings": `WITH RECURSIVE up (id, kind) AS (
				SELECT p.branch_id, f.kind FROM placements p JOIN findings f ON f.resource_id = p.resource_id AND (f.fragment = '' OR f.fragment = p.fragment)
					WHERE p.retired_at IS NULL AND f.closed_at IS NULL
				UNION ALL SELECT b.parent_id, up.kind FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL),
			real AS (SELECT id, kind, count(*) FROM up GROUP BY 1, 2)
			SELECT count(*) FROM (SELECT * FROM (SELECT * FROM real EXCEPT SELECT * FROM branch_findings)
				UNION ALL SELECT * FROM (SELECT * FROM branch_findings WHERE count <> 0 EXCEPT SELECT * FROM real))`,
		"first placements": `SELECT count(*) FROM resources r WHERE placed > 0 AND (kind, list_title) IS NOT
			(SELECT kind, title FROM placements WHERE resource_id = r.id AND retired_at IS NULL ORDER BY id LIMIT 1)`,
		"due": `SELECT count(*) FROM resources WHERE (due_at IS NOT NULL) <> (placed > 0 AND host_id IS NOT NULL)`,
		"hosts": `SELECT count(*) FROM hosts WHERE next_at IS NOT
			(SELECT min(ready_at) FROM resources WHERE host_id = hosts.id)
			AND NOT EXISTS (SELECT 1 FROM leases WHERE host_id = hosts.id AND until_at > 0)`,
	}
	for name, query := range checks {
		var wrong int
		if err := s.writer.QueryRow(query).Scan(&wrong); err != nil || wrong > 0 {
			return fmt.Errorf("%s: %d rows are wrong (%w)", name, wrong, err)
		}
	}
	return nil
}

// TestTalliesFollowWhateverHappens runs random syncs and visits, and counts after each.
func TestTalliesFollowWhateverHappens(t *testing.T) {
	s := open(t)
	random := rand.New(rand.NewPCG(7, 7))
	now := noon
	for range 40 {
		now = now.Add(40 * 24 * time.Hour)
		name := []string{"a", "b"}[random.IntN(2)]
		var links []catalog.Placement
		for i := range 8 + random.IntN(8) {
			p := link(i+1, fmt.Sprint("Title ", random.IntN(3)), fmt.Sprintf("https://host-%d.example/#%d", random.IntN(12), random.IntN(2)),
				[][]string{{"A"}, {"A", "B"}, {"C"}, nil}[random.IntN(4)]...)
			p.Kind = catalog.Kinds()[random.IntN(3)]
			links = append(links, p)
		}
		links = append(links, link(99, "Local", "guide.md"))
		links = append(links, link(98, "Missing", "guide.md#nowhere"), link(97, "Missing too", "guide.md#nowhere-"+fmt.Sprint(random.IntN(3))))
		snap := spread(random, list(name, now, links...))
		bring(t, s, snap)
		judgeLocal(t, s, name, now)
		must(t, talliesHold(s))
		visit(t, s, now, []int{200, 404, 403}[random.IntN(3)])
		must(t, talliesHold(s))
		switch p := (catalog.Pause{Source: name, Since: now}); random.IntN(6) {
		case 0, 1:
			must(t, s.Pause(t.Context(), p))
		case 2:
			p.Until = now.Add(time.Hour)
			must(t, s.Pause(t.Context(), p))
		}
		must(t, s.Verify(t.Context()))
		if random.IntN(6) == 0 {
			must(t, s.RetireSources(t.Context(), []string{name}))
			must(t, talliesHold(s))
		}
	}
	must(t, integrity(s))
	var findings int
	must(t, s.writer.QueryRow(`SELECT count(*) FROM findings`).Scan(&findings))
	if findings == 0 || len(overview(t, s, now).Sections) == 0 {
		t.Error("the run opened no finding or left no section, so it proved little")
	}
}

// spread deals the links of a snapshot out to files in folders.
func spread(random *rand.Rand, snap catalog.Snapshot) catalog.Snapshot {
	files := []string{"README.md", "docs/a/x.md", "docs/a/y.md", "docs/z.md"}
	listings := make([]catalog.Listing, len(files))
	for i, p := range snap.Listings[0].Placements {
		n := 0
		if p.URL[0] != 'g' {
			n = random.IntN(len(files))
		}
		p.File = files[n]
		p.Start = i * 1000
		listings[n].Placements = append(listings[n].Placements, p)
	}
	for i, file := range files {
		listings[i].File = file
	}
	snap.Listings = listings
	return snap
}

// judgeLocal finds that the files that relative links point at have no sections.
func judgeLocal(t *testing.T, s *Store, source string, now time.Time) {
	t.Helper()
	claims, err := s.Unvisited(t.Context(), source)
	must(t, err)
	var results []catalog.Result
	for _, c := range claims {
		seen := catalog.Observation{At: now, Local: true, Missing: c.Fragments}
		results = append(results, judged(c, seen, now))
	}
	record(t, s, results...)
}
