package main

import (
	"context"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/crawler"
)

// visitor visits claims; the crawler is one.
type visitor interface {
	Check(ctx context.Context, n int, claim func(int) catalog.Claim, emit func(catalog.Result)) error
}

// crawlerSetup is what a command adds to the configuration.
type crawlerSetup struct {
	rules  catalog.Rules
	logger *slog.Logger  // nil: silent
	meter  crawler.Meter // nil: nothing is measured
}

// newCrawler builds a crawler from the configuration; the folder is where relative paths start from.
func newCrawler(config Config, folder string, setup crawlerSetup) (*crawler.Crawler, error) {
	roots, err := rootCAs(resolve(folder, config.Network.CAFile))
	if err != nil {
		return nil, err
	}
	options := crawler.Options{
		Concurrency:     int(config.Check.Concurrency),
		Timeout:         time.Duration(config.Check.Timeout),
		Retries:         int(config.Check.Retries),
		RetryWait:       time.Duration(config.Check.RetryWait),
		HostConcurrency: int(config.Check.PerHost.Concurrency),
		HostInterval:    time.Duration(config.Check.PerHost.Interval),
		Robots:          config.Check.Robots == "respect",
		UserAgent:       config.userAgent(),
		MaxBody:         int64(config.Check.MaxBody),
		Rules:           setup.rules,
		Resolver:        config.Network.Resolver,
		RootCAs:         roots,
		MinTLS:          uint16(config.Network.TLSMinVersion),
		Forge:           crawler.Forge{Token: config.Check.GitHubToken},
		Interfaces:      map[string]string{},
		Logger:          setup.logger,
		Meter:           setup.meter,
		Now:             time.Now,
	}
	for _, text := range config.Network.Allow {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("network.allow: %w", err)
		}
		options.Allow = append(options.Allow, prefix)
	}
	if base := config.Check.Interfaces[githubInterface]; base != "" {
		options.Forge.Endpoint = strings.TrimSuffix(base, "/") + "/graphql"
	}
	for _, i := range catalog.SiteInterfaces() {
		if base := config.Check.Interfaces[i.Key]; base != "" {
			options.Interfaces[i.Base] = base
		}
	}
	if config.Network.Proxy != "" {
		if options.Proxy, err = url.Parse(config.Network.Proxy); err != nil {
			return nil, fmt.Errorf("network.proxy: %w", err)
		}
	}
	if options.Logger == nil {
		options.Logger = slog.New(slog.DiscardHandler)
	}
	return crawler.New(options)
}

// userAgent names Waymark and a way to reach whoever runs it: sites that are asked often want to know.
func (c Config) userAgent() string {
	if c.Check.UserAgent != "" {
		return c.Check.UserAgent
	}
	contact := "link checker"
	if c.ExternalURL != "" {
		contact = "+" + c.ExternalURL
	}
	return fmt.Sprintf("Waymark/%s (%s)", version, contact)
}

// rootCAs returns the system's certificates with those of a file added; nil for the system's alone.
func rootCAs(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("network.ca_file %s: %w", file, withoutPath(err))
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("network.ca_file %s: no certificate in PEM form there", file)
	}
	return roots, nil
}
