package volume

import (
	"strconv"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	apiextensionsfake "k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset/fake"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	kubernetesfake "k8s.io/client-go/kubernetes/fake"
	clienttesting "k8s.io/client-go/testing"

	"github.com/longhorn/longhorn-manager/datastore"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	longhornfake "github.com/longhorn/longhorn-manager/k8s/pkg/client/clientset/versioned/fake"
	"github.com/longhorn/longhorn-manager/types"
	"github.com/longhorn/longhorn-manager/util"
)

const (
	namespace = "longhorn-system"
	name      = "pvc-1"
)

// bench is a double over Longhorn's own datastore, in front of an API server that keeps objects and refuses to update old
// ones, and does nothing else.
type bench struct {
	*testing.T
	*Double
	client *longhornfake.Clientset
	now    time.Time
}

func newBench(t *testing.T) *bench {
	client := longhornfake.NewSimpleClientset()
	client.PrependReactor("update", "*", refuseConflicts(client.Tracker()))
	kubernetes := kubernetesfake.NewClientset()
	b := &bench{T: t, client: client, now: time.Now()}
	for _, setting := range []types.SettingName{types.SettingNameAutoSalvage, types.SettingNameAllowVolumeCreationWithDegradedAvailability} {
		b.must(client.Tracker().Add(&longhorn.Setting{ObjectMeta: metav1.ObjectMeta{Name: string(setting), Namespace: namespace}, Value: "true"}))
	}
	for node, address := range map[string]string{"node1": "192.0.2.11", "node2": "192.0.2.12", "node3": "192.0.2.13"} {
		n := &longhorn.Node{ObjectMeta: metav1.ObjectMeta{Name: node, Namespace: namespace}, Spec: longhorn.NodeSpec{Name: node, AllowScheduling: true}}
		for _, condition := range []string{longhorn.NodeConditionTypeReady, longhorn.NodeConditionTypeSchedulable} {
			n.Status.Conditions = types.SetCondition(n.Status.Conditions, condition, longhorn.ConditionStatusTrue, "", "")
		}
		n.Status.DiskStatus = map[string]*longhorn.DiskStatus{"disk": {DiskUUID: "disk-of-" + node, DiskPath: "/var/lib/longhorn/"}}
		b.must(client.Tracker().Add(n))
		b.must(kubernetes.Tracker().Add(&corev1.Node{
			ObjectMeta: metav1.ObjectMeta{Name: node},
			Status:     corev1.NodeStatus{Addresses: []corev1.NodeAddress{{Type: corev1.NodeInternalIP, Address: address}}},
		}))
	}
	b.must(client.Tracker().Add(&longhorn.Volume{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace, Finalizers: []string{"longhorn.io"}},
		Spec:       longhorn.VolumeSpec{Size: 1 << 30, NumberOfReplicas: 3, Image: "engine", Frontend: longhorn.VolumeFrontendBlockDev, DataEngine: longhorn.DataEngineTypeV1},
	}))
	factories := util.NewInformerFactories(namespace, kubernetes, client, 0)
	ds := datastore.NewDataStore(namespace, client, kubernetes, apiextensionsfake.NewSimpleClientset(), factories)
	factories.Start(t.Context().Done())
	if !ds.Sync(t.Context().Done()) {
		t.Fatal("the datastore did not fill")
	}
	b.Double = New(ds, "controllers", Delay{10 * time.Second, 10 * time.Second}, Delay{5 * time.Second, 5 * time.Second})
	return b
}

