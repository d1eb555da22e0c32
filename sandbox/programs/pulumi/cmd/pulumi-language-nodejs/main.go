// Command pulumi-language-nodejs is the sandbox's own small language host for Node.js programs. It is not Pulumi's
// host of the same name: it speaks the same protocol (pulumirpc.LanguageRuntime) and starts the same entry points, those
// of the npm package @pulumi/pulumi that the program itself has installed.
//
// What it lacks: attaching a debugger, discovering the plugins a program needs (providers come from PATH), package
// managers other than npm and runtimes other than node, generating programs, projects and SDKs, `pulumi package pack`
// and `link`, and tracing. With Pulumi's own host on PATH none of this applies.
package main

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

// engineCheckPeriod is how often the host looks whether its engine is still there; it ends when it is not.
const engineCheckPeriod = 10 * time.Second

func main() {
	for _, ignored := range []string{"root", "packagemanager", "tracing"} {
		flag.String(ignored, "", "accepted and ignored")
	}
	flag.Parse()
	if err := serve(flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serve prints the port it listens on, which is what the engine waits for, and returns when the engine is gone or asks
// for it.
func serve(engine string) error {
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
			pulumirpc.RegisterLanguageRuntimeServer(server, &host{engine: engine})
			return nil
		},
	})
	if err != nil {
		return fmt.Errorf("listening for the engine: %w", err)
	}
	fmt.Println(handle.Port)
	return <-handle.Done
}
