// Package languagehost serves a language host to the engine that starts it.
package languagehost

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"google.golang.org/grpc"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// engineCheckPeriod is how often a host looks whether its engine is still there; it ends when it is not.
const engineCheckPeriod = 10 * time.Second

// Main serves the host that is made for an engine until that is gone or asks for the end. Options of the language, which
// the engine gives as flags, are accepted and ignored.
func Main(hostFor func(engine string) pulumirpc.LanguageRuntimeServer, ignored ...string) {
	for _, option := range append(ignored, "root", "tracing") {
		flag.String(option, "", "accepted and ignored")
	}
	flag.Parse()
	engine := flag.Arg(0)
	if err := serve(engine, hostFor(engine)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serve prints the port it listens on, which is what the engine waits for.
func serve(engine string, host pulumirpc.LanguageRuntimeServer) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if engine != "" {
		if err := rpcutil.Healthcheck(ctx, engine, engineCheckPeriod, stop); err != nil {
			return fmt.Errorf("watching the engine at %s: %w", engine, err)
		}
	}
	cancel := make(chan bool)
	go func() {
		<-ctx.Done()
		close(cancel)
	}()
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: cancel,
		Init: func(server *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(server, host)
			return nil
		},
	})
	if err != nil {
		return fmt.Errorf("listening for the engine: %w", err)
	}
	fmt.Println(handle.Port)
	return <-handle.Done
}
