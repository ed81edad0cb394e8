package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is set by the linker in releases: -ldflags "-X main.version=v1.2.3".
var version = "dev"

type versionCommand struct{}

// Run prints the version and what it was built with.
func (versionCommand) Run(sys system) error {
	_, err := fmt.Fprintf(sys.stdout, "waymark %s (%s, %s/%s)\n", buildVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// buildVersion is the linked version, with the commit where the toolchain recorded it.
func buildVersion() string {
	if rev := revision(); version == "dev" && rev != "" {
		return version + "-" + rev
	}
	return version
}

// revision is the commit that the binary was built from, shortened; empty when the toolchain did not record it.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			return setting.Value[:12]
		}
	}
	return ""
}
