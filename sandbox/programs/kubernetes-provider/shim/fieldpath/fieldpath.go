// Package fieldpath is version 6 of the package under its path in version 4, by which the Kubernetes provider imports it.
package fieldpath

import "sigs.k8s.io/structured-merge-diff/v6/fieldpath"

type (
	Path        = fieldpath.Path
	PathElement = fieldpath.PathElement
	Set         = fieldpath.Set
)

var MakePath = fieldpath.MakePath
