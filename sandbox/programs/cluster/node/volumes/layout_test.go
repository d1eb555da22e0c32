package volumes

import "testing"

func TestGenerationOf(t *testing.T) {
	for path, want := range map[string]struct {
		handle     string
		generation int
		ok         bool
	}{
		"pvc-1/generation-1":         {"pvc-1", 1, true},
		"pvc-1/generation-12/bucket": {"pvc-1", 12, true},
		"pvc-1/generation-2/":        {"pvc-1", 2, true},
		"pvc-1":                      {},
		"pvc-1/state.json":           {},
		"pvc-1/snapshots/s":          {},
		"pvc-1/generation-":          {},
		"pvc-1/generation-0":         {},
		"pvc-1/generation--1":        {},
		"pvc-1/generation-01":        {},
		"pvc-1/generation-1x":        {},
		"../pvc-1/generation-1":      {},
		"/pvc-1/generation-1":        {},
		"":                           {},
		".":                          {},
	} {
		handle, generation, ok := GenerationOf(path)
		if handle != want.handle || generation != want.generation || ok != want.ok {
			t.Errorf("GenerationOf(%q) = %q, %d, %v, want %+v", path, handle, generation, ok, want)
		}
	}
}
