package snapshot

import (
	"maps"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

func TestTaken(t *testing.T) {
	waiting := failed(longhorn.SnapshotStatus{}, "failed to take snapshot because the engine is not running")
	if waiting.ReadyToUse || waiting.Error == "" {
		t.Errorf("while it waits: %+v", waiting)
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 6, time.FixedZone("", 3600))
	got := taken(waiting, longhorn.SnapshotSpec{Labels: map[string]string{"RecurringJob": "nightly"}}, 1<<30, 5, at)
	if !got.ReadyToUse || got.Error != "" || got.CreationTime != "2026-01-02T02:04:05Z" || got.RequestedTime != got.CreationTime || !got.UserCreated {
		t.Errorf("status %+v", got)
	}
	if got.Size != 5 || got.RestoreSize != 1<<30 || got.Labels["RecurringJob"] != "nightly" {
		t.Errorf("status %+v", got)
	}
}

func TestPlace(t *testing.T) {
	snapshot := func(name, volume, created string) *longhorn.Snapshot {
		return &longhorn.Snapshot{
			ObjectMeta: metav1.ObjectMeta{Name: name},
			Spec:       longhorn.SnapshotSpec{Volume: volume},
			Status:     longhorn.SnapshotStatus{CreationTime: created},
		}
	}
	now := metav1.Now()
	deleted := snapshot("deleted", "pvc-1", "2026-01-01T00:00:02Z")
	deleted.DeletionTimestamp = &now
	all := map[string]*longhorn.Snapshot{
		"first":   snapshot("first", "pvc-1", "2026-01-01T00:00:01Z"),
		"second":  snapshot("second", "pvc-1", "2026-01-01T00:00:03Z"),
		"third":   snapshot("third", "pvc-1", "2026-01-01T00:00:03Z"), // in the same second
		"waits":   snapshot("waits", "pvc-1", ""),
		"other":   snapshot("other", "pvc-2", "2026-01-01T00:00:02Z"),
		"deleted": deleted,
	}
	for name, want := range map[string]struct{ parent, child string }{
		"first": {"", "second"}, "second": {"first", "third"}, "third": {"second", "volume-head"}, "other": {"", "volume-head"},
	} {
		parent, children := place(all[name], all)
		if parent != want.parent || !maps.Equal(children, map[string]bool{want.child: true}) {
			t.Errorf("%s stands between %q and %v, want %q and %q", name, parent, children, want.parent, want.child)
		}
	}
}
