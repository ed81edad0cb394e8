package catalog

import "errors"

// The errors that a caller answers differently from a fault of the machine.
var (
	// ErrNotFound says that there is no such resource, source or finding.
	ErrNotFound = errors.New("not found")
	// ErrConflict says that what a decision was made on has changed meanwhile, or that a name is taken: look again.
	ErrConflict = errors.New("it has changed meanwhile; look at it again")
	// ErrInvalid is wrapped by the errors of what a person entered; their text says what to enter instead.
	ErrInvalid = errors.New("not accepted")
	// ErrCursor says that the cursor of a query was not made by a page of the same query.
	ErrCursor = errors.New("the cursor is not one of this query; start at the first page")
)
