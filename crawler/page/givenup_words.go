package page

import "regexp"

// The words by which makers say that they gave something up. Each sentence names itself ("this project", "diese Seite")
// and then says so: what "a function", "the plugin" or "Node 12" is, is not what the page is about. Group 1 is the noun.

// english is the tongue of most notices.
const (
	englishNoun = `(project|repository|repo|package|library|plugin|plug-in|extension|module|crate|gem|app|application|tool|toolkit|framework|software|program|service|website|site|theme|action|wiki|sdk|client|product|codebase|boilerplate|template|` +
		`page|article|post|tutorial|guide|document|documentation|docs|book|course|video|series|list|collection|lesson|content|version|release)`
	englishThing = `\b(?:this|these) (?:[\w.+#-]+ ){0,2}?` + englishNoun + `(?:,? \([^)]{1,40}\))?`
	englishIs    = ` (?:is|are|was|has been|have been)(?: now| currently| officially| also| considered| being)*`
	englishEnded = `(?:no longer (?:being )?(?:actively )?(?:maintained|supported|developed|updated)|no longer under (?:active )?development|not (?:being )?(?:actively )?(?:maintained|developed|updated)(?: any ?more| any longer)|not maintained)\b`
	englishState = `(?:unmaintained|deprecated|abandoned|discontinued|archived|obsolete|outdated|out[- ]of[- ]date|end[- ]of[- ]life|retired)\b`
)

