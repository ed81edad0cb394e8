package page

import (
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzBodyDates holds the search of a body to what it promises whatever stands there: a date between the limits, and
// evidence that can be shown.
func FuzzBodyDates(f *testing.F) {
	for _, seed := range []string{
		`<article class="post"><time class="updated" datetime="2019-03-02">2 March 2019</time></article>`,
		`<p>Last updated: 2&nbsp;<b>März</b> 2019</p><footer>© 2020`, `<pre>$Date: 2019/03/02 10:00 $</pre>`,
		`<p>Обновлено 2 марта 2019 г.`, `最終更新日：２０１９年３月２日`, `2 Mart 2019 tarihinde güncellendi`, `<h1>x</h1><p>آخر تحديث: ٢ مارس ٢٠١٩`,
		`<time title='2019 <!-- " >2019`, "\xff2019\xc3<b 2019=\"", `Last modified: Sat Mar  2 10:00:00 CET 2019`,
	} {
		f.Add(seed, "ar")
	}
	limit := time.Date(2025, 1, 15, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, body, language string) {
		c := calendar{order: orderOf(language), limit: limit}
		said := c.body([]byte(body), 0, texts{"utf-8"}, language)
		for _, d := range [...]Dated{said.changed, said.published, said.vague} {
			if d.At.IsZero() {
				continue
			}
			if d.At.Before(earliest()) || d.At.After(limit.Add(oneDay)) {
				t.Errorf("%v is out of all bounds (%q)", d.At, d.As)
			}
			if d.From == "" || d.Sure == "" || utf8.RuneCountInString(d.As) > maxAs || !utf8.ValidString(d.As) {
				t.Errorf("not to be shown: %+v", d)
			}
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"2019-03-02T10:00:00+02:00", "20190302", "1551520800", "Sat, 02 Mar 2019 10:00:00 +0000", "March, 2019", "2019/3", "3/2/2019", "٢ مارس ٢٠١٩"} {
		f.Add(seed)
	}
	limit := time.Date(2025, 1, 15, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		if at := parseDate(s, dayFirst, limit); !at.IsZero() && (at.Before(earliest()) || at.After(limit)) {
			t.Errorf("%q is read as %v", s, at)
		}
	})
}
