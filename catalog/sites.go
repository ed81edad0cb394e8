package catalog

import (
	"net/url"
	"slices"
	"strings"
)

// site is a place whose pages do not tell whether something is there, while an interface of its own does. The status of
// the interface is the answer.
type site struct {
	name  string
	key   string // name in the configuration
	base  string // of the addresses that ask gives: scheme and host
	hosts []string
	ask   func(u *url.URL) string // the interface's address, "" for pages that it knows nothing of
	gone  []int                   // statuses that say that it is not there; 2xx says that it is
	there []int                   // further statuses that say that it is
	why   string
	kind  string // Accept header; "" the usual
}

// sites are ordered by how many links of real lists lead to them.
var sites = []site{
	{"YouTube", "youtube", "https://www.youtube.com", []string{"www.youtube.com", "youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be", "www.youtube-nocookie.com"}, youtubeOEmbed,
		[]int{400, 404}, []int{401, 403}, "YouTube answers 200 for films that were removed; its oEmbed interface tells (oembed.com)", "application/json"},
	{"npm", "npm", "https://registry.npmjs.org", []string{"www.npmjs.com", "npmjs.com"}, npmRegistry,
		[]int{404}, nil, "npm's pages are refused to data centres; its registry tells (github.com/npm/registry)", "application/json"},
	{"X", "x", "https://publish.twitter.com", []string{"x.com", "www.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com"}, xOEmbed,
		[]int{404}, []int{403}, "X answers 200 for everything; its oEmbed interface tells (developer.x.com)", "application/json"},
	{"PyPI", "pypi", "https://pypi.org", []string{"pypi.org", "www.pypi.org"}, pypiJSON,
		[]int{404}, nil, "PyPI shows a challenge after bursts; its JSON interface tells (docs.pypi.org/api/json)", "application/json"},
	{"Docker Hub", "docker_hub", "https://hub.docker.com", []string{"hub.docker.com"}, dockerHub,
		[]int{404}, nil, "Docker Hub answers 200 for everything; its interface tells (docs.docker.com/reference/api/hub)", "application/json"},
	{"crates.io", "crates_io", "https://crates.io", []string{"crates.io", "www.crates.io"}, cratesAPI,
		[]int{404}, nil, "crates.io answers 200 for every crate's page; its interface tells (crates.io/data-access)", "application/json"},
	{"Discord", "discord", "https://discord.com", []string{"discord.gg", "discord.com", "www.discord.com", "discordapp.com"}, discordInvite,
		[]int{404}, nil, "Discord answers 200 for invitations that have expired; its interface tells (discord.com/developers)", "application/json"},
	{"Spotify", "spotify", "https://open.spotify.com", []string{"open.spotify.com"}, spotifyOEmbed,
		[]int{404, 400}, nil, "Spotify answers 200 for what was removed; its oEmbed interface tells (developer.spotify.com)", "application/json"},
}

// SiteInterface is an interface that Waymark asks where a site's pages do not tell whether something is there.
type SiteInterface struct {
	Key  string // name in the configuration, such as "npm"
	Base string // scheme and host that the addresses of its questions begin with
}

// SiteInterfaces returns every interface that [AskSite] questions are for.
func SiteInterfaces() []SiteInterface {
	var list []SiteInterface
	for _, s := range sites {
		list = append(list, SiteInterface{s.key, s.base})
	}
	return list
}

