package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones are known also where the system knows none, as in a small container

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"waymark/catalog"
)

// Duration is a duration as people write it: 20s, 1h30m, 30d, 2w.
type Duration time.Duration

// UnmarshalYAML reads a duration.
func (d *Duration) UnmarshalYAML(node ast.Node) error {
	value, err := parseDuration(scalar(node))
	if err != nil {
		return &yaml.SyntaxError{Message: err.Error(), Token: node.GetToken()}
	}
	*d = Duration(value)
	return nil
}

// daysOrWeeks are the units that people use and Go does not know.
var daysOrWeeks = regexp.MustCompile(`^(\d+(?:\.\d+)?)([dw])$`)

func parseDuration(text string) (time.Duration, error) {
	if text == "0" {
		return 0, nil
	}
	if m := daysOrWeeks.FindStringSubmatch(text); m != nil {
		days, err := strconv.ParseFloat(m[1], 64)
		if m[2] == "w" {
			days *= 7
		}
		if err == nil && days < 100*365 {
			return time.Duration(days * 24 * float64(time.Hour)), nil
		}
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return 0, fmt.Errorf("%q is not a duration; write for example 20s, 1h30m, 30d or 2w", text)
	}
	return d, nil
}

// Age is an age as people write it: a duration, or never. 0 is never too.
type Age time.Duration

// UnmarshalYAML reads an age.
func (a *Age) UnmarshalYAML(node ast.Node) error {
	text := scalar(node)
	value, err := parseDuration(text)
	switch {
	case text == "never", err == nil && value == 0:
		value = catalog.Never
	case err != nil:
		return &yaml.SyntaxError{Message: fmt.Sprintf("%q is not an age; write for example 365d or never", text), Token: node.GetToken()}
	case value < 24*time.Hour:
		return &yaml.SyntaxError{Message: fmt.Sprintf("%q is less than a day; write for example 365d or never", text), Token: node.GetToken()}
	}
	*a = Age(value)
	return nil
}

// Size is a number of bytes as people write it: 500KB, 2MiB.
type Size int64

// UnmarshalYAML reads a size.
func (s *Size) UnmarshalYAML(node ast.Node) error {
	value, err := parseSize(scalar(node))
	if err != nil {
		return &yaml.SyntaxError{Message: err.Error(), Token: node.GetToken()}
	}
	*s = Size(value)
	return nil
}

// numberAndUnit splits a size; a plain number is one of bytes.
var numberAndUnit = regexp.MustCompile(`^(\d+(?:\.\d+)?) *([KMG]i?B|B|)$`)

func parseSize(text string) (int64, error) {
	const limit = 2 << 30
	units := map[string]float64{"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "KB": 1e3, "MB": 1e6, "GB": 1e9, "B": 1, "": 1}
	if m := numberAndUnit.FindStringSubmatch(text); m != nil {
		n, err := strconv.ParseFloat(m[1], 64)
		if bytes := n * units[m[2]]; err == nil && bytes <= limit {
			return int64(bytes), nil
		}
	}
	return 0, fmt.Errorf("%q is not a size of at most 2GiB; write for example 500KB or 2MiB", text)
}

// Count is a whole number in decimal digits. Into an int the decoder would cut 2.5 to 2 and say nothing.
type Count int

// UnmarshalYAML reads a whole number.
func (c *Count) UnmarshalYAML(node ast.Node) error {
	text := scalar(node)
	n, err := strconv.Atoi(text)
	if err != nil {
		return &yaml.SyntaxError{Message: fmt.Sprintf("%q is not a whole number", text), Token: node.GetToken()}
	}
	*c = Count(n)
	return nil
}

// TLSVersion is a version of TLS as people write it: 1.2.
type TLSVersion uint16

// UnmarshalYAML reads a version.
func (v *TLSVersion) UnmarshalYAML(node ast.Node) error {
	text := scalar(node)
	known := map[string]TLSVersion{"1.0": tls.VersionTLS10, "1.1": tls.VersionTLS11, "1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}
	value, ok := known[text]
	if !ok {
		return &yaml.SyntaxError{Message: fmt.Sprintf("%q is no version of TLS; write 1.0, 1.1, 1.2 or 1.3", text), Token: node.GetToken()}
	}
	*v = value
	return nil
}

// Hours are a part of each day as people write it: 22:00-06:00, 12:30-13:00 Europe/Berlin.
type Hours catalog.Quiet

// UnmarshalYAML reads hours.
func (h *Hours) UnmarshalYAML(node ast.Node) error {
	value, err := parseHours(scalar(node))
	if err != nil {
		return &yaml.SyntaxError{Message: err.Error(), Token: node.GetToken()}
	}
	*h = Hours(value)
	return nil
}

func parseHours(text string) (catalog.Quiet, error) {
	hours, zone, named := strings.Cut(strings.TrimSpace(text), " ")
	from, to, _ := strings.Cut(hours, "-")
	begin, err := parseClock(from)
	end, endErr := parseClock(to)
	if errors.Join(err, endErr) != nil || begin == end || end-begin == 24*time.Hour {
		return catalog.Quiet{}, fmt.Errorf("%q are no hours of a day; write for example 22:00-06:00, or 22:00-06:00 Europe/Berlin", text)
	}
	quiet := catalog.Quiet{From: begin, To: end}
	if !named {
		return quiet, nil
	}
	if quiet.Zone, err = time.LoadLocation(strings.TrimSpace(zone)); err != nil {
		return catalog.Quiet{}, fmt.Errorf("%q is no time zone; write for example UTC or Europe/Berlin", strings.TrimSpace(zone))
	}
	return quiet, nil
}

// parseClock reads what a clock shows, from 00:00 to 24:00, as the time since midnight.
func parseClock(text string) (time.Duration, error) {
	if text == "24:00" {
		return 24 * time.Hour, nil
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, err
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}

// scalar returns the text of a plain or quoted value.
func scalar(node ast.Node) string {
	if text, ok := node.(*ast.StringNode); ok {
		return text.Value
	}
	return strings.TrimSpace(node.String())
}
