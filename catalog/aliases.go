package catalog

import (
	"slices"
	"strings"
)

// alias is a domain that belongs to the same site as another: landing there is no departure.
type alias struct {
	from, to string // domains, with all below them
	why      string
}

// aliases are known by what their owners announced. Either may lead to the other.
var aliases = []alias{
	{"youtu.be", "youtube.com", "its short links"},
	{"youtube-nocookie.com", "youtube.com", "its player for other sites"},
	{"twitter.com", "x.com", "renamed in 2023"},
	{"t.co", "x.com", "its short links"},
	{"golang.org", "go.dev", "the site moved in 2021"},
	{"godoc.org", "go.dev", "replaced by pkg.go.dev in 2021"},
	{"readthedocs.org", "readthedocs.io", "hosted documentation moved in 2016"},
	{"rtfd.io", "readthedocs.io", "its short name"},
	{"rtfd.org", "readthedocs.io", "its short name"},
	{"github.com", "githubusercontent.com", "where it serves raw files from"},
	{"github.com", "github.io", "its pages"},
	{"git.io", "github.com", "its short links, until 2022"},
	{"github.blog", "github.com", "its blog"},
	{"githubapp.com", "github.com", "its services"},
	{"gitlab.com", "gitlab.io", "its pages"},
	{"facebook.com", "fb.com", "its short name"},
	{"fb.me", "facebook.com", "its short links"},
	{"facebook.com", "meta.com", "its owner's name since 2021"},
	{"instagr.am", "instagram.com", "its short name"},
	{"lnkd.in", "linkedin.com", "its short links"},
	{"lynda.com", "linkedin.com", "merged in 2021"},
	{"redd.it", "reddit.com", "its short links"},
	{"amzn.to", "amazon.com", "its short links"},
	{"amzn.com", "amazon.com", "its short name"},
	{"a.co", "amazon.com", "its short links"},
	{"goo.gl", "google.com", "its short links"},
	{"g.co", "google.com", "its short links"},
	{"blogger.com", "blogspot.com", "its hosted blogs"},
	{"googleblog.com", "google.com", "its blogs"},
	{"blog.google", "google.com", "its blogs"},
	{"withgoogle.com", "google.com", "its programmes"},
	{"goo.gle", "google.com", "its short links"},
	{"android.com", "google.com", "owned"},
	{"firebase.com", "google.com", "owned"},
	{"chrome.com", "google.com", "owned"},
	{"web.dev", "google.com", "owned"},
	{"aka.ms", "microsoft.com", "its short links"},
	{"msdn.com", "microsoft.com", "its developers' network"},
	{"asp.net", "microsoft.com", "its framework"},
	{"dot.net", "microsoft.com", "its framework"},
	{"visualstudio.com", "microsoft.com", "its product"},
	{"azure.com", "microsoft.com", "its product"},
	{"office.com", "microsoft.com", "its product"},
	{"1drv.ms", "live.com", "its short links"},
	{"apple.co", "apple.com", "its short links"},
	{"itunes.com", "apple.com", "its shop"},
	{"wp.me", "wordpress.com", "its short links"},
	{"wordpress.com", "wordpress.org", "the project and its hosting"},
	{"medium.com", "towardsdatascience.com", "a publication with a domain of its own"},
	{"medium.com", "hackernoon.com", "a publication with a domain of its own"},
	{"medium.com", "betterprogramming.pub", "a publication"},
	{"medium.com", "plainenglish.io", "a publication"},
	{"medium.com", "levelup.gitconnected.com", "a publication"},
	{"medium.com", "gitconnected.com", "a publication"},
	{"npmjs.org", "npmjs.com", "moved in 2014"},
	{"npm.im", "npmjs.com", "its short links"},
	{"python.org", "pypi.org", "the package index moved in 2018"},
	{"pythonhosted.org", "pypi.org", "its files"},
	{"docker.io", "docker.com", "moved in 2014"},
	{"rust-lang.org", "docs.rs", "its documentation"},
	{"reactjs.org", "react.dev", "renamed in 2023"},
	{"angular.io", "angular.dev", "renamed in 2024"},
	{"nuxtjs.org", "nuxt.com", "renamed in 2022"},
	{"zeit.co", "vercel.com", "renamed in 2020"},
	{"now.sh", "vercel.app", "renamed in 2020"},
	{"netlify.com", "netlify.app", "its deployments"},
	{"kubernetes.io", "k8s.io", "its short name"},
	{"elastic.co", "elasticsearch.org", "its old name"},
	{"elasticsearch.com", "elastic.co", "its old name"},
	{"hashicorp.com", "terraform.io", "its product"},
	{"vaultproject.io", "hashicorp.com", "its product"},
	{"consul.io", "hashicorp.com", "its product"},
	{"nomadproject.io", "hashicorp.com", "its product"},
	{"vagrantup.com", "hashicorp.com", "its product"},
	{"packer.io", "hashicorp.com", "its product"},
	{"mongodb.org", "mongodb.com", "moved in 2015"},
	{"mysql.com", "oracle.com", "owned"},
	{"java.com", "oracle.com", "owned"},
	{"java.net", "oracle.com", "owned"},
	{"sun.com", "oracle.com", "merged in 2010"},
	{"stackoverflow.com", "stackexchange.com", "the same network"},
	{"stackoverflow.com", "stackoverflow.co", "its company"},
	{"superuser.com", "stackexchange.com", "the same network"},
	{"serverfault.com", "stackexchange.com", "the same network"},
	{"askubuntu.com", "stackexchange.com", "the same network"},
	{"wikipedia.org", "wikimedia.org", "the same foundation"},
	{"w.wiki", "wikipedia.org", "its short links"},
	{"mozilla.com", "mozilla.org", "the company and the foundation"},
	{"mzl.la", "mozilla.org", "its short links"},
	{"spoti.fi", "spotify.com", "its short links"},
	{"discord.gg", "discord.com", "its invitations"},
	{"discordapp.com", "discord.com", "renamed in 2020"},
	{"t.me", "telegram.org", "its short links"},
	{"telegram.me", "t.me", "its other name"},
	{"gum.co", "gumroad.com", "its short links"},
	{"pca.st", "pocketcasts.com", "its short links"},
	{"flic.kr", "flickr.com", "its short links"},
	{"coursera.com", "coursera.org", "its other name"},
	{"safaribooksonline.com", "oreilly.com", "renamed in 2018"},
	{"oreil.ly", "oreilly.com", "its short links"},
	{"notion.so", "notion.com", "moved in 2024"},
	{"notion.so", "notion.site", "its public pages"},
	{"trello.com", "atlassian.com", "owned"},
	{"bitbucket.org", "atlassian.com", "owned"},
	{"atlassian.net", "atlassian.com", "its hosting"},
	{"statuspage.io", "atlassian.com", "owned"},
	{"heroku.com", "herokuapp.com", "its deployments"},
	{"sourceforge.net", "sf.net", "its short name"},
	{"launchpad.net", "ubuntu.com", "the same company"},
	{"travis-ci.org", "travis-ci.com", "moved in 2021"},
	{"codeplex.com", "microsoft.com", "its archive"},
	{"vercel.com", "nextjs.org", "its framework"},
	{"jetbrains.com", "kotlinlang.org", "its language"},
}