// siteOf returns the site that an address belongs to, and the question that it answers.
func siteOf(address string) (site, string) {
	u, err := url.Parse(address)
	if err != nil {
		return site{}, ""
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	for _, s := range sites {
		if slices.Contains(s.hosts, host) {
			return s, s.ask(u)
		}
	}
	return site{}, ""
}

// segments returns the parts of a path that are not empty.
func segments(u *url.URL) []string {
	return strings.FieldsFunc(u.EscapedPath(), func(r rune) bool { return r == '/' })
}

func youtubeOEmbed(u *url.URL) string {
	parts := segments(u)
	query := u.Query()
	film := query.Get("v")
	switch {
	case u.Hostname() == "youtu.be" && len(parts) == 1:
		film = parts[0]
	case len(parts) == 2 && slices.Contains([]string{"shorts", "embed", "live", "v"}, parts[0]) && parts[1] != "videoseries":
		film = parts[1]
	case len(parts) == 1 && parts[0] == "playlist" && query.Get("list") != "":
		return oEmbed("https://www.youtube.com/oembed", "https://www.youtube.com/playlist?list="+url.QueryEscape(query.Get("list")))
	}
	if film == "" {
		return ""
	}
	return oEmbed("https://www.youtube.com/oembed", "https://www.youtube.com/watch?v="+url.QueryEscape(film))
}

func oEmbed(endpoint, page string) string {
	return endpoint + "?format=json&url=" + url.QueryEscape(page)
}

func npmRegistry(u *url.URL) string {
	parts := segments(u)
	if len(parts) < 2 || parts[0] != "package" {
		return ""
	}
	name := parts[1]
	if strings.HasPrefix(name, "@") || strings.HasPrefix(name, "%40") {
		if len(parts) < 3 {
			return ""
		}
		name += "%2f" + parts[2]
	}
	return "https://registry.npmjs.org/" + name + "/latest"
}

func xOEmbed(u *url.URL) string {
	parts := segments(u)
	if len(parts) < 3 || parts[1] != "status" {
		return ""
	}
	return oEmbed("https://publish.twitter.com/oembed", "https://twitter.com/"+parts[0]+"/status/"+parts[2])
}

func pypiJSON(u *url.URL) string {
	if parts := segments(u); len(parts) >= 2 && parts[0] == "project" {
		return "https://pypi.org/pypi/" + parts[1] + "/json"
	}
	return ""
}

func dockerHub(u *url.URL) string {
	parts := segments(u)
	switch {
	case len(parts) >= 3 && parts[0] == "r":
		return "https://hub.docker.com/v2/repositories/" + parts[1] + "/" + parts[2] + "/"
	case len(parts) >= 2 && parts[0] == "_":
		return "https://hub.docker.com/v2/repositories/library/" + parts[1] + "/"
	}
	return ""
}

func cratesAPI(u *url.URL) string {
	if parts := segments(u); len(parts) >= 2 && parts[0] == "crates" {
		return "https://crates.io/api/v1/crates/" + parts[1]
	}
	return ""
}

func discordInvite(u *url.URL) string {
	parts := segments(u)
	switch {
	case u.Hostname() == "discord.gg" && len(parts) == 1:
		return "https://discord.com/api/v10/invites/" + parts[0]
	case len(parts) == 2 && parts[0] == "invite":
		return "https://discord.com/api/v10/invites/" + parts[1]
	}
	return ""
}

func spotifyOEmbed(u *url.URL) string {
	if parts := segments(u); len(parts) >= 2 {
		return oEmbed("https://open.spotify.com/oembed", "https://open.spotify.com/"+strings.Join(parts, "/"))
	}
	return ""
}

// repositoryOf returns the address of the repository that a forge's page shows, "" where it shows none.
func repositoryOf(address string, forges []string) string {
	u, err := url.Parse(address)
	if err != nil || !slices.Contains(forges, strings.ToLower(u.Host)) {
		return ""
	}
	parts := segments(u)
	if len(parts) != 2 || slices.Contains(notOwners, strings.ToLower(parts[0])) {
		return ""
	}
	return u.Scheme + "://" + u.Host + "/" + parts[0] + "/" + strings.TrimSuffix(parts[1], ".git")
}

// notOwners are first parts of a forge's addresses that are no account.
var notOwners = []string{"topics", "features", "marketplace", "sponsors", "orgs", "settings", "explore", "collections", "trending", "about", "apps", "login", "search", "users", "groups", "events", "readme", "security", "enterprise", "site", "customer-stories", "solutions"}
