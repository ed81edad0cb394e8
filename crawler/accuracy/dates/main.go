// Command dates measures how far the dates of pages can be trusted, and what they cost.
//
//	go run ./crawler/accuracy/dates                  # over the project's own pages
//	go run ./crawler/accuracy/dates -set FOLDER      # over htmldate's evaluation set: its folder tests
//	go run ./crawler/accuracy/dates -set FOLDER -list wrong
//	go run ./crawler/accuracy/dates -set FOLDER -beside FILE
//
// The set asks for the day on which a page was first published, which is not what Waymark goes by: it wants to know
// when a page was last changed. So both are given. A file of another program's answers, with a line "file date" each
// (the date is empty where it found none), is measured by the same rule.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "dates:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("dates", flag.ContinueOnError)
	folder := flags.String("set", "", "folder with eval_*.json and the pages of htmldate's evaluation")
	beside := flags.String("beside", "", "answers of another program, to measure by the same rule")
	list := flags.String("list", "", "list what came out: wrong, none or all")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return errors.New("it takes flags only; see -help")
	}
	if *folder == "" {
		return ownPages(*list, out)
	}
	pages, err := readSet(*folder)
	if err != nil {
		return err
	}
	return measure(pages, *beside, *list, out)
}
