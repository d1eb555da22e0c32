package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Made once, for all tests: the program, and a copy of the tests' own program, which every user may execute and which
// acts as a helper inside (helper_test.go).
var programs, hostProgram, helperProgram string

func TestMain(m *testing.M) {
	if mode := os.Getenv(helperVariable); mode != "" {
		os.Exit(help(mode, os.Args[1:]))
	}
	os.Exit(testWithPrograms(m))
}

func testWithPrograms(m *testing.M) int {
	directory, err := os.MkdirTemp("", "host")
	if err == nil {
		defer os.RemoveAll(directory)
		err = makePrograms(directory)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

func makePrograms(directory string) error {
	programs = directory
	hostProgram, helperProgram = filepath.Join(directory, "sandbox-host"), filepath.Join(directory, "helper")
	if err := os.Chmod(directory, 0o755); err != nil {
		return err
	}
	if output, err := exec.Command("go", "build", "-buildvcs=false", "-o", hostProgram, ".").CombinedOutput(); err != nil {
		return fmt.Errorf("building sandbox-host: %w\n%s", err, output)
	}
	self, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		return err
	}
	return os.WriteFile(helperProgram, self, 0o755)
}
