package main

import (
	"crypto/tls"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/web"
)

// hidden stands where a value is a secret.
const hidden = "(hidden)"

// settings lists a configuration for people to see, in the order of its keys in the manual. Headers can hold tokens,
// and a proxy's address a password: their values are left out.
func settings(c Config) []web.Setting {
	defaults := map[string]string{}
	for _, one := range flatten("", reflect.ValueOf(defaultConfig())) {
		defaults[one.Key] = one.Value
	}
	list := flatten("", reflect.ValueOf(c))
	for i, one := range list {
		before, known := defaults[one.Key]
		list[i].Changed = one.Value != before || !known
	}
	return list
}

// flatten walks a part of the configuration by its keys.
func flatten(key string, v reflect.Value) []web.Setting {
	switch value := v.Interface().(type) {
	case SourceConfig:
		location := catalog.Source{Path: value.Path, Git: value.Git, Ref: value.Ref, URL: value.URL}.Location()
		return []web.Setting{{Key: "sources." + value.Name, Value: strings.Join(append([]string{location}, value.Paths...), " ")}}
	case HostConfig:
		return []web.Setting{{Key: "check.hosts." + value.Match, Value: hostRule(value)}}
	case Duration:
		return []web.Setting{{Key: key, Value: durationText(time.Duration(value))}}
	case Age:
		return []web.Setting{{Key: key, Value: ageText(value)}}
	case SectionConfig:
		return []web.Setting{{Key: "stale.sections." + value.Match, Value: ageText(value.After)}}
	case TLSVersion:
		if value == 0 { // what is absent is left to the default
			value = defaultConfig().Network.TLSMinVersion
		}
		return []web.Setting{{Key: key, Value: strings.TrimPrefix(tls.VersionName(uint16(value)), "TLS ")}}
	case Size:
		return []web.Setting{{Key: key, Value: fmt.Sprintf("%g MiB", float64(value)/(1<<20))}}
	}
	switch v.Kind() {
	case reflect.Struct:
		return flattenFields(key, v)
	case reflect.Slice:
		return flattenList(key, v)
	case reflect.Map:
		var list []web.Setting
		for _, name := range slices.Sorted(maps.Keys(keysOf(v))) {
			list = append(list, flatten(key+"."+name, v.MapIndex(reflect.ValueOf(name)))...)
		}
		return list
	}
	return []web.Setting{{Key: key, Value: plainSetting(key, v)}}
}

func flattenFields(key string, v reflect.Value) []web.Setting {
	var list []web.Setting
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("yaml")
		if name == "" {
			continue
		}
		list = append(list, flatten(strings.TrimPrefix(key+"."+name, "."), v.Field(i))...)
	}
	return list
}

// flattenList joins plain values; sources and host rules get a line each.
func flattenList(key string, v reflect.Value) []web.Setting {
	if v.Type().Elem().Kind() == reflect.Struct {
		var list []web.Setting
		for i := range v.Len() {
			list = append(list, flatten(key, v.Index(i))...)
		}
		return list
	}
	var texts []string
	for i := range v.Len() {
		texts = append(texts, fmt.Sprint(v.Index(i).Interface()))
	}
	return []web.Setting{{Key: key, Value: strings.Join(texts, ", ")}}
}

func keysOf(v reflect.Value) map[string]bool {
	keys := map[string]bool{}
	for _, k := range v.MapKeys() {
		keys[k.String()] = true
	}
	return keys
}

// plainSetting writes a value without the name and password that an address may hold.
func plainSetting(key string, v reflect.Value) string {
	text := fmt.Sprint(v.Interface())
	if key == "network.proxy" {
		return catalog.Source{URL: text}.Location()
	}
	return text
}

// durationText writes whole days as such, as the file does.
func durationText(d time.Duration) string {
	const day = 24 * time.Hour
	if d >= day && d%day == 0 {
		return fmt.Sprintf("%dd", d/day)
	}
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// ageText writes an age as the file does.
func ageText(a Age) string {
	if time.Duration(a) == catalog.Never {
		return "never"
	}
	return durationText(time.Duration(a))
}

// hoursText writes quiet hours as the file does.
func hoursText(h Hours) string {
	midnight := time.Time{}
	text := midnight.Add(h.From).Format("15:04") + "-" + midnight.Add(h.To).Format("15:04")
	if h.Zone != nil {
		text += " " + h.Zone.String()
	}
	return text
}

// hostRule writes a rule for hosts in one line.
func hostRule(h HostConfig) string {
	var parts []string
	add := func(set bool, text string, value any) {
		if set {
			parts = append(parts, fmt.Sprintf(text, value))
		}
	}
	add(h.Skip, "skipped%v", "")
	add(h.Concurrency > 0, "%v at once", h.Concurrency)
	add(h.Interval > 0, "every %v", durationText(time.Duration(h.Interval)))
	add(len(h.Accept) > 0, "accepts %v", h.Accept)
	for _, name := range slices.Sorted(maps.Keys(h.Headers)) {
		add(true, "%v: "+hidden, name)
	}
	add(h.StaleAfter > 0, "stale after %v", ageText(h.StaleAfter))
	add(h.Quiet.From != h.Quiet.To, "quiet %v", hoursText(h.Quiet))
	return strings.Join(parts, ", ")
}
