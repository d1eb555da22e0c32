package main

import (
	"errors"
	"os/exec"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// RunPlugin runs a component package or a policy pack written in TypeScript or JavaScript and passes its output on.
func (h *host) RunPlugin(
	request *pulumirpc.RunPluginRequest, stream pulumirpc.LanguageRuntime_RunPluginServer,
) error {
	started, err := startOf(request)
	if err != nil {
		return err
	}
	options := request.Info.GetOptions()
	command := exec.CommandContext(stream.Context(), "node", append(nodeArguments(options), started.arguments...)...)
	command.Dir = started.directory
	command.Env = append(request.Env, typescriptEnvironment(options)...)
	var sending sync.Mutex // a stream takes one message at a time
	send := func(response *pulumirpc.RunPluginResponse) error {
		sending.Lock()
		defer sending.Unlock()
		return stream.Send(response)
	}
	command.Stdout = writer(func(text []byte) error {
		return send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stdout{Stdout: text}})
	})
	command.Stderr = writer(func(text []byte) error {
		return send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stderr{Stderr: text}})
	})
	err = command.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code := int32(exit.ExitCode())
		return send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Exitcode{Exitcode: code}})
	}
	return err
}

// start is how a plugin is started: the arguments of node, and the folder.
type start struct {
	arguments []string
	directory string
}

// startOf knows the two kinds. A policy pack runs in its own folder, where its tsconfig.json is looked for; its runner wants
// the engine's address before the program.
func startOf(request *pulumirpc.RunPluginRequest) (start, error) {
	program := request.Info.GetProgramDirectory()
	if request.Kind == string(apitype.AnalyzerPlugin) {
		runner, err := findEntryPoint(program, "run-policy-pack")
		return start{append(append([]string{runner}, request.Args...), program), program}, err
	}
	runner, err := findEntryPoint(program, "run-plugin")
	return start{append([]string{runner, program}, request.Args...), request.Pwd}, err
}

// writer passes each write on to a stream.
type writer func(text []byte) error

func (send writer) Write(text []byte) (int, error) {
	if err := send(append([]byte(nil), text...)); err != nil {
		return 0, err
	}
	return len(text), nil
}
