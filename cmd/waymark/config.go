package main

import (
	"crypto/tls"
	"maps"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/crawler"
)

// Config is the configuration file. The comments of its fields are the manual; an absent key has the value that
// [defaultConfig] gives it. Every key that holds one value can be overridden by an environment variable: WAYMARK_
// and the path of the key in capitals, such as WAYMARK_CHECK_TIMEOUT. With _FILE behind that, the variable names
// a file that holds the value, for secrets.
type Config struct {
	// Database is the SQLite file. It is made when it does not exist; its folder must.
	Database string `yaml:"database"`
	// Listen is the address of the dashboard, the API and the metrics: host:port.
	Listen string `yaml:"listen"`
	// ExternalURL is where people reach Waymark, for links in alerts, feeds and notifications. Requests that name
	// another host are refused, loopback names aside.
	ExternalURL string `yaml:"external_url"`
	// Sources are the curated lists. Without any, the starter catalog is used.
	Sources []SourceConfig `yaml:"sources"`
	Sync    SyncConfig     `yaml:"sync"`
	Check   CheckConfig    `yaml:"check"`
	Verdict VerdictConfig  `yaml:"verdict"`
	Stale   StaleConfig    `yaml:"stale"`
	Network NetworkConfig  `yaml:"network"`
	Metrics MetricsConfig  `yaml:"metrics"`
}

// SourceConfig is one curated list: exactly one of Path, Git and URL.
type SourceConfig struct {
	// Name is unique among the sources; it is a label of the metrics.
	Name string `yaml:"name"`
	// Path is a file, a folder or a glob (with **), from the folder of the configuration file.
	Path string `yaml:"path"`
	// Git is a repository; Ref a branch, tag or commit of it; Paths are globs within it.
	Git   string   `yaml:"git"`
	Ref   string   `yaml:"ref"`
	Paths []string `yaml:"paths"`
	// URL is a list on the web.
	URL string `yaml:"url"`
	// Format is auto, markdown, yaml or text.
	Format string `yaml:"format"`
}

// SyncConfig says how the sources are read.
type SyncConfig struct {
	// Every is the time between two readings of a source.
	Every Duration `yaml:"every"`
}

// CheckConfig says how links are visited.
type CheckConfig struct {
	// Concurrency is how many visits run at once, over all hosts.
	Concurrency Count `yaml:"concurrency"`
	// Timeout is for each hop, after its wait: to the headers, then again for the body.
	Timeout Duration `yaml:"timeout"`
	// Retries is how often a doubtful answer is asked for again within one visit.
	Retries Count `yaml:"retries"`
	// RetryWait is the wait before the first retry; it doubles from there.
	RetryWait Duration `yaml:"retry_wait"`
	// PerHost bounds what one host is asked: visits at once, and the time from start to start.
	PerHost PerHostConfig `yaml:"per_host"`
	// Robots is respect or ignore.
	Robots string `yaml:"robots"`
	// UserAgent is sent with every request. It should name a way to reach you.
	UserAgent string `yaml:"user_agent"`
	// GitHubToken is for asking GitHub what it knows of repositories (archived, last push), fifty at a time; a token without
	// any scope will do. It is sent to api.github.com alone, or to what Interfaces names instead. Without one, the
	// repositories' pages are read.
	GitHubToken string `yaml:"github_token"`
	// Interfaces are other addresses for the interfaces that are asked where pages do not tell, by site: a mirror, a proxy,
	// or a server of a test. Each takes the place of scheme and host: what is asked of api.github.com/graphql is then asked
	// of <address>/graphql.
	Interfaces map[string]string `yaml:"interfaces"`
	// MaxBody is how much of a page is read, after decompression.
	MaxBody Size `yaml:"max_body"`
	// Every is the base interval between visits of a resource, at most 365d; it is stretched for the steady, and shortened for
	// what waits to be confirmed.
	Every Duration `yaml:"every"`
	// Hosts are rules for the hosts that match; the first match wins. What it leaves out is as in the rule that Waymark
	// ships for the host, if there is one.
	Hosts []HostConfig `yaml:"hosts"`
}

