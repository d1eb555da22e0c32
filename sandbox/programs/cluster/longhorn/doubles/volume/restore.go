package volume

import (
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

// initRestore marks a volume that is made from a backup as one whose data is still to come. It has to be in the first status that
// anybody sees: from then on Longhorn attaches the volume to a node unless its data is to come. Package restore does the rest.
func initRestore(v *longhorn.Volume) {
	if v.Spec.FromBackup != "" && !v.Status.RestoreInitiated {
		v.Status.RestoreRequired, v.Status.RestoreInitiated = true, true
	}
}
