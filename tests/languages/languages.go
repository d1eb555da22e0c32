// Command program makes a store and a Longhorn beside it, as a program in Go does with the generated SDK.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	s3 "example.com/pulumi-longhorn-s3/sdk/go/longhorns3"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		longhorn, err := s3.NewLonghorn(ctx, "storage", &s3.LonghornArgs{Version: pulumi.StringRef("1.12.1")})
		if err != nil {
			return err
		}
		store, err := s3.NewObjectStore(ctx, "photos", &s3.ObjectStoreArgs{
			ExistingLonghorn: &s3.LonghornReferenceArgs{
				Version:           "1.12.1",
				StorageClassName:  "longhorn-s3",
				PodDeletionPolicy: s3.PodDeletionPolicyDeleteDeploymentPod,
			},
			Volume:   s3.VolumeArgs{Size: pulumi.String("100Gi")},
			Failover: s3.FailoverArgs{OnNodeFailure: s3.OnNodeFailureWait},
			Gateway: &s3.GatewayArgs{
				Image: &s3.ImageArgs{Reference: pulumi.StringPtr("quay.io/s3gw/s3gw:v0.23.0"), PrePull: pulumi.BoolRef(false)},
			},
			Pod: &s3.PodArgs{Env: map[string]string{"TZ": "UTC"}},
		}, pulumi.DependsOn([]pulumi.Resource{longhorn}))
		if err != nil {
			return err
		}
		var endpoint pulumi.StringOutput = store.Endpoint
		ctx.Export("endpoint", endpoint)
		return nil
	})
}
