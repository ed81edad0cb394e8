//go:build unix

package sqlite

import (
	"os"
	"syscall"
)

// tryLock takes an advisory lock that ends with the process, however it ends. It is held on a file beside the
// database: a second descriptor on the database itself would drop SQLite's own locks when it is closed.
func tryLock(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
