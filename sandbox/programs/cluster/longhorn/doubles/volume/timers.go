package volume

import (
	"time"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

// timers know when each volume's running attach or detach ends. They are the only thing about a volume that is not in its
// custom resources: a manager that takes over while one runs draws its duration again.
type timers struct {
	attach, detach Delay
	running        map[string]timer
}

type timer struct {
	state longhorn.VolumeState
	ends  time.Time
}

func newTimers(attach, detach Delay) *timers {
	return &timers{attach: attach, detach: detach, running: map[string]timer{}}
}

// isUp tells whether a volume that is seen in a state has been in it for the time that the state takes. The first look at an
// attach or detach starts its timer; the other states take no time and clear it.
func (t *timers) isUp(volume string, state longhorn.VolumeState, now time.Time) bool {
	var delay Delay
	switch state {
	case longhorn.VolumeStateAttaching:
		delay = t.attach
	case longhorn.VolumeStateDetaching:
		delay = t.detach
	default:
		delete(t.running, volume)
		return false
	}
	running, known := t.running[volume]
	if !known || running.state != state {
		running = timer{state: state, ends: now.Add(delay.draw())}
		t.running[volume] = running
	}
	return !now.Before(running.ends)
}

// forget drops a deleted volume.
func (t *timers) forget(volume string) {
	delete(t.running, volume)
}
