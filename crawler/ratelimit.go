package crawler

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// askedRest returns how long an answer asks its visitor to leave the host alone, 0 when it does not: by Retry-After,
// or by a quota that is used up. It is at most a day.
func askedRest(status int, header http.Header, now time.Time) time.Duration {
	var asked time.Duration
	if wantsRest(status) {
		asked = retryAfter(header, now)
	}
	return min(max(asked, quotaRest(status, header, now), 0), maxRetryAfter)
}

// wantsRest reports whether a Retry-After beside this status is about the host's load. With a redirect it is about
// the address that the redirect leads to (RFC 9110, section 10.2.3); with a page that is not there it is a habit.
func wantsRest(status int) bool {
	return status == http.StatusForbidden || status == http.StatusTooManyRequests || status/100 == 5
}

// quotaFields are the prefixes under which hosts tell what is left of a quota: those of
// draft-ietf-httpapi-ratelimit-headers up to its version 06, and those that were there before.
var quotaFields = []string{"Ratelimit-", "X-Ratelimit-", "X-Rate-Limit-"} // as net/http spells them

// quotaRest returns the time until a quota is renewed that has no request left, 0 while there are some. Of several
// quotas the longest wait counts.
func quotaRest(status int, header http.Header, now time.Time) time.Duration {
	policy := strings.Join(header.Values("RateLimit-Policy"), ",")
	wait := fieldRest(strings.Join(header.Values("RateLimit"), ","), policy)
	for _, prefix := range quotaFields {
		if !spent(header, prefix, status) {
			continue
		}
		reset := moment(strings.TrimSpace(header.Get(prefix+"Reset")), header, now)
		if reset == 0 && header.Get(prefix+"Remaining") != "" {
			reset = window(policy, "")
		}
		wait = max(wait, reset)
	}
	return wait
}

// spent reports whether the quota of a group of fields is used up. What a host says while it refuses us counts
// also where the remaining number is missing. A limit that is no positive number means that there is none.
func spent(header http.Header, prefix string, status int) bool {
	limit, hasLimit := leadingNumber(header.Get(prefix + "Limit"))
	if hasLimit && limit <= 0 {
		return false
	}
	left, ok := leadingNumber(header.Get(prefix + "Remaining"))
	if !ok {
		return status == http.StatusTooManyRequests && header.Get(prefix+"Remaining") == ""
	}
	return left == 0
}

// leadingNumber reads the first item of a list such as "100, 100;w=60".
func leadingNumber(field string) (float64, bool) {
	field, _, _ = strings.Cut(field, ",")
	field, _, _ = strings.Cut(field, ";")
	n, err := strconv.ParseFloat(strings.TrimSpace(field), 64)
	return n, err == nil
}

// fieldRest reads a RateLimit field in the two forms that it had: a list of quotas as `"name";r=0;t=30`, of which r
// requests are left for t seconds (draft 08 on), and the dictionary `limit=10, remaining=0, reset=30` (draft 07).
func fieldRest(field, policy string) time.Duration {
	var wait time.Duration
	members := map[string]string{}
	for item := range split(field, ',') {
		name, parameters := quota(item)
		if key, value, ok := strings.Cut(name, "="); ok {
			members[key] = value
			continue
		}
		if left, ok := leadingNumber(parameters["r"]); ok && left == 0 {
			wait = max(wait, orDefault(seconds(parameters["t"]), window(policy, name)))
		}
	}
	if left, ok := leadingNumber(members["remaining"]); ok && left == 0 {
		wait = max(wait, seconds(members["reset"]))
	}
	return wait
}

// window returns the length of a policy's window, the longest a used-up quota can last: of the policy with this
// name, or of the first one when the name is empty.
func window(policy, name string) time.Duration {
	for item := range split(policy, ',') {
		if of, parameters := quota(item); name == "" || of == name {
			return seconds(parameters["w"])
		}
	}
	return 0
}

// quota takes an item of a structured list (RFC 9651, section 3.1) apart.
func quota(item string) (name string, parameters map[string]string) {
	parameters = map[string]string{}
	first := true
	for part := range split(item, ';') {
		if first {
			name, first = part, false
			continue
		}
		key, value, _ := strings.Cut(part, "=")
		parameters[strings.ToLower(strings.TrimSpace(key))] = strings.TrimSpace(value)
	}
	return name, parameters
}

// split yields the trimmed parts of a text between separators that are not within a quoted string.
func split(text string, separator byte) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		quoted, from := false, 0
		for i := 0; i < len(text); i++ {
			switch {
			case quoted && text[i] == '\\':
				i++
			case text[i] == '"':
				quoted = !quoted
			case text[i] == separator && !quoted:
				if !yield(strings.TrimSpace(text[from:i])) {
					return
				}
				from = i + 1
			}
		}
		if rest := strings.TrimSpace(text[from:]); rest != "" {
			yield(rest)
		}
	}
}

// seconds reads a number of seconds; 0 for what is none.
func seconds(text string) time.Duration {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n > 0) {
		return 0
	}
	return time.Duration(min(n, maxRetryAfter.Seconds()) * float64(time.Second))
}
