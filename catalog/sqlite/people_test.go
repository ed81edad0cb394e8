package sqlite

import (
	"errors"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/google/go-cmp/cmp/cmpopts"

	"waymark/catalog"
)

// What the dashboard keeps its sessions in.
var (
	_ scs.Store    = (*Sessions)(nil)
	_ scs.CtxStore = (*Sessions)(nil)
)

func checkToken(t *testing.T, s *Store, token string) bool {
	t.Helper()
	right, err := s.CheckToken(t.Context(), token)
	must(t, err)
	return right
}

func TestTheWriteTokenIsShownOnceAndKeptHashed(t *testing.T) {
	s := open(t)
	same(t, "before there is one", checkToken(t, s, ""), false)
	token, made, err := s.EnsureToken(t.Context())
	must(t, err)
	if !made || len(token) < 26 {
		t.Fatalf("made %v a token of %d characters; want 128 bits or more", made, len(token))
	}
	again, made, err := s.EnsureToken(t.Context())
	must(t, err)
	same(t, "the second time", again, "")
	same(t, "the second time made", made, false)
	same(t, "the token", checkToken(t, s, token), true)
	same(t, "another", checkToken(t, s, token+"a"), false)
	same(t, "none", checkToken(t, s, ""), false)
	var stored int
	must(t, s.writer.QueryRow(`SELECT count(*) FROM settings WHERE instr(value, ?) > 0`, token).Scan(&stored))
	same(t, "stored as it is", stored, 0)
}

func TestRenewingTheTokenEndsTheOldOneAndItsSessions(t *testing.T) {
	s := open(t)
	old, _, err := s.EnsureToken(t.Context())
	must(t, err)
	must(t, s.Sessions().Commit("session", []byte("data"), time.Now().Add(time.Hour)))
	fresh, err := s.RenewToken(t.Context())
	must(t, err)
	same(t, "old", checkToken(t, s, old), false)
	same(t, "new", checkToken(t, s, fresh), true)
	_, found, err := s.Sessions().Find("session")
	must(t, err)
	same(t, "session", found, false)
}

func TestSessions(t *testing.T) {
	s := open(t)
	now := noon
	s.now = func() time.Time { return now }
	sessions := s.Sessions()
	must(t, sessions.Commit("a", []byte("one"), now.Add(time.Hour)))
	must(t, sessions.Commit("b", []byte("two"), now.Add(2*time.Hour)))
	must(t, sessions.Commit("a", []byte("three"), now.Add(time.Hour)))
	find := func(token string) string {
		data, found, err := sessions.Find(token)
		must(t, err)
		if found != (data != nil) {
			t.Errorf("%s is found %v with %q", token, found, data)
		}
		return string(data)
	}
	same(t, "a", find("a"), "three")
	same(t, "unknown", find("c"), "")
	now = now.Add(time.Hour)
	same(t, "over", find("a"), "")
	must(t, sessions.DeleteExpired(t.Context()))
	var left int
	must(t, s.writer.QueryRow(`SELECT count(*) FROM sessions`).Scan(&left))
	same(t, "left", left, 1)
	same(t, "b", find("b"), "two")
	must(t, sessions.Delete("b"))
	must(t, sessions.Delete("b"))
	same(t, "ended", find("b"), "")
}

func TestAddedSources(t *testing.T) {
	s := open(t)
	bring(t, s, list("configured", noon, link(1, "One", "https://one.example/")))
	src := catalog.Source{Name: "added", Git: "https://forge.example/x.git", Ref: "main", Paths: []string{"*.md"}}
	must(t, s.AddSource(t.Context(), src, "Ada", noon))
	for _, name := range []string{"added", "configured"} {
		src.Name = name
		if err := s.AddSource(t.Context(), src, "Bob", noon); !errors.Is(err, catalog.ErrConflict) {
			t.Errorf("a second %s gives %v", name, err)
		}
	}
	if err := s.AddSource(t.Context(), catalog.Source{Name: "disk", Path: "/etc"}, "Ada", noon); !errors.Is(err, catalog.ErrInvalid) {
		t.Errorf("a source on disk gives %v", err)
	}
	src.Name = "added"
	added, err := s.AddedSources(t.Context())
	must(t, err)
	same(t, "added", added, []catalog.AddedSource{{Source: src, At: noon, By: "Ada"}}, cmpopts.EquateEmpty())
	status, err := s.Sources(t.Context())
	must(t, err)
	same(t, "shown by", status[0].AddedBy, "Ada")
	same(t, "shown at", status[0].Added, noon)
	same(t, "configured", status[1].Added.IsZero(), true)

	must(t, s.RemoveSource(t.Context(), "added"))
	must(t, s.RetireSources(t.Context(), []string{"configured"}))
	if err := s.RemoveSource(t.Context(), "added"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	if err := s.RemoveSource(t.Context(), "configured"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("removing a configured source: %v", err)
	}
	must(t, s.AddSource(t.Context(), src, "Bob", noon))
}
