package main

import (
	"cmp"
	"fmt"
)

// configFlag is the flag of every command that reads the configuration.
type configFlag struct {
	Config string `help:"Configuration file; waymark.yaml in the working directory when there is one." type:"path" placeholder:"FILE"`
}

// load returns the configuration and the folder that relative paths start from.
func (f configFlag) load(sys system) (Config, string, error) {
	return loadConfig(f.Config, sys.folder, sys.env)
}

type configCommand struct {
	Check configCheckCommand `cmd:"" help:"Check the configuration, changing nothing."`
}

type configCheckCommand struct {
	configFlag
	File string `arg:"" optional:"" help:"Configuration file; waymark.yaml in the working directory by default."`
}

// Run says what is wrong with the configuration, or that nothing is.
func (c configCheckCommand) Run(sys system) error {
	name := cmp.Or(c.File, c.Config, existingConfig(sys.folder))
	config, _, err := loadConfig(name, sys.folder, sys.env)
	if err != nil {
		return err
	}
	if name == "" {
		_, err = fmt.Fprintln(sys.stdout, "no configuration file; the defaults hold, with the starter catalog")
		return err
	}
	_, err = fmt.Fprintf(sys.stdout, "%s: ok, %d sources, %d host rules\n", name, len(config.Sources), len(config.Check.Hosts))
	return err
}
