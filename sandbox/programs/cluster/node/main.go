// sandbox-node is one node of the sandbox: the real kubelet, a container runtime whose containers are processes of the machine, and
// Longhorn's CSI node service on directories. SIGKILL of its process group is the node's power loss.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"time"

	"longhorn-s3/sandbox/cluster/node/internal/options"
	"longhorn-s3/sandbox/cluster/node/internal/process"
)

// How long to wait for volumes that are changing at that moment.
const volumesTimeout = 30 * time.Second

func main() {
	log.SetFlags(log.LstdFlags | log.Lmicroseconds)
	command, arguments := "", os.Args[1:]
	if len(arguments) > 0 {
		command = arguments[0]
	}
	var err error
	switch command {
	case process.InitCommand:
		process.Init()
	case process.ExecCommand:
		process.ExecInContainer()
	case "cut-off", "rejoin":
		err = cut(command, arguments[1:])
	case "snapshot", "remove-snapshot", "copy-snapshot", "restore":
		err = copyData(command, arguments[1:])
	default:
		err = run(arguments)
	}
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(0)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "sandbox-node: %v\n", err)
		os.Exit(1)
	}
}

func cut(command string, arguments []string) error {
	c, err := options.ParseCut(command, arguments, os.Stderr)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), volumesTimeout)
	defer cancel()
	if command == "rejoin" {
		return c.Volumes.Rejoin(ctx, c.Node)
	}
	return c.Volumes.CutOff(ctx, c.Node)
}
