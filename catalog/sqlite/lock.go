package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// fileLock keeps a second process from opening the same database for writing. The file stays when the lock is
// released: removing it would race with the next owner.
type fileLock struct{ f *os.File }

// lockFile takes the lock of a database, or says who holds it.
func lockFile(path string) (*fileLock, error) {
	name := path + ".lock"
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, openError(path, err)
	}
	if err := tryLock(f); err != nil {
		owner := readOwner(f)
		f.Close()
		return nil, fmt.Errorf("the database %s is in use by another Waymark%s; stop that one first, or name another database: %w", path, owner, err)
	}
	return &fileLock{f}, errors.Join(f.Truncate(0), writeOwner(f))
}

func writeOwner(f *os.File) error {
	_, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

// readOwner names the process that holds the lock, as far as it can be told.
func readOwner(f *os.File) string {
	buf := make([]byte, 32)
	n, _ := f.ReadAt(buf, 0)
	pid, err := strconv.Atoi(strings.TrimSpace(string(buf[:n])))
	if err != nil {
		return ""
	}
	return fmt.Sprintf(" (process %d)", pid)
}

func (l *fileLock) release() error {
	if l == nil {
		return nil
	}
	return l.f.Close()
}

// openError says why a file beside or of the database cannot be opened, and what to do.
func openError(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("the folder of the database %s cannot be written; give this user the right to write there, or name another database: %w", path, err)
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("the database %s %s: %w", path, adviceFull, err)
	default:
		return fmt.Errorf("the database %s cannot be opened; check its path: %w", path, err)
	}
}
