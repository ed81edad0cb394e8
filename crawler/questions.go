package crawler

import (
	"context"
	"crypto/x509"
	"strings"
	"time"

	"waymark/catalog"
)

// What a visit spends on questions at most.
const (
	askingRounds   = 3 // an answer can raise a further question: see catalog.Ask
	askingRequests = 30
	askingTime     = 2 * time.Minute
)

// asking is the question that a visit answers, where it is not about its claim but part of another visit. All methods
// may be called on nil, which is a visit of its own.
type asking struct {
	question     catalog.Question
	left         *int                // requests that the visit may still spend on all its questions
	certificates []*x509.Certificate // that the answer holds, for catalog.AskIssuer
	pkg          *catalog.Package    // that the answer is about, for catalog.AskSite
}

// spend takes a request from what is left for questions, and reports whether there was one.
func (a *asking) spend() bool {
	if a == nil {
		return true
	}
	*a.left--
	return *a.left >= 0
}

// about reports whether the question is of a kind.
func (a *asking) about(kind catalog.QuestionKind) bool { return a != nil && a.question.Kind == kind }

// most is how much of a body is read, given what is read of a page: an interface is known by its status, and a
// certificate is small.
func (a *asking) most(page int64) int64 {
	if a.about(catalog.AskSite) || a.about(catalog.AskIssuer) {
		return min(page, smallBody)
	}
	return page
}

// policy is what holds for a claim.
func (c *Crawler) policy(claim *catalog.Claim) catalog.Policy {
	p := c.opts.Rules.For(claim.Host, claim.Spots)
	p.Forges = c.forge.hosts()
	return p
}

// inquire answers the questions that an observation leaves open, until none is. Each is answered once, be it by why it
// could not be asked. The visit holds neither a slot nor a body by now.
func (v *visit) inquire(ctx context.Context, s *sighting) {
	policy := v.crawler.policy(v.claim)
	open := catalog.Ask(s.observation, policy)
	if len(open) == 0 {
		return
	}
	v.yield()
	ctx, cancel := context.WithTimeout(ctx, askingTime)
	defer cancel()
	left := askingRequests
	for range askingRounds {
		for _, q := range open {
			got := v.answer(ctx, q, &left)
			s.observation.Answers = append(s.observation.Answers, got.answer)
			if len(got.certificates) > 0 {
				v.lookAgain(ctx, s, got.certificates)
			}
		}
		if !s.isNews() {
			return
		}
		if open = catalog.Ask(s.observation, policy); len(open) == 0 {
			return
		}
	}
}

// found is what came of a question.
type found struct {
	answer       catalog.Answer
	certificates []*x509.Certificate
	unasked      bool // for a reason that lies with the visit that asked: others ask by themselves
}

// answer answers a question, from what is known where that serves.
func (v *visit) answer(ctx context.Context, q catalog.Question, left *int) found {
	var got found
	switch q.Kind {
	case catalog.AskIssuer:
		got = v.crawler.answers.get(ctx, q, func() found { return v.askIssuer(ctx, q, left) })
	case catalog.AskSibling, catalog.AskRoot:
		got = v.crawler.answers.get(ctx, q, func() found { return v.ask(ctx, q, left) })
	case catalog.AskForge:
		got = v.crawler.forge.ask(ctx, q)
	case catalog.AskNames:
		got = v.crawler.answers.get(ctx, q, func() found { return v.crawler.askNames(ctx, q) })
	default:
		got = v.ask(ctx, q, left)
	}
	got.answer.Why = q.Why // of the one who asked first, it may be about another page
	return got
}

// ask makes a visit of its own for a question: politely, with redirects, and again where that may help.
func (v *visit) ask(ctx context.Context, q catalog.Question, left *int) found {
	address := v.crawler.opts.placeOf(q)
	own := &visit{crawler: v.crawler, once: v.once, asking: &asking{question: q, left: left},
		claim: &catalog.Claim{URL: address, Host: catalog.Host(address), Sources: v.claim.Sources, Asked: v.claim.Asked}}
	defer own.recycle()
	s := own.look(ctx)
	v.inherit(own)
	switch {
	case s.aborted:
		return outOfTime(q)
	case s.later > 0:
		return unanswered(q, catalog.Failure{Reason: catalog.ReasonRule, Connecting: true, Detail: "it leads to a host that is not to be asked now"}, true)
	case s.skip != "":
		return unanswered(q, catalog.Failure{Reason: catalog.ReasonRule, Connecting: true, Detail: "it leads to a host that is never visited"}, false)
	}
	got := found{answer: answerOf(q, s.observation), certificates: own.asking.certificates, unasked: *left < 0}
	if got.answer.Status/100 == 2 {
		got.answer.Package = own.asking.pkg
	}
	if q.Kind == catalog.AskIssuer && got.answer.Failure == nil && len(got.certificates) == 0 {
		got.answer.Failure = &catalog.Failure{Reason: catalog.ReasonProtocol, Detail: "it holds no certificate of an issuer"}
	}
	return got
}

// placeOf returns where a question is asked: at its own address, unless the site's interface is reached elsewhere.
func (o Options) placeOf(q catalog.Question) string {
	if q.Kind != catalog.AskSite {
		return q.URL
	}
	for base, other := range o.Interfaces {
		if rest, ok := strings.CutPrefix(q.URL, base+"/"); ok {
			return strings.TrimSuffix(other, "/") + "/" + rest
		}
	}
	return q.URL
}

// inherit takes over the connections of a question's visit: those to the own host are closed with all others.
func (v *visit) inherit(own *visit) {
	if own.claim.Host == v.claim.Host {
		v.conns = append(v.conns, own.conns...)
		return
	}
	own.hangUp()
}

// answerOf puts what was seen into an answer.
func answerOf(q catalog.Question, seen catalog.Observation) catalog.Answer {
	a := catalog.Answer{Kind: q.Kind, URL: q.URL, Status: seen.Status(), Hops: max(len(seen.Hops)-1, 0), Failure: seen.Failure, Signals: seen.Signals}
	if final := seen.FinalURL(); final != q.URL {
		a.Final = final
	}
	if seen.Page != nil {
		a.Title, a.Sketch = seen.Page.Title, seen.Page.Sketch
	}
	return a
}

// unanswered is for a question that could not be asked.
func unanswered(q catalog.Question, why catalog.Failure, unasked bool) found {
	return found{answer: catalog.Answer{Kind: q.Kind, URL: q.URL, Failure: &why}, unasked: unasked}
}

func outOfTime(q catalog.Question) found {
	return unanswered(q, catalog.Failure{Reason: catalog.ReasonTimeout, Detail: "the time that a visit may spend on questions was over"}, true)
}
