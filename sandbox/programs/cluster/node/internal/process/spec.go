// Package process runs the processes of containers: in mount, PID, UTS and IPC namespaces and with a root of their own, and in such a
// way that none of them outlives its node.
//
// The first process of a container begins as this same program, called with InitCommand: it makes the container from the inside and
// then becomes the container's program.
package process

import (
	"encoding/json"
	"fmt"
	"os"
)

// Spec is everything about a container that its first process has to know.
type Spec struct {
	// Scratch is a directory of the container's own; what the container writes outside of its mounts goes to a tmpfs there.
	Scratch string
	// Machine is where the machine's root can be seen, MachineMounts are the directories on which something is mounted there.
	Machine       string
	MachineMounts []string
	Hostname      string
	Mounts        []Mount
	Command
}

// Command is a program to run in a container.
type Command struct {
	// Argv is the program, looked for on the PATH of Env, and its arguments.
	Argv, Env []string
	// Directory is the working directory; / when it is empty.
	Directory   string
	Credentials Credentials
}

// Mount puts a directory or file of the node's into the container.
type Mount struct {
	Source, Destination string
	ReadOnly            bool
}

// readSpec reads what writeSpec of the parent wrote into the pipe that it left at this file descriptor.
func readSpec(descriptor uintptr, spec any) error {
	pipe := os.NewFile(descriptor, "spec")
	defer pipe.Close()
	if err := json.NewDecoder(pipe).Decode(spec); err != nil {
		return fmt.Errorf("read what to run: %w", err)
	}
	return nil
}

func writeSpec(pipe *os.File, spec any) error {
	defer pipe.Close()
	return json.NewEncoder(pipe).Encode(spec)
}
