package catalog_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
)

func spotOf(kind catalog.Kind, title string, section ...string) catalog.Spot {
	return catalog.Spot{Kind: kind, Title: title, Section: section}
}

// aged are rules with one of each sort.
func aged() catalog.Rules {
	rules := catalog.DefaultRules()
	rules.Hosts = []catalog.HostRule{
		{Match: "news.example.org", StaleAfter: 90 * 24 * time.Hour},
		{Match: "classics.example.org", StaleAfter: catalog.Never},
		{Match: "*.example.org", Concurrency: 1},
	}
	rules.StaleSections = []catalog.SectionAge{
		{Match: "History", After: catalog.Never},
		{Match: "* / Certificates", After: 180 * 24 * time.Hour},
		{Match: "Kubernetes", After: 4 * 365 * 24 * time.Hour},
	}
	return rules
}

// TestWhichRuleOfAgesHolds: the user's host rule, the user's section rule, hosts that keep records, then the kind, which
// a topic can shorten. Of several placements the most lenient counts.
func TestWhichRuleOfAgesHolds(t *testing.T) {
	article := spotOf(catalog.Article, "A lesson")
	tests := []struct {
		name  string
		host  string
		spots []catalog.Spot
		want  string
	}{
		{"an article", "a.test", []catalog.Spot{article}, "articles are stale after 3 years (kind article)"},
		{"a repository", "a.test", []catalog.Spot{spotOf(catalog.OpenSource, "")}, "source code repositories are stale after 1 year (kind opensource)"},
		{"a video", "a.test", []catalog.Spot{spotOf(catalog.Video, "")}, "videos are stale after 5 years (kind video)"},
		{"a course", "a.test", []catalog.Spot{spotOf(catalog.Course, "")}, "courses are stale after 4 years (kind course)"},
		{"a paper", "a.test", []catalog.Spot{spotOf(catalog.Paper, "")}, "papers are never stale (kind paper)"},
		{"a book on what ages fast", "a.test", []catalog.Spot{spotOf(catalog.Book, "Kubernetes at Work")}, "books are never stale (kind book)"},
		{"official documentation", "a.test", []catalog.Spot{spotOf(catalog.Official, "")}, "official pages are never stale (kind official)"},
		{"no known kind", "a.test", []catalog.Spot{spotOf(catalog.Other, "LLM news", "AI")}, "links of no known kind are never stale (kind other)"},
		{"no placement", "a.test", nil, "no list recommends it, so it is never stale"},
		{"no placement, and a host rule", "news.example.org", nil, "no list recommends it, so it is never stale"},

		{"article and repository", "a.test", []catalog.Spot{spotOf(catalog.OpenSource, ""), article}, "articles are stale after 3 years (kind article)"},
		{"repository and paper", "a.test", []catalog.Spot{spotOf(catalog.OpenSource, ""), spotOf(catalog.Paper, "")}, "papers are never stale (kind paper)"},
		{"twice the same age: the first", "a.test", []catalog.Spot{spotOf(catalog.Tool, ""), spotOf(catalog.Feed, "")}, "tools are stale after 2 years (kind tool)"},

		{"a host rule", "news.example.org", []catalog.Spot{article}, `pages of its host are stale after 90 days (rule for the host "news.example.org")`},
		{"a host rule, with a port", "News.Example.org:8443", []catalog.Spot{article}, `pages of its host are stale after 90 days (rule for the host "news.example.org")`},
		{"a host rule stands above a paper", "news.example.org", []catalog.Spot{spotOf(catalog.Paper, "")}, `pages of its host are stale after 90 days (rule for the host "news.example.org")`},
		{"a host that never ages", "classics.example.org", []catalog.Spot{article}, `pages of its host are never stale (rule for the host "classics.example.org")`},
		{"a host rule that says nothing of ages", "b.example.org", []catalog.Spot{article}, "articles are stale after 3 years (kind article)"},
		{"a host rule stands above a section rule", "news.example.org", []catalog.Spot{spotOf(catalog.Article, "", "History")}, `pages of its host are stale after 90 days (rule for the host "news.example.org")`},

		{"a section rule", "a.test", []catalog.Spot{spotOf(catalog.Article, "", "history")}, `links of its section are never stale (rule for the section "History")`},
		{"a section below one with a rule", "a.test", []catalog.Spot{spotOf(catalog.Article, "", "History", "The nineties")}, `links of its section are never stale (rule for the section "History")`},
		{"a section rule with a star", "a.test", []catalog.Spot{spotOf(catalog.Article, "", "Cloud", "AWS", "Certificates")}, `links of its section are stale after 180 days (rule for the section "* / Certificates")`},
		{"a section that only begins like one with a rule", "a.test", []catalog.Spot{spotOf(catalog.Article, "", "Historyless")}, "articles are stale after 3 years (kind article)"},
		{"a section rule stands above the topic", "a.test", []catalog.Spot{spotOf(catalog.Article, "", "Kubernetes")}, `links of its section are stale after 4 years (rule for the section "Kubernetes")`},
		{"a section rule stands above a host of records", "arxiv.org", []catalog.Spot{spotOf(catalog.Article, "", "AWS", "Certificates")}, `links of its section are stale after 180 days (rule for the section "* / Certificates")`},
		{"one of two sections has a rule", "a.test", []catalog.Spot{spotOf(catalog.Article, "", "X", "Certificates"), article}, "articles are stale after 3 years (kind article)"},

		{"a standard", "www.rfc-editor.org", []catalog.Spot{article}, "what www.rfc-editor.org keeps is never stale"},
		{"a copy in an archive", "web.archive.org", []catalog.Spot{spotOf(catalog.Article, "React hooks")}, "what web.archive.org keeps is never stale"},

		{"a topic by the title", "a.test", []catalog.Spot{spotOf(catalog.Article, "Kubernetes the short way")}, "articles on Kubernetes are stale after 2 years (kind article, topic Kubernetes as in “Kubernetes the short way”)"},
		{"a topic by the section", "a.test", []catalog.Spot{spotOf(catalog.Course, "A lesson", "Learn", "LLMs and agents")}, "courses on LLM are stale after 548 days (kind course, topic LLM as in “LLMs and agents”)"},
		{"a topic by a whole heading", "a.test", []catalog.Spot{spotOf(catalog.Article, "A lesson", "React")}, "articles on frontend frameworks are stale after 2 years (kind article, topic frontend frameworks as in “React”)"},
		{"an ordinary word in a title is no topic", "a.test", []catalog.Spot{spotOf(catalog.Article, "How to react to swift remarks on AI", "Work")}, "articles are stale after 3 years (kind article)"},
		{"a part of a word is no topic", "a.test", []catalog.Spot{spotOf(catalog.Article, "Stillmoor: llmore, webpacked")}, "articles are stale after 3 years (kind article)"},
		{"a topic does not make a repository older", "a.test", []catalog.Spot{spotOf(catalog.OpenSource, "k8s tools")}, "source code repositories are stale after 1 year (kind opensource)"},
		{"of two topics the slower", "a.test", []catalog.Spot{spotOf(catalog.Article, "An LLM on Kubernetes")}, "articles on Kubernetes are stale after 2 years (kind article, topic Kubernetes as in “An LLM on Kubernetes”)"},
		{"a topic in one of two placements", "a.test", []catalog.Spot{spotOf(catalog.Article, "Webpack"), article}, "articles are stale after 3 years (kind article)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, aged().For(tt.host, tt.spots).Stale.String()); diff != "" {
				t.Errorf("rule (-want +got):\n%s", diff)
			}
		})
	}
}

