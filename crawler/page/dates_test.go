package page

import (
	"strings"
	"testing"
	"time"
)

// day reads the way dates are written in these tables; "" is the zero time.
func day(s string) time.Time {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

func ld(json string) string { return `<script type="application/ld+json">` + json + `</script>` }

func property(name, content string) string {
	return `<meta property="` + name + `" content="` + content + `">`
}

func TestModified(t *testing.T) {
	const now = "Date: Tue, 02 Jan 2024 12:00:00 GMT"
	page := `{"@type":"Article","dateModified":"2020-02-03"}`
	for name, tt := range map[string]struct {
		body    string
		headers []string
		want    string
		from    string
	}{
		"structured data":               {body: ld(page), want: "2020-02-03", from: FromJSONLD},
		"change above publication":      {body: ld(`{"@type":"Article","datePublished":"2019-01-01","dateModified":"2020-02-03"}`), want: "2020-02-03", from: FromJSONLD},
		"publication alone":             {body: ld(`{"@type":"BlogPosting","datePublished":"2019-01-01"}`), want: "2019-01-01", from: FromJSONLD},
		"in a list":                     {body: ld(`[{"@type":"Person"},` + page + `]`), want: "2020-02-03", from: FromJSONLD},
		"in a graph":                    {body: ld(`{"@context":"https://schema.org","@graph":[{"@type":"Person"},` + page + `]}`), want: "2020-02-03", from: FromJSONLD},
		"in a graph of one":             {body: ld(`{"@graph":` + page + `}`), want: "2020-02-03", from: FromJSONLD},
		"in a list of graphs":           {body: ld(`[{"@graph":[` + page + `]}]`), want: "2020-02-03", from: FromJSONLD},
		"several types":                 {body: ld(`{"@type":["Thing","TechArticle"],"dateModified":"2020-02-03"}`), want: "2020-02-03", from: FromJSONLD},
		"type as an address":            {body: ld(`{"@type":"http://schema.org/WebPage","dateModified":"2020-02-03"}`), want: "2020-02-03", from: FromJSONLD},
		"type with a prefix":            {body: ld(`{"@type":"schema:WebPage","dateModified":"2020-02-03"}`), want: "2020-02-03", from: FromJSONLD},
		"date in a list":                {body: ld(`{"@type":"WebPage","dateModified":["2020-02-03"]}`), want: "2020-02-03", from: FromJSONLD},
		"date with a type":              {body: ld(`{"@type":"WebPage","dateModified":{"@type":"Date","@value":"2020-02-03"}}`), want: "2020-02-03", from: FromJSONLD},
		"latest of page and article":    {body: ld(`[{"@type":"WebPage","dateModified":"2018-01-01"},` + page + `]`), want: "2020-02-03", from: FromJSONLD},
		"latest of two scripts":         {body: ld(page) + ld(`{"@type":"WebPage","dateModified":"2018-01-01"}`), want: "2020-02-03", from: FromJSONLD},
		"at the end of the body":        {body: `<title>x</title><body><p>text</p>` + ld(page), want: "2020-02-03", from: FromJSONLD},
		"second script of the body":     {body: `<title>x</title><body>` + ld(`{"@type":"Person"}`) + `<p>x</p>` + ld(page), want: "2020-02-03", from: FromJSONLD},
		"type in upper case":            {body: `<script type="Application/LD+JSON; charset=utf-8">` + page + `</script>`, want: "2020-02-03", from: FromJSONLD},
		"hidden from old readers":       {body: ld("\n//<![CDATA[\n[" + page + "]\n//]]>\n"), want: "2020-02-03", from: FromJSONLD},
		"a semicolon too many":          {body: ld(page + ";"), want: "2020-02-03", from: FromJSONLD},
		"broken beside a whole one":     {body: ld(`{"@type":"Article","dateModified":`) + ld(page), want: "2020-02-03", from: FromJSONLD},
		"broken alone":                  {body: ld(`{"@type":"Article","dateModified":"2020-02-03",}`)},
		"of a comment":                  {body: ld(`{"@type":"Comment","dateModified":"2020-02-03"}`)},
		"of a nested comment":           {body: ld(`{"@type":"Article","comment":[{"@type":"Comment","datePublished":"2020-02-03"}]}`)},
		"of related pages":              {body: ld(`{"@type":"ItemList","itemListElement":[` + page + `]}`)},
		"of a product":                  {body: ld(`{"@type":"Product","dateModified":"2020-02-03"}`)},
		"without type":                  {body: ld(`{"dateModified":"2020-02-03"}`)},
		"nested too deep":               {body: ld(strings.Repeat("[", 9) + page + strings.Repeat("]", 9))},
		"commented out":                 {body: `<title>x</title><body><!-- ` + ld(page) + ` -->`},
		"within another script":         {body: `<title>x</title><body><script>"` + strings.ReplaceAll(ld(page), "</", `<\/`) + `"</script>`},
		"number as a date":              {body: ld(`{"@type":"Article","dateModified":1580688000}`), want: "2020-02-03", from: FromJSONLD},
		"unusable change, publication":  {body: ld(`{"@type":"Article","dateModified":"soon","datePublished":"2019-01-01"}`), want: "2019-01-01", from: FromJSONLD},
		"meta":                          {body: property("article:modified_time", "2020-02-03T04:05:06+00:00"), want: "2020-02-03T04:05:06Z", from: FromMeta},
		"meta under name":               {body: `<meta name="article:modified_time" content="2020-02-03">`, want: "2020-02-03", from: FromMeta},
		"meta of publication":           {body: property("article:published_time", "2020-02-03"), want: "2020-02-03", from: FromMeta},
		"meta of Open Graph":            {body: property("og:updated_time", "2020-02-03"), want: "2020-02-03", from: FromMeta},
		"article above Open Graph":      {body: property("og:updated_time", "2021-01-01") + property("article:modified_time", "2020-02-03"), want: "2020-02-03", from: FromMeta},
		"data above meta":               {body: ld(page) + property("article:modified_time", "2021-01-01"), want: "2020-02-03", from: FromJSONLD},
		"changed meta above published":  {body: ld(`{"@type":"Article","datePublished":"2012-01-01"}`) + property("article:modified_time", "2021-01-01"), want: "2021-01-01", from: FromMeta},
		"in the future":                 {body: property("article:modified_time", "2024-01-04"), headers: []string{now}},
		"within a day of now":           {body: property("article:modified_time", "2024-01-03"), headers: []string{now}, want: "2024-01-03", from: FromMeta},
		"before the web":                {body: property("article:modified_time", "1989-12-31")},
		"zero of a database":            {body: property("article:modified_time", "0001-01-01T00:00:00Z")},
		"header":                        {headers: []string{now, "Last-Modified: Mon, 03 Feb 2020 04:05:06 GMT"}, want: "2020-02-03T04:05:06Z", from: FromLastModified},
		"header without Date":           {headers: []string{"Last-Modified: Mon, 03 Feb 2020 04:05:06 GMT"}, want: "2020-02-03T04:05:06Z", from: FromLastModified},
		"header made for this visit":    {headers: []string{now, "Last-Modified: Tue, 02 Jan 2024 11:59:30 GMT"}},
		"header ahead of Date":          {headers: []string{now, "Last-Modified: Tue, 02 Jan 2024 12:00:01 GMT"}},
		"header of the epoch":           {headers: []string{now, "Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT"}},
		"header that is none":           {headers: []string{now, "Last-Modified: yesterday"}},
		"page above header":             {body: ld(page), headers: []string{now, "Last-Modified: Mon, 03 Feb 2020 04:05:06 GMT"}, want: "2020-02-03", from: FromJSONLD},
		"future in data, header stands": {body: ld(`{"@type":"Article","dateModified":"2031-01-01"}`), headers: []string{now, "Last-Modified: Mon, 03 Feb 2020 04:05:06 GMT"}, want: "2020-02-03T04:05:06Z", from: FromLastModified},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(tt.body, append([]string{"Content-Type: " + utf8ct}, tt.headers...)...)
			if !got.Modified.Equal(day(tt.want)) || got.ModifiedFrom != tt.from {
				t.Errorf("modified %v from %q, want %v from %q", got.Modified, got.ModifiedFrom, day(tt.want), tt.from)
			}
		})
	}
}

