package volume

import (
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"
)

func TestCustomResourcesFollowTheVolume(t *testing.T) {
	b := newBench(t)
	v := b.until(longhorn.VolumeStateDetached, "", longhorn.VolumeRobustnessUnknown)
	if v.Status.OwnerID != "controllers" || types.GetCondition(v.Status.Conditions, longhorn.VolumeConditionTypeScheduled).Status != longhorn.ConditionStatusTrue {
		t.Errorf("the new volume's status is %+v", v.Status)
	}
	if _, err := b.client.LonghornV1beta2().VolumeAttachments(namespace).Get(t.Context(), name, metav1.GetOptions{}); err != nil {
		t.Errorf("its VolumeAttachment: %v", err)
	}

	b.want("node1")
	b.until(longhorn.VolumeStateAttaching, "", longhorn.VolumeRobustnessUnknown)
	b.until(longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessHealthy)
	e := b.engine()
	if e.Spec.NodeID != "node1" || e.Status.CurrentState != longhorn.InstanceStateRunning || e.Status.Endpoint != "/dev/longhorn/pvc-1" || len(e.Status.ReplicaModeMap) != 3 {
		t.Errorf("the attached volume's engine is %+v %+v", e.Spec, e.Status)
	}
	if r := b.replicaOn("node2"); r.Spec.DiskID != "disk-of-node2" || r.Status.CurrentState != longhorn.InstanceStateRunning || r.Status.IP != "192.0.2.12" || r.Spec.HealthyAt == "" {
		t.Errorf("its replica on node2 is %+v %+v", r.Spec, r.Status)
	}

	b.setReady("node2", longhorn.ConditionStatusFalse)
	v = b.until(longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessDegraded)
	if v.Status.LastDegradedAt == "" {
		t.Error("the degraded volume does not say since when")
	}
	lost := b.replicaOn("node2")
	if lost.Spec.FailedAt == "" || lost.Status.CurrentState != longhorn.InstanceStateUnknown || b.engine().Status.ReplicaModeMap[lost.Name] != longhorn.ReplicaModeERR {
		t.Errorf("the lost replica is %+v %+v", lost.Spec, lost.Status)
	}

	b.setReady("node2", longhorn.ConditionStatusTrue)
	v = b.until(longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessHealthy)
	if r := b.replicaOn("node2"); v.Status.LastDegradedAt != "" || r.Spec.FailedAt != "" || r.Spec.LastFailedAt == "" {
		t.Errorf("after its return: volume %+v, replica %+v", v.Status, r.Spec)
	}

	b.want("")
	b.until(longhorn.VolumeStateDetaching, "node1", longhorn.VolumeRobustnessUnknown)
	b.until(longhorn.VolumeStateDetached, "", longhorn.VolumeRobustnessUnknown)
	if e := b.engine(); e.Spec.NodeID != "" || e.Status.CurrentState != longhorn.InstanceStateStopped || e.Status.Endpoint != "" {
		t.Errorf("the detached volume's engine is %+v %+v", e.Spec, e.Status)
	}
}

func TestDeletedVolumeTakesItsObjectsAlong(t *testing.T) {
	b := newBench(t)
	b.until(longhorn.VolumeStateDetached, "", longhorn.VolumeRobustnessUnknown)
	volumes := b.client.LonghornV1beta2().Volumes(namespace)
	v, err := volumes.Get(t.Context(), name, metav1.GetOptions{})
	b.must(err)
	v.DeletionTimestamp = &metav1.Time{Time: b.now} // the fake API server knows no finalizers: it would delete at once
	_, err = volumes.Update(t.Context(), v, metav1.UpdateOptions{})
	b.must(err)
	for range 500 {
		b.lookAtAll(b.now)
		if v, err = volumes.Get(t.Context(), name, metav1.GetOptions{}); apierrors.IsNotFound(err) || len(v.Finalizers) == 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err == nil && len(v.Finalizers) > 0 {
		t.Errorf("the volume still has the finalizers %v", v.Finalizers)
	}
	engines, err := b.client.LonghornV1beta2().Engines(namespace).List(t.Context(), metav1.ListOptions{})
	b.must(err)
	replicas, err := b.client.LonghornV1beta2().Replicas(namespace).List(t.Context(), metav1.ListOptions{})
	b.must(err)
	if len(engines.Items)+len(replicas.Items) > 0 {
		t.Errorf("%d engines and %d replicas are left", len(engines.Items), len(replicas.Items))
	}
}
