package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// GetProgramDependencies lists the direct dependencies, with the versions that node_modules has.
func (h *host) GetProgramDependencies(
	_ context.Context, request *pulumirpc.GetProgramDependenciesRequest,
) (*pulumirpc.GetProgramDependenciesResponse, error) {
	directory := request.Info.GetProgramDirectory()
	var program struct{ Dependencies, DevDependencies map[string]string }
	if err := readJSON(filepath.Join(directory, "package.json"), &program); err != nil {
		return nil, err
	}
	response := &pulumirpc.GetProgramDependenciesResponse{}
	for _, set := range []map[string]string{program.Dependencies, program.DevDependencies} {
		for name, wanted := range set {
			var installed struct{ Version string }
			if readJSON(filepath.Join(directory, "node_modules", name, "package.json"), &installed) == nil {
				wanted = installed.Version
			}
			response.Dependencies = append(response.Dependencies, &pulumirpc.DependencyInfo{Name: name, Version: wanted})
		}
	}
	return response, nil
}

// InstallDependencies runs npm install in the program's folder, and for a plugin without the packages for its development.
func (h *host) InstallDependencies(
	request *pulumirpc.InstallDependenciesRequest, stream pulumirpc.LanguageRuntime_InstallDependenciesServer,
) error {
	command := exec.CommandContext(stream.Context(), "npm", installArguments(request.IsPlugin)...)
	command.Dir = request.Info.GetProgramDirectory()
	// A pointer, since os/exec writes from one goroutine only where it can see that both are the same.
	send := writer(func(text []byte) error {
		return stream.Send(&pulumirpc.InstallDependenciesResponse{Stdout: text})
	})
	command.Stdout, command.Stderr = &send, &send
	return command.Run()
}

// installArguments are those that Pulumi's own host gives to npm, and npm asks nobody about what it installs.
func installArguments(isPlugin bool) []string {
	arguments := []string{"install", "--loglevel=error", "--no-audit", "--no-fund"}
	if isPlugin {
		arguments = append(arguments, "--production")
	}
	return arguments
}

// findEntryPoint walks up from directory to the @pulumi/pulumi that the program itself would load.
func findEntryPoint(directory, name string) (string, error) {
	for at := directory; ; at = filepath.Dir(at) {
		path := filepath.Join(at, "node_modules", "@pulumi", "pulumi", "cmd", name, "index.js")
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("@pulumi/pulumi is not installed in or above %s: run npm install", directory)
		}
	}
}

func readJSON(path string, into any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}
