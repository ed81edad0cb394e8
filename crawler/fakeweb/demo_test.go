package fakeweb

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var anyLink = regexp.MustCompile(`\]\((https?://[^) ]+)\)`)

// demoOutcome asks like a browser that gives up early, and names what came of
// it: the last status, or the fault.
func demoOutcome(ctx context.Context, c *http.Client, address string) string {
	patience := 20 * time.Second
	if strings.Contains(address, "slowcooker") {
		patience = 50 * time.Millisecond
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", address, nil)
	if err != nil {
		return err.Error()
	}
	res, err := c.Do(req)
	if err != nil {
		return fault(err)
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return fault(err)
	}
	return strconv.Itoa(res.StatusCode)
}

func fault(err error) string {
	var (
		dns     *net.DNSError
		expired x509.CertificateInvalidError
		name    x509.HostnameError
	)
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return "no such name"
	case errors.As(err, &dns):
		return "name server failed"
	case errors.As(err, &expired):
		return "certificate expired"
	case errors.As(err, &name):
		return "certificate of another"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case errors.Is(err, syscall.ENETUNREACH):
		return "unreachable"
	case errors.Is(err, syscall.ECONNRESET):
		return "reset"
	case errors.Is(err, errPrivate):
		return "private address"
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	}
	for _, text := range []string{"malformed HTTP", "stopped after 10 redirects", "missing Location"} {
		if strings.Contains(err.Error(), text) {
			return text
		}
	}
	return err.Error()
}

var errPrivate = errors.New("private address")

// demoClient follows redirects and, as a crawler must, refuses every address
// outside of loopback.
func demoClient(web *Web) *http.Client {
	tr := web.Transport()
	dialer := &net.Dialer{Resolver: web.netResolver(), Control: func(_, address string, _ syscall.RawConn) error {
		if !strings.HasPrefix(address, "127.") {
			return errPrivate
		}
		return nil
	}}
	tr.DialContext = dialer.DialContext
	return &http.Client{Transport: tr}
}

// walk visits every link of the lists once and gives the outcomes by address,
// without ports.
func walk(t *testing.T, web *Web, lists map[string][]byte) map[string]string {
	t.Helper()
	port := regexp.MustCompile(`:\d+`)
	links := map[string]bool{}
	for _, text := range lists {
		for _, m := range anyLink.FindAllStringSubmatch(string(text), -1) {
			links[m[1]] = true
		}
	}
	var (
		mu       sync.Mutex
		wg       sync.WaitGroup
		outcomes = map[string]string{}
		slots    = make(chan struct{}, 32)
		c        = demoClient(web)
	)
	for address := range links {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			got := demoOutcome(t.Context(), c, address)
			mu.Lock()
			defer mu.Unlock()
			outcomes[port.ReplaceAllString(address, "")] = got
		})
	}
	wg.Wait()
	return outcomes
}

