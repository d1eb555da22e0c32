package main

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"longhorn-s3/sandbox/cluster/node/volumes"
)

func TestVolumesInMountinfo(t *testing.T) {
	f := folder{major: 254, minor: 0, path: "/s/volumes"}
	for name, c := range map[string]struct {
		line string
		want []mountedVolume
	}{
		"a container's": {`36 35 254:0 /s/volumes/pvc-1/generation-2 /data rw,relatime master:1 - ext4 /dev/vda rw`,
			[]mountedVolume{{"pvc-1", "generation-2"}}},
		"a folder in it": {`36 35 254:0 /s/volumes/pvc-1/generation-2/photos /data rw - ext4 /dev/vda rw`,
			[]mountedVolume{{"pvc-1", "generation-2"}}},
		"read-only":         {`36 35 254:0 /s/volumes/pvc-1/generation-2 /data ro,relatime - ext4 /dev/vda rw`, nil},
		"the kubelet's own": {`36 35 254:0 /s/volumes/pvc-1/generation-2 /var/lib/kubelet/pods/x/mount rw - ext4 /dev/vda rw`, nil},
		"the kubelet's, seen by a container that has all of the node mounted": {`36 35 254:0 /s/volumes/pvc-1/generation-2 /host/var/lib/kubelet/pods/x/mount rw - ext4 /dev/vda rw`, nil},
		"no line of mountinfo": {`36 35 nonsense`, nil},
		"another filesystem":   {`36 35 254:1 /s/volumes/pvc-1/generation-2 /data rw - ext4 /dev/vdb rw`, nil},
		"no generation":        {`36 35 254:0 /s/volumes/pvc-1 /data rw - ext4 /dev/vda rw`, nil},
		"the whole folder":     {`36 35 254:0 /s /s rw - ext4 /dev/vda rw`, nil},
		"nearly the folder":    {`36 35 254:0 /s/volumes-old/pvc-1/generation-2 /data rw - ext4 /dev/vda rw`, nil},
		"nothing":              {``, nil},
	} {
		if got := f.volumesIn([]byte(c.line)); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestAVolumeThatIsMountedTwiceCountsOnce(t *testing.T) {
	lines := "36 35 254:0 /s/volumes/pvc-1/generation-2 /data rw - ext4 /dev/vda rw\n" +
		"37 35 254:0 /s/volumes/pvc-1/generation-2 /again rw - ext4 /dev/vda rw\n"
	if got := (folder{254, 0, "/s/volumes"}).volumesIn([]byte(lines)); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

func TestAFolderWithASpaceIsFoundAsTheKernelWritesIt(t *testing.T) {
	line := `36 35 254:0 /my\040files/volumes/pvc-1/generation-2 /data rw - ext4 /dev/vda rw`
	want := []mountedVolume{{"pvc-1", "generation-2"}}
	if got := (folder{254, 0, "/my files/volumes"}).volumesIn([]byte(line)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLocateResolvesLinksAndFindsTheFilesystem(t *testing.T) {
	directory := t.TempDir()
	real := filepath.Join(directory, "real")
	link := filepath.Join(directory, "link")
	if err := os.Mkdir(real, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, link); err != nil {
		t.Fatal(err)
	}
	want, err := locate(real)
	if err != nil || filepath.Base(want.path) != "real" || want.major == 0 && want.minor == 0 {
		t.Errorf("got %+v, %v", want, err)
	}
	if got, err := locate(link); err != nil || got != want {
		t.Errorf("by a link: got %+v, %v, want %+v", got, err, want)
	}
	if _, err := locate(filepath.Join(directory, "absent")); err == nil {
		t.Error("an absent directory was found")
	}
}

// FuzzVolumesInMountinfo: whatever the kernel writes there, what is found is a volume and a generation.
func FuzzVolumesInMountinfo(f *testing.F) {
	f.Add([]byte("36 35 254:0 /s/volumes/pvc-1/generation-2 /data rw,relatime master:1 - ext4 /dev/vda rw\n"))
	f.Add([]byte("36 35 254:0 /s/volumes/pvc\\0401/generation-2 /data rw - ext4 /dev/vda rw\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		for _, v := range (folder{254, 0, "/s/volumes"}).volumesIn(content) {
			if _, _, ok := volumes.GenerationOf(v.handle + "/" + v.generation); !ok {
				t.Errorf("%q: found %+v", content, v)
			}
		}
	})
}
