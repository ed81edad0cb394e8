package fakeweb

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/dns/dnsmessage"
)

func lookup(t *testing.T, web *Web, name string) ([]string, *net.DNSError) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	addrs, err := web.netResolver().LookupHost(ctx, name+".")
	if err == nil {
		return addrs, nil
	}
	var dnsErr *net.DNSError
	if !errors.As(err, &dnsErr) {
		t.Fatalf("lookup %s: %v, want a DNS error", name, err)
	}
	return nil, dnsErr
}

func TestNameServerAnswers(t *testing.T) {
	web := start(t, Options{})
	web.Handle("plain.example.test", "/", Status(200))
	web.Resolve("many.example.test", Addresses("127.0.0.2", "127.0.0.1"))
	web.Resolve("private.example.test", Addresses("169.254.169.254"))
	web.Resolve("six.example.test", Addresses("::1", "fd00::1"))
	for name, want := range map[string][]string{
		"plain.example.test":   {"127.0.0.1"},
		"PLAIN.Example.TEST":   {"127.0.0.1"},
		"many.example.test":    {"127.0.0.2", "127.0.0.1"},
		"private.example.test": {"169.254.169.254"},
		"six.example.test":     {"::1", "fd00::1"},
	} {
		got, err := lookup(t, web, name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(got) != len(want) || !sameSet(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

func sameSet(a, b []string) bool {
	count := map[string]int{}
	for i := range a {
		count[a[i]]++
		count[b[i]]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

func TestNameServerDeniesAndFails(t *testing.T) {
	web := start(t, Options{})
	web.Resolve("fails.example.test", ServFail())
	web.Resolve("gone.example.test", NXDomain())
	web.Resolve("bare.example.test", Addresses())
	for name, notFound := range map[string]bool{
		"unknown.example.test": true,
		"gone.example.test":    true,
		"bare.example.test":    true,
		"fails.example.test":   false,
	} {
		if _, err := lookup(t, web, name); err == nil || err.IsNotFound != notFound {
			t.Errorf("%s: %v, want a DNS error with IsNotFound %t", name, err, notFound)
		}
	}
}

// ask sends one question over the network and gives the reply, nil if none
// came in time.
func ask(t *testing.T, web *Web, name string, patience time.Duration) *dnsmessage.Message {
	t.Helper()
	c, err := net.Dial("udp", web.Resolver())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	q := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: 7, RecursionDesired: true},
		Questions: []dnsmessage.Question{{Name: dnsmessage.MustNewName(name + "."), Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET}},
	}
	packed, err := q.Pack()
	if err != nil {
		t.Fatal(err)
	}
	c.SetDeadline(time.Now().Add(patience))
	c.Write(packed)
	buf := make([]byte, 4096)
	n, err := c.Read(buf)
	if err != nil {
		return nil
	}
	var reply dnsmessage.Message
	if err := reply.Unpack(buf[:n]); err != nil {
		t.Fatal(err)
	}
	return &reply
}

func TestSilenceIsNoReply(t *testing.T) {
	web := start(t, Options{})
	web.Resolve("silent.example.test", Silence())
	if r := ask(t, web, "silent.example.test", 50*time.Millisecond); r != nil {
		t.Errorf("a silent name was answered: %v", r)
	}
	if web.Lookups("silent.example.test") != 1 {
		t.Error("the question did not arrive")
	}
}

func TestAnswersComeInTurn(t *testing.T) {
	web := start(t, Options{})
	web.Resolve("rebind.example.test", Addresses("127.0.0.1"), ServFail(), Addresses("10.0.0.1"))
	var got []string
	for range 4 {
		addrs, err := lookupA(t, web, "rebind.example.test")
		if err != nil {
			got = append(got, "failed")
			continue
		}
		got = append(got, addrs...)
	}
	// The resolver asks again after a failure, so the failing turn shows only
	// in the number of questions.
	if diff := cmp.Diff([]string{"127.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.1"}, got); diff != "" {
		t.Error(diff)
	}
	if n := web.Lookups("rebind.example.test"); n != 5 {
		t.Errorf("%d lookups, want 5", n)
	}
}

func lookupA(t *testing.T, web *Web, name string) (out []string, err error) {
	addrs, err := web.netResolver().LookupNetIP(t.Context(), "ip4", name+".")
	for _, a := range addrs {
		out = append(out, a.Unmap().String())
	}
	return out, err
}

func TestLongAnswersGoOverTCP(t *testing.T) {
	web := start(t, Options{})
	var ips []string
	for i := range 200 {
		ips = append(ips, fmt.Sprintf("127.0.1.%d", i+1))
	}
	web.Resolve("crowd.example.test", Addresses(ips...))
	if r := ask(t, web, "crowd.example.test", 5*time.Second); r == nil || !r.Truncated || len(r.Answers) != 0 {
		t.Errorf("over UDP: %v, want an empty truncated reply", r)
	}
	got, err := lookup(t, web, "crowd.example.test")
	if err != nil || len(got) != len(ips) {
		t.Errorf("over TCP: %d addresses, %v, want %d", len(got), err, len(ips))
	}
}

func TestCutResolver(t *testing.T) {
	web := start(t, Options{})
	web.Handle("here.example.test", "/", Status(200))
	web.CutResolver(ServFail())
	if _, err := lookup(t, web, "here.example.test"); err == nil || err.IsNotFound {
		t.Errorf("cut: %v, want a failure other than not found", err)
	}
	web.MendResolver()
	if _, err := lookup(t, web, "here.example.test"); err != nil {
		t.Errorf("mended: %v", err)
	}
}

func TestUnreachable(t *testing.T) {
	web := start(t, Options{})
	web.Resolve("far.example.test", Unreachable())
	_, _, err := get(t, web.Client(), web.URL("far.example.test", "/"))
	if !errors.Is(err, syscall.ENETUNREACH) {
		t.Errorf("got %v, want network is unreachable", err)
	}
}

func TestSecondAddressIsTried(t *testing.T) {
	web := start(t, Options{})
	web.Handle("two.example.test", "/", Text(200, "reached"))
	web.Resolve("two.example.test", Addresses("127.0.0.77", "127.0.0.1"))
	if _, text := mustGet(t, web.Client(), web.URL("two.example.test", "/")); text != "reached" {
		t.Errorf("answered %q", text)
	}
}

func TestDelegatedNamesTellTheirServers(t *testing.T) {
	web := start(t, Options{})
	web.Delegate("sold.example.test", "ns1.parking.test", "ns2.parking.test")
	web.Handle("own.example.test", "/", Status(200))
	for name, want := range map[string]string{"sold.example.test": "[ns1.parking.test. ns2.parking.test.]", "own.example.test": "[]"} {
		found, _ := web.netResolver().LookupNS(t.Context(), name+".")
		servers := []string{}
		for _, ns := range found {
			servers = append(servers, ns.Host)
		}
		slices.Sort(servers)
		if got := fmt.Sprint(servers); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if addrs, err := lookup(t, web, "sold.example.test"); err != nil || len(addrs) != 1 {
		t.Errorf("its address: %v, %v", addrs, err)
	}
}