func TestDemoIsMostlyWell(t *testing.T) {
	web := start(t, Options{})
	outcomes := walk(t, web, Demo(web))
	troubles := map[string]string{}
	for address, got := range outcomes {
		if got != "200" {
			troubles[address] = got
		}
	}
	want := map[string]string{
		"https://docs.gopher.example/packages-2015":          "404",
		"https://campus.northgate.example/db/solutions-b":    "404",
		"https://press.quarto.example/tools-first-edition":   "410",
		"https://papertrail.quietwaters.example/":            "no such name",
		"https://papertrail.quietwaters.example/ten-minutes": "no such name",
		"https://papertrail.quietwaters.example/manual":      "no such name",
		"https://blog.oldschool.example/ci-floppy":           "stopped after 10 redirects",
		"https://notes.tidewater.example/without-mocks":      "302",
		"https://campus.northgate.example/db/solutions-c":    "private address",
		"https://hooks.tinkerbox.example/guide":              "500",
		"https://painter.wobbly.example/":                    "name server failed",
		"http://engineering.kiosk.example/migrations":        "refused",
		"http://far.outpost.example/replicas":                "unreachable",
		"http://echo.brokenpipe.example/":                    "reset",
		"https://slowcooker.example/":                        "timeout",
		"http://gramophone.example/play":                     "malformed HTTP",
		"https://parchment.example/stamps":                   "certificate expired",
		"https://vault.ledger.example/post-mortems":          "certificate of another",
		"https://members.guild.example/key-ceremony":         "401",
		"https://papers.stacks.example/calculus-of-locks":    "403",
		"https://papers.stacks.example/agreement":            "999",
		"https://turnstile.example/limits":                   "429",
		"https://lab.northgate.example/":                     "403",
		"https://intranet.guild.example/sso":                 "private address",
		"http://10.0.0.1/setup":                              "private address",
		"http://169.254.169.254/latest/":                     "private address",
		"https://docs.quill.example/manual":                  "503", // at first
	}
	if diff := cmp.Diff(want, troubles); diff != "" {
		t.Error(diff)
	}
	if n := len(outcomes); n < 110 || len(troubles)*100 > n*22 {
		t.Errorf("%d of %d links are not well, want at least 110 links and about 80 %% well", len(troubles), n)
	}
}

func TestDemoPagesChange(t *testing.T) {
	web := start(t, Options{})
	Demo(web)
	c := web.Client()
	var wg sync.WaitGroup
	for address, want := range map[string]string{
		web.HTTPSURL("weather.tinkerbox.example", "/"):        "200 200 200 503 503 503 503 503 503 503 200",
		web.HTTPSURL("sandbox.harbor.example", "/"):           "200 200 200 200 200 404 404 404 404 200 200",
		web.HTTPSURL("docs.quill.example", "/manual"):         "503 503 503 503 200 200",
		web.HTTPSURL("blog.oldschool.example", "/dashboards"): "200 200 301 301 301",
	} {
		wg.Go(func() {
			for visit, status := range strings.Fields(want) {
				res, _, err := get(t, c, address)
				if err != nil || strconv.Itoa(res.StatusCode) != status {
					t.Errorf("%s, visit %d: %v, %v, want %s", address, visit, res, err, status)
				}
			}
		})
	}
	wg.Wait()
}

func TestDemoPagesCarryTheirTitles(t *testing.T) {
	web := start(t, Options{})
	Demo(web)
	c := web.Client()
	for address, title := range map[string]string{
		web.HTTPSURL("www.switchboard.example", "/dns"):             "DNS for the Impatient · Switchboard",
		web.HTTPSURL("code.workbench.example", "/tally"):            "Tally · Workbench",
		web.HTTPSURL("db.fieldguide.example", "/ja/introduction"):   "データベース入門 · Field Guide to Databases",
		web.HTTPSURL("www.switchboard.example", "/threat-models"):   "Threat Models on a Napkin · Switchboard",
		web.HTTPSURL("campus.northgate.example", "/db/solutions-a"): "Solutions A · Northgate Campus",
	} {
		if _, text := mustGet(t, c, address); !strings.Contains(text, "<title>"+title+"</title>") {
			t.Errorf("%s: no title %q in\n%s", address, title, text)
		}
	}
}

func TestDemoListsUseLiveAddresses(t *testing.T) {
	web := start(t, Options{})
	lists := Demo(web)
	var names []string
	for name, text := range lists {
		names = append(names, name)
		for _, m := range anyLink.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[1], ".example/") {
				t.Errorf("%s: %s has no port of the web", name, m[1])
			}
		}
	}
	if !strings.Contains(string(lists["backend-roadmap.md"]), "(ttps://notes.tidewater.example/queues)") {
		t.Error("the misspelt scheme was changed")
	}
	slices.Sort(names)
	if diff := cmp.Diff([]string{"awesome-tools.md", "backend-roadmap.md", "course-databases.md"}, names); diff != "" {
		t.Error(diff)
	}
}
