package main

import (
	"fmt"
	"strings"

	"waymark/crawler/fakeweb"
)

// usualPage is a page of about size bytes that has what costs a reader time: a head full of tags, a menu, inline
// script, and prose with links. Plain prose of the same size would be read in half the time.
func usualPage(size int) fakeweb.Behaviour {
	var head, body strings.Builder
	for i := range 12 {
		fmt.Fprintf(&head, "<meta property=\"og:property-%d\" content=\"What the page says of itself, number %d\">\n", i, i)
		fmt.Fprintf(&head, "<link rel=\"stylesheet\" href=\"/assets/style-%d.css?v=%d\" media=\"screen\">\n", i, i*7919)
	}
	fmt.Fprintf(&head, "<script>%s</script>\n", strings.Repeat("if(a<b&&c>d){window.q.push(['set',\"x\"]);}", min(60, size/200)))
	body.WriteString("<nav class=\"menu\"><ul>\n")
	for i := range min(40, size/200) {
		fmt.Fprintf(&body, "<li class=\"item item-%d\"><a class=\"link\" href=\"/section/%d\" title=\"Section %d\">Section %d</a></li>\n", i, i, i, i)
	}
	body.WriteString("</ul></nav>\n")
	for i := 0; head.Len()+body.Len() < size; i++ {
		fmt.Fprintf(&body, "<h2 id=\"part-%d\">Part %d</h2>\n<p class=\"text\">A link is a promise that <em>somebody else</em> has to keep, and most of "+
			"them do; see <a href=\"https://elsewhere.example/%d?a=1&amp;b=2\" rel=\"nofollow\">another page</a> for the rest.</p>\n", i, i, i)
	}
	return fakeweb.Page{Title: "A page to be checked", Lang: "en", Description: "A page of a usual size", Modified: "2024-05-01",
		Head: head.String(), Body: body.String()}.Fixed()
}
