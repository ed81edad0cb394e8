package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// output is where a report goes. A file appears whole or not at all: it is written beside its place and moved
// there at the end.
type output struct {
	io.Writer
	temp *os.File // nil for standard output
	path string
}

func openOutput(path string, sys system) (*output, error) {
	if path == "" || path == "-" {
		return &output{Writer: sys.stdout}, nil
	}
	path = resolve(sys.folder, path)
	temp, err := os.CreateTemp(filepath.Dir(path), ".waymark-*")
	if err != nil {
		return nil, fmt.Errorf("--output %s: %w", path, withoutPath(err))
	}
	return &output{Writer: temp, temp: temp, path: path}, nil
}

// commit makes the report durable under its name.
func (o *output) commit() error {
	if o.temp == nil {
		return nil
	}
	err := errors.Join(o.temp.Chmod(0o644), o.temp.Sync(), o.temp.Close())
	if err == nil {
		err = os.Rename(o.temp.Name(), o.path)
	}
	if err != nil {
		return fmt.Errorf("--output %s: %w", o.path, err)
	}
	o.temp = nil
	return nil
}

// discard removes what was not committed.
func (o *output) discard() {
	if o.temp != nil {
		o.temp.Close()
		os.Remove(o.temp.Name())
	}
}