// shorteners exist to lead elsewhere: landing on another domain is what they promise. Identifiers that persist (DOI,
// Handle, PURL) are of the same kind.
var shorteners = []string{
	"bit.ly", "bitly.com", "j.mp", "tinyurl.com", "t.co", "goo.gl", "is.gd", "v.gd", "ow.ly", "buff.ly", "git.io", "aka.ms", "amzn.to", "fb.me", "lnkd.in", "db.tt", "dlvr.it", "rebrand.ly", "cutt.ly",
	"t.ly", "s.id", "g.co", "forms.gle", "maps.app.goo.gl", "wp.me", "redd.it", "tiny.cc", "shorturl.at", "rb.gy", "u.nu", "snip.ly", "bl.ink", "short.io", "soo.gd", "clck.ru", "urlzs.com", "x.gd", "apple.co", "oreil.ly", "mzl.la",
	"doi.org", "dx.doi.org", "hdl.handle.net", "purl.org", "w3id.org", "n2t.net", "feedproxy.google.com", "feeds.feedburner.com",
}

// sameSite reports whether two addresses belong to one site: the same registrable domain, a known alias, or a
// shortener and whatever it stands for.
func sameSite(a, b string) bool {
	if Site(a) == Site(b) {
		return true
	}
	from, to := strings.TrimPrefix(bareHost(a), "www."), bareHost(b)
	if slices.Contains(shorteners, from) {
		return true
	}
	for _, known := range aliases {
		if within(from, known.from) && within(to, known.to) || within(from, known.to) && within(to, known.from) {
			return true
		}
	}
	return false
}

// within reports whether a host is a domain or below it.
func within(host, domain string) bool {
	return host == domain || strings.HasSuffix(host, "."+domain)
}

// bareHost returns the host of an address in lower case, without port and final dot.
func bareHost(address string) string {
	return strings.TrimSuffix(strings.ToLower(hostname(Host(address))), ".")
}
