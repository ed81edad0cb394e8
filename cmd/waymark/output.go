package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// output is where a report goes. A file appears whole or not at all: it is written beside its place and moved there
// at the end. A device or a pipe is written to as it is.
type output struct {
	io.Writer
	file *os.File    // nil for standard output
	path string      // where file is to be moved; empty when it is there already
	mode fs.FileMode // what the file is to have
}

func openOutput(name string, sys system) (*output, error) {
	if name == "" || name == "-" {
		return &output{Writer: sys.stdout}, nil
	}
	o := &output{path: resolve(sys.folder, name), mode: 0o644}
	if real, err := filepath.EvalSymlinks(o.path); err == nil {
		o.path = real
	}
	var err error
	switch info, missing := os.Stat(o.path); {
	case missing == nil && !info.Mode().IsRegular():
		o.file, err = os.OpenFile(o.path, os.O_WRONLY, 0)
		o.path = ""
	case missing == nil:
		o.mode = info.Mode().Perm()
		fallthrough
	default:
		o.file, err = os.CreateTemp(filepath.Dir(o.path), ".waymark-*")
	}
	if err != nil {
		return nil, fmt.Errorf("--output %s: %w", name, withoutPath(err))
	}
	o.Writer = o.file
	return o, nil
}

// commit makes the report durable under its name.
func (o *output) commit() error {
	if o.file == nil {
		return nil
	}
	if o.path == "" {
		return o.close()
	}
	err := errors.Join(o.file.Chmod(o.mode), o.file.Sync(), o.file.Close())
	if err == nil {
		err = os.Rename(o.file.Name(), o.path)
	}
	if err != nil {
		return fmt.Errorf("--output %s: %w", o.path, err)
	}
	o.file = nil
	return nil
}

func (o *output) close() error {
	err := o.file.Close()
	o.file = nil
	return err
}

// discard removes what was not committed.
func (o *output) discard() {
	if o.file == nil {
		return
	}
	if name := o.file.Name(); o.close() == nil && o.path != "" {
		os.Remove(name)
	}
}