// dated is a page with a date and its evidence.
func dated(m catalog.Modified) catalog.Observation {
	seen := answered(200)
	seen.Page = &catalog.Page{Modified: m.At, ModifiedFrom: m.From, ModifiedAs: m.As, ModifiedSure: m.Sure}
	return seen
}

func TestStaleTellsDateEvidenceAndRule(t *testing.T) {
	old := time.Date(2019, 3, 2, 0, 0, 0, 0, time.UTC)
	pushed := answered(200)
	pushed.Hops[0].URL = "https://github.com/a/b"
	pushed.Page = &catalog.Page{Modified: start.AddDate(0, -1, 0), ModifiedSure: catalog.High}
	pushed.Answers = []catalog.Answer{{Kind: catalog.AskForge, Status: 200, Repository: &catalog.Repository{URL: "https://github.com/a/b", Pushed: old}}}
	tests := []struct {
		name string
		seen catalog.Observation
		kind catalog.Kind
		want string // "" for no finding
	}{
		{"as it is written", dated(catalog.Modified{At: old, From: "json-ld", As: "March 2, 2019", Sure: catalog.High}), catalog.Article,
			"Last changed on 2019-03-02 (json-ld, written “March 2, 2019”); articles are stale after 3 years (kind article)."},
		{"medium confidence is enough", dated(catalog.Modified{At: old, From: "url", As: "/2019/03/02/", Sure: catalog.Medium}), catalog.Video,
			"Last changed on 2019-03-02 (url, written “/2019/03/02/”); videos are stale after 5 years (kind video)."},
		{"low confidence is not", dated(catalog.Modified{At: old, From: "text", As: "2019", Sure: catalog.Low}), catalog.Article, ""},
		{"a header read by an older Waymark is not", dated(catalog.Modified{At: old, From: "last-modified"}), catalog.Article, ""},
		{"metadata read by an older Waymark is", dated(catalog.Modified{At: old, From: "meta"}), catalog.Article,
			"Last changed on 2019-03-02 (meta); articles are stale after 3 years (kind article)."},
		{"a push, whatever the page says", pushed, catalog.OpenSource,
			"Last pushed to on 2019-03-02 (as its forge says); source code repositories are stale after 1 year (kind opensource)."},
		{"what never ages", dated(catalog.Modified{At: old, Sure: catalog.High}), catalog.Paper, ""},
		{"a day before its time", dated(catalog.Modified{At: start.Add(-3*365*24*time.Hour + 24*time.Hour), Sure: catalog.High}), catalog.Article, ""},
		{"no date", dated(catalog.Modified{}), catalog.Article, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := catalog.DefaultRules().For("example.org", []catalog.Spot{{Kind: tt.kind}})
			got := ""
			if f := found(catalog.Judge(unchecked(), tt.seen, p, start), catalog.FindingStale); f != nil {
				got = f.Message
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("message (-want +got):\n%s", diff)
			}
		})
	}
}

