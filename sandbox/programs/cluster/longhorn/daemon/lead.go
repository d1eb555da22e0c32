package daemon

import (
	"context"

	"k8s.io/client-go/rest"

	"github.com/longhorn/longhorn-manager/upgrade"
	"github.com/longhorn/longhorn-manager/util/client"

	"longhorn-s3/sandbox/cluster/longhorn/doubles/finalizer"
)

// controllersID is the ID under which the controllers own what they act on. No node has this name.
const controllersID = "sandbox-controllers"

// lead sets Longhorn up and runs the controllers and doubles. The order is Longhorn's own: the upgrade makes the setting
// crd-api-version, without which the setting controller refuses everything.
func lead(ctx context.Context, clients *client.Clients, webhooks *webhooks, o options) error {
	if err := webhooks.register(ctx); err != nil {
		return err
	}
	if err := keepCallsInside(ctx, clients.Datastore); err != nil {
		return err
	}
	if err := retried(ctx, func() error {
		return upgrade.Upgrade("", controllersID, o.managerImage, o.upgradeVersionCheck)
	}); err != nil {
		return err
	}
	if err := startControllers(ctx, clients, o); err != nil {
		return err
	}
	if err := setUp(ctx, clients, o); err != nil {
		return err
	}
	startDoubles(ctx, clients.Datastore, o)
	config, err := rest.InClusterConfig()
	if err != nil {
		return err
	}
	return finalizer.Run(ctx, config, clients.Namespace)
}
