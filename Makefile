# Waymark: `make test` is the whole check. Each step can be run alone.

GO        ?= go
TOOLS     := $(CURDIR)/.tools
LINT_VER  := v2.15.0
LINT      := $(TOOLS)/golangci-lint-$(LINT_VER)
AXE       := $(TOOLS)/axe-4.10.3.js
VNU       := $(TOOLS)/vnu-24.10.17.jar
SLOW      := waymark/cmd/waymark waymark/web waymark/deploy
STORE     := waymark/catalog/sqlite waymark/catalog/sqlite/fill
FAST       = $(filter-out $(SLOW) $(STORE),$(shell $(GO) list ./...))
ARTIFACTS ?= $(CURDIR)/artifacts

.PHONY: test tools fmt vet lint unit scripts pages prometheus build run demo bench bench-web accuracy dates outside fuzz torture clean

test: tools fmt vet lint unit scripts pages prometheus ## everything, the quick first
	@echo "make test: all steps passed"

tools: $(LINT) $(AXE) $(VNU) ## install what the check needs and the machine lacks
	@./deploy/tools.sh chromium prometheus npm java

$(LINT):
	GOBIN=$(TOOLS) $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VER)
	mv $(TOOLS)/golangci-lint $@

$(AXE): ## finds what keeps people from using a page
	@./deploy/npmtool.sh axe-core@4.10.3 0f2b4d7dcdf7d1219df8d1959ad68e565f51d14c3f0d88bb71cd59abeb956292 package/axe.min.js $@

$(VNU): ## the W3C's checker of HTML
	@./deploy/npmtool.sh vnu-jar@24.10.17 4617d3e3234a40efce2eb42fa9c0fcc8abf85c33fffb8825bfd77563209d43b0 package/build/dist/vnu.jar $@

fmt: ## every file is formatted
	@files=$$(gofmt -l $$(git ls-files -co --exclude-standard '*.go')); \
	if [ -n "$$files" ]; then echo "not formatted; run gofmt -w on:"; echo "$$files"; exit 1; fi

vet:
	$(GO) vet ./...

lint: $(LINT)
	$(LINT) run ./...

# The database is C turned into Go, and takes eighteen times as long with the race detector: its tests run without it, and
# again with it where goroutines meet.
unit: ## packages with the race detector: imports, tables, properties, fuzz seeds, the crawler over its simulated web
	$(GO) test -race -timeout 30m $(FAST)
	$(GO) test -timeout 30m $(STORE)
	$(GO) test -race -timeout 30m -run 'Claim|Log|Clos|Reader|Writers|Pause|Lock|Kill|Late' waymark/catalog/sqlite

# The binary under test is built apart, so that no cached result speaks for it.
scripts: ## the built binary: its commands, its exit statuses, its signals
	$(GO) test -count=1 -timeout 30m ./cmd/waymark

pages: ## the dashboard in a real browser
	WAYMARK_ARTIFACTS=$(ARTIFACTS) $(GO) test -race -timeout 30m ./web

prometheus: ## the deployment: compose, rules, dashboard, and a real Prometheus scraping the real service
	$(GO) test -count=1 ./deploy

build: ## the static binary
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/waymark ./cmd/waymark

run: ## the service over the starter catalog
	$(GO) run ./cmd/waymark serve

demo: ## the service over a simulated web
	$(GO) run ./cmd/waymark demo

bench: ## figures beside a bare client's, never asserted; BENCH='-quick' or '-only 1,3' for less (docs/performance.md)
	$(GO) run ./crawler/bench $(BENCH)
	$(GO) test -run '^$$' -bench . -benchmem ./catalog/... ./crawler/...

bench-web: ## how fast the pages are over a big catalog; BENCH='-resources 100000 -visits 2' for less, '-keep FOLDER' to fill it once
	$(GO) run ./web/bench $(BENCH)

accuracy: ## verdicts over some six hundred behaviours of servers, held against what is true; no false death, no missed one
	$(GO) run ./crawler/accuracy -write docs/accuracy.md

dates: ## dates of pages, right and wrong, over our own table; EVAL=folder for htmldate's evaluation set (docs/accuracy.md)
	$(GO) run ./crawler/accuracy/dates $(if $(EVAL),-set $(EVAL)) $(DATES)

OUTSIDE ?= $(ARTIFACTS)/outside

outside: ## tests that other people wrote, brought into OUTSIDE as far as they can be had
	crawler/accuracy/outside.sh $(OUTSIDE)
	$(GO) run ./crawler/accuracy -outside $(OUTSIDE) -write docs/accuracy.md

fuzz: ## each fuzz target for half a minute
	@for target in $$(grep -rhoE '^func Fuzz[A-Za-z0-9_]+' --include='*_test.go' . | sed 's/func //' | sort -u); do \
		pkg=$$(dirname $$(grep -rlE "^func $$target\(" --include='*_test.go' .)); \
		$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime 30s $$pkg || exit 1; done

KILLS ?= 200

torture: ## 200 times kill -9, bombs by the dozen, an outage to its end: what `make scripts` does in short, at length
	WAYMARK_TORTURE=$(KILLS) $(GO) test -count=1 -timeout 2h -v -run '^Test(Kills|StopsUnderLoad|Outage|Bombs|Pile|Payloads)$$' ./cmd/waymark

clean:
	rm -rf bin artifacts coverage.out