// TestTheLastKnownDateIsKept: a visit that shows no date, or a doubtful one, does not make older what is known.
func TestTheLastKnownDateIsKept(t *testing.T) {
	known := catalog.Modified{At: start.AddDate(-4, 0, 0), From: "json-ld", As: "2022", Sure: catalog.High}
	tests := []struct {
		name   string
		before catalog.Modified
		seen   catalog.Observation
		want   time.Time
	}{
		{"304", known, answered(304), known.At},
		{"no page", known, answered(200), known.At},
		{"a page without a date", known, dated(catalog.Modified{}), known.At},
		{"a failure", known, failed(catalog.ReasonTimeout), known.At},
		{"a newer date", known, dated(catalog.Modified{At: start.AddDate(-1, 0, 0), Sure: catalog.High}), start.AddDate(-1, 0, 0)},
		{"an older date that is believed", known, dated(catalog.Modified{At: start.AddDate(-5, 0, 0), Sure: catalog.Medium}), start.AddDate(-5, 0, 0)},
		{"a newer doubtful date", known, dated(catalog.Modified{At: start.AddDate(-1, 0, 0), Sure: catalog.Low}), start.AddDate(-1, 0, 0)},
		{"an older doubtful date", known, dated(catalog.Modified{At: start.AddDate(-9, 0, 0), Sure: catalog.Low}), known.At},
		{"an older page where the forge was asked before", catalog.Modified{At: start.AddDate(-2, 0, 0), From: catalog.FromForge, Sure: catalog.High},
			dated(catalog.Modified{At: start.AddDate(-3, 0, 0), Sure: catalog.High}), start.AddDate(-2, 0, 0)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			standing := unchecked()
			standing.Modified = tt.before
			if got := catalog.Judge(standing, tt.seen, policy(), start).Modified; !got.At.Equal(tt.want) {
				t.Errorf("last changed on %s, want %s", got.At, tt.want)
			}
		})
	}
}

func TestTopicsAreWellFormed(t *testing.T) {
	seen := map[string]bool{}
	for _, topic := range catalog.Topics() {
		if topic.After < 365*24*time.Hour || seen[topic.Name] || len(topic.Words) == 0 {
			t.Errorf("topic %+v is not unique, has no words, or ages in less than a year", topic)
		}
		seen[topic.Name] = true
		for _, word := range append(topic.Words, topic.Headings...) {
			if word != strings.ToLower(strings.TrimSpace(word)) || word == "" {
				t.Errorf("%s: %q can never be found", topic.Name, word)
			}
		}
	}
}