// givenUpSentences are tried on what stands where makers speak of the whole.
var givenUpSentences = []*regexp.Regexp{
	regexp.MustCompile(englishThing + `(?:` + englishIs + `)? ` + englishEnded),
	regexp.MustCompile(englishThing + englishIs + ` ` + englishState),
	regexp.MustCompile(englishThing + ` has (?:now )?(?:officially )?reached (?:its |the )?end[- ]of[- ](?:life|support)\b`),
	regexp.MustCompile(`\bthis is (?:now )?an? (?:unmaintained|deprecated|abandoned|discontinued|archived|obsolete) (?:[\w.+#-]+ )?` + englishNoun + `\b`),
	regexp.MustCompile(`\b(?:dieses|diese|dieser) (?:[\pL-]+ )?(projekt|repository|repo|paket|bibliothek|plugin|erweiterung|software|anwendung|programm|artikel|beitrag|seite|anleitung|tutorial|dokumentation|version) (?:(?:wird|werden) (?:leider |derzeit )?nicht (?:mehr|länger|weiter) (?:aktiv )?(?:gepflegt|gewartet|weiterentwickelt|entwickelt|unterstützt|aktualisiert)|ist (?:inzwischen |mittlerweile |leider )?(?:veraltet|eingestellt|archiviert)|wurde (?:eingestellt|archiviert|aufgegeben))`),
	regexp.MustCompile(`(?:^|[ :!])(?:ce|cet|cette) (projet|dépôt|paquet|bibliothèque|plugin|extension|logiciel|application|article|page|tutoriel|guide|documentation|version) (?:n['’]est plus (?:activement )?(?:maintenue?|mise? à jour|supportée?|développée?)|est (?:désormais |maintenant )?(?:obsolète|abandonnée?|archivée?|dépréciée?)|a été (?:abandonnée?|archivée?))`),
	regexp.MustCompile(`(?:^|[ :!¡])(?:este|esta) (proyecto|repositorio|paquete|biblioteca|librería|extensión|plugin|artículo|página|tutorial|guía|documentación|versión) (?:ya no (?:se mantiene|se actualiza|está mantenid[oa]|recibe (?:mantenimiento|soporte|actualizaciones)|tiene (?:soporte|mantenimiento))|(?:está|ha sido|fue) (?:obsolet[oa]|abandonad[oa]|descontinuad[oa]|archivad[oa]|desactualizad[oa]))`),
	regexp.MustCompile(`(?:^|[ :!])(?:este|esta) (projeto|repositório|pacote|biblioteca|extensão|plugin|artigo|página|tutorial|guia|documentação|versão) (?:não (?:é|está) mais (?:sendo )?(?:ativamente )?(?:mantid[oa]|atualizad[oa]|suportad[oa])|(?:está|foi) (?:obsolet[oa]|abandonad[oa]|descontinuad[oa]|arquivad[oa]|desatualizad[oa]))`),
	regexp.MustCompile(`(?:^|[ :!])quest[oa] (progetto|repository|pacchetto|libreria|plugin|estensione|articolo|pagina|guida|documentazione|versione) (?:non è più (?:attivamente )?(?:mantenut[oa]|supportat[oa]|aggiornat[oa]|sviluppat[oa])|è (?:stat[oa] )?(?:obsolet[oa]|abbandonat[oa]|archiviat[oa]|deprecat[oa]))`),
	regexp.MustCompile(`(?:^|[ :!])(?:dit|deze) (project|repository|pakket|bibliotheek|plugin|uitbreiding|artikel|pagina|handleiding|documentatie|versie) (?:wordt niet (?:meer|langer) (?:actief )?(?:onderhouden|bijgewerkt|ondersteund|ontwikkeld)|is (?:verouderd|gearchiveerd|stopgezet))`),
	regexp.MustCompile(`(?:^|[ :!])(?:ten|ta|to) (projekt|repozytorium|pakiet|biblioteka|artykuł|strona|dokumentacja|wersja|wtyczka) (?:nie jest już (?:aktywnie )?(?:utrzymywan|rozwijan|wspieran|aktualizowan)[yae]|(?:jest|został[ao]?) (?:przestarzał|porzucon|zarchiwizowan)[yae])`),
	regexp.MustCompile(`(?:этот|эта|данный|данная) (проект|репозиторий|пакет|библиотека|плагин|статья|страница|документация|версия|программа) (?:больше не (?:поддерживается|развивается|обновляется|сопровождается)|устарела?(?:$|[^а-я])|был[а]? (?:заброшен|архивирован))`),
	regexp.MustCompile(`(?:^|[ :!])bu (proje|depo|paket|kütüphane|eklenti|makale|sayfa|belge|sürüm) artık (?:geliştirilmiyor|desteklenmiyor|güncellenmiyor|sürdürülmüyor|bakımı yapılmıyor)`),
	regexp.MustCompile(`(?:本|该|此|这个|該|這個)(项目|專案|项目仓库|仓库|倉庫|库|软件包|插件|文章|页面|頁面|文档|教程|版本|工具)(?:目前|现)?(?:已经|已經|现已|已)?(?:不再(?:积极|積極)?(?:维护|維護|更新|支持|支援|开发|開發)|停止(?:维护|維護|更新|开发|開發)|被?(?:弃用|棄用|废弃|廢棄|归档|歸檔|存档))`),
	regexp.MustCompile(`(?:この|本)(プロジェクト|リポジトリ|パッケージ|ライブラリ|プラグイン|ソフトウェア|記事|ページ|ドキュメント|チュートリアル|バージョン)(?:は|の)、?(?:現在|もう|すでに|既に)?、?(?:メンテナンス(?:は)?されていません|メンテナンスは終了|開発(?:は|を)終了|更新されていません|更新は終了|サポートされていません|非推奨(?:です|になりました|となりました)|アーカイブされ(?:ました|ています))`),
	regexp.MustCompile(`이 (프로젝트|저장소|패키지|라이브러리|플러그인|문서|페이지|글|버전|튜토리얼)(?:는|은|이|가)? (?:더 이상 (?:유지 ?보수되지|유지 ?관리되지|관리되지|지원되지|업데이트되지|개발되지) 않|(?:지원|개발|업데이트)(?:이|가) 중단되었|보관되었)`),
}

