// Package shim lies below the upstream random provider's module path, so that Go lets it open the provider's internal
// package.
package shim

import (
	"github.com/hashicorp/terraform-plugin-framework/provider"
	upstream "github.com/terraform-providers/terraform-provider-random/internal/provider"
)

// New makes the upstream provider.
func New() provider.Provider { return upstream.New() }
