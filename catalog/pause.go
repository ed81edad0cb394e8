package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Pause is a person's word that something is not to be visited for a while: because the owner of a site asks to be
// left alone, because a list is being rebuilt, because the operator moves house. What is paused stays in sight with
// its last verdict. A paused source is not read on schedule either; read on a person's word, it is.
type Pause struct {
	Source string    // what is paused: the source of this name,
	Host   string    // or this host, as [Host] writes it; with neither it is everything
	Since  time.Time // when it began
	Until  time.Time // when it ends by itself; zero: when somebody ends it
	By     string    // who said so; may be empty
	Why    string    // may be empty
}

// maxPauseText bounds who and why, in bytes.
const maxPauseText = 500

// Check returns why a pause cannot begin, if it cannot; the sentence is for whoever asks for it.
func (p Pause) Check() error {
	switch {
	case p.Source != "" && p.Host != "":
		return errors.New("a pause is for a source or for a host, not for both at once; pause them one after the other")
	case p.Host != "" && HostOf(p.Host) != p.Host:
		return fmt.Errorf("%q is not the name of a host; write it like example.org", p.Host)
	case !p.Until.IsZero() && !p.Until.After(p.Since):
		return fmt.Errorf("the pause would end at %s, which is past; choose a later end, or none", p.Until.UTC().Format(time.RFC3339))
	case len(p.By) > maxPauseText || len(p.Why) > maxPauseText:
		return fmt.Errorf("who paused and why may take %d bytes each; say it shorter", maxPauseText)
	}
	return nil
}

// InForce reports whether the pause has not ended by a time.
func (p Pause) InForce(now time.Time) bool { return p.Until.IsZero() || p.Until.After(now) }

// What names what is paused, for people.
func (p Pause) What() string {
	switch {
	case p.Source != "":
		return "the source " + p.Source
	case p.Host != "":
		return "the host " + p.Host
	default:
		return "everything"
	}
}

// Flag is what the pause is of, as the commands pause and resume take it.
func (p Pause) Flag() string {
	switch {
	case p.Source != "":
		return "--source " + p.Source
	case p.Host != "":
		return "--host " + p.Host
	default:
		return "--all"
	}
}

// PauseOf returns the pause that keeps a resource of a host, held by sources, from being visited: one of everything, or
// of the host, or, when each of the sources is paused, of the first of them. The pauses are those in force.
func PauseOf(pauses []Pause, host string, sources []string) (Pause, bool) {
	of := func(holds func(Pause) bool) (Pause, bool) {
		if i := slices.IndexFunc(pauses, holds); i >= 0 {
			return pauses[i], true
		}
		return Pause{}, false
	}
	if p, ok := of(func(p Pause) bool { return p.Source == "" && (p.Host == "" || p.Host == host) }); ok {
		return p, true
	}
	var first Pause
	for i, source := range sources {
		p, ok := of(func(p Pause) bool { return p.Source == source && source != "" })
		if !ok {
			return Pause{}, false
		}
		if i == 0 {
			first = p
		}
	}
	return first, len(sources) > 0
}

// PausedError says that something cannot be visited now because of a pause.
type PausedError struct{ Pause Pause }

func (e *PausedError) Error() string {
	text := fmt.Sprintf("%s is paused", e.Pause.What())
	if e.Pause.Why != "" {
		text += fmt.Sprintf(" (%s)", e.Pause.Why)
	}
	return text
}

// HostOf reads the name of a host as a person writes it, also as a whole URL, and returns it as [Host] writes it;
// empty when it is none.
func HostOf(text string) string {
	text = strings.TrimSpace(text)
	if strings.Contains(text, "@") {
		return ""
	}
	if !strings.Contains(text, "://") {
		text = "http://" + text + "/"
	}
	target := Canonical(text, From{})
	if target.Reason != "" || target.Local {
		return ""
	}
	return Host(target.URL)
}
