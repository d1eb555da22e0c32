// Package outside is the part of the program outside the namespaces: it makes them, serves the control API and the TCP
// relays, and ends everything inside when its time has come.
package outside

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"longhorn-s3/sandbox/host/internal/ownlog"
)

const (
	// failed is the exit code where the machine or the directory does not allow a sandbox.
	failed = 3
	// lost is the exit code where the part inside has ended by itself.
	lost = 1
	// farewell is how long callers have to take their last answer.
	farewell = 2 * time.Second
)

// Run hosts the sandbox of a directory until it is told to stop or, unless it was detached, until stdin ends.
func Run(directory string, stdin io.Reader, stdout, stderr *os.File) int {
	stopping, stop := context.WithCancel(context.Background())
	defer stop()
	ended := make(chan struct{})
	host := &host{directory: directory, startedAt: time.Now(), stop: stop, ended: ended}
	watchSignals(stop)
	base, err := begin(directory, stderr)
	if err != nil {
		if !errors.Is(err, errExplained) {
			fmt.Fprintln(stderr, err)
		}
		return failed
	}
	inner := base.inner

	relays := newRelays(inner.link.Dial)
	server := &http.Server{Handler: host.handler(inner.link, relays)}
	go func() { _ = server.Serve(base.listener) }() // until it is shut down below
	watchStarter(stdin, host.detached.Load, stop)
	announce(directory, stdout)

	select {
	case <-stopping.Done():
	case <-inner.gone:
	}
	inner.kill()
	<-inner.gone
	relays.close()
	// From here on another host may take the directory, so its callers hear of the end last.
	base.leave()
	close(ended)
	sayFarewell(server)
	if stopping.Err() == nil {
		fmt.Fprintf(os.Stderr, "Everything inside has ended: its first process did (%v).\n", inner.command.ProcessState)
		return lost
	}
	return 0
}

// announce tells the starter that the sandbox is ready, and lets go of its pipes: whoever reads them to the end need not
// wait for the end of a detached sandbox.
func announce(directory string, stdout *os.File) {
	// A starter that is gone is noticed by the end of stdin.
	_ = json.NewEncoder(stdout).Encode(struct {
		Ready bool `json:"ready"`
		PID   int  `json:"pid"`
	}{true, os.Getpid()})
	ownlog.TakeOver(directory, os.Stdout, os.Stderr)
}

func sayFarewell(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	if server.Shutdown(ctx) != nil {
		server.Close()
	}
}
