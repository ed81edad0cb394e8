package page

import (
	"net/http"
	"testing"

	"golang.org/x/net/html/charset"
)

// encoded writes a text in an encoding.
func encoded(t *testing.T, name, text string) string {
	t.Helper()
	enc, _ := charset.Lookup(name)
	if enc == nil {
		t.Fatalf("no encoding %q", name)
	}
	out, err := enc.NewEncoder().String(text)
	if err != nil {
		t.Fatalf("%q cannot be written in %s: %v", text, name, err)
	}
	return out
}

var titles = map[string]string{
	"utf-8":        "naïve 日本 – ок",
	"shift_jis":    "データベースの基礎知識とソート表示", // ソ and 表 end in the byte of a backslash
	"euc-jp":       "データベースの基礎知識",
	"iso-2022-jp":  "データベースの基礎知識",
	"gbk":          "联通数据库入门教程",
	"gb18030":      "数据库入门教程㐀",
	"big5":         "資料庫入門教學功許",
	"euc-kr":       "데이터베이스 기초 강의",
	"windows-1250": "Příliš žluťoučký kůň",
	"windows-1251": "Основы баз данных",
	"koi8-r":       "Основы баз данных",
	"windows-1252": "Bases de données – l’été",
	"windows-1253": "Βάσεις δεδομένων",
	"windows-1254": "Veritabanı eğitimi",
	"windows-1255": "מסדי נתונים",
	"windows-1256": "قواعد البيانات",
	"windows-874":  "ฐานข้อมูล",
	"iso-8859-2":   "Podstawy języka",
	"iso-8859-15":  "Le prix en €",
}

func TestTitleInEveryDeclaredEncoding(t *testing.T) {
	for name, title := range titles {
		for how, doc := range map[string]struct{ contentType, head string }{
			"header":        {"text/html; charset=" + name, ""},
			"quoted header": {`text/html;charset="` + name + `"`, ""},
			"meta":          {"text/html", `<meta charset="` + name + `">`},
			"pragma":        {"text/html", `<meta http-equiv="Content-Type" content="text/html; charset=` + name + `">`},
			"XML":           {"application/xhtml+xml", ""},
		} {
			body := `<!doctype html><html><head>` + doc.head + `<title>` + title + `</title></head><body></body></html>`
			if how == "XML" {
				body = `<?xml version="1.0" encoding='` + name + `'?>` + body
			}
			if got := read(encoded(t, name, body), "Content-Type: "+doc.contentType).Title; got != title {
				t.Errorf("%s by %s: title %q, want %q", name, how, got, title)
			}
		}
	}
}

func TestTitleInUTF16(t *testing.T) {
	const title = "Μια σελίδα 页"
	doc := `<html><head><title>` + title + `</title></head></html>`
	for name, tt := range map[string]struct{ body, contentType string }{
		"little endian by header": {encoded(t, "utf-16le", doc), "text/html; charset=utf-16le"},
		"big endian by header":    {encoded(t, "utf-16be", doc), "text/html; charset=utf-16be"},
		"little endian by mark":   {"\xff\xfe" + encoded(t, "utf-16le", doc), "text/html"},
		"big endian by mark":      {"\xfe\xff" + encoded(t, "utf-16be", doc), "text/html"},
		"mark above header":       {"\xfe\xff" + encoded(t, "utf-16be", doc), "text/html; charset=iso-8859-1"},
		"little endian by shape":  {encoded(t, "utf-16le", doc), "text/html"},
		"big endian by shape":     {encoded(t, "utf-16be", doc), ""},
		"declared, but is UTF-8":  {doc, "text/html; charset=utf-16"},
		"meta that cannot be":     {`<meta charset="utf-16">` + doc, "text/html"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := read(tt.body, "Content-Type: "+tt.contentType).Title; got != title {
				t.Errorf("title %q, want %q", got, title)
			}
		})
	}
}

