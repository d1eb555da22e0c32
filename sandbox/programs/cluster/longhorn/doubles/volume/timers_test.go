package volume

import (
	"testing"
	"time"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

func TestTimers(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	timers := newTimers(Delay{10 * time.Second, 10 * time.Second}, Delay{3 * time.Second, 3 * time.Second})
	look := func(after time.Duration, state longhorn.VolumeState, want bool) {
		t.Helper()
		if got := timers.isUp("a", state, start.Add(after)); got != want {
			t.Errorf("%s %v after the start: time is up = %v, want %v", state, after, got, want)
		}
	}
	look(0, longhorn.VolumeStateAttaching, false)
	look(9*time.Second, longhorn.VolumeStateAttaching, false)
	look(10*time.Second, longhorn.VolumeStateAttaching, true)
	look(11*time.Second, longhorn.VolumeStateAttached, false)
	look(20*time.Second, longhorn.VolumeStateDetaching, false)
	look(23*time.Second, longhorn.VolumeStateDetaching, true)
	look(24*time.Second, longhorn.VolumeStateDetached, false)
	look(30*time.Second, longhorn.VolumeStateAttaching, false)
	look(39*time.Second, longhorn.VolumeStateAttaching, false) // the first attach's timer is not reused
	look(40*time.Second, longhorn.VolumeStateAttaching, true)
}

func TestTimersOfVolumesAreApart(t *testing.T) {
	now := time.Now()
	timers := newTimers(Delay{time.Second, time.Second}, Delay{})
	timers.isUp("a", longhorn.VolumeStateAttaching, now)
	if timers.isUp("b", longhorn.VolumeStateAttaching, now.Add(2*time.Second)) {
		t.Error("the first look at b found its time up")
	}
	timers.forget("a")
	if timers.isUp("a", longhorn.VolumeStateAttaching, now.Add(2*time.Second)) {
		t.Error("a was forgotten, yet its time is up")
	}
}
