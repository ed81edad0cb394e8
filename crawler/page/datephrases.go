package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// changedPhrases are the words that stand before the date of a page's last change, in lower case, separated by "|".
// Words that lead up to them ("this page was last") are leadWords.
const changedPhrases = `updated|update|last update|last updated date|modified|edited|revised|amended|changed|reviewed|revision|last modification|last change|last edit|content review|last revision|modification date|update date|date modified|date updated|date last updated|revision date|date revised|date changed|changed since|updated date` +
	// German
	`|aktualisiert|aktualisierung|aktualisiert am|stand|stand der information|stand vom|geändert|änderung|bearbeitet|bearbeitung|überarbeitet|überarbeitung|änderungsdatum|seite wurde zuletzt|update vom|aktueller stand|änderungsstand|letztes update` +
	// French
	`|mise à jour|mis à jour|mise a jour|mis a jour|maj|modifié|modifiée|modification|modification de cette page a été faite|révisé|révision|date de modification|actualisé` +
	// Spanish
	`|actualización|actualizado|actualizada|modificación|modificado|modificada|editado|editada|revisión|revisado|fecha de actualización|se editó por última vez|última edición` +
	// Portuguese
	`|atualização|atualizado|atualizada|atualizado em|actualizado em|modificação|editada pela última vez|editado pela última vez|alteração|alterado|data de atualização|modificada|última modificação` +
	// Italian
	`|aggiornamento|aggiornato|aggiornata|modifica|modificato|modificata|modificata per l'ultima volta|revisione|ultimo aggiornamento` + //nolint:misspell // Italian
	// Catalan, Romanian
	`|actualització|actualitzat|modificació|actualizat|actualizare|modificare|modificat|actualizată|ultima actualizare` +
	// Dutch
	`|bijgewerkt|gewijzigd|bewerkt|aangepast|herzien|wijziging|laatste update|geactualiseerd` +
	// Swedish, Danish, Norwegian, Finnish
	`|uppdaterad|uppdaterades|senast uppdaterad|ändrad|redigerades senast|granskad|senast ändrad|uppdaterat|opdateret|ændret|senest ændret|rettet|oppdatert|endret|redigert|sist redigert|senest opdateret|päivitetty|muokattu|muutettu|viimeksi muutettu` +
	// Polish
	`|aktualizacja|aktualizacji|zaktualizowano|zaktualizowany|zaktualizowana|modyfikacja|modyfikacji|zmodyfikowano|edytowano|edycja|zmiana|zmieniono` +
	// Czech, Slovak, Hungarian
	`|aktualizace|aktualizováno|aktualizovány|aktualizována|změna|změněno|upraveno|editována|upravené|aktualizované|aktualizácia|zmena|frissítve|frissítés|módosítva|módosítás|módosítása|frissült` +
	// Turkish
	`|güncelleme|güncellenme|güncelleme tarihi|güncellenme tarihi|güncellendi|değişiklik|en son|düzenleme tarihi|değiştirilme` +
	// Russian, Ukrainian, Bulgarian
	`|обновлено|обновление|обновления|обновлен|обновлён|обновлена|изменено|изменение|изменения|изменён|отредактирована|отредактировано|редакция|редакции|актуализировано|ред|оновлено|оновлення|змінено|зміни|зміна|відредаговано|редаговано|редагування|актуализация|обновен|променен` +
	// Greek, Arabic, Persian, Hebrew, Hindi
	"|ενημέρωση|ενημερώθηκε|τροποποίηση|ενημέρωσης|تحديث|التحديث|آخر تحديث|تعديل|آخر تعديل لهذه الصفحة كان|آخر تعديل|بروزرسانی|به\u200cروزرسانی|به روز رسانی|ویرایش|آخرین به\u200cروزرسانی|آخرین بروزرسانی|آخرین\u200cبار|עדכון|עודכן|נערך|עודכן לאחרונה|נערך לאחרונה|अपडेट|अद्यतन|अपडेट किया गया" +
	// Vietnamese, Indonesian, Korean (with spaces)
	`|cập nhật|cập nhật lần cuối|sửa đổi lần cuối|cập nhật ngày|diperbarui|diubah|pembaruan|diperbaharui|수정일|수정|업데이트|갱신일|최종 수정일|최종수정일|수정 일자|업데이트 날짜|마지막 업데이트|최종 업데이트|업데이트됨|수정됨|개정일`

