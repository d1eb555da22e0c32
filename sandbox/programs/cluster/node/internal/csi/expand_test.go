package csi

import (
	"testing"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func (c *cluster) expand(node string) error {
	_, err := c.node(node).NodeExpandVolume(c.t.Context(), &csi.NodeExpandVolumeRequest{
		VolumeId: handle, VolumePath: c.target(node), VolumeCapability: filesystem, CapacityRange: &csi.CapacityRange{RequiredBytes: 2 << 30},
	})
	return err
}

func TestAVolumeGrowsUnderItsPod(t *testing.T) {
	c := newCluster(t)
	c.attach("node1")
	c.write("node1", "object")
	for range 2 { // each call may come again
		c.want(c.expand("node1"))
	}
	c.wantNames("node1", "object")
	bytes, err := c.node("node1").Volumes.Size(t.Context(), handle)
	c.want(err)
	if bytes != 2<<30 {
		t.Errorf("it has %d bytes", bytes)
	}
}

func TestAVolumeThatTheNodeDoesNotHaveCannotGrowOnIt(t *testing.T) {
	c := newCluster(t)
	c.attach("node2")
	if err := c.expand("node1"); status.Code(err) != codes.FailedPrecondition {
		t.Errorf("error %v", err)
	}
}

func TestTheKubeletIsToldThatVolumesGrow(t *testing.T) {
	response, err := newCluster(t).node("node1").NodeGetCapabilities(t.Context(), &csi.NodeGetCapabilitiesRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, capability := range response.Capabilities {
		if capability.GetRpc().GetType() == csi.NodeServiceCapability_RPC_EXPAND_VOLUME {
			return
		}
	}
	t.Errorf("the node's capabilities are %v", response.Capabilities)
}
