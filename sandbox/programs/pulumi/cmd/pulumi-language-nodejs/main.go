// Command pulumi-language-nodejs is the sandbox's own small language host for Node.js programs. It is not Pulumi's
// host of the same name: it speaks the same protocol (pulumirpc.LanguageRuntime) and starts the same entry points, those
// of the npm package @pulumi/pulumi that the program itself has installed.
//
// What it lacks: attaching a debugger, discovering the plugins a program needs (providers come from PATH), package
// managers other than npm and runtimes other than node, generating programs, projects and SDKs, `pulumi package pack`
// and `link`, and tracing. With Pulumi's own host on PATH none of this applies.
package main

import (
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"longhorn-s3/sandbox/pulumi/internal/languagehost"
)

func main() {
	languagehost.Main(func(engine string) pulumirpc.LanguageRuntimeServer { return &host{engine: engine} }, "packagemanager")
}