// PerHostConfig bounds what one host is asked.
type PerHostConfig struct {
	Concurrency Count    `yaml:"concurrency"`
	Interval    Duration `yaml:"interval"`
}

// HostConfig is a rule for the hosts that match.
type HostConfig struct {
	// Match is a host name in ASCII without port or brackets, "*.example.org" for its subdomains, or "*".
	Match       string   `yaml:"match"`
	Concurrency Count    `yaml:"concurrency"`
	Interval    Duration `yaml:"interval"`
	// Accept are statuses to be taken for a page that is there.
	Accept []Count `yaml:"accept"`
	// Headers are sent with every request to the host.
	Headers map[string]string `yaml:"headers"`
	// Redirects is follow, answer (a redirect from the host counts as a page that is there, its target is not asked) or
	// expected (it is followed, and never reported as moved or off-site). Empty is follow.
	Redirects string `yaml:"redirects"`
	// TLSVerify is false where any certificate will do, as in an intranet. Absent is true.
	TLSVerify *bool `yaml:"tls_verify"`
	// TLSMinVersion is the oldest version of TLS that is spoken with the host; absent, that of network.
	TLSMinVersion TLSVersion `yaml:"tls_min_version"`
	// Skip means that the host is never visited.
	Skip bool `yaml:"skip"`
	// Quiet are hours in which the service begins no visit of the host: "22:00-06:00" by the local clock, or with a
	// zone behind, as in "22:00-06:00 Europe/Berlin".
	Quiet Hours `yaml:"quiet"`
	// StaleAfter is the age from which pages of the host are stale, whatever lists call them; never where they do not age.
	StaleAfter Age `yaml:"stale_after"`
}

// VerdictConfig says when something bad is believed.
type VerdictConfig struct {
	DeadAfter DeadAfterConfig `yaml:"dead_after"`
}

// DeadAfterConfig tells definite causes (404, NXDOMAIN) from doubtful ones (503, timeouts).
type DeadAfterConfig struct {
	Definite ConfirmConfig `yaml:"definite"`
	Doubtful ConfirmConfig `yaml:"doubtful"`
}

// ConfirmConfig is how often, and over how long, something bad must be seen.
type ConfirmConfig struct {
	Times Count    `yaml:"times"`
	Over  Duration `yaml:"over"`
}

// StaleConfig says from which age a resource is stale.
type StaleConfig struct {
	// After is the age by kind; never, or 0, where it does not age.
	After map[string]Age `yaml:"after"`
	// Topics are what ages faster than its kind, by name: a shipped topic, or words that a heading above the link or its
	// text holds. The shorter of the two ages counts; never leaves a topic out.
	Topics map[string]Age `yaml:"topics"`
	// Sections are rules for the sections of lists; the first that matches a placement counts, before its kind and topic.
	Sections []SectionConfig `yaml:"sections"`
}

// SectionConfig is the age of what a section recommends.
type SectionConfig struct {
	// Match is a section path such as "Backend / Databases", with all below it; "*" stands for any text.
	Match string `yaml:"match"`
	After Age    `yaml:"after"`
}

// NetworkConfig says how the web is reached.
type NetworkConfig struct {
	// Resolver is a DNS server, host:port; empty for the system's.
	Resolver string `yaml:"resolver"`
	// Allow are address ranges that are refused otherwise: loopback, private, link-local, ...
	Allow []string `yaml:"allow"`
	// CAFile holds further root certificates, in PEM.
	CAFile string `yaml:"ca_file"`
	// TLSMinVersion is the oldest version of TLS that is spoken: 1.0, 1.1, 1.2 or 1.3.
	TLSMinVersion TLSVersion `yaml:"tls_min_version"`
	// Proxy is an HTTP proxy. Addresses are still resolved, and refused, here.
	Proxy string `yaml:"proxy"`
}

// MetricsConfig says what /metrics tells.
type MetricsConfig struct {
	// FindingInfo is how many open findings are listed one by one, with their links as labels; 0 for none.
	FindingInfo Count `yaml:"finding_info"`
}

