package page

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// errorWords are what titles and headings of missing pages say, by language. They arouse suspicion and prove nothing:
// "HTTP 404 explained" is a lesson. All are in lower case.
var errorWords = map[string][]string{
	"en": {"not found", "page not available", "page no longer", "no longer available", "no longer exists", "does not exist", "doesn't exist", "doesn’t exist",
		"page missing", "missing page", "page removed", "has been removed", "has been deleted", "can't be found", "can’t be found", "cannot be found", "could not be found", "couldn't find", "couldn’t find", "could not find",
		"can't find", "can’t find", "page unavailable", "content unavailable", "nothing here", "nothing found", "no results", "no such page", "page error", "error page", "broken link", "dead link", "isn't available", "isn’t available", "is not available", "has moved", "lost?", "no longer listed", "no longer exist", "no longer here", "dead end", "nothing to see", "nothing to show", "couldn't load", "unable to find", "not exist", "is gone", "has gone", "been taken down", "taken offline", "has ended", "listing has", "has expired", "expired", "awkward", "no longer", "wandered off", "went missing", "we're lost", "off the map", "took a wrong turn", "wrong turn", "search results", "results for", "whoops", "uh oh", "uh-oh", "oh no", "oops", "sorry", "page gone", "something went wrong", "bad request", "went wrong"},
	"de": {"nicht gefunden", "nicht auffindbar", "nicht vorhanden", "existiert nicht", "nicht mehr verfügbar", "nicht verfügbar", "seite fehlt", "wurde entfernt", "wurde gelöscht", "fehlerseite", "gibt es nicht", "gibt's nicht", "gibts nicht", "nicht finden", "nicht mehr da", "leider nicht", "suchergebnis", "hoppla", "huch", "ups!", "nicht mehr vorhanden", "verschwunden"},
	"fr": {"introuvable", "n'existe pas", "n’existe pas", "n'existe plus", "n’existe plus", "non trouvée", "pas trouvée", "pas été trouvée", "n'a pas été trouvé", "page inexistante", "plus disponible", "page d'erreur", "n'est pas disponible", "n’est pas disponible", "pas trouvé", "page perdue", "résultats de recherche", "a été supprimé", "disparu", "oups"},
	"es": {"no encontrada", "no encontrado", "no existe", "no se encontró", "no se ha encontrado", "no se encuentra", "no está disponible", "página de error", "no disponible", "no encontramos", "no pudimos encontrar", "no se pudo encontrar", "ya no está", "ya no existe", "no hallamos", "no hemos encontrado", "eliminad", "resultados de búsqueda", "¡ups", "ups"},
	"pt": {"não encontrada", "não encontrado", "não existe", "não foi encontrada", "não foi encontrado", "não está disponível", "página de erro", "indisponível", "não encontramos", "não conseguimos encontrar", "foi removida", "já não existe", "inexistente"},
	"it": {"non trovata", "non trovato", "non esiste", "non è stata trovata", "non disponibile", "pagina inesistente", "pagina di errore", "non abbiamo trovato", "inesistente", "non c'è", "non è più"},
	"nl": {"niet gevonden", "bestaat niet", "niet beschikbaar", "niet meer beschikbaar", "foutpagina"},
	"pl": {"nie znaleziono", "nie istnieje", "nie została znaleziona", "strona niedostępna", "błąd 404"},
	"ru": {"не найдена", "не найден", "не найдено", "не существует", "страница удалена", "ошибка 404"},
	"uk": {"не знайдено", "не знайдена", "не існує", "помилка 404"},
	"cs": {"nenalezena", "nenalezeno", "neexistuje", "nebyla nalezena", "stránka nebyla"},
	"sk": {"nenájdená", "nenašla", "nenašli", "nebola nájdená", "neexistuje", "nenašlo"},
	"sl": {"ni bila najdena", "ne obstaja", "ni najdena", "ni mogoče najti", "ne najdemo"},
	"hr": {"nije pronađen", "ne postoji", "nije nađen", "nismo pronašli", "nije dostupn", "није пронађен", "не постоји"},
	"mk": {"не е пронајден", "не постои"},
	"sq": {"nuk u gjet", "nuk ekziston"},
	"et": {"ei leitud", "ei leidnud", "ei eksisteeri"},
	"lv": {"nav atrast", "neeksistē"},
	"lt": {"nerasta", "nerastas", "neegzistuoja"},
	"be": {"не знойдзена", "не існуе"},
	"ca": {"no s'ha trobat", "no s’ha trobat", "no trobada", "no trobat", "no existeix", "no està disponible", "no hem trobat", "no l'hem trobat"},
	"gl": {"non se atopou", "non existe", "non atopada"},
	"eu": {"ez da aurkitu", "ez da existitzen"},
	"is": {"fannst ekki", "er ekki til"},
	"ga": {"níor aimsíodh"},
	"cy": {"heb ei ganfod", "heb ei chanfod"},
	"af": {"nie gevind", "bestaan nie"},
	"ka": {"ვერ მოიძებნა"},
	"hy": {"չի գտնվել"},
	"az": {"tapılmadı", "mövcud deyil"},
	"kk": {"табылмады"},
	"uz": {"topilmadi"},
	"mn": {"олдсонгүй"},
	"ur": {"نہیں ملا", "موجود نہیں"},
	"bn": {"পাওয়া যায়নি", "খুঁজে পাওয়া"},
	"ta": {"கிடைக்கவில்லை", "காணப்படவில்லை"},
	"te": {"కనుగొనబడలేదు"},
	"mr": {"सापडले नाही", "सापडत नाही"},
	"ne": {"फेला परेन"},
	"ms": {"tidak dijumpai", "tidak wujud"},
	"tl": {"hindi nahanap", "hindi makita"},
	"sw": {"haipatikani", "haukupatikana"},
	"eo": {"ne trovita", "ne ekzistas", "ne troviĝas"},
	"sv": {"hittades inte", "hittas inte", "finns inte", "sidan saknas", "kunde inte hittas"},
	"da": {"ikke fundet", "findes ikke", "blev ikke fundet"},
	"no": {"ikke funnet", "finnes ikke", "fant ikke"},
	"fi": {"ei löydy", "ei löytynyt", "ei ole olemassa", "sivua ei"},
	"hu": {"nem található", "nem létezik", "nem találjuk"},
	"ro": {"nu a fost găsită", "nu există", "negăsită", "nu a fost găsit"},
	"tr": {"bulunamadı", "mevcut değil", "bulunamıyor"},
	"el": {"δεν βρέθηκε", "δεν υπάρχει"},
	"bg": {"не е намерена", "не е намерен"},
	"ar": {"غير موجودة", "غير موجود", "لم يتم العثور", "الصفحة غير"},
	"fa": {"یافت نشد", "پیدا نشد", "وجود ندارد"},
	"he": {"לא נמצא", "לא נמצאה", "לא קיים"},
	"hi": {"नहीं मिला", "नहीं मिली", "मौजूद नहीं"},
	"ja": {"見つかりません", "見つかりませんでした", "ページがありません", "存在しません", "お探しのページ", "ページが見つ"},
	"ko": {"찾을 수 없", "존재하지 않", "페이지가 없"},
	"zh": {"找不到", "不存在", "未找到", "没有找到", "沒有找到", "页面丢失", "已被删除", "已被刪除", "出错了", "无法找到", "無法找到"},
	"vi": {"không tìm thấy", "không tồn tại"},
	"id": {"tidak ditemukan", "tidak tersedia"},
	"th": {"ไม่พบหน้า", "ไม่พบ"},
}

