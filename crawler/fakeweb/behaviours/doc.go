// Package behaviours is a table of what links lead to: more than two hundred ways in which servers answer, each with
// what is true of the page behind it. The rules of Waymark are measured by it ("make accuracy"), so it is written from
// the standards, from what named servers and sites do, and from field reports; never from the rules.
//
// Each [Case] is one link of a list. Its expectation says what a careful person with a browser and some patience would
// say of the link: it is alive, it is gone, it is out of order, or the site does not let us tell.
//
// The pages are whole documents of a plausible size with headers as servers send them. Their wording is our own.
package behaviours
