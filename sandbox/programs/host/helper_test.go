package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// helperVariable makes the tests' program a helper that is started inside.
const helperVariable = "SANDBOX_HOST_TEST_HELPER"

// help runs one helper.
func help(mode string, arguments []string) int {
	helpers := map[string]func([]string) error{
		"echo": helpEcho, "network": helpNetwork, "dial": helpDial, "family": helpFamily, "orphan": helpOrphan,
		"sleep": helpSleep, "allocate": helpAllocate, "mount": helpMount, "signal-first": helpSignalFirst,
		"without-network-namespaces": helpWithoutNetworkNamespaces, "with-shared-mounts": helpWithSharedMounts,
	}
	if err := helpers[mode](arguments); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// helpEcho answers every connection to an address with a name and what it reads until the client has finished.
func helpEcho(arguments []string) error {
	listener, err := net.Listen("tcp", arguments[0])
	if err != nil {
		return err
	}
	fmt.Println("listening")
	for {
		conn, err := listener.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer conn.Close()
			request, _ := io.ReadAll(conn)
			fmt.Fprintf(conn, "%s:%s", arguments[1], request)
		}()
	}
}

// networkReport is what helpNetwork finds.
type networkReport struct {
	Interfaces []string
	Addresses  []string
}

func helpNetwork([]string) error {
	var report networkReport
	interfaces, err := net.Interfaces()
	if err != nil {
		return err
	}
	for _, one := range interfaces {
		report.Interfaces = append(report.Interfaces, one.Name)
		addresses, err := one.Addrs()
		if err != nil {
			return err
		}
		for _, address := range addresses {
			report.Addresses = append(report.Addresses, address.String())
		}
	}
	return json.NewEncoder(os.Stdout).Encode(report)
}

// dialReport is what helpDial finds.
type dialReport struct {
	Error string
	Took  time.Duration
}

// helpDial tries to connect (network, address).
func helpDial(arguments []string) error {
	began := time.Now()
	conn, err := net.DialTimeout(arguments[0], arguments[1], 5*time.Second)
	report := dialReport{Took: time.Since(began)}
	if err != nil {
		report.Error = err.Error()
	} else {
		conn.Close()
	}
	return json.NewEncoder(os.Stdout).Encode(report)
}

// helpFamily has a child and a grandchild, and does nothing.
func helpFamily(arguments []string) error {
	if len(arguments) > 0 && arguments[0] == "grandchild" {
		fmt.Println("complete")
		return helpSleep(nil)
	}
	next := "grandchild"
	if len(arguments) == 0 {
		next = "child"
	}
	if err := startAgain(next).Start(); err != nil {
		return err
	}
	return helpSleep(nil)
}

// helpOrphan leaves a child behind that lives half a second longer, and a grandchild that does so as well.
func helpOrphan(arguments []string) error {
	if len(arguments) > 0 && arguments[0] == "left" {
		time.Sleep(500 * time.Millisecond)
		return nil
	}
	for range 2 {
		if err := startAgain("left").Start(); err != nil {
			return err
		}
	}
	return nil
}

func startAgain(arguments ...string) *exec.Cmd {
	command := exec.Command("/proc/self/exe", arguments...)
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	return command
}

func helpSleep([]string) error {
	time.Sleep(10 * time.Minute)
	return nil
}

// helpAllocate has a child that holds so many MiB of memory.
func helpAllocate(arguments []string) error {
	if len(arguments) == 1 {
		if err := startAgain(arguments[0], "child").Start(); err != nil {
			return err
		}
		return helpSleep(nil)
	}
	size, err := strconv.Atoi(arguments[0])
	if err != nil {
		return err
	}
	memory := make([]byte, size<<20)
	for i := range memory {
		memory[i] = 1
	}
	fmt.Println("allocated", memory[len(memory)-1])
	return helpSleep(nil)
}

// helpMount mounts something on a directory and puts a file there.
func helpMount(arguments []string) error {
	if err := unix.Mount("tmpfs", arguments[0], "tmpfs", 0, ""); err != nil {
		return err
	}
	if err := os.WriteFile(arguments[0]+"/file", nil, 0o600); err != nil {
		return err
	}
	fmt.Println("mounted")
	return helpSleep(nil)
}

// helpSignalFirst sends the first process of its namespace signals that end a program which does not expect them.
func helpSignalFirst([]string) error {
	for _, signal := range []unix.Signal{unix.SIGTERM, unix.SIGINT, unix.SIGHUP, unix.SIGQUIT} {
		if err := unix.Kill(1, signal); err != nil {
			return err
		}
	}
	return nil
}

// helpWithoutNetworkNamespaces starts a program in a user namespace, its own, that may have no network namespaces.
func helpWithoutNetworkNamespaces(arguments []string) error {
	if err := os.WriteFile("/proc/sys/user/max_net_namespaces", []byte("0"), 0); err != nil {
		return err
	}
	return unix.Exec(arguments[0], arguments, nil)
}

// helpWithSharedMounts starts a program in a mount namespace, its own, whose mounts propagate to those made from it.
func helpWithSharedMounts(arguments []string) error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_SHARED, ""); err != nil {
		return err
	}
	return unix.Exec(arguments[0], arguments, nil)
}
