package snapshot

import (
	"maps"
	"time"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

// lost is what Longhorn's snapshot controller says of a Snapshot that asks for none and names none that there is.
const lost = "lost track of the corresponding snapshot info inside volume engine"

// volumeHead is how Longhorn's engine calls what a volume's next write goes to.
const volumeHead = "volume-head"

// taken is the status of a snapshot that has just been taken of a volume of that many bytes.
func taken(status longhorn.SnapshotStatus, spec longhorn.SnapshotSpec, volumeSize, size int64, at time.Time) longhorn.SnapshotStatus {
	status.CreationTime = at.UTC().Format(time.RFC3339)
	status.RequestedTime = status.CreationTime
	status.Size, status.RestoreSize = size, volumeSize
	status.Labels = maps.Clone(spec.Labels)
	status.UserCreated, status.ReadyToUse, status.Error = true, true, ""
	return status
}

func failed(status longhorn.SnapshotStatus, why string) longhorn.SnapshotStatus {
	status.ReadyToUse, status.Error = false, why
	return status
}

// place is where a snapshot stands among those of its volume: after its parent and before its child, by the time at which they were
// taken. The newest one's child is the volume itself.
func place(s *longhorn.Snapshot, all map[string]*longhorn.Snapshot) (parent string, children map[string]bool) {
	var before, after *longhorn.Snapshot
	for _, other := range all {
		switch {
		case other.Spec.Volume != s.Spec.Volume || other.Status.CreationTime == "" || other.DeletionTimestamp != nil || other.Name == s.Name:
		case precedes(other, s):
			if before == nil || precedes(before, other) {
				before = other
			}
		case after == nil || precedes(other, after):
			after = other
		}
	}
	if before != nil {
		parent = before.Name
	}
	if after != nil {
		return parent, map[string]bool{after.Name: true}
	}
	return parent, map[string]bool{volumeHead: true}
}

// precedes tells which of two snapshots was taken first; those of one second are told apart by name.
func precedes(a, b *longhorn.Snapshot) bool {
	if a.Status.CreationTime != b.Status.CreationTime {
		return a.Status.CreationTime < b.Status.CreationTime
	}
	return a.Name < b.Name
}
