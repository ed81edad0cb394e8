package listfile

import "waymark/catalog"

// kindNames maps what lists write between "@" signs, or in a type key, to kinds.
var kindNames = map[string]catalog.Kind{
	"article": catalog.Article, "blog": catalog.Article, "post": catalog.Article, "tutorial": catalog.Article, "guide": catalog.Article,
	"official": catalog.Official, "documentation": catalog.Official, "docs": catalog.Official,
	"video": catalog.Video, "talk": catalog.Video, "youtube": catalog.Video,
	"course": catalog.Course,
	"book":   catalog.Book, "ebook": catalog.Book,
	"opensource": catalog.OpenSource, "open-source": catalog.OpenSource,
	"feed": catalog.Feed, "newsletter": catalog.Feed,
	"podcast":   catalog.Podcast,
	"roadmap":   catalog.Roadmap,
	"paper":     catalog.Paper,
	"tool":      catalog.Tool,
	"community": catalog.Community, "forum": catalog.Community,
	"other": catalog.Other,
}

// markWords maps words in brackets next to a link to kinds.
var markWords = map[string]catalog.Kind{
	"article": catalog.Article, "blog": catalog.Article, "blog post": catalog.Article, "tutorial": catalog.Article,
	"official": catalog.Official, "official docs": catalog.Official,
	"video": catalog.Video, "videos": catalog.Video, "screencast": catalog.Video, "talk": catalog.Video,
	"course": catalog.Course, "mooc": catalog.Course,
	"book": catalog.Book, "ebook": catalog.Book, "e-book": catalog.Book, "epub": catalog.Book, "mobi": catalog.Book,
	"podcast":    catalog.Podcast,
	"roadmap":    catalog.Roadmap,
	"paper":      catalog.Paper,
	"tool":       catalog.Tool,
	"newsletter": catalog.Feed, "rss": catalog.Feed, "feed": catalog.Feed,
	"forum": catalog.Community, "community": catalog.Community,
}

// headingWords maps words of headings to kinds. Almost all are plurals: "Books" heads a list of books, while
// "Book keeping" does not.
var headingWords = map[string]catalog.Kind{
	"articles": catalog.Article,
	"videos":   catalog.Video, "screencasts": catalog.Video,
	"courses": catalog.Course, "moocs": catalog.Course,
	"books": catalog.Book, "ebooks": catalog.Book,
	"podcasts":    catalog.Podcast,
	"newsletters": catalog.Feed,
	"roadmaps":    catalog.Roadmap,
	"papers":      catalog.Paper,
	"tools":       catalog.Tool,
	"communities": catalog.Community, "community": catalog.Community, "forums": catalog.Community,
}

// emojiKinds maps the emoji that lists put next to a link to kinds.
var emojiKinds = map[rune]catalog.Kind{
	'📺': catalog.Video, '🎥': catalog.Video, '🎬': catalog.Video, '📹': catalog.Video, '📽': catalog.Video, '🎞': catalog.Video,
	'📖': catalog.Book, '📚': catalog.Book, '📕': catalog.Book, '📗': catalog.Book, '📘': catalog.Book, '📙': catalog.Book, '📔': catalog.Book,
	'🎓': catalog.Course,
	'📝': catalog.Article, '📄': catalog.Article, '📃': catalog.Article,
	'🎧': catalog.Podcast, '🎙': catalog.Podcast,
	'📰': catalog.Feed,
	'🛠': catalog.Tool, '🔧': catalog.Tool, '🧰': catalog.Tool,
	'💬': catalog.Community, '👥': catalog.Community,
	'🗺': catalog.Roadmap,
}

// hostRule gives a kind to the addresses of a host whose path starts with path and, where depth is not 0, has that
// many segments.
type hostRule struct {
	host, path string
	depth      int
	kind       catalog.Kind
}

// notOwners are first segments of GitHub's addresses that are pages of its own.
var notOwners = map[string]bool{
	"apps": true, "collections": true, "enterprise": true, "features": true, "marketplace": true, "orgs": true,
	"search": true, "settings": true, "sponsors": true, "stars": true, "topics": true, "trending": true, "users": true,
}

var hostKinds = []hostRule{
	{"youtube.com", "watch", 0, catalog.Video},
	{"youtube.com", "playlist", 0, catalog.Video},
	{"m.youtube.com", "watch", 0, catalog.Video},
	{"youtu.be", "", 1, catalog.Video},
	{"vimeo.com", "", 1, catalog.Video},
	{"github.com", "", 2, catalog.OpenSource},
	{"gitlab.com", "", 2, catalog.OpenSource},
	{"codeberg.org", "", 2, catalog.OpenSource},
	{"bitbucket.org", "", 2, catalog.OpenSource},
	{"git.sr.ht", "~", 2, catalog.OpenSource},
	{"arxiv.org", "abs/", 0, catalog.Paper},
	{"arxiv.org", "pdf/", 0, catalog.Paper},
	{"coursera.org", "learn/", 0, catalog.Course},
	{"udemy.com", "course/", 0, catalog.Course},
	{"podcasts.apple.com", "", 0, catalog.Podcast},
}
