package page

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"waymark/catalog"
)

// versionLike is a part of a path that names a version: v2, 1.9, 3.x. A number of four digits may be a year.
var versionLike = regexp.MustCompile(`^v?(\d{1,3})((?:\.\d{1,3}){0,3})(?:\.x)?$`)

// newest are names by which generators of documentation call the newest version.
var newest = []string{"latest", "stable", "current"}

// olderThanCanonical tells of documentation of one version whose canonical address (RFC 6596) is that of a newer one. An
// address of the newest release may itself be called by its number; so one that leads to "stable" counts only where the
// page links to a higher number as well.
func olderThanCanonical(own *url.URL, canonical string, body []byte) (catalog.Signal, bool) {
	other, err := url.Parse(canonical)
	if err != nil || canonical == "" || !strings.EqualFold(own.Host, other.Host) {
		return catalog.Signal{}, false
	}
	at, name := versionsOf(own.Path, other.Path)
	if at < 0 {
		return catalog.Signal{}, false
	}
	parts := strings.Split(own.Path, "/")
	mine, theirs := numbersOf(parts[at]), numbersOf(name)
	newer := theirs != nil && slices.Compare(theirs, mine) > 0
	if !newer && (theirs == nil || slices.Equal(theirs, mine[:min(len(theirs), len(mine))])) {
		newer = linksToNewer(body, strings.Join(parts[:at], "/")+"/", mine)
	}
	if !newer {
		return catalog.Signal{}, false
	}
	says := "it is that of version " + strings.TrimPrefix(parts[at], "v") + ", and names that of " + name + " as the one to cite"
	return catalog.Signal{Kind: catalog.SignalArchived, Rule: catalog.RuleOldVersion, Says: says, To: canonical}, true
}

// versionsOf returns which part of a path names a version where that of the other path, alike but for the file that the
// page may have been renamed to, names another one or the newest; -1 where it is not so.
func versionsOf(own, other string) (at int, name string) {
	a, b := strings.Split(own, "/"), strings.Split(other, "/")
	for i := range min(len(a), len(b)) {
		if a[i] == b[i] {
			continue
		}
		if versionLike.MatchString(a[i]) && !isCount(a[:i], a[i]) && (versionLike.MatchString(b[i]) || slices.Contains(newest, b[i])) {
			return i, b[i]
		}
		break
	}
	return -1, ""
}

// isCount reports a lone number where no documentation is: that of a chapter, a lesson or a sheet.
func isCount(before []string, number string) bool {
	_, err := strconv.Atoi(number)
	return err == nil && !slices.ContainsFunc(before, func(s string) bool { return manuals[strings.ToLower(s)] || tongue.MatchString(s) })
}

// manuals are parts of a path behind which a lone number is a version.
var manuals = words("docs", "doc", "documentation", "manual", "reference", "api", "apidocs", "javadoc", "guide", "version", "versions", "release", "releases", "help", "javase", "library")

// tongue is a part of a path that names one, as documentation in several has it.
var tongue = regexp.MustCompile(`^[a-z]{2}(?:[-_][a-zA-Z]{2,4})?$`)

// unreleased stands beside links to versions that are still to come.
var unreleased = regexp.MustCompile(`(?i)\b(?:dev|devel|development|beta\d*|alpha\d*|rc\d*|next|preview|unstable|unreleased|nightly|snapshot|upcoming|prerelease|pre-release|future)\b`)

// numbersOf returns the numbers of a version, nil for what is none.
func numbersOf(version string) []int {
	m := versionLike.FindStringSubmatch(version)
	if m == nil {
		return nil
	}
	var list []int
	for part := range strings.SplitSeq(m[1]+m[2], ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil
		}
		list = append(list, n)
	}
	return list
}

// linksToNewer reports whether a page links to a higher version beside its own: the switch of versions that
// documentation has.
func linksToNewer(body []byte, folder string, mine []int) bool {
	for rest := body; ; {
		i := bytes.Index(rest, []byte(folder))
		if i < 0 {
			return false
		}
		before := rest[max(0, i-1):i]
		lead := rest[max(0, i-besideIt):i]
		rest = rest[i+len(folder):]
		end := bytes.IndexAny(rest[:min(len(rest), 20)], "/\"' >")
		if end < 0 || len(before) == 0 || before[0] == '/' {
			continue
		}
		if theirs := numbersOf(string(rest[:end])); theirs != nil && slices.Compare(theirs, mine) > 0 &&
			!unreleased.Match(lead[bytes.LastIndex(lead, []byte("</a>"))+1:]) && !unreleased.Match(linkText(rest)) {
			return true
		}
	}
}

// besideIt is how many bytes before a link are searched for what is said of it.
const besideIt = 120

// linkText returns what a link is called and a few words behind it, the rest of its tag aside.
func linkText(rest []byte) []byte {
	_, text, _ := bytes.Cut(rest[:min(len(rest), 2*besideIt)], []byte{'>'})
	if i := bytes.Index(text, []byte("<a")); i >= 0 {
		text = text[:i]
	}
	return text
}
