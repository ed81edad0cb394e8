package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
)

func TestRobotsCasesAreRead(t *testing.T) {
	const text = `# proto-message: specification.RobotsTxtSpecification
tests:
[
  {
    robotstxt: "\xEF\xBB\xBF"
        "User-agent: \"Foo\"\n"
        "Disallow: /{x}\n"
    test_expectations:
    [
      {
        testurl: "http://foo.bar/{x}"
        useragent: "FooBot"
        expected_outcome: DISALLOWED
        additional_explanation: "testurl: "
            "}"
        test_type: GOOGLE_SPECIFIC
      },
      {
        testurl: "http://foo.bar/y"
        useragent: "FooBot"
        expected_outcome: ALLOWED
      }
    ]
  }
]
`
	const robots = "\xef\xbb\xbfUser-agent: \"Foo\"\nDisallow: /{x}\n"
	want := []robotsCase{
		{file: "a", text: robots, agent: "FooBot", address: "http://foo.bar/{x}", google: true},
		{file: "a", text: robots, agent: "FooBot", address: "http://foo.bar/y", allowed: true},
	}
	if diff := cmp.Diff(want, readRobotsCases("a", text), cmp.AllowUnexported(robotsCase{})); diff != "" {
		t.Error(diff)
	}
}

func TestSameAddress(t *testing.T) {
	for _, tc := range []struct {
		written, href string
		same          bool
	}{
		{"http://a.test/100%#x", "http://a.test/100%#x", true},
		{"http://a.test/b", "http://a.test/c", false},
		{"http://a.test/b#x", "http://a.test/b#y", false},
		{"http://a.test/#/route", "http://a.test/#/route", true},
	} {
		if got := sameAddress(catalog.Canonical(tc.written, catalog.From{File: "README.md"}), tc.href); got != tc.same {
			t.Errorf("%s and %s: %t", tc.written, tc.href, got)
		}
	}
}
