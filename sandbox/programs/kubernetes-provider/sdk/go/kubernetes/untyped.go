// Package kubernetes stands in for Pulumi's Go SDK for Kubernetes, of which the provider uses a few types only: 26 MB of
// generated sources need not be compiled for them.
package kubernetes

import "reflect"

// UntypedArgs are the fields of an object of any kind.
type UntypedArgs map[string]any

// ElementType implements pulumi.Input.
func (UntypedArgs) ElementType() reflect.Type { return reflect.TypeFor[map[string]any]() }
