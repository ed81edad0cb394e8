package deploy_test

import (
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/goccy/go-yaml"
)

// composed loads docker-compose.yml as `docker compose` would, in an environment without any variables but env.
func composed(t *testing.T, env ...string) *types.Project {
	t.Helper()
	options, err := cli.NewProjectOptions([]string{filepath.Join(root, "docker-compose.yml")}, cli.WithEnv(env))
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return project
}

func TestComposeRunsTheThreeServices(t *testing.T) {
	names := composed(t).ServiceNames()
	slices.Sort(names)
	if got := strings.Join(names, " "); got != "grafana prometheus waymark" {
		t.Errorf("services: %s", got)
	}
}

func TestServicesHaveNoMoreRightsThanTheyNeed(t *testing.T) {
	for name, s := range composed(t).Services {
		t.Run(name, func(t *testing.T) {
			if user, _, _ := strings.Cut(s.User, ":"); user == "" || user == "0" || user == "root" {
				t.Errorf("runs as %q; want a user of its own", s.User)
			}
			if !s.ReadOnly || s.Privileged || !slices.Contains(s.CapDrop, "ALL") || len(s.CapAdd) > 0 {
				t.Error("want a read-only root, all capabilities dropped and none added")
			}
			if !slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
				t.Error("want no-new-privileges")
			}
			for _, port := range s.Ports {
				if port.HostIP != "127.0.0.1" {
					t.Errorf("port %s is published on %q; want this machine only", port.Published, port.HostIP)
				}
			}
		})
	}
}

func TestServicesComeBackAndAreWatched(t *testing.T) {
	for name, s := range composed(t).Services {
		if s.Restart != "unless-stopped" || s.HealthCheck == nil || len(s.HealthCheck.Test) < 2 {
			t.Errorf("%s: want a restart policy and a health check", name)
		}
		if s.Build == nil && !regexp.MustCompile(`:v?\d+\.\d+\.\d+$`).MatchString(s.Image) {
			t.Errorf("%s: the image %s is not pinned to a version", name, s.Image)
		}
	}
}

func TestMountedFilesExist(t *testing.T) {
	project := composed(t)
	for name, s := range project.Services {
		for _, v := range s.Volumes {
			switch _, err := os.Stat(v.Source); {
			case v.Type == types.VolumeTypeVolume:
				if _, ok := project.Volumes[v.Source]; !ok {
					t.Errorf("%s: the volume %s is not declared", name, v.Source)
				}
			case err != nil:
				t.Errorf("%s: %v", name, err)
			case !v.ReadOnly:
				t.Errorf("%s: %s is mounted writable", name, v.Source)
			}
		}
	}
}

