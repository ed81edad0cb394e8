package listfile

import (
	"net/url"
	"strings"
)

// badgeRule recognises an image that shows a status rather than a resource: by host (and its subdomains), by the
// start of the path and by its end. Empty parts match everything.
type badgeRule struct{ host, start, end string }

// badges holds the makers of badges that are met most in lists. The hosts are those that the services name in
// their own manuals for embedding a badge, and the ones that shields.io took over from; the paths of forges are
// from GitHub's "Adding a workflow status badge" and GitLab's "Badges".
var badges = []badgeRule{
	{host: "shields.io"},
	{host: "badgen.net"},
	{host: "badge.fury.io"},
	{host: "forthebadge.com"},
	{host: "badges.gitter.im"},
	{host: "badges.greenkeeper.io"},
	{host: "badges.herokuapp.com"},
	{host: "badge.buildkite.com"},
	{host: "badges.crowdin.net"},
	{host: "awesome.re", end: ".svg"},
	{host: "travis-ci.org"},
	{host: "travis-ci.com"},
	{host: "circleci.com", end: ".svg"},
	{host: "ci.appveyor.com"},
	{host: "codecov.io"},
	{host: "coveralls.io"},
	{host: "codacy.com", start: "/project/badge"},
	{host: "codeclimate.com", end: ".svg"},
	{host: "img.badgesize.io"},
	{host: "deepsource.io", end: ".svg"},
	{host: "deepsource.com", end: ".svg"},
	{host: "goreportcard.com", start: "/badge"},
	{host: "pkg.go.dev", start: "/badge"},
	{host: "godoc.org", end: "status.svg"},
	{host: "david-dm.org", end: ".svg"},
	{host: "snyk.io", end: "badge.svg"},
	{host: "readthedocs.org", start: "/projects"},
	{host: "api.netlify.com", end: "deploy-status"},
	{host: "bestpractices.coreinfrastructure.org", end: "badge"},
	{host: "bestpractices.dev", end: "badge"},
	{host: "api.securityscorecards.dev", end: "badge"},
	{host: "opencollective.com", end: "badge.svg"},
	{host: "isitmaintained.com", start: "/badge"},
	{host: "pepy.tech", start: "/badge"},
	{host: "static.pepy.tech", start: "/badge"},
	{host: "hits.dwyl.com"},
	{host: "visitor-badge.laobi.icu"},
	{host: "zenodo.org", start: "/badge"},
	{host: "mybinder.org", start: "/badge"},
	{host: "colab.research.google.com", end: "colab-badge.svg"},
	{host: "api.producthunt.com", start: "/widgets/embed-image"},
	{host: "www.trackawesomelist.com", end: "badge.svg"},
	{host: "github.com", end: "/badge.svg"},
	{host: "gitlab.com", end: "/pipeline.svg"},
	{host: "gitlab.com", end: "/coverage.svg"},
	{host: "cdn.rawgit.com", end: "/badge.svg"},
	{host: "cdn.jsdelivr.net", end: "/badge.svg"},
	{host: "raw.githubusercontent.com", end: "/badge.svg"},
}

// isBadge reports whether an image is a badge, by its address. Other images in a link are icons or pictures of
// what the link leads to.
func isBadge(image string) bool {
	u, err := url.Parse(strings.TrimSpace(image))
	if err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	for _, rule := range badges {
		if (host == rule.host || strings.HasSuffix(host, "."+rule.host)) &&
			strings.HasPrefix(u.Path, rule.start) && strings.HasSuffix(u.Path, rule.end) {
			return true
		}
	}
	return false
}
