package hosts

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/fake"
)

func service(namespace, name, address string) *corev1.Service {
	return &corev1.Service{ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name}, Spec: corev1.ServiceSpec{ClusterIP: address}}
}

func TestContent(t *testing.T) {
	services := []*corev1.Service{
		service("s3", "photos", "10.96.0.9"), service("longhorn-system", "longhorn-backend", "10.96.0.7"),
		service("s3", "headless", corev1.ClusterIPNone), service("s3", "pending", ""),
	}
	const backend = "longhorn-backend.longhorn-system longhorn-backend.longhorn-system.svc longhorn-backend.longhorn-system.svc.cluster.local\n"
	want := "127.0.0.1 localhost\n10.96.0.7 longhorn-backend " + backend + "10.96.0.9 photos.s3 photos.s3.svc photos.s3.svc.cluster.local\n"
	if got := content(services, "longhorn-system"); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := content(nil, "s3"); got != "127.0.0.1 localhost\n" {
		t.Errorf("without Services: %q", got)
	}
}

func TestFilesFollowTheServicesInPlace(t *testing.T) {
	client := fake.NewClientset(service("s3", "photos", "10.96.0.9"))
	files, err := Follow(t.Context(), client, filepath.Join(t.TempDir(), "hosts"))
	if err != nil {
		t.Fatal(err)
	}
	file, err := files.For("s3")
	if err != nil {
		t.Fatal(err)
	}
	const photos = "10.96.0.9 photos photos.s3 photos.s3.svc photos.s3.svc.cluster.local\n"
	wantContent(t, file, "127.0.0.1 localhost\n"+photos)
	before, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}

	services := client.CoreV1().Services("s3")
	if _, err := services.Create(t.Context(), service("s3", "videos", "10.96.0.10"), metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	wantContent(t, file, "127.0.0.1 localhost\n10.96.0.10 videos videos.s3 videos.s3.svc videos.s3.svc.cluster.local\n"+photos)
	if err := services.Delete(t.Context(), "videos", metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	wantContent(t, file, "127.0.0.1 localhost\n"+photos)
	if after, err := os.Stat(file); err != nil || !os.SameFile(before, after) {
		t.Errorf("another file took its place, which no container that runs has mounted: %v", err)
	}
}

func wantContent(t *testing.T, file, want string) {
	t.Helper()
	var got string
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got = string(content); got == want {
			return
		}
	}
	t.Errorf("got\n%swant\n%s", got, want)
}
