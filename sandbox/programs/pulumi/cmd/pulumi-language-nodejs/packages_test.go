package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"google.golang.org/grpc"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

func TestInstallsWithoutDevelopmentPackagesForAPlugin(t *testing.T) {
	for _, isPlugin := range []bool{true, false} {
		arguments := npmArguments(t, isPlugin)
		if arguments[0] != "install" {
			t.Errorf("npm %v: want install", arguments)
		}
		if slices.Contains(arguments, "--production") != isPlugin {
			t.Errorf("npm %v, with IsPlugin %v", arguments, isPlugin)
		}
	}
}

// npmArguments are the words that an npm on PATH is started with, which says them and does nothing.
func npmArguments(t *testing.T, isPlugin bool) []string {
	t.Helper()
	directory := t.TempDir()
	npm := "#!/bin/sh\nprintf '%s ' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(directory, "npm"), []byte(npm), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", directory+":/usr/bin:/bin")
	stream := &installation{context: t.Context()}
	request := &pulumirpc.InstallDependenciesRequest{
		IsPlugin: isPlugin, Info: &pulumirpc.ProgramInfo{ProgramDirectory: directory},
	}
	if err := (&host{}).InstallDependencies(request, stream); err != nil {
		t.Fatal(err)
	}
	return strings.Fields(stream.output.String())
}

// installation keeps what an installation says.
type installation struct {
	grpc.ServerStream
	context context.Context
	output  strings.Builder
}

func (i *installation) Context() context.Context { return i.context }

func (i *installation) Send(response *pulumirpc.InstallDependenciesResponse) error {
	i.output.Write(response.Stdout)
	return nil
}