// refuseConflicts gives objects resource versions and refuses an update that was made from an older one, which the fake
// client does not do by itself.
func refuseConflicts(tracker clienttesting.ObjectTracker) clienttesting.ReactionFunc {
	version := 0
	return func(action clienttesting.Action) (bool, runtime.Object, error) {
		updated, err := meta.Accessor(action.(clienttesting.UpdateAction).GetObject())
		if err != nil {
			return true, nil, err
		}
		resource := action.GetResource()
		object, err := tracker.Get(resource, action.GetNamespace(), updated.GetName())
		if err != nil {
			return true, nil, err
		}
		current, err := meta.Accessor(object)
		if err != nil {
			return true, nil, err
		}
		if current.GetResourceVersion() != updated.GetResourceVersion() {
			return true, nil, apierrors.NewConflict(resource.GroupResource(), updated.GetName(), nil)
		}
		version++
		updated.SetResourceVersion(strconv.Itoa(version))
		return false, nil, nil
	}
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// until looks until the volume is as it should be. The datastore learns of changes a moment later; the double's clock goes
// on by a second with each look.
func (b *bench) until(state longhorn.VolumeState, node string, robustness longhorn.VolumeRobustness) *longhorn.Volume {
	b.Helper()
	var status longhorn.VolumeStatus
	for range 500 {
		b.now = b.now.Add(time.Second)
		b.lookAtAll(b.now)
		v, err := b.client.LonghornV1beta2().Volumes(namespace).Get(b.Context(), name, metav1.GetOptions{})
		b.must(err)
		if status = v.Status; status.State == state && status.CurrentNodeID == node && status.Robustness == robustness {
			return v
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.Fatalf("the volume is %s on %q, %s; want %s on %q, %s", status.State, status.CurrentNodeID, status.Robustness, state, node, robustness)
	return nil
}

// want is what Longhorn's VolumeAttachment controller writes.
func (b *bench) want(node string) {
	b.Helper()
	volumes := b.client.LonghornV1beta2().Volumes(namespace)
	v, err := volumes.Get(b.Context(), name, metav1.GetOptions{})
	b.must(err)
	v.Spec.NodeID = node
	_, err = volumes.Update(b.Context(), v, metav1.UpdateOptions{})
	b.must(err)
}

// enlarge is what Longhorn's REST API writes.
func (b *bench) enlarge(bytes int64) {
	b.Helper()
	volumes := b.client.LonghornV1beta2().Volumes(namespace)
	v, err := volumes.Get(b.Context(), name, metav1.GetOptions{})
	b.must(err)
	v.Spec.Size = bytes
	_, err = volumes.Update(b.Context(), v, metav1.UpdateOptions{})
	b.must(err)
}

// untilGrown looks until the running engine has that size and the volume knows it, and answers what was seen on the way.
func (b *bench) untilGrown(bytes int64) (seen size) {
	b.Helper()
	var now size
	for range 500 {
		b.lookAtAll(b.now)
		v, err := b.client.LonghornV1beta2().Volumes(namespace).Get(b.Context(), name, metav1.GetOptions{})
		b.must(err)
		now = sizeOf(v, b.engine())
		seen.required, seen.expanding = seen.required || now.required, seen.expanding || now.expanding
		if now == (size{asked: bytes, current: bytes}) {
			return seen
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.Fatalf("the engine's size is %+v; want %d bytes", now, bytes)
	return size{}
}

// setReady is what Longhorn's node controller writes.
func (b *bench) setReady(node string, ready longhorn.ConditionStatus) {
	b.Helper()
	nodes := b.client.LonghornV1beta2().Nodes(namespace)
	n, err := nodes.Get(b.Context(), node, metav1.GetOptions{})
	b.must(err)
	n.Status.Conditions = types.SetCondition(n.Status.Conditions, longhorn.NodeConditionTypeReady, ready, longhorn.NodeConditionReasonKubernetesNodeNotReady, "")
	_, err = nodes.UpdateStatus(b.Context(), n, metav1.UpdateOptions{})
	b.must(err)
}

func (b *bench) engine() *longhorn.Engine {
	b.Helper()
	engines, err := b.client.LonghornV1beta2().Engines(namespace).List(b.Context(), metav1.ListOptions{})
	b.must(err)
	if len(engines.Items) != 1 {
		b.Fatalf("there are %d engines", len(engines.Items))
	}
	return &engines.Items[0]
}

func (b *bench) replicaOn(node string) *longhorn.Replica {
	b.Helper()
	replicas, err := b.client.LonghornV1beta2().Replicas(namespace).List(b.Context(), metav1.ListOptions{})
	b.must(err)
	if len(replicas.Items) != 3 {
		b.Fatalf("there are %d replicas", len(replicas.Items))
	}
	for _, r := range replicas.Items {
		if r.Spec.NodeID == node {
			return &r
		}
	}
	b.Fatalf("there is no replica on %s", node)
	return nil
}
