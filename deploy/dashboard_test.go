package deploy_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"
)

// width is that of Grafana's grid.
const width = 24

type dashboard struct {
	UID        string  `json:"uid"`
	Title      string  `json:"title"`
	Panels     []panel `json:"panels"`
	Templating struct {
		List []struct {
			Name       string     `json:"name"`
			Type       string     `json:"type"`
			Datasource datasource `json:"datasource"`
		} `json:"list"`
	} `json:"templating"`
}

type panel struct {
	ID          int        `json:"id"`
	Type        string     `json:"type"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Datasource  datasource `json:"datasource"`
	GridPos     grid       `json:"gridPos"`
	Targets     []struct {
		RefID      string     `json:"refId"`
		Expr       string     `json:"expr"`
		Datasource datasource `json:"datasource"`
	} `json:"targets"`
}

type datasource struct {
	UID string `json:"uid"`
}

type grid struct{ X, Y, W, H int }

// overlaps reports whether two panels share a cell.
func (g grid) overlaps(o grid) bool {
	return g.X < o.X+o.W && o.X < g.X+g.W && g.Y < o.Y+o.H && o.Y < g.Y+g.H
}

func loadDashboard(t *testing.T) dashboard {
	t.Helper()
	var d dashboard
	if err := json.Unmarshal([]byte(read(t, filepath.Join("grafana", "dashboards", "waymark.json"))), &d); err != nil {
		t.Fatal(err)
	}
	if d.UID == "" || d.Title == "" || len(d.Panels) == 0 {
		t.Fatalf("the dashboard lacks its uid, its title or its panels: %q, %q, %d", d.UID, d.Title, len(d.Panels))
	}
	return d
}

func TestPanelsStandApart(t *testing.T) {
	panels := loadDashboard(t).Panels
	for i, p := range panels {
		g := p.GridPos
		if g.W <= 0 || g.H <= 0 || g.X < 0 || g.X+g.W > width {
			t.Errorf("panel %q is not within the grid: %+v", p.Title, g)
		}
		for _, other := range panels[:i] {
			if g.overlaps(other.GridPos) {
				t.Errorf("panels %q and %q overlap", p.Title, other.Title)
			}
			if p.ID == other.ID {
				t.Errorf("panels %q and %q share the id %d", p.Title, other.Title, p.ID)
			}
		}
	}
}

func TestPanelsSayWhatTheyShow(t *testing.T) {
	for _, p := range loadDashboard(t).Panels {
		if p.Title == "" || (p.Type != "row" && (p.Description == "" || len(p.Targets) == 0)) {
			t.Errorf("panel %d (%q) lacks its title, its description or its queries", p.ID, p.Title)
		}
	}
}

func TestTheDashboardUsesTheProvisionedDatasource(t *testing.T) {
	var provisioned struct {
		Datasources []struct {
			UID  string `yaml:"uid"`
			Type string `yaml:"type"`
			URL  string `yaml:"url"`
		} `yaml:"datasources"`
	}
	file := filepath.Join("grafana", "provisioning", "datasources", "prometheus.yml")
	if err := yaml.Unmarshal([]byte(read(t, file)), &provisioned); err != nil {
		t.Fatal(err)
	}
	if len(provisioned.Datasources) != 1 || provisioned.Datasources[0].URL != "http://prometheus:9090" {
		t.Fatalf("%s should provision the Prometheus of docker-compose.yml: %+v", file, provisioned)
	}
	uid, d := provisioned.Datasources[0].UID, loadDashboard(t)
	for _, v := range d.Templating.List {
		if v.Type == "query" && v.Datasource.UID != uid {
			t.Errorf("variable %s uses the datasource %q; want %q", v.Name, v.Datasource.UID, uid)
		}
	}
	for _, p := range d.Panels {
		if p.Type != "row" && p.Datasource.UID != uid {
			t.Errorf("panel %q uses the datasource %q; want %q", p.Title, p.Datasource.UID, uid)
		}
		for _, target := range p.Targets {
			if target.Datasource.UID != uid {
				t.Errorf("panel %q, query %s uses the datasource %q; want %q", p.Title, target.RefID, target.Datasource.UID, uid)
			}
		}
	}
}
