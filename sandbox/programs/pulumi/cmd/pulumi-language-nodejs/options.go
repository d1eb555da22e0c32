package main

import (
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

// nodeArguments are the words of the runtime option `nodeargs`, split at white space: quotes have no meaning here.
func nodeArguments(options *structpb.Struct) []string {
	return strings.Fields(options.GetFields()["nodeargs"].GetStringValue())
}

// typescriptEnvironment turns the runtime options `typescript` (default true) and `tsconfig` into what @pulumi/pulumi
// reads.
func typescriptEnvironment(options *structpb.Struct) []string {
	var environment []string
	fields := options.GetFields()
	if typescript, set := fields["typescript"]; !set || typescript.GetBoolValue() {
		environment = append(environment, "PULUMI_NODEJS_TYPESCRIPT=true")
	}
	if path := fields["tsconfig"].GetStringValue(); path != "" {
		environment = append(environment, "PULUMI_NODEJS_TSCONFIG_PATH="+path)
	}
	return environment
}
