package firstuser

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestFromEnvironment(t *testing.T) {
	const access, secret = "RGW_DEFAULT_USER_ACCESS_KEY", "RGW_DEFAULT_USER_SECRET_KEY"
	for _, test := range []struct {
		environment map[string]string
		want        Keys
	}{
		{map[string]string{access: "a", secret: "s"}, Keys{"a", "s"}},
		{map[string]string{access: "a"}, Keys{"a", "test"}},
		{map[string]string{access: "", secret: ""}, Keys{"test", "test"}},
		{nil, Keys{"test", "test"}},
	} {
		got := FromEnvironment(func(name string) (string, bool) {
			value, isSet := test.environment[name]
			return value, isSet
		})
		if got != test.want {
			t.Errorf("%v: got %v", test.environment, got)
		}
	}
}

func TestTheFirstKeysStay(t *testing.T) {
	data := t.TempDir()
	first := Keys{"first", "secret"}
	for _, proposed := range []Keys{first, {"second", "other"}, {"test", "test"}} {
		if got, err := Keep(data, proposed); err != nil || got != first {
			t.Errorf("%v: got %v, %v", proposed, got, err)
		}
	}
	entries, err := os.ReadDir(data)
	if err != nil || len(entries) != 1 {
		t.Fatalf("in the folder: %v, %v", entries, err)
	}
	info, err := entries[0].Info()
	if err != nil || info.Mode() != 0o600 || !strings.HasPrefix(info.Name(), ".") {
		t.Errorf("%s with mode %v, %v", info.Name(), info.Mode(), err)
	}
}

func TestOneOfManyFirstStartsWins(t *testing.T) {
	data := t.TempDir()
	var starts sync.WaitGroup
	got := make([]Keys, 20)
	for i := range got {
		starts.Go(func() {
			keys, err := Keep(data, Keys{string(rune('a' + i)), "secret"})
			if err != nil {
				t.Error(err)
			}
			got[i] = keys
		})
	}
	starts.Wait()
	for _, keys := range got {
		if keys != got[0] {
			t.Fatalf("they differ: %v", got)
		}
	}
}

func TestKeysThatCannotBeReadAreNotReplaced(t *testing.T) {
	for _, content := range []string{"", "{", "{}", `{"accessKey":"a"}`} {
		data := t.TempDir()
		path := filepath.Join(data, fileName)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := Keep(data, Keys{"a", "b"}); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%q: got %v, %v", content, got, err)
		}
		if left, _ := os.ReadFile(path); string(left) != content {
			t.Errorf("%q became %q", content, left)
		}
	}
}

func TestAFolderThatIsNotThere(t *testing.T) {
	if got, err := Keep(filepath.Join(t.TempDir(), "absent"), Keys{"a", "b"}); err == nil {
		t.Errorf("got %v", got)
	}
}
