package options

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

var complete = []string{
	"--name=node1", "--kubeconfig=/d/pki/node1.conf", "--directory=/d/nodes/node1", "--address=192.0.2.11", "--pod-prefix=10.244.1.",
	"--images=/d/images.json", "--volumes=/d/volumes", "--not-run=/d/not-run.jsonl", "--lease-seconds=4", "--status-period=10s", "--stage-delay=1s",
}

func TestParseNode(t *testing.T) {
	got, err := ParseNode(complete, io.Discard)
	want := Node{
		Name: "node1", Kubeconfig: "/d/pki/node1.conf", Directory: "/d/nodes/node1", Address: "192.0.2.11", PodPrefix: "10.244.1.",
		Images: "/d/images.json", Volumes: "/d/volumes", NotRun: "/d/not-run.jsonl",
		LeaseSeconds: 4, StatusPeriod: 10 * time.Second, StageDelay: time.Second,
	}
	if err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestParseNodeSaysEverythingThatIsWrong(t *testing.T) {
	for _, c := range []struct {
		change []string
		reason []string
	}{
		{[]string{"--name=", "--address=node1"}, []string{"--name is missing", `--address="node1" is no IP address`}},
		{[]string{"--directory=nodes/node1"}, []string{"--directory", "absolute"}},
		{[]string{"--volumes=/d/volumes/"}, []string{"--volumes", "absolute"}},
		{[]string{"--pod-prefix=10.244.1"}, []string{"--pod-prefix"}},
		{[]string{"--pod-prefix=10.244."}, []string{"--pod-prefix"}},
		{[]string{"--lease-seconds=0", "--status-period=0s", "--stage-delay=-1s"}, []string{"--lease-seconds=0", "--status-period=0s", "--stage-delay=-1s"}},
		{[]string{"node1"}, []string{`"node1" is no option`}},
		{[]string{"--csi-node=false"}, []string{"csi-node"}},
	} {
		_, err := ParseNode(slices.Concat(complete, c.change), io.Discard)
		for _, reason := range c.reason {
			if err == nil || !strings.Contains(err.Error(), reason) {
				t.Errorf("%v: error %v, want one with %q", c.change, err, reason)
			}
		}
	}
}