// movedSentence is a page or project that says where it is now; it needs a link behind it.
var movedSentence = regexp.MustCompile(`\b(?:this|these) (?:[\w.+#-]+ ){0,2}?(project|repository|repo|package|page|article|post|tutorial|guide|document|documentation|docs|website|site|wiki|library|list) (?:has|have) (?:now )?(?:been )?(?:permanently )?(?:moved|migrated|relocated) to\b`)

// oldVersionSentences are about the documentation itself, in an element made as a notice.
var oldVersionSentences = []*regexp.Regexp{
	regexp.MustCompile(`\b(?:documentation|docs|manual|document|page|version) (?:is )?(?:for|of) (?:an? |the )?(?:[\w.+#-]+ ){0,2}?(?:old|older|outdated|unsupported|insecure|unmaintained|legacy|eol)(?:,? (?:and )?[\w-]+)? (?:version|release)s?\b`),
	regexp.MustCompile(`\bthis is (?:the )?documentation for [^.]{0,10}[^,]{1,60}, which is no longer (?:actively )?maintained\b`),
	regexp.MustCompile(`\bdocumentation is no longer (?:actively )?maintained\b`),
	regexp.MustCompile(`\bthis is an? (?:old|older|outdated|unsupported) (?:version|release)\b`),
	regexp.MustCompile(`\byou(?:'re| are) (?:currently )?(?:viewing|reading|looking at|browsing|using) (?:the |a page )?(?:documentation |docs |manual )?(?:for |of |from )?(?:an? )(?:old|older|outdated|unsupported|previous|legacy) (?:version|release)\b`),
	regexp.MustCompile(`\byou(?:'re| are) not (?:viewing|reading|looking at|browsing) the (?:latest|current|most recent|newest) (?:stable )?(?:version|release)\b`),
	regexp.MustCompile(`\b(?:a|there is a) (?:newer|more recent) version of (?:this|these|the) (?:page|document|documentation|docs|manual)(?: is available| exists)?\b`),
	regexp.MustCompile(`\bthese docs are (?:old|outdated|deprecated|no longer (?:maintained|updated)|for an old(?:er)? version)\b`),
	regexp.MustCompile(`dokumentation für .{1,60} wird nicht (?:weiter|mehr) (?:gewartet|gepflegt)`),
	regexp.MustCompile(`documentation de .{1,60} qui n['’]est plus (?:activement )?maintenue`),
	regexp.MustCompile(`documentación (?:para|de) .{1,60} que ya no se mantiene`),
	regexp.MustCompile(`documentação (?:para|do|de) .{1,60} que não é mais mantida`),
	regexp.MustCompile(`документация .{1,60}, которая (?:уже|больше) не поддерживается`),
	regexp.MustCompile(`のドキュメントで現在はアクティブにメンテナンスされていません`),
	regexp.MustCompile(`版的文档，现已不再积极维护`),
}

// shelved are words for what is put away and kept: forums do that with every old post, lists with every letter, and it
// says nothing of their worth.
var shelved = regexp.MustCompile(`archiv|arquiv|归档|歸檔|存档|アーカイブ|보관`)

// shelves are further nouns of what is put away so.
var shelves = words("site", "website", "wiki")

// newHome is how a link to where a project is now is called, where it does not hold its name.
var newHome = regexp.MustCompile(`^https?://|^[\w-]+(?:\.[\w-]+)+(?:/|$)|^[\w.-]+/[\w.-]+$|\b(?:here|home|location|address|repository|repo|site|website|project|page)\b`)

// versionNouns are the nouns of sentences that are about one version alone.
var versionNouns = words("version", "release", "versión", "versão", "versione", "versie", "wersja", "версия", "sürüm", "版本", "バージョン", "버전")

// writingNouns are those of texts, rather than of what is made with them.
var writingNouns = words("page", "article", "post", "tutorial", "guide", "document", "documentation", "docs", "book", "course", "video", "series", "list", "collection", "lesson", "content",
	"artikel", "beitrag", "seite", "anleitung", "dokumentation", "tutoriel", "artículo", "página", "guía", "documentación", "artigo", "guia", "documentação", "articolo", "pagina", "guida", "documentazione",
	"handleiding", "documentatie", "artykuł", "strona", "dokumentacja", "статья", "страница", "документация", "makale", "sayfa", "belge", "文章", "页面", "頁面", "文档", "教程",
	"記事", "ページ", "ドキュメント", "チュートリアル", "문서", "페이지", "글", "튜토리얼")

