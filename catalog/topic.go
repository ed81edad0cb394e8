package catalog

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Topic is a subject in which pages age faster than others of their kind.
type Topic struct {
	Name     string // unique, as the configuration and the findings have it
	After    time.Duration
	Words    []string // in lower case: found as whole words in a heading above the link, or in its text
	Headings []string // in lower case: whole headings, for names that are ordinary words too
}

// Topics returns the topics that Waymark knows to age fast, by their own calendars: two years see three or more releases
// that change what a lesson shows. The list is short on purpose, as a wrong word would make good pages stale.
func Topics() []Topic {
	return []Topic{
		// Models are replaced, and taken out of service, about a year after they appear: platform.openai.com/docs/deprecations.
		{"LLM", 548 * day, []string{"llm", "llms", "large language model", "large language models", "generative ai", "genai", "chatgpt", "gpt-4", "prompt engineering", "ai agents", "langchain"}, []string{"ai", "ai tools"}},
		// Three minor releases a year, each supported for 14 months: kubernetes.io/releases/patch-releases.
		{"Kubernetes", 2 * year, []string{"kubernetes", "k8s", "openshift", "istio"}, []string{"helm"}},
		// A major release every six months (angular.dev/reference/releases), every year (nextjs.org/support-policy).
		{"frontend frameworks", 2 * year, []string{"frontend framework", "frontend frameworks", "front-end frameworks", "javascript framework", "javascript frameworks",
			"react.js", "reactjs", "react hooks", "react native", "next.js", "nextjs", "vue.js", "vuejs", "nuxt", "nuxt.js", "sveltekit", "angularjs", "remix.run"}, []string{"react", "angular", "vue", "svelte"}},
		// A yearly release of system and tools, and stores that refuse what was built with older ones:
		// developer.apple.com/news/upcoming-requirements, developer.android.com/google/play/requirements/target-sdk.
		{"mobile development", 2 * year, []string{"ios development", "android development", "swiftui", "jetpack compose", "kotlin multiplatform"}, []string{"ios", "android", "swift", "flutter"}},
		// Webpack, its loaders and what replaces them change majors every year or two: webpack.js.org/blog, vite.dev/releases.
		{"JavaScript tooling", 2 * year, []string{"webpack", "javascript bundlers", "create-react-app", "create react app"}, []string{"vite"}},
	}
}

// topicOf returns the topic of a placement, and the heading or title that names it; nil where it has none. Of several
// the one that ages slowest counts.
func topicOf(topics []Topic, spot Spot) (found *Topic, where string) {
	if len(topics) == 0 {
		return nil, ""
	}
	texts := append(slices.Clone(spot.Section), spot.Title)
	for i, text := range texts {
		lower := strings.ToLower(strings.TrimSpace(text))
		for j := range topics {
			t := &topics[j]
			if (found == nil || t.After > found.After) && t.in(lower, i < len(spot.Section)) {
				found, where = t, text
			}
		}
	}
	return found, where
}

func (t *Topic) in(text string, heading bool) bool {
	return heading && slices.Contains(t.Headings, text) || slices.ContainsFunc(t.Words, func(word string) bool { return hasWord(text, word) })
}

// hasWord reports whether a text holds another one that neither begins nor ends within a word.
func hasWord(text, word string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		at += i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(word):])
		if !isWordRune(before) && !isWordRune(after) {
			return true
		}
		at += len(word)
	}
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// records are hosts that keep what does not change once it is published: standards, papers, and copies of pages.
var records = []string{
	"www.rfc-editor.org", "rfc-editor.org", "datatracker.ietf.org", "tools.ietf.org", "www.ietf.org", "www.w3.org", "tc39.es", "www.unicode.org", "unicode.org",
	"www.iso.org", "standards.ieee.org", "www.ecma-international.org", "ecma-international.org", "pubs.opengroup.org",
	"arxiv.org", "doi.org", "dx.doi.org", "hdl.handle.net", "dl.acm.org", "ieeexplore.ieee.org", "www.jstor.org", "eprint.iacr.org", "aclanthology.org",
	"proceedings.mlr.press", "papers.nips.cc", "proceedings.neurips.cc", "openreview.net", "link.springer.com", "www.nature.com", "journals.plos.org", "www.usenix.org",
	"web.archive.org", "archive.org", "archive.ph", "archive.today", "perma.cc", "www.gutenberg.org", "gutenberg.org",
}

// keepsRecords returns the host's name where it is one of records, else "".
func keepsRecords(host string) string {
	name := strings.TrimSuffix(strings.ToLower(hostname(host)), ".")
	if slices.Contains(records, name) {
		return name
	}
	return ""
}
