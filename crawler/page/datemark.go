package page

import "bytes"

// mark is what an element says of the date that it holds.
type mark struct {
	value    []byte   // the attribute with the date in a form for machines; nil for none
	itemKind dateKind // by its itemprop
	kind     dateKind // by its name, class or pubdate; ofEither where it says that it is a date and no more
}

func (m mark) isDate() bool { return m.itemKind != noDate || m.kind != noDate }

// isStrong reports that it is the date of the article, not any date.
func (m mark) isStrong() bool {
	return m.itemKind != noDate || m.kind == ofChange || m.kind == ofPublication
}

// markOf reads a start tag.
func markOf(t tag) mark {
	var m mark
	isTime := t.is("time") || t.is("relative-time") || t.is("local-time") || t.is("time-ago")
	if isTime {
		m.kind = ofEither
	}
	var datetime, content, title []byte
	a := attributes{src: t.attrs}
	for a.next() {
		switch {
		case equalFold(a.name, "datetime"):
			datetime = a.value
		case equalFold(a.name, "content"):
			content = a.value
		case equalFold(a.name, "title"):
			title = a.value
		case equalFold(a.name, "pubdate"):
			m.kind = ofPublication
		case equalFold(a.name, "itemprop"), equalFold(a.name, "property"):
			m.itemKind = itemKind(a.value)
		case equalFold(a.name, "class"), equalFold(a.name, "id"):
			m.named(a.value, isTime)
		}
	}
	switch {
	case datetime != nil:
		m.value = datetime
	case content != nil:
		m.value = content
	case m.isDate() || t.is("abbr"):
		if startsWithDigit(string(title[:min(len(title), 1)])) {
			m.value = title
		}
	}
	return m
}

// itemKind tells the dates of schema.org in microdata and RDFa.
func itemKind(prop []byte) dateKind {
	for name := range bytes.FieldsSeq(prop) {
		if i := bytes.IndexByte(name, ':'); i >= 0 && !equalFold(name[:i], "article") && !equalFold(name[:i], "og") {
			name = name[i+1:] // as in schema:dateModified, dc:created
		}
		switch {
		case equalFold(name, "datemodified"), equalFold(name, "modified"):
			return ofChange
		case equalFold(name, "datepublished"), equalFold(name, "uploaddate"), equalFold(name, "datecreated"), equalFold(name, "created"), equalFold(name, "issued"):
			return ofPublication
		}
	}
	return noDate
}

// named reads a class or id: those of hAtom, and what themes of blogs call their dates.
func (m *mark) named(value []byte, isTime bool) {
	for token := range bytes.FieldsSeq(value) {
		lower := bytes.ToLower(token)
		switch {
		case len(lower) > 40, holdsOne(lower, "event", "comment", "start", "end-", "expir", "birth", "copyright", "footer", "related", "upcoming", "next", "deadline", "runtime", "timeline", "candidate", "validate", "mandate"):
		case holdsOne(lower, "updat", "modif", "lastmod", "revised", "date-changed"):
			m.kind = ofChange
			if holdsOne(lower, "updates") {
				m.kind = ofEither
			}
		case m.kind == ofChange:
		case holdsOne(lower, "publi", "pubdate", "entry-date", "post-date", "post_date", "postdate", "posted", "article-date", "article__date", "article_date", "dateline", "date-created", "submitted", "entry-time", "post-time", "date-header", "created", "postmetadata"):
			m.kind = ofPublication
		case m.kind == noDate && (holdsOne(lower, "date", "time", "datum", "fecha") || isTime):
			m.kind = ofEither
		}
	}
}