func TestParseDate(t *testing.T) {
	for s, want := range map[string]string{
		"2020-02-03":                       "2020-02-03",
		" 2020-2-3 ":                       "2020-02-03",
		"20200203":                         "2020-02-03",
		"2020-02-03T04:05:06Z":             "2020-02-03T04:05:06Z",
		"2020-02-03T04:05:06.789+02:00":    "2020-02-03T02:05:06Z",
		"2020-02-03T04:05:06+0200":         "2020-02-03T02:05:06Z",
		"2020-02-03T04:05:06":              "2020-02-03T04:05:06Z",
		"2020-02-03T04:05+02:00":           "2020-02-03T02:05:00Z",
		"2020-02-03T04:05":                 "2020-02-03T04:05:00Z",
		"2020-02-03 04:05:06":              "2020-02-03T04:05:06Z",
		"2020-02-03 04:05:06 +0200":        "2020-02-03T02:05:06Z",
		"2020-02-03 04:05:06 UTC":          "2020-02-03T04:05:06Z",
		"Mon, 03 Feb 2020 04:05:06 GMT":    "2020-02-03T04:05:06Z",
		"February 3, 2020":                 "2020-02-03",
		"Feb 3, 2020":                      "2020-02-03",
		"3 February 2020":                  "2020-02-03",
		"03/04/2020":                       "",           // March or April
		"2020-02":                          "2020-02-29", // the last day that it can be
		"2020":                             "2020-12-31",
		"2020-02-30":                       "", // no such day
		"9999-12-31T23:59:59-01:00":        "", // in UTC, the year 10000
		"3. Februar 2020":                  "2020-02-03",
		"":                                 "",
		strings.Repeat("2020-02-03", 1000): "",
	} {
		if got := parseDate(s, anyOrder, time.Time{}); !got.Equal(day(want)) {
			t.Errorf("parseDate(%.40q) = %v, want %q", s, got, want)
		}
	}
}
