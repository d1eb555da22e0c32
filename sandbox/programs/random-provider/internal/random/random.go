// Package random describes the upstream random provider to the Pulumi bridge, under the type tokens of @pulumi/random.
package random

import (
	"context"
	"errors"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	bridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/terraform-providers/terraform-provider-random/shim"
)

// Version is the release of @pulumi/random whose type tokens these are.
const Version = "4.21.2"

// Provider lists the eight resources of @pulumi/random.
func Provider() bridge.ProviderInfo {
	bytes := resourceInfo("randomBytes", "RandomBytes")
	bytes.ComputeID = bytesID
	password := resourceInfo("randomPassword", "RandomPassword")
	password.ComputeID = passwordID

	return bridge.ProviderInfo{
		Name:         "random",
		P:            tfbridge.ShimProvider(shim.New()),
		Version:      Version,
		MetadataInfo: bridge.NewProviderMetadata([]byte("{}")),
		Resources: map[string]*bridge.ResourceInfo{
			"random_bytes":    bytes,
			"random_id":       resourceInfo("randomId", "RandomId"),
			"random_integer":  resourceInfo("randomInteger", "RandomInteger"),
			"random_password": password,
			"random_pet":      resourceInfo("randomPet", "RandomPet"),
			"random_shuffle":  resourceInfo("randomShuffle", "RandomShuffle"),
			"random_string":   resourceInfo("randomString", "RandomString"),
			"random_uuid":     resourceInfo("randomUuid", "RandomUuid"),
		},
	}
}

func resourceInfo(file, name string) *bridge.ResourceInfo {
	return &bridge.ResourceInfo{Tok: tokens.Type("random:index/" + file + ":" + name)}
}

// bytesID is the value itself in base64: random_bytes has no id of its own.
func bytesID(_ context.Context, state resource.PropertyMap) (resource.ID, error) {
	value := state["base64"]
	if value.IsSecret() {
		value = value.SecretValue().Element
	}
	if !value.IsString() {
		return "", errors.New("random_bytes: the state has no base64 value")
	}
	return resource.ID(value.StringValue()), nil
}

// passwordID keeps the password out of the id, which Pulumi's state holds in plain text.
func passwordID(context.Context, resource.PropertyMap) (resource.ID, error) { return "none", nil }
