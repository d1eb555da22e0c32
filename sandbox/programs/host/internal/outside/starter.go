package outside

import (
	"io"
	"os"
	"os/signal"

	"golang.org/x/sys/unix"
)

// watchStarter calls stop when the starter is gone, which shows as the end of stdin, unless the host was detached.
func watchStarter(stdin io.Reader, isDetached func() bool, stop func()) {
	go func() {
		// An error means the same as the end: nobody is left at the other side.
		_, _ = io.Copy(io.Discard, stdin)
		if !isDetached() {
			stop()
		}
	}()
}

// watchSignals calls stop at SIGTERM and SIGINT. A terminal that goes away (SIGHUP), or a starter that no longer reads
// (SIGPIPE), does not end a host: the end of stdin does.
func watchSignals(stop func()) {
	signal.Notify(make(chan os.Signal, 1), unix.SIGHUP, unix.SIGPIPE)
	ends := make(chan os.Signal, 1)
	signal.Notify(ends, unix.SIGTERM, unix.SIGINT)
	go func() {
		<-ends
		stop()
	}()
}
