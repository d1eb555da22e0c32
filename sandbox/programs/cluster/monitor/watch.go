package main

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"longhorn-s3/sandbox/cluster/node/identity"
	"longhorn-s3/sandbox/cluster/node/jsonlines"
)

const (
	twoProcesses = "two-processes-on-one-volume"
	podIsGone    = "serves-after-its-pod-is-gone"
)

// process is a process that can write to a volume.
type process struct {
	PID int `json:"pid"`
	identity.Container
	Generation string `json:"generation"`
	volume     string
	// mountNamespace tells containers apart: all of a container's processes share one, and no two containers do, not even the same one
	// before and after a restart. A writer that belongs to no container has one as well.
	mountNamespace string
}

// alarm is a line of the alarms' file.
type alarm struct {
	Time      jsonlines.Time `json:"time"`
	Alarm     string         `json:"alarm"`
	Volume    string         `json:"volume"`
	Processes []process      `json:"processes"`
}

// watch turns what is seen at each look into alarms: one when a condition begins, none while it lasts.
type watch struct {
	// sharing are the containers that were on each volume at the look before, where there were several.
	sharing map[string]map[string]bool
	// gone are the pods that were gone at the look before; reported those that were reported, by container and volume.
	gone, reported map[string]bool
}

// look takes the processes that are there now, and the UIDs of those of their pods that the API server says are gone. A pod counts as
// gone at the second look in a row that says so: between the look at the processes and the question one may have ended.
func (w *watch) look(processes []process, gone map[string]bool, now time.Time) (alarms []alarm) {
	sharing, reported := map[string]map[string]bool{}, map[string]bool{}
	for _, writers := range byVolume(processes) {
		volume := writers[0].volume
		if len(writers) > 1 {
			sharing[volume] = containersOf(writers)
			if !contains(w.sharing[volume], sharing[volume]) {
				alarms = append(alarms, alarm{jsonlines.Time(now), twoProcesses, volume, writers})
			}
		}
		for _, p := range writers {
			if key := volume + " " + p.mountNamespace; gone[p.PodUID] && w.gone[p.PodUID] {
				reported[key] = true
				if !w.reported[key] {
					alarms = append(alarms, alarm{jsonlines.Time(now), podIsGone, volume, []process{p}})
				}
			}
		}
	}
	w.sharing, w.gone, w.reported = sharing, gone, reported
	return alarms
}

// byVolume groups processes by their volume, in the order of its handle, and leaves one of each container: of those that know whose they
// are the first by number, which has started the others.
func byVolume(processes []process) (groups [][]process) {
	sorted := slices.SortedFunc(slices.Values(processes), func(a, b process) int {
		return cmp.Or(strings.Compare(a.volume, b.volume), strings.Compare(a.mountNamespace, b.mountNamespace), -cmp.Compare(len(a.PodUID), len(b.PodUID)), cmp.Compare(a.PID, b.PID))
	})
	sorted = slices.CompactFunc(sorted, func(a, b process) bool { return a.volume == b.volume && a.mountNamespace == b.mountNamespace })
	for len(sorted) > 0 {
		end := slices.IndexFunc(sorted, func(p process) bool { return p.volume != sorted[0].volume })
		if end < 0 {
			end = len(sorted)
		}
		group := slices.Clone(sorted[:end])
		slices.SortFunc(group, func(a, b process) int { return cmp.Compare(a.PID, b.PID) })
		groups, sorted = append(groups, group), sorted[end:]
	}
	return groups
}

func containersOf(processes []process) map[string]bool {
	containers := map[string]bool{}
	for _, p := range processes {
		containers[p.mountNamespace] = true
	}
	return containers
}

// contains tells whether part is a part of whole: who leaves begins nothing.
func contains(whole, part map[string]bool) bool {
	for name := range part {
		if !whole[name] {
			return false
		}
	}
	return true
}
