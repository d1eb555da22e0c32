package dataplane

import (
	"strings"
	"testing"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

func TestUnreachable(t *testing.T) {
	engine := func(state longhorn.InstanceState) *longhorn.Engine {
		e := &longhorn.Engine{Status: longhorn.EngineStatus{InstanceStatus: longhorn.InstanceStatus{CurrentState: state}}}
		e.Name = "pvc-1-e-0"
		return e
	}
	for _, c := range []struct {
		name   string
		status longhorn.VolumeStatus
		engine *longhorn.Engine
		says   string
	}{
		{"attached", longhorn.VolumeStatus{State: longhorn.VolumeStateAttached}, engine(longhorn.InstanceStateRunning), ""},
		{"its node is down", longhorn.VolumeStatus{State: longhorn.VolumeStateAttached}, engine(longhorn.InstanceStateUnknown), "pvc-1-e-0 is not running"},
		{"on its way", longhorn.VolumeStatus{State: longhorn.VolumeStateAttaching}, engine(longhorn.InstanceStateStarting), "pvc-1-e-0 is not running"},
		{"detached", longhorn.VolumeStatus{State: longhorn.VolumeStateDetached}, engine(longhorn.InstanceStateStopped), ""},
		{"faulted", longhorn.VolumeStatus{State: longhorn.VolumeStateDetached, Robustness: longhorn.VolumeRobustnessFaulted}, engine(longhorn.InstanceStateStopped), "not running"},
		{"new", longhorn.VolumeStatus{}, nil, "no engine yet"},
		{"restoring", longhorn.VolumeStatus{State: longhorn.VolumeStateDetached, RestoreRequired: true}, engine(longhorn.InstanceStateStopped), "restored"},
	} {
		got := Unreachable(&longhorn.Volume{Status: c.status}, c.engine)
		if (c.says == "") != (got == "") || !strings.Contains(got, c.says) {
			t.Errorf("%s: %q, want %q", c.name, got, c.says)
		}
	}
}
