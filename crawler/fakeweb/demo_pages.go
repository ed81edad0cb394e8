package fakeweb

import (
	"fmt"
	"hash/fnv"
	"html"
	"strings"
	"time"
)

// demoSites names the hosts with more than one page; titles end with it, as
// they do on real sites.
var demoSites = map[string]string{
	"blog.oldschool.example":   "Oldschool Engineering",
	"campus.northgate.example": "Northgate Campus",
	"code.workbench.example":   "Workbench",
	"db.fieldguide.example":    "Field Guide to Databases",
	"docs.gopher.example":      "The Gopher Handbook",
	"learn.harbor.example":     "Harbor School",
	"notes.tidewater.example":  "Tidewater Notes",
	"papers.stacks.example":    "The Stacks",
	"press.quarto.example":     "Quarto Press",
	"radio.backlog.example":    "Backlog Radio",
	"talks.lantern.example":    "Lantern Talks",
	"www.switchboard.example":  "Switchboard",
}

// demoProse is what pages of a kind say after their first sentence.
var demoProse = map[string]string{
	"article":    "The text walks through one real case from the first symptom to the last commit. Each step is short enough to try at home, and the mistakes were left in because they teach the most.",
	"book":       "Nine chapters, each with a question at its end. The publisher keeps the errata next to the book, dated and signed, and sends a new printing when there are enough of them.",
	"course":     "Six units with a recorded lecture, a reading and a sheet of exercises. The sheets are marked by fellow students, and the tutors answer once a week.",
	"official":   "This is the reference that the maintainers keep. It states what is promised, what merely happens to work today, and since which version either is true.",
	"opensource": "The readme begins with an example that runs. Releases are tagged and signed, the changelog is written by hand, and issues are answered by people who use the program themselves.",
	"paper":      "The authors give the argument in two pages and the proof in twenty. Data and scripts are attached, and three groups have repeated the measurement since.",
	"podcast":    "Forty minutes with two engineers and one guest. A transcript with chapter marks follows the recording, so that it can be searched and quoted.",
	"video":      "A recorded talk with slides and subtitles. The speaker draws first and shows code second; questions from the room begin in the last ten minutes.",
}

const otherProse = "The page is kept by a small group who use it every week. They write down what changed and why, and answer when a reader finds a fault."

// demoPage is a healthy page as its host would serve it.
func demoPage(w *Web, host, path, kind, title, about string) Behaviour {
	switch {
	case strings.HasSuffix(path, ".pdf"):
		return PDF(title)
	case strings.HasSuffix(path, ".atom"):
		return Bytes("application/atom+xml", []byte(demoFeed(w, host, path, title)))
	}
	return dated(demoArticle(host, kind, title, about), host+path, w.Now())
}

func demoArticle(host, kind, title, about string) Page {
	heading := title
	if site := demoSites[host]; site != "" {
		title += " · " + site
	}
	if about == "" {
		about = heading + ": a guided reading."
	}
	text, ok := demoProse[kind]
	if !ok {
		text = otherProse
	}
	return Page{
		Title: title, Lang: demoLanguage(heading), Description: about,
		Body:     fmt.Sprintf("<p>%s</p>\n<p>%s</p>\n", html.EscapeString(about), text),
		Sections: []string{"Overview", "Where to go from here"},
	}
}

func demoLanguage(title string) string {
	for _, r := range title {
		if r >= 0x3000 {
			return "ja"
		}
	}
	return "en"
}

// dated gives the page a date within the last ten months, in one of the ways
// that sites have, always the same for the same address. Every fourth page
// has none.
func dated(p Page, address string, now time.Time) Page {
	h := fnv.New32a()
	h.Write([]byte(address))
	sum := h.Sum32()
	day := now.AddDate(0, 0, -int(sum/4%300)-1)
	switch sum % 4 {
	case 0:
		p.Published, p.Modified = day.AddDate(-1, 0, 0).Format(time.DateOnly), day.Format(time.DateOnly)
	case 1:
		p.ArticleModified = day.Format(time.RFC3339)
	case 2:
		p.LastModified = day
	}
	return p
}

func demoFeed(w *Web, host, path, title string) string {
	address := w.HTTPSURL(host, path)
	return fmt.Sprintf(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>%s</title><id>%s</id><updated>%s</updated>
<link rel="self" href="%[2]s"/>
</feed>
`, html.EscapeString(title), address, w.Now().UTC().Format(time.RFC3339))
}
