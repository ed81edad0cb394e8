package behaviours

// missingWords are how sites say in their languages that a page is not there: its title, and what stands below it.
var missingWords = []struct{ lang, name, title, text string }{
	{"de", "German", "Seite nicht gefunden", "Die von Ihnen gesuchte Seite existiert leider nicht oder wurde verschoben. Bitte prüfen Sie die Adresse oder nutzen Sie die Suche."},
	{"fr", "French", "Page introuvable", "La page que vous cherchez n'existe pas ou a été déplacée. Vérifiez l'adresse ou revenez à l'accueil."},
	{"es", "Spanish", "Página no encontrada", "Lo sentimos, la página que buscas no existe o ha cambiado de dirección. Prueba con el buscador."},
	{"pt", "Portuguese", "Página não encontrada", "A página que você procura não existe ou foi removida. Volte ao início ou use a busca."},
	{"it", "Italian", "Pagina non trovata", "Spiacenti, la pagina richiesta non esiste o è stata spostata. Torna alla pagina iniziale."},
	{"nl", "Dutch", "Pagina niet gevonden", "De pagina die je zoekt bestaat niet meer of is verplaatst. Ga terug naar de startpagina."},
	{"pl", "Polish", "Nie znaleziono strony", "Strona, której szukasz, nie istnieje lub została przeniesiona. Sprawdź pisownię albo skorzystaj z wyszukiwarki."},
	{"ru", "Russian", "Страница не найдена", "К сожалению, запрашиваемая страница не существует или была удалена. Вернитесь на главную."},
	{"uk", "Ukrainian", "Сторінку не знайдено", "На жаль, такої сторінки не існує або її було переміщено. Поверніться на головну."},
	{"tr", "Turkish", "Sayfa bulunamadı", "Aradığınız sayfa mevcut değil veya kaldırılmış olabilir. Ana sayfaya dönün."},
	{"ja", "Japanese", "ページが見つかりません", "お探しのページは存在しないか、移動または削除された可能性があります。トップページへお戻りください。"},
	{"zh", "Chinese", "页面不存在", "抱歉，您访问的页面不存在或已被删除。请返回首页或使用搜索。"},
	{"ko", "Korean", "페이지를 찾을 수 없습니다", "요청하신 페이지가 존재하지 않거나 삭제되었습니다. 홈으로 돌아가세요."},
	{"sv", "Swedish", "Sidan kunde inte hittas", "Sidan du letar efter finns inte eller har flyttats. Gå till startsidan eller använd sökningen."},
	{"cs", "Czech", "Stránka nenalezena", "Požadovaná stránka neexistuje nebo byla přesunuta. Zkuste vyhledávání nebo úvodní stránku."},
	{"vi", "Vietnamese", "Không tìm thấy trang", "Trang bạn tìm kiếm không tồn tại hoặc đã bị xóa. Vui lòng quay lại trang chủ."},
	{"id", "Indonesian", "Halaman tidak ditemukan", "Maaf, halaman yang Anda cari tidak ada atau sudah dihapus. Silakan kembali ke beranda."},
	{"ar", "Arabic", "الصفحة غير موجودة", "عذراً، الصفحة التي تبحث عنها غير موجودة أو تم نقلها. يرجى العودة إلى الصفحة الرئيسية."},
	{"fa", "Persian", "صفحه یافت نشد", "متأسفانه صفحه مورد نظر شما وجود ندارد یا حذف شده است. به صفحه اصلی برگردید."},
	{"he", "Hebrew", "הדף לא נמצא", "הדף שחיפשת אינו קיים או שהוסר. אפשר לחזור לדף הבית."},
	{"hu", "Hungarian", "Az oldal nem található", "A keresett oldal nem létezik vagy áthelyezték. Térjen vissza a kezdőlapra."},
	{"fi", "Finnish", "Sivua ei löytynyt", "Etsimääsi sivua ei ole olemassa tai se on siirretty. Palaa etusivulle."},
}

// languageCases are one page in each language that is missing behind a 200, and some that only speak of it.
func languageCases() []Case {
	var cases []Case
	for _, w := range missingWords {
		host := "https://missing-" + w.lang + ".test"
		cases = append(cases, Case{
			Name: "missing behind a 200, in " + w.name, Link: host + "/kb/2018/17", Want: dead("soft-404"),
			Serve: on(host+"/*", Doc{Lang: w.lang, Site: "Missing", Title: w.title + " | Missing", Main: "<h1>" + w.title + "</h1>\n<p>" + w.text + "</p>\n"}),
		})
	}
	return append(cases,
		Case{Name: "a German article on missing pages", Link: "https://webmaster-tipps.test/artikel/404", Want: ok("Seite nicht gefunden: gute Fehlerseiten gestalten"),
			Serve: page(Doc{Lang: "de", Subject: 5, Above: "<p>Die Meldung „Seite nicht gefunden“ muss kein Ende sein. " + missingWords[0].text + " So steht es auf den meisten Fehlerseiten, und so hilft es niemandem.</p>"})},
		Case{Name: "a Japanese article on missing pages", Link: "https://web-nyumon.test/kiji/404", Want: ok("「ページが見つかりません」を親切にする方法"),
			Serve: page(Doc{Lang: "ja", Subject: 5, Above: "<p>" + missingWords[10].text + "という文をよく見かけます。この記事では、親切なエラーページの作り方を説明します。</p>"})},
	)
}