// publishedPhrases are those before the date of its publication.
const publishedPhrases = `published|posted|publication date|date published|published date|post date|posted date|date posted|first published|issued|created|date created|created date|publish date|submitted|pub date|submitted by|date of publication|submission date` +
	`|veröffentlicht|veröffentlichung|veröffentlichungsdatum|erstellt|publiziert|geschrieben|eingestellt|verfasst|artikel vom|beitrag vom|meldung vom|pressemitteilung vom|online seit|gepostet|nachricht vom|erstellungsdatum|eintrag|pressemitteilung|pressemeldung|artikel|beitrag|meldung|nachricht` +
	`|publié|publiée|publication le|date de publication|créé|mis en ligne|mise en ligne|posté|rédigé|écrit|article publié|posté` +
	`|publicado|publicada|fecha de publicación|publicación|creado|escrito|postado|criado|data de publicação|publicação|postado em|escrito em|publicado em` +
	`|pubblicato|pubblicata|pubblicazione|data di pubblicazione|creato|scritto|inserito|postato|publicat|publicată|data publicării` +
	`|gepubliceerd|geplaatst|publicatiedatum|aangemaakt|geschreven|publicerad|publicerades|skapad|publicerat|udgivet|offentliggjort|oprettet|publisert|opprettet|julkaistu|julkaisupäivä|luotu` +
	`|opublikowano|opublikowany|opublikowane|dodano|utworzono|data publikacji|data dodania|publikacja|data utworzenia|publikováno|vydáno|vloženo|publikované|datum vydání|vytvořeno|zveřejněno|zverejnené|közzétéve|létrehozva|publikálva` +
	`|yayınlanma|yayınlanma tarihi|yayın tarihi|yayınlandı|eklenme tarihi|oluşturulma tarihi|giriş tarihi|yayımlanma tarihi` +
	`|опубликовано|опубликован|опубликована|дата публикации|добавлено|размещено|создано|публикация|дата создания|дата размещения|написано|опубліковано|дата публікації|створено|додано|розміщено|публикуван|публикувано|публикувана|дата на публикуване` +
	`|δημοσιεύτηκε|δημοσιεύθηκε|δημοσίευση|ημερομηνία|نشر|نُشر|تاريخ النشر|نشر في|نشرت|انتشار|تاریخ انتشار|منتشر شده|فرستاده شده|פורסם|תאריך פרסום|प्रकाशित` +
	`|đăng|đăng ngày|ngày đăng|xuất bản|diterbitkan|dipublikasikan|ditulis|diposting|게시일|등록일|작성일|입력|등록|게시|발행일|승인|기사입력|작성일자|발행|송고|작성`

// datePhrases are those before a date that may be of an event as well.
const datePhrases = `date|dated|datum|fecha|data|tarih|дата|dátum|ngày|written|תאריך|ημερομηνία|التاريخ|تاریخ|日期|日付|날짜|päiväys|data:`

// Chinese and Japanese stand without spaces: a text ends in them.
const (
	changedEndings = `更新|更新于|更新於|更新日|更新日時|更新时间|更新時間|更新日期|修订|修订于|修訂於|修改于|修改於|修改时间|修改|编辑于|編輯於|编辑|修改日期|最終更新|最終更新日|最終更新日時|最終変更|改訂日|改訂|更新時刻|改定日|更新：`

	publishedEndings = `发布|发布于|發布於|发布时间|發布時間|发布日期|發布日期|发表于|發表於|发表时间|发布日|公開日|公開|投稿日|投稿日時|投稿|掲載日|掲載|作成日|公開日時|作成|配信|投稿者|刊登日期|發佈日期|發佈於|發佈時間|發表日期|发稿时间|成文日期|上传时间|创建于|创建时间|建立时间`
)

// behindPhrases are the words that follow the date in languages whose verb comes last, the beginnings of what is behind
// it.
const (
	changedBehind = `更新|に更新|に最終更新|修订|修改|编辑|改訂|改定|最后更新|最後更新|에 마지막으로 편집|마지막으로 편집|에 마지막으로 수정|에 수정|수정|업데이트|에 업데이트|tarihinde güncellendi|güncellendi|tarihinde güncellenmiştir|tarihinde değiştirildi|` +
		"frissítve|aktualisiert|geändert|bearbeitet|zuletzt geändert|zuletzt aktualisiert|ویرایش شده|به\u200cروزرسانی شد"
	publishedBehind = `发布|發布|发表|發表|公開|に公開|投稿|に投稿|掲載|작성|게시|에 게시|등록|입력|에 작성|tarihinde yayınlandı|tarihinde yayınlanmıştır|yayınlandı|tarihinde eklendi|veröffentlicht`
)

