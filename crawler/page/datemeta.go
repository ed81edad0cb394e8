package page

// dateKind is what a name of metadata dates.
type dateKind byte

const (
	noDate dateKind = iota
	ofChange
	ofPublication
	ofEither // it may be either, or of something else
)

// rank orders the names of metadata where several stand in a page: the higher is about the page more surely. 0 is none.
type rank byte

const (
	rankGeneral rank = iota + 1 // names without a vocabulary, such as "date"
	rankLibrary                 // Dublin Core, and what publishers of papers write
	rankSocial                  // Open Graph as most write it
	rankArticle                 // article:modified_time, and what schema.org names
)

// metaDate tells what a <meta> element of that name dates. The signs in a name do not count, as in dc.date and
// DC-Date, nor does the case of its letters.
func metaDate(name []byte) (dateKind, rank) {
	var room [40]byte
	plain := room[:0]
	for _, c := range name {
		if isLetter(c) {
			if len(plain) == cap(plain) {
				return noDate, 0
			}
			plain = append(plain, c|0x20)
		}
	}
	switch string(plain) {
	case "articlemodifiedtime", "articlemodified", "datemodified", "ogarticlemodifiedtime", "ogmodifiedtime", "bytedanceupdatedtime":
		return ofChange, rankArticle
	case "ogupdatedtime", "articleupdatedtime", "articleupdated", "rnewsdatemodified":
		return ofChange, rankSocial
	case "dctermsmodified", "dcmodified", "dcdatemodified", "dcdatelastmodified", "dctermsupdated", "dcdatexmetadatalastmodified":
		return ofChange, rankLibrary
	case "lastmodified", "lastmod", "lastmodifieddate", "lastupdated", "lastupdate", "lastupdatedate", "lastreviewed", "lastrevised", "modified", "modifieddate",
		"updated", "updatedat", "updatedtime", "dateupdated", "dateupdate", "revised", "revision", "revisiondate", "revisiondata", "modificationdate", "btmoddate",
		"shareaholicarticlemodifiedtime":
		return ofChange, rankGeneral
	case "articlepublishedtime", "articlepublished", "datepublished", "ogarticlepublishedtime", "ogpublishedtime", "bytedancepublishedtime", "uploaddate":
		return ofPublication, rankArticle
	case "ogpubdate", "ogpublishdate", "ogdate", "rnewsdatepublished", "rnewsdatecreated", "parselypubdate", "sailthrudate", "cxenseparserecspublishtime",
		"shareaholicarticlepublishedtime", "datecreated":
		return ofPublication, rankSocial
	case "citationpublicationdate", "citationonlinedate", "citationdate", "bepresscitationdate", "bepresscitationonlinedate", "eprintsdate", "eprintsdatestamp",
		"prismpublicationdate", "dctermsissued", "dctermscreated", "dctermsdate", "dctermsavailable", "dcdate", "dcdateissued", "dcdatecreated", "dcdatepublished",
		"dcdatesubmitted", "dcissued", "dccreated", "dctermsdateissued":
		return ofPublication, rankLibrary
	case "date", "pubdate", "publishdate", "publishdatetime", "publisheddate", "publicationdate", "published", "publishedat", "publishedtime", "publishtime", "datepublish",
		"dateposted", "postdate", "articledate", "articledateoriginal", "articlepublicationdate", "articlecreated", "originalpublicationdate", "originaldate",
		"created", "createddate", "createdat", "creationdate", "displaydate", "btpubdate", "dcsextarticlefirstpublished", "timestamp",
		"weiboarticlecreateat", "rbpubdate", "pdate", "ptime", "dateofpublication", "publishedon", "dateissued", "issuedate":
		return ofPublication, rankGeneral
	}
	return noDate, 0
}

// mayDate reports that a value holds a year at least: a revision "2.1" is no date, and must not stand in the way of one.
func mayDate(value []byte) bool {
	run := 0
	for _, c := range value {
		if run++; !isDigit(c) {
			run = 0
		}
		if run == 4 {
			return true
		}
	}
	return false
}
