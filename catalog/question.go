package catalog

import "time"

// QuestionKind is what is asked beyond the page itself, where its answer alone does not tell.
type QuestionKind string

// The kinds of question, in the order in which they are asked.
const (
	// AskIssuer asks for the certificate that a server left out of its chain, at the address that its own certificate
	// names (RFC 5280, section 4.2.2.1, "caIssuers"), as browsers do. The crawler completes the chain with it and makes
	// the visit again; the answer itself is only kept as evidence.
	AskIssuer QuestionKind = "issuer"
	// AskSite asks a site's own interface, such as oEmbed, where its pages say nothing. The status is the answer.
	AskSite QuestionKind = "site"
	// AskForge asks a forge's interface for a repository: Answer.Repository.
	AskForge QuestionKind = "forge"
	// AskSibling asks for a name that cannot exist beside the page (Bar-Yossef et al. 2004): a server that gives it the
	// same answer gives it for everything.
	AskSibling QuestionKind = "sibling"
	// AskRoot asks for the start page of the host, to see whether every address shows it.
	AskRoot QuestionKind = "root"
	// AskHTTPS asks for an http page by https.
	AskHTTPS QuestionKind = "https"
	// AskNames asks DNS which name servers a registrable domain has: Answer.Names.
	AskNames QuestionKind = "name-servers"
)

// Question is something that an observation leaves open. It is asked like a visit: GET, through the same politeness,
// robots.txt and redirects; AskNames is asked of the resolver, AskForge of the forge's interface.
//
// The address of a question is fixed by what it is about: the sibling of every page in a directory is the same. So
// answers may be shared among visits by kind and address, for a day or so.
type Question struct {
	Kind QuestionKind `json:"kind"`
	URL  string       `json:"url"` // for AskNames the registrable domain
	Why  string       `json:"why"` // one sentence for people: what aroused it
	// Accept is sent as the header of that name where it is not empty.
	Accept string `json:"-"`
}

// Answer is what came of a question. It is kept with the observation, so that anybody can judge it again. An answer
// that was not got (refused by robots.txt, no time left) has a Failure; it is no proof of anything.
type Answer struct {
	Kind QuestionKind `json:"kind"`
	URL  string       `json:"url"` // of the question
	Why  string       `json:"why"` // of the question

	Status  int      `json:"status,omitempty"` // of the last hop; 0 when no answer came
	Final   string   `json:"final,omitempty"`  // URL of the last hop, where it is not that of the question
	Hops    int      `json:"hops,omitempty"`   // redirects followed
	Failure *Failure `json:"failure,omitempty"`
	Title   string   `json:"title,omitempty"`
	Sketch  *Sketch  `json:"sketch,omitempty"` // of an HTML document; the crawler asks page.Read for it with Closer set
	Signals []Signal `json:"signals,omitempty"`

	Names      []string    `json:"names,omitempty"`      // for AskNames: the name servers, lower case, without final dot
	Repository *Repository `json:"repository,omitempty"` // for AskForge, where the forge knows it
	Package    *Package    `json:"package,omitempty"`    // for AskSite, where the site is a registry of packages
}

// FinalURL returns where the answer was found.
func (a Answer) FinalURL() string {
	if a.Final != "" {
		return a.Final
	}
	return a.URL
}

// Repository is what a forge says of a repository.
type Repository struct {
	URL      string    `json:"url"` // its page now; another than asked for where it was renamed
	Archived bool      `json:"archived,omitempty"`
	Pushed   time.Time `json:"pushed,omitzero"` // the last push
}

// Sketch is a short description of a document's text, for telling whether two documents are the same. It is taken
// only where there is something to compare.
type Sketch struct {
	Words int `json:"words"` // words of the visible text, at most 65,535
	// Print is the 64-bit simhash of the text's pairs of words (Charikar 2002; Manku et al. 2007). Words with digits do
	// not count: times, prices and request numbers differ on every visit.
	Print uint64 `json:"print"`
	// Whole is the same with the words that stand in the document's own address, which Print leaves out; 0 where there
	// are none in the text.
	Whole uint64 `json:"whole,omitempty"`
}

// whole returns the print of all words.
func (s Sketch) whole() uint64 {
	if s.Whole != 0 {
		return s.Whole
	}
	return s.Print
}

// SignalKind is what a mark of an answer is a mark of.
type SignalKind string

// The kinds of signal.
const (
	SignalWall     SignalKind = "wall"     // a bot wall or challenge stands before the page
	SignalLogin    SignalKind = "login"    // the document asks to log in
	SignalError    SignalKind = "error"    // the title or heading speaks of an error: suspicion, never proof
	SignalGone     SignalKind = "gone"     // a platform's or a server's own page that says nothing is deployed here
	SignalParked   SignalKind = "parked"   // a domain that is for sale, or that shows advertisements only
	SignalShort    SignalKind = "short"    // little text: suspicion
	SignalEmpty    SignalKind = "empty"    // no text, no script, nothing to see
	SignalHijacked SignalKind = "hijacked" // words of gambling and its kin: suspicion
	SignalArchived SignalKind = "archived" // makers say of what they made that they gave it up
)

// RuleCanonicalAbove is the name of a mark that counts for less than others of its kind: a document whose canonical
// address stands above its own. Applications that are drawn by scripts have it on every page.
const RuleCanonicalAbove = "canonical-above"

// RuleErrorWords is the name of the mark of a document whose title or heading speaks of an error.
const RuleErrorWords = "error-words"

// RuleForgeBanner is the name of a mark of a repository that is archived, as its forge's page says.
const RuleForgeBanner = "forge-banner"

// RuleOldVersion is the name of a mark of documentation that is about an old version, and says so.
const RuleOldVersion = "old-version"

// Signal is a mark that an answer bears: a fact with the name of the rule that looks for it. What it comes to is
// for [Judge] to say.
type Signal struct {
	Kind SignalKind `json:"kind"`
	Rule string     `json:"rule"`           // name in the rule data, such as "cloudflare-challenge"
	Says string     `json:"says,omitempty"` // the provider, or the words that were found
	// Proof says that no page that is there bears this mark; without it the mark only arouses questions.
	Proof bool `json:"proof,omitempty"`
	// To is what a page that its makers gave up names instead, absolute; "" when it names nothing.
	To string `json:"to,omitempty"`
}