// vague are those of the words that a text may hold which tells of something else: of maintenance, of a choice that is
// to be made first, of what is out of stock. In a title they still arouse suspicion.
var vague = []string{"sorry", "oops", "oups", "ups", "ups!", "¡ups", "huch", "hoppla", "whoops", "uh oh", "uh-oh", "oh no", "awkward", "expired", "has expired", "went wrong", "something went wrong", "bad request",
	"search results", "results for", "no results", "suchergebnis", "résultats de recherche", "resultados de búsqueda", "has moved", "has ended", "listing has", "lost?", "no longer", "is gone", "has gone", "taken offline", "nothing to show", "couldn't load",
	"isn't available", "isn’t available", "is not available", "content unavailable", "page unavailable", "nicht verfügbar", "leider nicht", "n'est pas disponible", "n’est pas disponible", "no está disponible", "no disponible", "eliminad",
	"não está disponível", "indisponível", "non disponibile", "niet beschikbaar", "tidak tersedia", "no està disponible", "nije dostupn"}

// missingWord returns the words of something that is not there which a short text in lower case holds, "" when it holds
// none.
func missingWord(text string) string {
	for _, phrases := range errorWords {
		for _, phrase := range phrases {
			if strings.Contains(text, phrase) && !slices.Contains(vague, phrase) {
				return phrase
			}
		}
	}
	return ""
}