func TestWhichDeclarationCounts(t *testing.T) {
	for name, tt := range map[string]struct{ body, contentType, want string }{
		"header above meta":                 {`<meta charset=shift_jis><title>` + encoded(t, "euc-kr", "강의") + `</title>`, "text/html; charset=euc-kr", "강의"},
		"mark above all":                    {"\xef\xbb\xbf<meta charset=gbk><title>été</title>", "text/html; charset=gbk", "été"},
		"meta behind title":                 {`<title>` + encoded(t, "gbk", "联通") + `</title><meta charset=gbk>`, "text/html", "联通"},
		"unknown label in the header":       {`<meta charset=windows-1251><title>` + encoded(t, "windows-1251", "Да") + `</title>`, "text/html; charset=utf8mb4", "Да"},
		"header that does not parse":        {`<title>` + encoded(t, "windows-1251", "Да") + `</title>`, "text/html; charset=windows-1251; charset=x y", "Да"},
		"UTF-8 declared, is Shift_JIS":      {`<html lang=ja><title>` + encoded(t, "shift_jis", titles["shift_jis"]) + `</title>`, utf8ct, titles["shift_jis"]},
		"Latin declared, is UTF-8":          {`<title>déjà vu – 日本</title>`, "text/html; charset=iso-8859-1", "déjà vu – 日本"},
		"GBK that could be UTF-8":           {`<title>` + encoded(t, "gbk", "联通") + `</title>`, "text/html; charset=gbk", "联通"},
		"Open Graph title is decoded too":   {`<meta charset=gbk><meta property=og:title content="` + encoded(t, "gbk", "教程") + `">`, "text/html", "教程"},
		"heading is decoded too":            {`<meta charset=gbk><h1>` + encoded(t, "gbk", "教程") + `</h1>`, "text/html", "教程"},
		"UTF-8 cut inside of a character":   {"<title>日本\xe8\xaa", utf8ct, "日本\ufffd"},
		"UTF-8 with one byte gone wrong":    {"<title>\xff一二三四五六七八九十</title>", utf8ct, "\ufffd一二三四五六七八九十"},
		"a label that makes all unreadable": {`<title>déjà</title>`, "text/html; charset=iso-2022-kr", "déjà"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := read(tt.body, "Content-Type: "+tt.contentType).Title; got != tt.want {
				t.Errorf("title %q, want %q", got, tt.want)
			}
		})
	}
}

// prose is what a page says beside its title; an encoding is guessed from all of it.
var prose = map[string]string{
	"shift_jis":    "この章では、索引がどのように働くかを学びます。検索は速くなりますが、書き込みは遅くなります。",
	"euc-jp":       "この章では、索引がどのように働くかを学びます。検索は速くなりますが、書き込みは遅くなります。",
	"iso-2022-jp":  "この章では、索引がどのように働くかを学びます。",
	"gbk":          "本章介绍索引的工作原理。查询会变快，但写入会变慢，因此需要权衡。",
	"big5":         "本章介紹索引的工作原理。查詢會變快，但寫入會變慢，因此需要權衡。學習並不困難。",
	"euc-kr":       "이 장에서는 색인이 어떻게 동작하는지 배웁니다. 검색은 빨라지지만 쓰기는 느려집니다.",
	"windows-1251": "В этой главе мы узнаем, как работает индекс. Поиск ускоряется, запись замедляется.",
	"koi8-r":       "В этой главе мы узнаем, как работает индекс. Поиск ускоряется, запись замедляется.",
	"windows-1252": "Dans ce chapitre, nous découvrons les clés. La recherche s’accélère, l’écriture est freinée.",
}

func TestTitleOfUndeclaredEncoding(t *testing.T) {
	for name, text := range prose {
		title := titles[name]
		body := encoded(t, name, `<html><head><title>`+title+`</title></head><body><p>`+text+`</p></body></html>`)
		if got := read(body, "Content-Type: text/html").Title; got != title {
			t.Errorf("%s: title %q, want %q", name, got, title)
		}
	}
}

func TestUndeclaredEncodingIsThatOfItsHome(t *testing.T) {
	for name, tt := range map[string]struct{ encoding, lang, url string }{
		"Greek language":  {"windows-1253", "el", "https://example.org/"},
		"Greek host":      {"windows-1253", "", "https://example.gr/"},
		"Thai host":       {"windows-874", "", "https://example.co.th/"},
		"Hebrew language": {"windows-1255", "he-IL", "https://example.org/"},
		"Turkish":         {"windows-1254", "tr", "https://example.org/"},
		"Czech host":      {"windows-1250", "", "https://example.cz/"},
	} {
		t.Run(name, func(t *testing.T) {
			title := titles[tt.encoding]
			body := `<html lang="` + tt.lang + `"><title>` + encoded(t, tt.encoding, title) + `</title>`
			got := Read(Document{URL: tt.url, Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte(body)}).Title
			if got != title {
				t.Errorf("title %q, want %q", got, title)
			}
		})
	}
}
