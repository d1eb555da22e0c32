package volume

import (
	"testing"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

func TestInitRestore(t *testing.T) {
	for _, c := range []struct {
		name   string
		volume longhorn.Volume
		want   bool
	}{
		{"without a backup", longhorn.Volume{}, false},
		{"new, from a backup", longhorn.Volume{Spec: longhorn.VolumeSpec{FromBackup: "nfs://a"}}, true},
		{
			"restored",
			longhorn.Volume{Spec: longhorn.VolumeSpec{FromBackup: "nfs://a"}, Status: longhorn.VolumeStatus{RestoreInitiated: true}},
			false,
		},
	} {
		if initRestore(&c.volume); c.volume.Status.RestoreRequired != c.want {
			t.Errorf("%s: restore required = %v, want %v", c.name, c.volume.Status.RestoreRequired, c.want)
		}
	}
}