func TestGrafanaFindsItsDashboard(t *testing.T) {
	var file struct {
		Providers []struct {
			Options struct {
				Path string `yaml:"path"`
			} `yaml:"options"`
		} `yaml:"providers"`
	}
	if err := yaml.Unmarshal([]byte(read(t, filepath.Join("grafana", "provisioning", "dashboards", "waymark.yml"))), &file); err != nil {
		t.Fatal(err)
	}
	grafana := composed(t).Services["grafana"]
	i := slices.IndexFunc(grafana.Volumes, func(v types.ServiceVolumeConfig) bool { return v.Target == file.Providers[0].Options.Path })
	if i < 0 {
		t.Fatalf("nothing is mounted on %s", file.Providers[0].Options.Path)
	}
	home := *grafana.Environment["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
	local := filepath.Join(grafana.Volumes[i].Source, strings.TrimPrefix(home, grafana.Volumes[i].Target))
	if _, err := os.Stat(local); err != nil {
		t.Errorf("the first page of Grafana: %v", err)
	}
}

func TestTheExternalAddressReachesWaymarkAndItsAlerts(t *testing.T) {
	tests := map[string][]string{
		"http://localhost:8080":     nil,
		"https://links.example.org": {"WAYMARK_EXTERNAL_URL=https://links.example.org"},
	}
	for want, env := range tests {
		project := composed(t, env...)
		for _, name := range []string{"waymark", "prometheus"} {
			if got := project.Services[name].Environment["WAYMARK_EXTERNAL_URL"]; got == nil || *got != want {
				t.Errorf("%s: WAYMARK_EXTERNAL_URL is %v; want %s", name, got, want)
			}
		}
	}
}

func TestPrometheusScrapesTheServiceOfCompose(t *testing.T) {
	if !strings.Contains(read(t, filepath.Join("prometheus", "prometheus.yml")), `targets: ["waymark:8080"]`) {
		t.Error("prometheus.yml does not scrape waymark:8080")
	}
	listen := composed(t).Services["waymark"].Environment["WAYMARK_LISTEN"]
	if listen == nil || *listen != "0.0.0.0:8080" {
		t.Errorf("waymark listens on %v; want 0.0.0.0:8080", listen)
	}
}

func TestTheImageIsSmallAndSafe(t *testing.T) {
	file := read(t, filepath.Join(root, "Dockerfile"))
	for why, pattern := range map[string]string{
		"a static binary":                 `CGO_ENABLED=0 `,
		"the version in the binary":       `-X main\.version=\$VERSION`,
		"an empty last stage":             `(?m)^FROM scratch$`,
		"roots to trust":                  `(?m)^COPY --from=build \S*ca-certificates\.crt `,
		"a data folder of the same user":  `(?m)^COPY --from=build --chown=65532:65532 /out/data /data$`,
		"a user that is not root":         `(?m)^USER 65532:65532$`,
		"a volume":                        `(?m)^VOLUME /data$`,
		"a health check by the binary":    `(?m)^HEALTHCHECK .*CMD \["/waymark", "healthcheck"\]$`,
		"the port":                        `(?m)^EXPOSE 8080$`,
		"labels":                          `org\.opencontainers\.image\.version=`,
		"no shell between it and signals": `(?m)^ENTRYPOINT \["/waymark"\]$`,
	} {
		if !regexp.MustCompile(pattern).MatchString(file) {
			t.Errorf("the Dockerfile lacks %s (%s)", why, pattern)
		}
	}
	golang := regexp.MustCompile(`golang:(\d+\.\d+)`).FindStringSubmatch(file)
	if golang == nil || !strings.Contains(read(t, filepath.Join(root, "go.mod")), "\ngo "+golang[1]) {
		t.Errorf("the Dockerfile builds with %v; go.mod says otherwise", golang)
	}
}

// TestTheBuilderGetsAllThatIsBuilt holds .dockerignore against what the compiler reads: Go files and embedded ones.
func TestTheBuilderGetsAllThatIsBuilt(t *testing.T) {
	const format = `{{if .Module}}{{if .Module.Main}}{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}
{{end}}{{range .EmbedFiles}}{{$d}}/{{.}}
{{end}}{{end}}{{end}}`
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", format, "./cmd/...", "./catalog/...")
	list.Dir = root
	output, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	base, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	ignored := strings.Fields(regexp.MustCompile(`(?m)^#.*$`).ReplaceAllString(read(t, filepath.Join(root, ".dockerignore")), ""))
	files := strings.Fields(string(output))
	for _, file := range append(files, filepath.Join(base, "go.mod"), filepath.Join(base, "go.sum")) {
		name, err := filepath.Rel(base, file)
		if err != nil {
			t.Fatal(err)
		}
		if i := slices.IndexFunc(ignored, func(pattern string) bool { return ignores(pattern, filepath.ToSlash(name)) }); i >= 0 {
			t.Errorf("%s is built, but .dockerignore leaves it out: %s", name, ignored[i])
		}
	}
}

// ignores reports whether a pattern of .dockerignore matches a file or a folder above it. Patterns are anchored at
// the root, unless they begin with "**/".
func ignores(pattern, name string) bool {
	deep, anywhere := strings.CutPrefix(pattern, "**/")
	parts := strings.Split(name, "/")
	for i := range parts {
		matched, err := path.Match(pattern, strings.Join(parts[:i+1], "/"))
		if anywhere {
			matched, err = path.Match(deep, parts[i])
		}
		if matched && err == nil {
			return true
		}
	}
	return false
}

func TestPatternsOfDockerignore(t *testing.T) {
	tests := []struct {
		pattern, name string
		want          bool
	}{
		{"waymark", "waymark", true},
		{"waymark", "cmd/waymark/main.go", false},
		{"deploy", "deploy/x/y.yml", true},
		{".*", ".git/config", true},
		{".*", "web/.hidden", false},
		{"*.md", "README.md", true},
		{"*.md", "catalog/starter/lists/a.md", false},
		{"**/testdata", "catalog/testdata/x.txt", true},
		{"**/*_test.go", "web/web_test.go", true},
	}
	for _, test := range tests {
		if got := ignores(test.pattern, test.name); got != test.want {
			t.Errorf("ignores(%q, %q) = %v; want %v", test.pattern, test.name, got, test.want)
		}
	}
}