// defaultConfig is the configuration where the file is silent.
func defaultConfig() Config {
	rules := catalog.DefaultRules()
	stale := StaleConfig{After: map[string]Age{}, Topics: map[string]Age{}}
	for kind, after := range rules.Stale {
		stale.After[string(kind)] = Age(after)
	}
	for _, topic := range rules.StaleTopics {
		stale.Topics[topic.Name] = Age(topic.After)
	}
	return Config{
		Database: "waymark.db",
		Listen:   "127.0.0.1:8080",
		Sync:     SyncConfig{Every: Duration(15 * time.Minute)},
		Check: CheckConfig{
			Concurrency: 64,
			Timeout:     Duration(20 * time.Second),
			Retries:     2,
			RetryWait:   Duration(time.Second),
			PerHost:     PerHostConfig{Concurrency: 4, Interval: Duration(100 * time.Millisecond)},
			Robots:      "respect",
			MaxBody:     2 << 20,
			Every:       Duration(rules.Every),
		},
		Verdict: VerdictConfig{DeadAfter: DeadAfterConfig{
			Definite: ConfirmConfig{Times: Count(rules.Definite.Times), Over: Duration(rules.Definite.Over)},
			Doubtful: ConfirmConfig{Times: Count(rules.Doubtful.Times), Over: Duration(rules.Doubtful.Over)},
		}},
		Stale:   stale,
		Network: NetworkConfig{TLSMinVersion: tls.VersionTLS12},
	}
}

// sources returns the configured lists.
func (c Config) sources() []catalog.Source {
	var list []catalog.Source
	for _, s := range c.Sources {
		list = append(list, catalog.Source{Name: s.Name, Path: s.Path, Git: s.Git, Ref: s.Ref, Paths: s.Paths, URL: s.URL, Format: s.Format})
	}
	return list
}

// rules returns what the configuration says of verdicts and hosts, and the shipped rules for the great hosts.
func (c Config) rules() catalog.Rules {
	dead := c.Verdict.DeadAfter
	rules := catalog.Rules{
		Every:    time.Duration(c.Check.Every),
		Definite: catalog.Confirm{Times: int(dead.Definite.Times), Over: time.Duration(dead.Definite.Over)},
		Doubtful: catalog.Confirm{Times: int(dead.Doubtful.Times), Over: time.Duration(dead.Doubtful.Over)},
		Stale:    map[catalog.Kind]time.Duration{},

		StaleTopics: c.Stale.topics(),
		Shipped:     crawler.GreatHosts(),
	}
	for kind, after := range c.Stale.After {
		rules.Stale[catalog.Kind(kind)] = time.Duration(after)
	}
	for _, s := range c.Stale.Sections {
		rules.StaleSections = append(rules.StaleSections, catalog.SectionAge{Match: s.Match, After: time.Duration(s.After)})
	}
	for _, h := range c.Check.Hosts {
		rules.Hosts = append(rules.Hosts, h.rule())
	}
	return rules
}

// topics returns the shipped topics with the configured ages, and those that only the configuration has, by name.
func (s StaleConfig) topics() []catalog.Topic {
	list := catalog.Topics()
	for _, name := range slices.Sorted(maps.Keys(s.Topics)) {
		i := slices.IndexFunc(list, func(t catalog.Topic) bool { return strings.EqualFold(t.Name, name) })
		if i < 0 {
			i, list = len(list), append(list, catalog.Topic{Name: name, Words: []string{strings.ToLower(name)}})
		}
		list[i].After = time.Duration(s.Topics[name])
	}
	return list
}

func (h HostConfig) rule() catalog.HostRule {
	rule := catalog.HostRule{Match: h.Match, Concurrency: int(h.Concurrency), Interval: time.Duration(h.Interval),
		Headers: h.Headers, Redirects: catalog.RedirectRule(h.Redirects), Skip: h.Skip, Quiet: catalog.Quiet(h.Quiet), StaleAfter: time.Duration(h.StaleAfter),
		TLS: catalog.HostTLS{Unverified: h.TLSVerify != nil && !*h.TLSVerify, MinVersion: uint16(h.TLSMinVersion)}}
	for _, status := range h.Accept {
		rule.Accept = append(rule.Accept, int(status))
	}
	return rule
}