// errorWord returns the words of an error that a title or heading in lower case holds, "" when it holds none.
func errorWord(text string) string {
	if text == "" || len(text) > 300 {
		return ""
	}
	if text == "search" || strings.HasPrefix(text, "search - ") || strings.HasPrefix(text, "search | ") {
		return "search"
	}
	if text == "error" || text == "oops" || text == "oops!" || strings.HasPrefix(text, "error ") || strings.HasPrefix(text, "fehler ") {
		return text
	}
	ascii := isASCII([]byte(text))
	for _, phrases := range errorWords {
		for _, phrase := range phrases {
			if !(ascii && phrase[0] >= utf8.RuneSelf) && strings.Contains(text, phrase) {
				return phrase
			}
		}
	}
	for _, code := range [...]string{"404", "410"} {
		if i := strings.Index(text, code); i >= 0 && !digitAt(text, i-1) && !digitAt(text, i+len(code)) {
			return code
		}
	}
	return ""
}

func digitAt(text string, i int) bool {
	return i >= 0 && i < len(text) && text[i] >= '0' && text[i] <= '9'
}

// errorTexts are sentences of error pages, for those whose titles and headings jest instead.
const errorTexts = "error 404|404 error|404 not found|page not found|page could not be found|page cannot be found|page can't be found|page you requested|page you are looking for|page you were looking for|topic does not exist|" +
	"page does not exist|document could not be found|file not found|no longer exists|no longer accepting|no results for|no results found|there is currently no text in this page|failed to open stream: no such file or directory"

// speaksOf404 reports a document in which the number of the error stands as a word of a sentence. It is a search in the
// raw markup, for deciding whether to look closer: addresses and attributes with the number do not count.
func speaksOf404(body []byte) bool {
	body = body[:min(len(body), early)]
	for range 20 {
		i := bytes.Index(body, []byte("404"))
		if i < 0 {
			return false
		}
		if before, behind := byteAt(body, i-1), byteAt(body, i+3); isSentence(before) && isSentence(behind) {
			return true
		}
		body = body[i+3:]
	}
	return false
}

func byteAt(b []byte, i int) byte {
	if i < 0 || i >= len(b) {
		return 0
	}
	return b[i]
}

// isSentence reports what can stand beside a word of a sentence.
func isSentence(c byte) bool {
	return isSpace(c) || c == '.' || c == '<' || c == '>' || c == '!' || c == ':'
}

// takenOver are words of the businesses that buy expired domains for their good name (studies of drop-catching name
// gambling, pills and loans). Two different ones in a title or heading arouse suspicion.
var takenOver = []string{
	"casino", "kasino", "slot online", "slot gacor", "situs slot", "judi online", "judi slot", "judi bola", "togel", "gacor", "rtp live", "maxwin", "sbobet", "pragmatic play", "link alternatif",
	"poker online", "online poker", "bandar", "baccarat", "roulette", "betting", "sportsbook", "sports betting", "free spins", "welcome bonus", "no deposit bonus", "jackpot",
	"canlı bahis", "bahis siteleri", "bahis", "deneme bonusu", "güncel giriş", "казино", "ставки на спорт", "букмекер", "игровые автоматы", "1xbet", "1win", "mostbet", "pin up casino", "melbet",
	"娱乐城", "博彩", "赌场", "彩票", "体育投注", "オンラインカジノ", "카지노", "토토사이트", "먹튀", "nhà cái", "cá cược", "xổ số", "สล็อต", "บาคาร่า", "คาสิโน", "แทงบอล", "หวยออนไลน์",
	"viagra", "cialis", "payday loan", "escort", "essay writing service", "buy followers", "apuestas deportivas", "casa de apostas", "cassino", "tragaperras", "spielautomaten",
}

// takenOverWords returns the different words of that kind in texts in lower case.
func takenOverWords(texts []string) []string {
	var found []string
	for _, word := range takenOver {
		for _, text := range texts {
			if strings.Contains(text, word) {
				found = append(found, word)
				break
			}
		}
	}
	return found
}
