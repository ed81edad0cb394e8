package sqlite

import (
	"errors"
	"fmt"
	"syscall"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

// explain turns an error of the database into one sentence that says what to do, with the cause behind it. Other
// errors get the operation's name.
func (s *Store) explain(what string, err error) error {
	if err == nil {
		return nil
	}
	if advice := advice(err); advice != "" {
		return fmt.Errorf("%s: the database %s %s: %w", what, s.path, advice, err)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// advice says what is wrong with the database and what to do, or nothing when the error is of another sort.
func advice(err error) string {
	if errors.Is(err, syscall.ENOSPC) {
		return adviceFull
	}
	var e *driver.Error
	if !errors.As(err, &e) {
		return ""
	}
	switch e.Code() & 0xff {
	case codes.SQLITE_FULL:
		return adviceFull
	case codes.SQLITE_NOTADB, codes.SQLITE_CORRUPT:
		return "is damaged or not a database; restore a backup, or move the file away to start anew"
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return "is locked by another program; close that program and try again"
	case codes.SQLITE_READONLY, codes.SQLITE_PERM:
		return "cannot be written; give this user the right to write the file and its folder"
	case codes.SQLITE_CANTOPEN:
		return "cannot be opened; check that the path is a file in a folder that this user may write"
	case codes.SQLITE_IOERR:
		return "cannot be read or written by the disk; check the disk and its free space"
	}
	return ""
}

const adviceFull = "has no room to grow as the disk is full; free some space and try again"
