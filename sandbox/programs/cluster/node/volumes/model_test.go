package volumes

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// model says in the simplest terms what Longhorn's users may rely on: which files the volume holds, and for whom.
type model struct {
	holder   string          // the node whose attachment counts; empty when detached
	files    map[string]bool // what the volume holds
	cut      map[string]bool // what it held when holder was cut off; nil when it was not
	isolated map[string]bool // nodes that still write into something that no longer counts
}

func (m *model) stage(node string) {
	if m.holder != "" && m.holder != node {
		m.isolated[m.holder] = true
		if m.cut != nil {
			m.files = m.cut
		}
		m.files = maps.Clone(m.files)
	}
	if m.holder != node {
		m.cut = nil
	}
	m.holder = node
}

func (m *model) letGo(node string) {
	delete(m.isolated, node)
	if m.holder == node {
		m.holder, m.cut = "", nil
	}
}

// FuzzGenerations runs any sequence of what can happen to a volume on three nodes and compares it with the model after each step.
func FuzzGenerations(f *testing.F) {
	f.Add([]byte{0, 6, 1, 6, 7, 3, 0})
	f.Add([]byte{0, 6, 9, 6, 1, 7, 12, 15, 0, 3, 6, 4, 2})
	f.Add([]byte{0, 6, 9, 12, 6, 9, 1, 10, 2, 8, 16, 1, 17, 0, 15, 3})
	random := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		steps := make([]byte, 40)
		for i := range steps {
			steps[i] = byte(random.UintN(256))
		}
		f.Add(steps)
	}
	f.Fuzz(func(t *testing.T, steps []byte) {
		if len(steps) > 60 {
			steps = steps[:60]
		}
		s := Store{Directory: t.TempDir()}
		m := model{files: map[string]bool{}, isolated: map[string]bool{}}
		mounted := map[string][]string{} // every directory that a node's processes may still write into
		for i, step := range steps {
			node := fmt.Sprintf("node%d", step%3+1)
			switch (step / 3) % 6 {
			case 0:
				m.stage(node)
				directory := stage(t, s, node)
				mounted[node] = append(mounted[node], directory)
				for other, directories := range mounted {
					if other != node && slices.Contains(directories, directory) {
						t.Fatalf("step %d: %s and %s both have %s", i, node, other, directory)
					}
				}
			case 1:
				m.letGo(node)
				must(t, s.Unstage(t.Context(), volumeName, node))
				delete(mounted, node)
			case 2: // whatever the node still has mounted, its processes write into
				name := fmt.Sprintf("step%d", i)
				for _, directory := range mounted[node] {
					must(t, os.WriteFile(filepath.Join(directory, name), nil, 0o644))
				}
				if m.holder == node {
					m.files[name] = true
				}
			case 3:
				if m.holder == node && m.cut == nil {
					m.cut = maps.Clone(m.files)
				}
				must(t, s.CutOff(t.Context(), node))
			case 4:
				if m.holder == node {
					m.cut = nil
				}
				must(t, s.Rejoin(t.Context(), node))
			case 5:
				m.letGo(node)
				must(t, s.NodeStarted(t.Context(), node))
				delete(mounted, node)
			}
			compare(t, s, m)
		}
	})
}

func compare(t *testing.T, s Store, m model) {
	t.Helper()
	v := volume{handle: volumeName, directory: filepath.Join(s.Directory, volumeName)}
	if !exists(v.directory) {
		return
	}
	state, err := v.read()
	must(t, err)
	if state.StagedBy != m.holder {
		t.Fatalf("staged by %q, want %q", state.StagedBy, m.holder)
	}
	if got, want := files(t, v.generation(state.Current)), slices.Sorted(maps.Keys(m.files)); !slices.Equal(got, want) {
		t.Fatalf("the volume holds %v, want %v", got, want)
	}
	abandonedTo := map[string]bool{}
	for _, a := range state.Abandoned {
		abandonedTo[a.Node] = true
	}
	if !maps.Equal(abandonedTo, m.isolated) {
		t.Fatalf("abandoned to %v, want %v", abandonedTo, m.isolated)
	}
	for _, name := range files(t, v.directory) {
		if number, ok := generationNumber(name); ok && !state.has(number) {
			t.Fatalf("%s is there and in no state", name)
		}
	}
}