// manualNouns are what describes a project: where a README calls that outdated, the project is not.
var manualNouns = words("page", "document", "documentation", "docs", "seite", "dokumentation", "página", "documentación", "documentação", "pagina", "documentazione", "documentatie",
	"strona", "dokumentacja", "страница", "документация", "sayfa", "belge", "页面", "頁面", "文档", "ページ", "ドキュメント", "문서", "페이지")

// flagLine is a heading or a first line that is nothing but the word, or goes on after a mark: "DEPRECATED – use X".
var flagLine = regexp.MustCompile(`^(?:[^\pL\d]|:[a-z_]+:)*(?:(?:project |repository )?status:? )?(?:this (?:project|repository|repo|package) )?(?:deprecated|unmaintained|abandoned|discontinued|no longer (?:actively )?maintained|not maintained(?: any ?more)?)(?: (?:project|repository|repo|package|library))?(?:[^\pL\d ]|$| [–—-])`)

// flagBracket is a name with the word in brackets: "measure (deprecated)".
var flagBracket = regexp.MustCompile(`[\[(](?:deprecated|unmaintained|abandoned|discontinued|archived|obsolete|no longer maintained|not maintained)[\])]`)

// partial are words which say that only a part, or a version, is meant.
var partial = regexp.MustCompile(`\b(?:apis?|versions?|v\d|methods?|functions?|options?|support|branch|branches|features?|parameters?|flags?|endpoints?|since)\b`)

// conditional begins what is not said of the present: "if this project is no longer maintained".
var conditional = regexp.MustCompile(`(?:^|[ (])(?:if|when|whether|unless|until|once|before|in case|think|thinks|means?|would|should|might|may|could|how|why|wenn|falls|si|se|если)(?: |$)|["“”«»]|n['’]t `)

// ownedBy is what stands before a thing of which only a part is meant: "the parser of this project is deprecated".
var ownedBy = regexp.MustCompile(`\b(?:of|in|for|with|by|from|to|on|within|inside|about|like|than) $`)

// limits are what a sentence goes on with that takes back half of it: "no longer supported on Windows".
var limits = regexp.MustCompile(`^ (?:by|on|in|for|with|under|from|unless|if|until|outside|within|without)(?: |$)`)

// alive are words behind it which say that it is kept all the same.
var alive = regexp.MustCompile(`\b(?:again|revived|resumed|carry on|carried on|taken over|took over|takes over|feature[- ]complete|(?:is|are|it's|considered) (?:now )?(?:complete|stable|finished|done)|bug ?fixes|bugs are|security fixes|maintenance mode)\b`)

// kept is how somebody else tells that they took over what was given up.
var kept = regexp.MustCompile(`\b(?:i|we) (?:now |will |have )?(?:maintain|continue|keep|took|take|revive)`)

// denied takes such words back: "and will not receive bug fixes".
var denied = regexp.MustCompile(`\b(?:no|not|never|neither|nor|without)\b|n['’]t\b`)

// shouted is how a heading or an item says it of the whole: in capitals or behind a mark. "Deprecated" alone heads a list.
var shouted = regexp.MustCompile(`^[^\pL\d]*(?:DEPRECATED|UNMAINTAINED|ABANDONED|DISCONTINUED|NO LONGER|NOT MAINTAINED)|^(?:[^\pL\d\s]|:[a-z_]+:)|(?i)^(?:project |repository )?status\b|(?i)^this |(?i) (?:project|repository|repo|package|library)\b`)

