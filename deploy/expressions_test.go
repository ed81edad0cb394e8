package deploy_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// alert is a rule of rules.yml.
type alert struct {
	Alert       string            `yaml:"alert"`
	Expr        string            `yaml:"expr"`
	For         string            `yaml:"for"`
	Labels      map[string]string `yaml:"labels"`
	Annotations map[string]string `yaml:"annotations"`
}

func alerts(t *testing.T) []alert {
	t.Helper()
	var file struct {
		Groups []struct {
			Rules []alert `yaml:"rules"`
		} `yaml:"groups"`
	}
	if err := yaml.Unmarshal([]byte(read(t, filepath.Join("prometheus", "rules.yml"))), &file); err != nil {
		t.Fatal(err)
	}
	var list []alert
	for _, group := range file.Groups {
		list = append(list, group.Rules...)
	}
	if len(list) == 0 {
		t.Fatal("rules.yml holds no alert")
	}
	return list
}

// expression is a query and where it stands.
type expression struct{ where, promql string }

// expressions returns the queries of the dashboard and of the alerts, with Grafana's variables filled in.
func expressions(t *testing.T) []expression {
	t.Helper()
	var list []expression
	for _, rule := range alerts(t) {
		list = append(list, expression{"alert " + rule.Alert, rule.Expr})
	}
	filled := strings.NewReplacer("$__rate_interval", "1m", "$instance", ".*", "$source", ".*")
	for _, p := range loadDashboard(t).Panels {
		for _, target := range p.Targets {
			list = append(list, expression{fmt.Sprintf("panel %q, query %s", p.Title, target.RefID), filled.Replace(target.Expr)})
		}
	}
	return list
}

func TestExpressionsAreValid(t *testing.T) {
	var rules []map[string]string
	for i, e := range expressions(t) {
		if strings.Contains(e.promql, "$") {
			t.Errorf("%s: a variable that is not known: %s", e.where, e.promql)
		}
		rules = append(rules, map[string]string{"record": fmt.Sprintf("query_%d", i), "expr": e.promql})
	}
	file := filepath.Join(t.TempDir(), "expressions.yml")
	content, err := json.Marshal(map[string]any{"groups": []any{map[string]any{"name": "all", "rules": rules}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	promtool(t, "check", "rules", file)
}

func TestExpressionsNameMetricsThatExist(t *testing.T) {
	exist := registered(t, busy(t))
	for _, e := range expressions(t) {
		for _, name := range metricNames(e.promql) {
			if !slices.Contains(exist, name) {
				t.Errorf("%s: Waymark has no metric %s: %s", e.where, name, e.promql)
			}
		}
	}
}

func TestTheDashboardShowsEveryMetric(t *testing.T) {
	shown := ""
	for _, e := range expressions(t) {
		shown += e.promql + "\n"
	}
	for _, name := range registered(t, busy(t)) {
		if strings.HasPrefix(name, "waymark_") && !hasSuffix(name, "_bucket", "_sum", "_count") && !strings.Contains(shown, name) {
			t.Errorf("no panel and no alert shows %s", name)
		}
	}
}

func hasSuffix(name string, suffixes ...string) bool {
	return slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(name, s) })
}

// registered returns the names that a scrape of address offers to queries, with those that Prometheus adds.
func registered(t *testing.T, address string) []string {
	t.Helper()
	response, err := http.Get("http://" + address + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"up", "ALERTS"}
	for _, line := range regexp.MustCompile(`(?m)^# TYPE (\S+) (\S+)$`).FindAllStringSubmatch(string(body), -1) {
		names = append(names, line[1])
		if line[2] == "histogram" {
			names = append(names, line[1]+"_bucket", line[1]+"_sum", line[1]+"_count")
		}
	}
	return names
}

var (
	matchers  = regexp.MustCompile(`\{[^}]*\}|\[[^\]]*\]`)
	groupings = regexp.MustCompile(`\b(by|without|on|ignoring)\s*\([^)]*\)`)
	words     = regexp.MustCompile(`[a-zA-Z_:][a-zA-Z0-9_:]*\s*\(?`)
)

// metricNames returns the metrics that a query selects: the words that are neither labels nor functions nor operators.
func metricNames(promql string) []string {
	text := regexp.MustCompile(`"(\\.|[^"\\])*"`).ReplaceAllString(promql, "")
	text = groupings.ReplaceAllString(matchers.ReplaceAllString(text, " "), " ")
	var names []string
	for _, word := range words.FindAllString(text, -1) {
		name := strings.TrimSpace(word)
		if strings.HasSuffix(name, "(") || slices.Contains([]string{"and", "or", "unless", "by"}, name) {
			continue
		}
		names = append(names, name)
	}
	return names
}

func TestMetricNamesOfAQuery(t *testing.T) {
	const query = `sum by (source) (rate(a_total{x="b, c", y=~"d{2}"}[5m])) / on (job) 0.1 * e_seconds and delta(f[1h]) > 0 unless up{job="g"} == 1`
	if got := strings.Join(metricNames(query), " "); got != "a_total e_seconds f up" {
		t.Errorf("got %s", got)
	}
}
