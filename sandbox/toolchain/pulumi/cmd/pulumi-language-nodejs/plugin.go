package main

import (
	"errors"
	"os/exec"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// RunPlugin runs a component package written in TypeScript or JavaScript and passes its output on.
func (h *host) RunPlugin(
	request *pulumirpc.RunPluginRequest, stream pulumirpc.LanguageRuntime_RunPluginServer,
) error {
	runner, err := findEntryPoint(request.Info.GetProgramDirectory(), "run-plugin")
	if err != nil {
		return err
	}
	options := request.Info.GetOptions()
	arguments := append(nodeArguments(options), runner, request.Info.GetProgramDirectory())
	command := exec.CommandContext(stream.Context(), "node", append(arguments, request.Args...)...)
	command.Dir = request.Pwd
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

// writer passes each write on to a stream.
type writer func(text []byte) error

func (send writer) Write(text []byte) (int, error) {
	if err := send(append([]byte(nil), text...)); err != nil {
		return 0, err
	}
	return len(text), nil
}
