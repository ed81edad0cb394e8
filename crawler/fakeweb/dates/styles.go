package dates

// updated is a page with a date in a style, and the day that it means; "" where that cannot be told.
func updated(name, language, date, day string) Row {
	r := Row{Name: name, Language: language, Body: `<h1>Lists</h1>` + prose + `<p>Last updated: ` + date + `</p>`, Want: Want{Day: day}}
	if day != "" {
		r.Want.From, r.Want.Sure = "text", "medium"
	}
	return r
}

// styles are ways to write one date.
var styles = []Row{
	updated("slashes that could be either", "", "3/2/2019", ""),
	updated("slashes in English without a country", "en", "3/2/2019", ""),
	updated("slashes in the United States", "en-US", "3/2/2019", "2019-03-02"),
	updated("slashes in Britain", "en-GB", "2/3/2019", "2019-03-02"),
	updated("slashes in Spain", "es", "2/3/2019", "2019-03-02"),
	updated("an impossible month first", "", "22/3/2019", "2019-03-22"),
	updated("an impossible month behind", "en", "3/22/2019", "2019-03-22"),
	updated("the same number twice", "en", "3/3/2019", "2019-03-03"),
	updated("year first with slashes", "", "2019/3/2", "2019-03-02"),
	updated("hyphens with a name", "en", "02-Mar-2019", "2019-03-02"),
	updated("points", "de", "2.3.2019", "2019-03-02"),
	updated("a capital month and a point", "en", "MAR. 2, 2019", "2019-03-02"),
	updated("an ordinal", "en", "the 2nd of March, 2019", "2019-03-02"),
	updated("the first in French", "fr", "1er mars 2019", "2019-03-01"),
	updated("month first in French", "fr-CA", "mars 2, 2019", "2019-03-02"),
	updated("with a comma too many", "en", "2 March, 2019", "2019-03-02"),
	updated("an ISO time stamp", "en", "2019-03-02T10:11:12Z", "2019-03-02"),
	updated("a month", "en", "March 2019", "2019-03-31"),
	updated("a month in numbers", "en", "03/2019", "2019-03-31"),
	updated("a month with the year first", "en", "2019-03", "2019-03-31"),
	updated("a year", "en", "2019", "2019-12-31"),
	updated("this year", "en", "2025", "2025-01-15"),
	updated("this month", "en", "January 2025", "2025-01-15"),
	updated("a day that does not exist", "en", "30 February 2019", ""),
	updated("two digits of a year", "en", "02/03/19", ""),
	updated("years ago", "en", "5 years ago", ""),
	updated("with emphasis", "en", "<b>2 March</b> 2019", "2019-03-02"),
	updated("with hard spaces", "en", "2&nbsp;March&nbsp;2019", "2019-03-02"),
}

// addresses are dates in paths.
var addresses = []Row{
	{Name: "day in folders", Path: "/2019/03/02/on-keeping-lists/", Body: post(""), Want: Want{"2019-03-02", "url", "medium", "/2019/03/02"}},
	{Name: "month in folders", Path: "/blog/2019/03/on-keeping-lists/", Body: post(""), Want: Want{"2019-03-31", "url", "medium", "/2019/03"}},
	{Name: "month in folders, day on the page", Path: "/2019/03/on-keeping-lists/", Body: post(`<p>March 2, 2019</p>`), Want: Want{"2019-03-02", "url|text|time", "medium", ""}},
	{Name: "name of a month in folders", Path: "/2019/mar/02/lists/", Body: post(""), Want: Want{"2019-03-02", "url", "medium", ""}},
	{Name: "day before the slug", Path: "/posts/2019-03-02-on-keeping-lists", Body: post(""), Want: Want{"2019-03-02", "url", "medium", ""}},
	{Name: "day in one number", Path: "/news/20190302/lists.html", Body: post(""), Want: Want{"2019-03-02", "url", "medium", ""}},
	{Name: "a year alone in the path", Path: "/2019/on-keeping-lists", Body: post(""), Want: Want{}},
	{Name: "a number that is no day", Path: "/items/20191399/", Body: post(""), Want: Want{}},
	{Name: "a number that is longer", Path: "/items/2019030212345/", Body: post(""), Want: Want{}},
	{Name: "the third issue", Path: "/2019/3/on-keeping-lists", Body: post(""), Want: Want{}},
	{Name: "a version in the path", Path: "/docs/v2019.03/lists", Body: post(""), Want: Want{}},
	{Name: "the path of tomorrow", Path: "/2031/03/02/lists/", Body: post(""), Want: Want{}},
}

// headers are answers whose header dates them.
var headers = []Row{
	{Name: "Last-Modified of a page", Header: "Last-Modified: Sat, 02 Mar 2019 10:00:00 GMT", Body: post(""), Want: Want{"2019-03-02", "last-modified", "low", "Sat, 02 Mar 2019 10:00:00 GMT"}},
	{Name: "Last-Modified that is now", Header: "Last-Modified: Wed, 15 Jan 2025 11:59:58 GMT", Body: post(""), Want: Want{}},
	{Name: "Last-Modified in the future", Header: "Last-Modified: Sat, 02 Mar 2030 10:00:00 GMT", Body: post(""), Want: Want{}},
	{Name: "Last-Modified of the epoch", Header: "Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT", Body: post(""), Want: Want{}},
	{Name: "Last-Modified of a PDF", Path: "/lists.pdf", File: "application/pdf", Header: "Last-Modified: Sat, 02 Mar 2019 10:00:00 GMT", Body: "%PDF-1.4\n%%EOF\n", Want: Want{"2019-03-02", "last-modified", "medium", ""}},
	{Name: "a PDF without a date", Path: "/lists-2019.pdf", File: "application/pdf", Body: "%PDF-1.4\n%%EOF\n", Want: Want{}},
	{Name: "the page above the header", Header: "Last-Modified: Wed, 01 Jan 2025 10:00:00 GMT", Head: property("article:modified_time", "2019-03-02"), Body: post(""), Want: Want{"2019-03-02", "meta", "high", ""}},
}
