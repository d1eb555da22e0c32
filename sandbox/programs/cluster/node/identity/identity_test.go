package identity

import (
	"strings"
	"testing"
)

func TestWhatAProcessCarriesIsReadBack(t *testing.T) {
	want := Container{Node: "node1", Namespace: "s3", Pod: "photos-0", PodUID: "u-1", Name: "gateway"}
	environ := strings.Join(append([]string{"PATH=/bin", "SANDBOX_OTHER=x"}, append(want.Environment(), "HOME=/")...), "\x00") + "\x00"
	if got, ok := FromEnvironment([]byte(environ)); !ok || got != want {
		t.Errorf("got %+v, %v", got, ok)
	}
}

func TestAProcessOfNoContainer(t *testing.T) {
	for _, environ := range []string{"", "PATH=/bin\x00", "SANDBOX_POD_UID\x00", "XSANDBOX_POD_UID=u\x00"} {
		if got, ok := FromEnvironment([]byte(environ)); ok {
			t.Errorf("%q: %+v", environ, got)
		}
	}
}
