// Command sandbox-host makes the network, process, mount, IPC and UTS namespaces in which a sandbox runs, and is their
// first process. Nothing that it starts outlives it, and nothing but its TCP relays on 127.0.0.1 leads out or in.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"

	"longhorn-s3/sandbox/host/internal/inside"
	"longhorn-s3/sandbox/host/internal/outside"
	"longhorn-s3/sandbox/host/internal/standin"
)

const usage = `usage: sandbox-host --directory=DIR              make the sandbox of the absolute directory DIR
       sandbox-host answer --address=IP:PORT     answer every HTTP request with 200 "ok"
       sandbox-host wait-for URL                 end as soon as URL answers with 200
`

// badUsage is the exit code for arguments that make no sense.
const badUsage = 2

// The main goroutine keeps the main thread: the process inside is to die with its parent *thread*, and only the main
// thread lives as long as the process.
func init() { runtime.LockOSThread() }

func main() { os.Exit(run(os.Args[1:])) }

func run(arguments []string) int {
	switch {
	case len(arguments) == 0:
		return refuse("no arguments")
	case arguments[0] == "inside":
		return withValue("directory", arguments[1:], func(directory string) int { return inside.Run(directory, os.Stderr) })
	case arguments[0] == "answer":
		return withValue("address", arguments[1:], func(address string) int { return standin.Answer(address, os.Stderr) })
	case arguments[0] == "wait-for" && len(arguments) == 2:
		return standin.WaitFor(arguments[1], os.Stderr)
	case arguments[0] == "wait-for":
		return refuse("wait-for takes one URL")
	default:
		return withValue("directory", arguments, func(directory string) int {
			return outside.Run(directory, os.Stdin, os.Stdout, os.Stderr)
		})
	}
}

// withValue runs a command whose only argument is the flag --name=VALUE.
func withValue(name string, arguments []string, command func(value string) int) int {
	flags := flag.NewFlagSet("sandbox-host", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	value := flags.String(name, "", "")
	switch err := flags.Parse(arguments); {
	case err != nil:
		return refuse(err.Error())
	case flags.NArg() > 0:
		return refuse(fmt.Sprintf("%q is not expected", flags.Arg(0)))
	case *value == "":
		return refuse(fmt.Sprintf("--%s is missing", name))
	}
	return command(*value)
}

func refuse(reason string) int {
	fmt.Fprintf(os.Stderr, "sandbox-host: %s\n%s", reason, usage)
	return badUsage
}
