package catalog

import "errors"

// The errors that a caller answers differently from a fault of the machine.
var (
	// ErrNotFound says that there is no such resource, source or finding.
	ErrNotFound = errors.New("not found")
	// ErrCursor says that the cursor of a query was not made by a page of the same query.
	ErrCursor = errors.New("the cursor is not one of this query; start at the first page")
)
