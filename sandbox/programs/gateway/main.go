// Command sandbox-gateway stands in for the s3gw image: it takes radosgw's own arguments and environment and serves S3
// from a real S3 server, versitygw, on the same folder. It is not s3gw: of that it has the port, the probes' answers,
// and the first user whose keys are kept in the volume.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"longhorn-s3/sandbox/gateway/internal/firstuser"
	"longhorn-s3/sandbox/gateway/internal/radosgw"
	"longhorn-s3/sandbox/gateway/internal/server"
)

const (
	failed   = 1
	badUsage = 2
	// farewell is how long requests in flight may take at SIGTERM. radosgw gives them no time at all.
	farewell = time.Second
)

func main() { os.Exit(run(os.Args[1:], os.LookupEnv, os.Stderr)) }

func run(arguments []string, lookupEnv func(string) (string, bool), stderr io.Writer) int {
	address, settings, err := parse(arguments)
	if err != nil {
		fmt.Fprintf(stderr, "%v\nusage: sandbox-gateway --address=IP -- radosgw's arguments\n", err)
		return badUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	context.AfterFunc(ctx, func() {
		time.Sleep(farewell)
		os.Exit(0)
	})
	config := server.Config{Address: address, Ports: settings.Ports, DataPath: settings.DataPath}
	if err := serve(ctx, config, firstuser.FromEnvironment(lookupEnv), stderr); err != nil {
		fmt.Fprintf(stderr, "The gateway cannot serve: %v.\n", err)
		return failed
	}
	return 0
}

// serve serves config, with the keys that its folder has or gets.
func serve(ctx context.Context, config server.Config, proposed firstuser.Keys, log io.Writer) (err error) {
	if config.Keys, err = firstuser.Keep(config.DataPath, proposed); err != nil {
		return err
	}
	return server.Run(ctx, config, func() {
		fmt.Fprintf(log, "stands in for s3gw: %s on %s, data in %s\n",
			server.Name(), strings.Join(config.Endpoints(), ", "), config.DataPath)
	})
}

// parse takes --address and, behind "--", what radosgw would get.
func parse(arguments []string) (netip.Addr, radosgw.Settings, error) {
	flags := flag.NewFlagSet("sandbox-gateway", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	text := flags.String("address", "", "")
	if err := flags.Parse(arguments); err != nil {
		return netip.Addr{}, radosgw.Settings{}, err
	}
	address, err := netip.ParseAddr(*text)
	if err != nil {
		return netip.Addr{}, radosgw.Settings{}, fmt.Errorf("--address=%s is not an IP address", *text)
	}
	settings, err := radosgw.Parse(flags.Args())
	return address, settings, err
}