// limitless are such words that limit nothing.
var limitless = regexp.MustCompile(`^ (?:in favou?r|by (?:the|its|their) (?:author|authors|owner|owners|maintainer|maintainers|developer|developers|creator|creators)|(?:on|in|since) (?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))`)

// leads are what stands before a link to what is to be used instead.
var leads = regexp.MustCompile(`(?:moved to|migrated to|relocated to|favou?r of|replaced by|superseded by|successor(?: is)?|switch to|migrate to|upgrade to|instead,? use|please use|please visit|use|latest|current|newer|the new|now at|lives at|go to|read the|zu|nach|hier|vers|à|para)[^\pL\d]{0,4}(?:the |our |its )?$`)

// newestBehind is what stands behind such a link.
var newestBehind = regexp.MustCompile(`^\W{0,2}(?:is|has) (?:now )?the (?:latest|current|newest|most recent|new|maintained|official)\b`)

// instead are texts of links that say the same by themselves.
var instead = regexp.MustCompile(`\b(?:latest|current|newer|stable|up-to-date|new) (?:version|release|docs|documentation|stable|site|one)|^(?:latest|stable|current)$|neueste|aktuelle version|dernière version|última versión|última versão|последн|最新|최신`)

// notice is a part of a class or id of elements that are made to be noticed.
var notice = words("alert", "banner", "admonition", "warning", "warn", "notice", "callout", "caution", "danger", "deprecated", "deprecation", "outdated", "obsolete", "unmaintained",
	"archived", "announcement", "announcementbar", "notecard", "flash", "important", "attention", "ambox", "mbox", "eol", "disclaimer", "pageinfo", "message", "infobar", "versionwarning", "versionadded", "hint", "unsupported")

// noNotice is a part of a class or id of what is made to be noticed for another reason.
var noNotice = words("cookie", "cookies", "consent", "gdpr", "newsletter", "subscribe", "promo", "ad", "ads", "comment", "comments", "browser", "noscript", "versionadded", "versionchanged", "versionmodified", "deprecated-removed", "hidden", "code", "highlight", "carousel", "slide", "toast")

func words(list ...string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, w := range list {
		set[w] = true
	}
	return set
}

// givenUpStems are words without which none of the sentences above is said.
var givenUpStems = newStems([]string{
	"maintained", "deprecated", "abandoned", "discontinued", "end of life", "end-of-life", "no longer", "unsupported", "archived", "obsolete", "outdated", "out of date", "out-of-date", "has moved", "have moved", "migrated to", "relocated to", "been moved",
	"old version", "older version", "older release", "old release", "newer version", "recent version", "latest version", "current version", "newest version", "stable version", "latest release", "docs are old", " retired",
	"gepflegt", "gewartet", "entwickelt", "unterstützt", "aktualisiert", "veraltet", "eingestellt", "archiviert", "aufgegeben",
	"maintenu", "n'est plus", "n’est plus", "obsolète", "abandonné", "archivée", "dépréciée",
	"ya no se ", "ya no est", "ya no rec", "ya no tie", "obsoleto", "obsoleta", "abandonad", "descontinuad", "archivad", "desactualizad", "não é mais", "não está mais", "arquivad", "desatualizad",
	"non è più", "abbandonat", "archiviat", "deprecata", "deprecato", "niet meer", "niet langer", "verouderd", "stopgezet", "nie jest już", "przestarza", "porzucon",
	"больше не", "устарел", "заброшен", "уже не поддерж", "artık gel", "artık des", "artık gün", "artık sür", "artık bak", "不再维护", "不再維護", "不再积极", "不再積極", "不再更新", "不再支持", "不再支援", "不再开发", "不再開發",
	"停止维护", "停止維護", "停止更新", "停止开发", "停止開發", "已弃用", "已棄用", "被弃用", "被棄用", "已废弃", "已廢棄", "被废弃", "被廢棄", "已归档", "已歸檔", "已存档", "被归档",
	"されていません", "は終了", "を終了", "非推奨", "アーカイブ", "더 이상", "중단되", "보관되",
})
