package crawler

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

func TestEveryFailureHasItsReason(t *testing.T) {
	web := startWeb(t)
	conn := func(host string, serve fakeweb.ConnFunc) string {
		if err := web.HandleConn(host, serve); err != nil {
			t.Fatal(err)
		}
		return host
	}
	page := func(host, path string, b fakeweb.Behaviour) string {
		web.Handle(host, path, b)
		return web.URL(host, path)
	}
	secure := func(host string, how fakeweb.TLS) string {
		web.Secure(host, how)
		web.Handle(host, "*", fakeweb.Page{Title: "Secure"})
		return web.HTTPSURL(host, "/")
	}
	web.Resolve("nowhere.test", fakeweb.NXDomain())
	web.Resolve("servfail.test", fakeweb.ServFail())
	web.Resolve("unrouted.test", fakeweb.Unreachable())
	web.Resolve("private.test", fakeweb.Addresses("10.1.2.3"))
	web.Refuse("closed.test")
	tests := map[string]struct {
		url    string
		want   catalog.Failure
		detail string
		state  catalog.State
	}{
		"no such host": {web.URL("nowhere.test", "/"), catalog.Failure{Reason: "dns", NoSuchHost: true, Connecting: true}, "nowhere.test", "dead"},
		"name server fails": {web.URL("servfail.test", "/"), catalog.Failure{Reason: "dns", Connecting: true},
			"the name server could not answer for servfail.test", "failing"},
		"refused":     {web.URL("closed.test", "/"), catalog.Failure{Reason: "refused", Connecting: true}, "nothing listens at this port", "failing"},
		"unreachable": {web.URL("unrouted.test", "/"), catalog.Failure{Reason: "unreachable", Connecting: true}, "no route leads to it", "failing"},
		"reset":       {page("reset.test", "/", fakeweb.Reset()), catalog.Failure{Reason: "reset"}, "the host closed it", "failing"},
		"empty reply": {page("mum.test", "/", fakeweb.EmptyReply()), catalog.Failure{Reason: "reset"}, "the host closed it", "failing"},
		"cut within the body": {page("cut.test", "/", fakeweb.Truncated()), catalog.Failure{Reason: "reset"},
			"the host closed it before the answer was complete", "failing"},
		"reset within the body": {page("cut2.test", "/", fakeweb.ResetAfterHeaders()), catalog.Failure{Reason: "reset"}, "the host closed it", "failing"},
		"hangs up at once":      {web.URL(conn("hangup.test", fakeweb.HangUp), "/"), catalog.Failure{Reason: "reset"}, "the host closed it", "failing"},
		"no headers in time":    {page("stall.test", "/", fakeweb.Stall()), catalog.Failure{Reason: "timeout"}, "did not answer in the time", "failing"},
		"malformed":             {page("smtp.test", "/", fakeweb.Malformed()), catalog.Failure{Reason: "protocol"}, "does not speak HTTP", "failing"},
		"headers without end":   {page("headers.test", "/", fakeweb.EndlessHeaders()), catalog.Failure{Reason: "protocol"}, "larger than 256 KiB", "failing"},
		"handshake mute":        {web.HTTPSURL(conn("mute.test", fakeweb.Mute), "/"), catalog.Failure{Reason: "timeout", Connecting: true}, "no connection came about", "failing"},
		"not TLS at all":        {web.HTTPSURL(conn("ssh.test", fakeweb.Banner("SSH-2.0-x\r\n")), "/"), catalog.Failure{Reason: "tls", Connecting: true}, "does not speak TLS", "failing"},
		"expired":               {secure("old.test", fakeweb.TLS{NotAfter: time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)}), catalog.Failure{Reason: "tls", Connecting: true}, "the certificate expired on 2024-03-01", "failing"},
		"wrong name":            {secure("name.test", fakeweb.TLS{Names: []string{"other.test"}}), catalog.Failure{Reason: "tls", Connecting: true}, "the certificate is for other.test, not for name.test", "failing"},
		"self-signed":           {secure("self.test", fakeweb.TLS{SelfSigned: true}), catalog.Failure{Reason: "tls", Connecting: true}, "self-signed", "failing"},
		"unknown issuer":        {secure("issuer.test", fakeweb.TLS{Untrusted: true}), catalog.Failure{Reason: "tls", Connecting: true}, "not trusted", "failing"},
		"handshake refused":     {secure("alert.test", fakeweb.TLS{Refuse: true}), catalog.Failure{Reason: "tls", Connecting: true}, "the handshake failed", "failing"},
		"private address":       {web.URL("private.test", "/"), catalog.Failure{Reason: "private-address", Connecting: true}, "private.test resolves to 10.1.2.3", "skipped"},
	}
	o := options(web)
	o.Timeout = 2 * time.Second
	c := newCrawler(t, o)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := visitOne(t, c, test.url)
			if got.Observation.Failure == nil {
				t.Fatalf("no failure, but status %d", got.Observation.Status())
			}
			failure := *got.Observation.Failure
			if !strings.Contains(failure.Detail, test.detail) {
				t.Errorf("detail %q lacks %q", failure.Detail, test.detail)
			}
			failure.Detail = ""
			if diff := cmp.Diff(test.want, failure); diff != "" {
				t.Errorf("failure (-want +got):\n%s", diff)
			}
			if got.Judgement.Verdict.State != test.state {
				t.Errorf("state %s, want %s", got.Judgement.Verdict.State, test.state)
			}
			if n := len(got.Observation.Hops); n != 1 || got.Observation.Hops[0].URL != test.url {
				t.Errorf("hops %+v, want the one that failed", got.Observation.Hops)
			}
		})
	}
}

func TestDetailsHoldNoInternals(t *testing.T) {
	for _, err := range []error{io.EOF, io.ErrNoProgress} {
		detail := classify(err, nil, true).Detail
		if detail == "" || strings.Contains(detail, err.Error()) {
			t.Errorf("classify(%v) says %q", err, detail)
		}
	}
}
