package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// bailCode is the exit code with which @pulumi/pulumi says that the user has seen the error already:
// https://github.com/pulumi/pulumi/blob/v3.256.0/sdk/nodejs/cmd/run/index.ts#L62
const bailCode = 32

// Run runs the program once, for a preview or an update, and returns when it ended.
func (h *host) Run(ctx context.Context, request *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	if request.AttachDebugger {
		return nil, errors.New("this language host cannot attach a debugger: put Pulumi's own on PATH")
	}
	runner, err := findEntryPoint(request.Info.GetProgramDirectory(), "run")
	if err != nil {
		return nil, err
	}
	configuration, err := configurationEnvironment(request)
	if err != nil {
		return nil, err
	}
	options := request.Info.GetOptions()
	command := exec.CommandContext(ctx, "node", runArguments(runner, h.engineAddress(), request)...)
	command.Dir = request.Info.GetProgramDirectory()
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	command.Env = append(append(os.Environ(), typescriptEnvironment(options)...), configuration...)
	return runResponse(command.Run())
}

func runArguments(runner, engine string, request *pulumirpc.RunRequest) []string {
	arguments := append(nodeArguments(request.Info.GetOptions()), runner,
		"--monitor="+request.MonitorAddress,
		"--engine="+engine,
		"--organization="+request.Organization,
		"--project="+request.Project,
		"--stack="+request.Stack,
		"--pwd="+request.Pwd,
		"--root-directory="+request.Info.GetRootDirectory(),
		"--parallel="+strconv.Itoa(int(request.Parallel)),
	)
	if request.DryRun {
		arguments = append(arguments, "--dry-run")
	}
	program := request.Info.GetEntryPoint()
	if program == "" {
		program = "."
	}
	return append(append(arguments, program), request.Args...)
}

// configurationEnvironment hands over the stack's configuration, secrets included, where nobody else can read it.
func configurationEnvironment(request *pulumirpc.RunRequest) ([]string, error) {
	values := request.Config
	if values == nil {
		values = map[string]string{}
	}
	configuration, err := json.Marshal(values)
	if err != nil {
		return nil, err
	}
	secretKeys, err := json.Marshal(append([]string{}, request.ConfigSecretKeys...))
	if err != nil {
		return nil, err
	}
	return []string{
		"PULUMI_CONFIG=" + string(configuration),
		"PULUMI_CONFIG_SECRET_KEYS=" + string(secretKeys),
	}, nil
}

func runResponse(err error) (*pulumirpc.RunResponse, error) {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}, nil
	case errors.As(err, &exit) && exit.ExitCode() == bailCode:
		return &pulumirpc.RunResponse{Bail: true}, nil
	case errors.As(err, &exit):
		return &pulumirpc.RunResponse{Error: "the program ended with " + exit.Error()}, nil
	default:
		return nil, fmt.Errorf("starting the program: %w", err)
	}
}
