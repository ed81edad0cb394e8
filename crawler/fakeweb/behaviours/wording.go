package behaviours

// furtherWords are more ways of saying that a page is not there, in languages and tones that rules may not have thought of.
var furtherWords = []struct{ lang, name, title, text string }{
	{"da", "Danish", "Siden blev ikke fundet", "Siden du leder efter findes ikke længere, eller også er den flyttet."},
	{"nb", "Norwegian", "Fant ikke siden", "Siden du prøvde å åpne finnes dessverre ikke. Den kan ha blitt flyttet eller slettet."},
	{"el", "Greek", "Η σελίδα δεν βρέθηκε", "Η σελίδα που ζητήσατε δεν υπάρχει ή έχει μετακινηθεί."},
	{"ro", "Romanian", "Pagina nu a fost găsită", "Ne pare rău, pagina pe care o căutați nu există sau a fost mutată."},
	{"th", "Thai", "ไม่พบหน้าที่คุณต้องการ", "ขออภัย ไม่พบหน้าที่คุณกำลังค้นหา หน้านี้อาจถูกลบหรือย้ายไปแล้ว"},
	{"bg", "Bulgarian", "Страницата не е намерена", "Съжаляваме, страницата, която търсите, не съществува или е преместена."},
	{"ca", "Catalan", "No s'ha trobat la pàgina", "La pàgina que busqueu no existeix o s'ha mogut."},
	{"hr", "Croatian", "Stranica nije pronađena", "Stranica koju tražite ne postoji ili je premještena."},
	{"sk", "Slovak", "Stránka sa nenašla", "Hľadaná stránka neexistuje alebo bola presunutá."},
	{"hi", "Hindi", "पृष्ठ नहीं मिला", "क्षमा करें, आप जो पृष्ठ खोज रहे हैं वह मौजूद नहीं है।"},
	{"es-mx", "Mexican Spanish", "¡Ups! Aquí no hay nada", "No encontramos lo que buscabas. Quizá la nota fue eliminada."},
	{"de-at", "Austrian German", "Hoppla!", "Diese Seite gibt es leider nicht mehr. Vielleicht hilft die Startseite weiter."},
	{"zh-tw", "Traditional Chinese", "找不到網頁", "您要找的網頁不存在、已被移除或暫時無法使用。"},
	{"en-1", "English, awkward", "Well, this is awkward", "The page you are after has wandered off."},
	{"en-2", "English, a listing", "Listing expired", "This job posting is no longer accepting applications and has been removed."},
	{"en-3", "English, content", "Content unavailable", "This content isn't available right now. The owner may have removed it or changed who can see it."},
	{"en-4", "English, curt", "404", "Nope."},
}

// wordingCases are the further words, and pages behind a 200 that say nothing at all of an error.
func wordingCases() []Case {
	var cases []Case
	for _, w := range furtherWords {
		host := "https://further-" + w.lang + ".test"
		cases = append(cases, Case{
			Name: "gone behind a 200, in " + w.name, Link: host + "/archive/2016/notes", Want: dead("soft-404"),
			Serve: on(host+"/*", Doc{Make: press, Lang: w.lang, Site: "Further", Title: w.title + " - Further", Main: "<h1>" + w.title + "</h1>\n<p>" + w.text + "</p>\n"}),
		})
	}
	return append(cases, quietCases...)
}

// quietCases answer 200 with some other page and no word of regret.
var quietCases = []Case{
	{Name: "the index of the manual for everything below it", Link: "https://index-for-all.test/docs/queues/limits", Want: dead("soft-404"),
		Serve: on("https://index-for-all.test/docs/*", Doc{Make: docs, Site: "Index For All", Title: "Documentation - Index For All", Subject: 7, Head: `<link rel="canonical" href="https://index-for-all.test/docs/">` + "\n"}),
		Why:   "the page names itself by another address, and what was never there is the same"},
	{Name: "a search for the words of the path", Link: "https://path-search.test/how-to/fold-a-map", Want: dead("soft-404"),
		Serve: on("https://path-search.test/*", Doc{Make: press, Site: "Path Search", Title: "Search - Path Search", Main: "<h1>Search</h1><p>No results for your words. Check the spelling, or use fewer of them.</p>"})},
	{Name: "the newest articles for everything", Link: "https://newest-for-all.test/2015/08/old-article.html", Want: dead("soft-404"),
		Serve: func(s *Stage) {
			s.On("https://newest-for-all.test/*", s.Redirect(301, "https://newest-for-all.test/blog"))
			s.On("https://newest-for-all.test/blog", Doc{Make: press, Title: "The newest articles", Subject: 5}.with(s.Host, ""))
		}},
	{Name: "a wiki that asks to create the page, 200", Link: "https://doku-notes.test/doku.php?id=networks:resolver", Want: dead("soft-404"),
		Serve: on("https://doku-notes.test/doku.php*", Doc{Make: wiki, Site: "Doku Notes", Title: "networks:resolver [Doku Notes]", Main: "<h1>This topic does not exist yet</h1><p>You've followed a link to a topic that doesn't exist yet. If permissions allow, you may create it by clicking on \"Create this page\".</p>"})},
	{Name: "a product whose category is shown in its place", Link: "https://category-instead.test/lamps/blue-lamp-3", Want: ok("Lamps", moved("https://category-instead.test/lamps/")), Or: []Want{ok("", finding("moved")), ok(""), dead("soft-404")},
		Serve: all(redirect(301, "https://category-instead.test/lamps/"), pageAt("https://category-instead.test/lamps/", Doc{Make: press, Title: "Lamps"})), Why: "a neighbour is a proper 404: this redirect was meant, be it to something else"},
	{Name: "a real article on a site that shows its start page for what is missing", Link: "https://home-for-most.test/essays/on-queues", Want: ok("On queues"),
		Serve: func(s *Stage) {
			s.On("https://home-for-most.test/*", Doc{Subject: 1}.with(s.Host, "Home For Most"))
			s.Here(Doc{Subject: 0}.with(s.Host, "On queues"))
		}},
	{Name: "a short real page on a site that redirects what is missing", Link: "https://short-and-redirecting.test/tea-timer", Want: ok("Tea timer"),
		Serve: func(s *Stage) {
			s.On("https://short-and-redirecting.test/*", s.Redirect(302, "https://short-and-redirecting.test/"))
			s.Here(html200("<!doctype html><title>Tea timer</title><p id=\"t\">3:00</p><button>Start</button>"))
		}},
	{Name: "two short real pages that look alike", Link: "https://counters.test/counter/7", Want: ok("Counter 7"),
		Serve: func(s *Stage) {
			s.Here(html200("<!doctype html><title>Counter 7</title><h1>Counter 7</h1><p>41 visitors so far.</p>"))
		}},
}