// fillers are what may stand between the words and the date.
var fillers = wordSet(`on at the as of is was date dated : am vom zum den der um uhr seit le la les du el los il del lo em no na op de den d dia dnia w dne v ve ze z
	в о от от: на за kl kl. klo pe la data a às à alle ore à tarihi tarih tarihinde în ngày vào lúc pada tanggal يوم في بتاريخ כל ב بتاریخ در تاریخ o godz godz. время um est gmt utc bei date: by
	since from till ist it's erfolgte: 日 于 於 ： ： 在 于： it wurde pada vào kello klockan clock time dal dated: ב יום date-time cet cest edt pst pdt est ist this`)

// leadWords may stand before the words, in a sentence that is about the page.
var leadWords = wordSet(`of this page page's site website document article post content was last first originally most recently has been is the and our on in web information file entry topic
	: last-modified date initially recently also latest new blog wiki doc docs documentation policy privacy terms version guide tutorial story data note
	diese dieser dieses seite artikel beitrag wurde zuletzt letzte letzter letztes die der das am ist inhalt zuletzt: wurde dokument datum webseite stand
	cette page dernière dernier dernières derniere la le article a été est document date de fiche contenu
	esta este página pagina última ultima última: fecha artículo fue por el la de última ha sido contenido
	página foi pela última a o em artigo último data da conteúdo questa è stata stato ultima ultimo l' l l'ultima pagina data articolo per volta di dell'ultima della
	deze pagina is voor het laatst laatste op datum artikel de
	denna sida sidan senast senaste den denne side ble blev sist sidst senest siden sivua sivu on viimeksi viimeisin artikkeli
	tę tej stronę strona strony ostatnia ostatnio data artykuł została artykułu ostatniej treści
	stránka byla poslední naposledy článek datum posledná stránky dátum poslednej utolsó a lap oldal legutóbb
	bu sayfa en son sayfanın makale yazı
	эта страница в последний раз была последнее последняя последние дата статья страницы материал документа последнего последней
	ця сторінка цю сторінку востаннє остання останнє дата стаття була останні сторінки последна последно
	τελευταία αυτή η σελίδα آخر تاريخ هذه الصفحة تم آخرین این صفحه לאחרונה דף זה תאריך अंतिम बार पिछला आखिरी
	trang này được lần cuối ngày bài viết halaman ini terakhir tanggal artikel kali 이 문서는 최종 마지막 최근 페이지 문서 최초 기사 글 마지막으로 는 은`)

// phraseKind tells what a text that ends in front of a date says of it.
type phraseTable struct {
	words   map[string][]phrase // by their last word
	endings []phrase
	behind  []phrase
}

type phrase struct {
	text string
	kind dateKind
}

// phrases is what can be said of a date.
var phrases = newPhrases()

func newPhrases() phraseTable {
	t := phraseTable{words: map[string][]phrase{}}
	for kind, list := range map[dateKind]string{ofChange: changedPhrases, ofPublication: publishedPhrases, ofEither: datePhrases} {
		for text := range strings.SplitSeq(list, "|") {
			last := text[strings.LastIndexByte(text, ' ')+1:]
			t.words[last] = append(t.words[last], phrase{text, kind})
		}
	}
	for _, p := range []phrase{{changedEndings, ofChange}, {publishedEndings, ofPublication}} {
		for text := range strings.SplitSeq(p.text, "|") {
			t.endings = append(t.endings, phrase{text, p.kind})
		}
	}
	for _, p := range []phrase{{changedBehind, ofChange}, {publishedBehind, ofPublication}} {
		for text := range strings.SplitSeq(p.text, "|") {
			t.behind = append(t.behind, phrase{text, p.kind})
		}
	}
	return t
}

// isEdge reports what a sentence ends with, or the pieces of a line of facts are separated by. Two pieces of markup are
// separated by a line break.
func isEdge(r rune) bool {
	switch r {
	case '\n', '.', '|', '(', ')', '[', ']', '/', ';', '!', '?', '*', '<', '>', '#', '~':
		return true
	}
	return r >= 0x80 && strings.ContainsRune("·•—–‖›»▪◦⋅【】（）｜「」。，、†✎🕒📅⏱", r)
}

// lastWord returns where the last word of a text begins, and it with nothing behind it. What is not a letter, a digit or an
// apostrophe is no part of a word.
func lastWord(text string) (start int, word string) {
	end := len(text)
	for start = end; start > 0; {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\'' && r != '’' && r != '\u200c' {
			break
		}
		start -= size
	}
	return start, text[start:end]
}
