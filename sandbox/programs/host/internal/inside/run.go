// Package inside is the part of the program inside the namespaces: their first process, whose end is the end of
// everything inside.
package inside

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"

	"golang.org/x/sys/unix"

	"longhorn-s3/sandbox/host/internal/api"
	"longhorn-s3/sandbox/host/internal/link"
	"longhorn-s3/sandbox/host/internal/namespaces"
	"longhorn-s3/sandbox/host/internal/ownlog"
	"longhorn-s3/sandbox/host/internal/processes"
	"longhorn-s3/sandbox/host/internal/procfs"
)

// LinkDescriptor is the file descriptor as which this part inherits the link.
const LinkDescriptor = 3

// Failed is the exit code of a start that failed, after a sentence on standard error.
const Failed = 3

// Run prepares the namespaces and serves the outer part until that is gone.
func Run(directory string, stderr io.Writer) int {
	if os.Getpid() != 1 {
		fmt.Fprintln(stderr, "sandbox-host inside is started by sandbox-host itself: use sandbox-host --directory=DIR.")
		return Failed
	}
	unix.CloseOnExec(LinkDescriptor)
	refuseToEnd()
	table, err := prepare(directory)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return Failed
	}
	outer, err := link.NewInside(os.NewFile(LinkDescriptor, "link"))
	if err != nil {
		fmt.Fprintf(stderr, "The part inside has no link to the part outside: %v.\n", err)
		return Failed
	}
	ownlog.TakeOver(directory, os.Stderr)
	table.Reap()
	mux := http.NewServeMux()
	table.Handle(mux)
	mux.Handle("/", api.Unknown)
	// Its error says that the link is closed, and then Serve returns as well.
	go func() { _ = (&http.Server{Handler: mux}).Serve(outer) }()
	// Whatever ended it: without the outer part there is nothing left to do here.
	_ = outer.Serve()
	return 0
}

// refuseToEnd keeps a stray signal of a process inside from ending all of them: Go's own reaction to these would.
func refuseToEnd() {
	signal.Notify(make(chan os.Signal, 1), unix.SIGTERM, unix.SIGINT, unix.SIGHUP, unix.SIGQUIT, unix.SIGPIPE)
}

func prepare(directory string) (*processes.Table, error) {
	outside, err := procfs.NewOutsideView()
	if err != nil {
		return nil, fmt.Errorf("/proc could not be read: %w", err)
	}
	if err := mountOwnProc(); err != nil {
		return nil, err
	}
	if err := configureNetwork(); err != nil {
		return nil, explain("configuring the network", err)
	}
	return processes.NewTable(directory, outside), nil
}

func explain(step string, err error) error {
	return errors.New(namespaces.ThisMachine().Explain(step, err))
}
