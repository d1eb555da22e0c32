package kubelet

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/cadvisor/info/v2"
)

func TestAMachineRunsShortOfWhatItsPressureFileNamesAndOfNothingElse(t *testing.T) {
	m := machine{node: "node1", pressure: filepath.Join(t.TempDir(), "pressure")}
	for _, step := range []struct {
		content      string
		memory, disk bool
	}{
		{memory: false, disk: false},
		{content: memoryPressure, memory: true},
		{content: diskPressure + "\n", disk: true},
		{content: "something else"},
	} {
		if step.content != "" {
			if err := os.WriteFile(m.pressure, []byte(step.content), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		infos, err := m.ContainerInfoV2("/", v2.RequestOptions{})
		if err != nil || len(infos) != 1 {
			t.Fatalf("%v, %v", infos, err)
		}
		root := infos["/"]
		left := root.Spec.Memory.Limit - root.Stats[0].Memory.WorkingSet
		if short := left < 100<<20; short != step.memory {
			t.Errorf("%q: %d bytes of memory are left", step.content, left)
		}
		disk, err := m.RootFsInfo()
		if short := disk.Available*10 < disk.Capacity; err != nil || short != step.disk {
			t.Errorf("%q: %d of %d bytes of the disk are left, %v", step.content, disk.Available, disk.Capacity, err)
		}
	}
}
