// Package sqlite is the store of Waymark: the catalog in one SQLite file. It alone uses database/sql.
//
// One process owns the file. It writes through a single connection, so that writers never collide, and reads through
// a few read-only ones, which in write-ahead logging never wait for the writer. Each exported method is one
// transaction; helpers take the transaction.
//
// What is committed is copied from the log into the file by a goroutine with a connection of its own, so that no commit
// pays for it.
//
// The writer has two lanes. A person who waits goes before the crawler's batches, and a person's decision is flushed
// to the disk before it is acknowledged. A crawler's batch may be lost with the power, which costs nothing but visits.
//
// Counts per state and per kind of finding are kept by triggers (see migrations). Counting the members of every source
// and section takes seconds at a million resources; reading the tallies takes two milliseconds. A trigger costs some
// 40 µs when a state turns, which is seldom, and cannot be forgotten by a new writer.
package sqlite
