// Command waymark keeps the links of roadmaps, awesome lists and course pages healthy: it visits them on a
// schedule, confirms death over time, and shows what a maintainer should look at.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"

	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
)

// Exit statuses, the same for every command.
const (
	statusOK     = 0 // nothing to fail on
	statusFound  = 1 // something that --fail-on names
	statusFailed = 2 // it could not run; the reason is on standard error
)

// endTime is what a command gets to end in once it is told to.
const endTime = 10 * time.Second

// commands is the command line.
type commands struct {
	Serve       serveCommand       `cmd:"" help:"Run the service: visit the links on a schedule, show the dashboard, export metrics."`
	Demo        demoCommand        `cmd:"" help:"Run the service over a small simulated web on loopback, without any network."`
	Check       checkCommand       `cmd:"" help:"Read lists once, visit each link, report."`
	List        listCommand        `cmd:"" help:"Read lists and print their links, visiting nothing."`
	Sync        syncCommand        `cmd:"" help:"Read the configured sources into the database, visiting nothing."`
	Token       tokenCommand       `cmd:"" help:"Make another write token and print it; the one before ends, and all sessions with it."`
	Pause       pauseCommand       `cmd:"" help:"Keep a source, a host or everything from being visited; without a target, list what is paused."`
	Resume      resumeCommand      `cmd:"" help:"End a pause."`
	Config      configCommand      `cmd:"" help:"Work with the configuration."`
	Healthcheck healthcheckCommand `cmd:"" help:"Ask the running service whether it is well."`
	Version     versionCommand     `cmd:"" help:"Print the version."`
	Completion  completionCommand  `cmd:"" help:"Print a completion script for a shell."`
}

// system is what a command may touch of the machine it runs on.
type system struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	folder string   // the working directory
	env    []string // as os.Environ gives it
}

// exitStatus is an error that means an exit status and has nothing to say.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

func main() {
	log.SetOutput(io.Discard) // net/http writes there what hosts send unasked, as often as they like; errors come as values
	folder, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(os.Stderr, "waymark:", err)
		os.Exit(statusFailed)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends the program at once, and a part that does not hear the first cannot hold it up.
	context.AfterFunc(ctx, func() {
		stop()
		time.AfterFunc(endTime, func() {
			fmt.Fprintln(os.Stderr, "waymark: ended by force")
			os.Exit(statusFailed)
		})
	})
	status := run(ctx, system{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, folder: folder, env: os.Environ()}, os.Args[1:])
	stop()
	os.Exit(status)
}

// run runs one command line and returns its exit status.
func run(ctx context.Context, sys system, args []string) int {
	var cli commands
	exited := -1
	parser, err := kong.New(&cli,
		kong.Name("waymark"),
		kong.Description("A link checker and curation service for roadmaps, awesome lists and course pages."),
		kong.Writers(sys.stdout, sys.stderr),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(sys),
	)
	if err != nil {
		return fail(sys, err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		return fail(sys, fmt.Errorf("%w; see waymark --help", err))
	}
	return fail(sys, parsed.Run(parser.Model))
}

// fail prints an error, if there is one, and returns the exit status.
func fail(sys system, err error) int {
	var status exitStatus
	switch {
	case err == nil:
		return statusOK
	case errors.As(err, &status):
		return int(status)
	default:
		fmt.Fprintln(sys.stderr, "waymark:", cleanLines(err.Error()))
		return statusFailed
	}
}
