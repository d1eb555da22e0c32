package dataplane

import (
	"fmt"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

// Unreachable says why nobody could take a snapshot of a volume or back it up at this moment; "" where somebody could. A running
// engine does it. A detached volume Longhorn attaches for it by a ticket; here its data is copied as it lies there.
func Unreachable(v *longhorn.Volume, e *longhorn.Engine) string {
	switch {
	case v.Status.RestoreRequired:
		return fmt.Sprintf("volume %s is being restored from a backup", v.Name)
	case v.Status.State == longhorn.VolumeStateDetached && v.Status.Robustness != longhorn.VolumeRobustnessFaulted:
		return ""
	case e != nil && e.Status.CurrentState == longhorn.InstanceStateRunning:
		return ""
	case e == nil:
		return fmt.Sprintf("volume %s has no engine yet", v.Name)
	default:
		return fmt.Sprintf("the volume engine %s is not running. Waiting for the volume to be attached", e.Name)
	}
}
