// Package web is the face of Waymark: a dashboard rendered on the server, the same data as JSON, and the two
// addresses that tell an orchestrator how the service fares.
//
// The pages need no JavaScript. Where it runs, it keeps what is shown up to date, words times in the reader's
// zone, and adds shortcuts. Nothing is loaded from elsewhere, and the Content-Security-Policy allows no inline
// style or script.
//
// A request passes, from the outside in: timing and request id, security headers, compression, recovery from
// panics, the list of host names, the check of cross-origin writes, and then the route table in routes.go.
// Handlers return errors; serve in errors.go alone turns them into answers.
package web
