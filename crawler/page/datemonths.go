package page

import (
	"strings"
	"time"
)

// monthWords are the names of the months in lower case, as they are written in dates: nominative, genitive and the
// usual short forms, the twelve months behind one another, separated by "|". What two languages give to different
// months is left out here and settled by monthOf.
var monthWords = [...]string{
	// English
	"january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|october oct|november nov|december dec",
	// German, Austrian
	"januar jänner jän|februar feber|märz mär mrz maerz|april|mai|juni|juli|august|september|oktober okt|november|dezember dez",
	// French
	"janvier janv|février févr fév fevrier|mars|avril avr|mai|juin|juillet juil|août aout|septembre|octobre|novembre|décembre déc decembre", //nolint:misspell // French
	// Spanish
	"enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre|octubre|noviembre|diciembre dic",
	// Portuguese
	"janeiro|fevereiro fev|março|abril|maio|junho|julho|agosto|setembro set|outubro out|novembro|dezembro",
	// Italian
	"gennaio gen genn|febbraio febbr|marzo|aprile|maggio mag magg|giugno giu|luglio lug|agosto|settembre sett|ottobre ott|novembre|dicembre",
	// Catalan
	"gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre",
	// Romanian
	"ianuarie ian|februarie|martie|aprilie|mai|iunie iun|iulie iul|august|septembrie|octombrie|noiembrie|decembrie",
	// Dutch
	"januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december",
	// Swedish, Danish, Norwegian
	"januari januar|februari februar|mars marts|april|maj mai|juni|juli|augusti|september|oktober|november|december desember des",
	// Finnish
	"tammikuuta tammikuu|helmikuuta helmikuu|maaliskuuta maaliskuu|huhtikuuta huhtikuu|toukokuuta toukokuu|kesäkuuta kesäkuu|" +
		"heinäkuuta heinäkuu|elokuuta elokuu|syyskuuta syyskuu|lokakuuta lokakuu|marraskuuta marraskuu|joulukuuta joulukuu",
	// Polish
	"styczeń stycznia sty|luty lutego lut|marzec marca|kwiecień kwietnia kwi|maj maja|czerwiec czerwca cze|lipiec lipca lip|sierpień sierpnia sie|" +
		"wrzesień września wrz|październik października paź|listopad listopada|grudzień grudnia gru",
	// Czech
	"leden ledna|únor února|březen března|duben dubna|květen května|červen června|červenec července|srpen srpna|září|říjen října|listopad listopadu|prosinec prosince",
	// Slovak
	"január januára|február februára|marec marca|apríl apríla|máj mája|jún júna|júl júla|august augusta|september septembra|október októbra|november novembra|december decembra",
	// Hungarian
	"január|február|március márc|április ápr|május máj|június jún|július júl|augusztus|szeptember szept|október|november|december",
	// Turkish
	"ocak oca|şubat şub|mart|nisan nis|mayıs|haziran haz|temmuz tem|ağustos ağu|eylül eyl|ekim eki|kasım kas|aralık ara",
	// Russian
	"январь января янв|февраль февраля фев февр|март марта мар|апрель апреля апр|май мая|июнь июня июн|июль июля июл|август августа авг|" +
		"сентябрь сентября сен сент|октябрь октября окт|ноябрь ноября ноя нояб|декабрь декабря дек",
	// Ukrainian
	"січень січня січ|лютий лютого лют|березень березня бер|квітень квітня кві|травень травня тра|червень червня чер|липень липня лип|серпень серпня сер|" +
		"вересень вересня вер|жовтень жовтня жов|листопад листопада лис|грудень грудня гру",
	// Bulgarian
	"януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември",
	// Greek
	"ιανουάριος ιανουαρίου ιαν|φεβρουάριος φεβρουαρίου φεβ|μάρτιος μαρτίου μαρ|απρίλιος απριλίου απρ|μάιος μαΐου μαΐ|ιούνιος ιουνίου ιουν|ιούλιος ιουλίου ιουλ|" +
		"αύγουστος αυγούστου αυγ|σεπτέμβριος σεπτεμβρίου σεπ|οκτώβριος οκτωβρίου οκτ|νοέμβριος νοεμβρίου νοε|δεκέμβριος δεκεμβρίου δεκ",
	// Arabic, as in Egypt and in the Levant
	"يناير|فبراير|مارس|أبريل ابريل إبريل|مايو|يونيو يونيه|يوليو يوليه|أغسطس اغسطس|سبتمبر|أكتوبر اكتوبر|نوفمبر|ديسمبر",
	"|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|||",
	// Persian, of the Gregorian calendar
	"ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر",
	// Hebrew, with the preposition as it is written in dates
	"ינואר בינואר|פברואר בפברואר|מרץ במרץ|אפריל באפריל|מאי במאי|יוני ביוני|יולי ביולי|אוגוסט באוגוסט|ספטמבר בספטמבר|אוקטובר באוקטובר|נובמבר בנובמבר|דצמבר בדצמבר",
	// Hindi
	"जनवरी|फ़रवरी फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर सितम्बर|अक्टूबर|नवंबर नवम्बर|दिसंबर दिसम्बर",
	// Indonesian
	"januari|februari|maret|april|mei|juni|juli|agustus agt|september|oktober|november|desember",
}

// months maps each name to its month.
var months = monthsOf()

func monthsOf() map[string]time.Month {
	names := map[string]time.Month{}
	for _, year := range monthWords {
		for i, words := range strings.Split(year, "|") {
			for word := range strings.FieldsSeq(words) {
				names[word] = time.Month(i + 1)
			}
		}
	}
	return names
}

// weekdays are what may stand before a date without saying anything more.
var weekdays = wordSet(`monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
	montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
	lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
	segunda terça quarta quinta sexta feira lunedì martedì mercoledì giovedì venerdì sabato domenica
	maandag dinsdag woensdag donderdag vrijdag zaterdag zondag poniedziałek wtorek środa czwartek piątek sobota niedziela
	måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag
	понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
	понеділок середа четвер пʼятниця субота неділя pondělí úterý středa čtvrtek pátek neděle
	pazartesi salı çarşamba perşembe cuma cumartesi pazar الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// order is which of two numbers before a year is the day, as far as the language of a page tells.
type order int

const (
	anyOrder   order = iota // not told
	dayFirst                // 2/3/2019 is in March
	monthFirst              // 2/3/2019 is in February
)

// orderOf returns the order of numbers in the language of a page, as the regions of CLDR write short dates. English
// without a country tells nothing: half of its readers put the month first.
func orderOf(language string) order {
	language = strings.ToLower(strings.ReplaceAll(language, "_", "-"))
	base, _, _ := strings.Cut(language, "-")
	switch language {
	case "en-us", "es-us", "es-pa", "es-pr", "en-ph":
		return monthFirst
	case "en-gb", "en-au", "en-nz", "en-ie", "en-in", "en-sg", "en-hk":
		return dayFirst
	}
	switch base {
	case "ar", "bg", "ca", "cs", "da", "de", "el", "es", "fi", "fr", "gl", "he", "hi", "hr", "id", "is", "it", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru",
		"sk", "sl", "sr", "tr", "uk", "vi":
		return dayFirst
	}
	return anyOrder
}
