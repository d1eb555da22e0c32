// Package standin has small stand-ins for programs that run in a cluster's containers.
package standin

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/signal"

	"golang.org/x/sys/unix"
)

// Answer stands in for the CSI livenessprobe: it answers every HTTP request on address (IP:PORT) with 200 "ok" until
// SIGTERM.
func Answer(address string, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), unix.SIGTERM, unix.SIGINT)
	defer stop()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		fmt.Fprintf(stderr, "Nothing can be answered on --address=%s: %v.\n", address, err)
		return 1
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "ok")
	})}
	context.AfterFunc(ctx, func() { server.Close() })
	if err := server.Serve(listener); err != http.ErrServerClosed {
		fmt.Fprintf(stderr, "Answering on %s failed: %v.\n", address, err)
		return 1
	}
	return 0
}
