package catalog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// archived tells of what its makers gave up, as its forge, the registry of its packages or its own page says. known is
// false where the visit showed nothing that could tell.
func archived(seen Observation) (f *Finding, known bool) {
	forge, _ := seen.Answer(AskForge)
	site, _ := seen.Answer(AskSite)
	switch {
	case forge.Repository != nil && forge.Repository.Archived:
		return &Finding{Kind: FindingArchived, Message: archivedMessage(seen)}, true
	case site.Package != nil && site.Package.GivenUp != "":
		return &Finding{Kind: FindingArchived, Message: "The package is given up by its makers: " + site.Package.GivenUp + ".", Suggestion: site.Package.To}, true
	}
	for _, s := range seen.Signals {
		if s.Kind != SignalArchived || s.Rule == RuleForgeBanner && forge.Repository != nil {
			continue // the forge itself knows better
		}
		return s.archived(seen), true
	}
	return nil, seen.Local || seen.Page != nil || site.Package != nil
}

// archivedMessage tells since when a repository is archived, where its page does.
func archivedMessage(seen Observation) string {
	i := slices.IndexFunc(seen.Signals, func(s Signal) bool { return s.Rule == RuleForgeBanner })
	if i < 0 || seen.Signals[i].Says == "" {
		return "The repository is archived: its makers gave it up."
	}
	return "The repository is archived: " + seen.Signals[i].Says + "."
}

// archived is the finding of a page that says so itself.
func (s Signal) archived(seen Observation) *Finding {
	f := &Finding{Kind: FindingArchived, Suggestion: s.To}
	switch s.Rule {
	case RuleForgeBanner:
		f.Message = archivedMessage(seen)
	case RuleOldVersion:
		f.Message = fmt.Sprintf("Documentation of an old version: %s.", s.Says)
	default:
		f.Message = fmt.Sprintf("Given up by its makers: %s.", s.Says)
	}
	return f
}

// Package is what a registry says of a package.
type Package struct {
	GivenUp string `json:"given_up,omitempty"` // why it counts as given up, for people; "" while it is kept
	To      string `json:"to,omitempty"`       // the address of what is to be used instead; "" when it is not known
}

// ReadPackage reads the answer of a registry's interface, which may be cut: what is wanted stands at its beginning. It
// returns nil for interfaces that know nothing of packages, and for what cannot be read.
func ReadPackage(address string, body []byte) *Package {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	switch u.Hostname() {
	case "registry.npmjs.org":
		return readNPM(body)
	case "pypi.org":
		return readPyPI(body)
	case "crates.io":
		return readCrates(body)
	}
	return nil
}

// renamed is how deprecations name a package to be used instead, by its scope.
var renamed = regexp.MustCompile(`(?i)(?:moved|renamed) to:? ["'\x60]?(@[\w.-]+/[\w.-]*\w)`)

// readNPM reads the newest version of a package: "deprecated" is the message that npm shows whoever installs it
// (docs.npmjs.com/deprecating-and-undeprecating-packages-or-package-versions).
func readNPM(body []byte) *Package {
	var manifest struct {
		Name       string
		Deprecated any
	}
	if json.Unmarshal(body, &manifest) != nil || manifest.Name == "" {
		return nil
	}
	text, _ := manifest.Deprecated.(string)
	if text = line(text, 200); text == "" {
		return &Package{}
	}
	p := &Package{GivenUp: fmt.Sprintf("npm says that it is deprecated, “%s”", strings.TrimRight(text, ". "))}
	if m := renamed.FindStringSubmatch(text); m != nil {
		p.To = "https://www.npmjs.com/package/" + m[1]
	}
	return p
}

// readPyPI reads a project: its classifiers (pypi.org/classifiers), and whether its newest release was taken back
// (PEP 592), which it is only where all were.
func readPyPI(body []byte) *Package {
	var classifiers []string
	var yanked bool
	if !member(body, "classifiers", &classifiers) {
		return nil
	}
	switch {
	case slices.Contains(classifiers, "Development Status :: 7 - Inactive"):
		return &Package{GivenUp: "PyPI has it as “Development Status :: 7 - Inactive”"}
	case member(body, "yanked", &yanked) && yanked:
		return &Package{GivenUp: "all its releases on PyPI were taken back"}
	}
	return &Package{}
}

// readCrates reads a crate: yanked is true where all its versions are (doc.rust-lang.org/cargo, "cargo yank").
func readCrates(body []byte) *Package {
	crate := struct{ Yanked bool }{}
	switch {
	case !field(body, "crate", &crate):
		return nil
	case crate.Yanked:
		return &Package{GivenUp: "all its versions on crates.io were yanked"}
	}
	return &Package{}
}

// member reads the first member of a name, at whatever depth. Within texts its quotes would be escaped.
func member(body []byte, name string, into any) bool {
	_, rest, found := bytes.Cut(body, []byte(`"`+name+`":`))
	return found && json.NewDecoder(bytes.NewReader(rest)).Decode(into) == nil
}

// field reads one member of a JSON object whose end may be missing.
func field(body []byte, name string, into any) bool {
	d := json.NewDecoder(bytes.NewReader(body))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return false
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return false
		}
		if key == name {
			return d.Decode(into) == nil
		}
		var other json.RawMessage
		if d.Decode(&other) != nil {
			return false
		}
	}
	return false
}

// line makes one line of a text from outside, of at most so many characters.
func line(text string, most int) string {
	text = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, ""), func(r rune) bool {
		return r <= ' ' || r >= 0x7f && r <= 0x9f || r == 0x2028 || r == 0x2029 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
	}), " ")
	if runes := []rune(text); len(runes) > most {
		return strings.TrimRight(string(runes[:most-1]), " ") + "…"
	}
	return text
}
