package daemon

import (
	"context"
	"errors"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/longhorn/longhorn-manager/datastore"
	"github.com/longhorn/longhorn-manager/types"
	"github.com/longhorn/longhorn-manager/util/client"

	"longhorn-s3/sandbox/cluster/longhorn/doubles/node"
)

// run is a manager's life until a signal or an error ends it. After an error the kubelet starts it again.
func run(parent context.Context, o options) error {
	ctx, fail := context.WithCancelCause(parent)
	defer fail(nil)
	err := manage(ctx, fail, o)
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	if parent.Err() != nil {
		return nil
	}
	return err
}

// manage does everything in Longhorn's order: the webhook makes the pod ready, then Longhorn is set up by whichever manager
// leads, then each manager joins its node, watches pods and answers on the REST API.
func manage(ctx context.Context, fail context.CancelCauseFunc, o options) error {
	clients, err := client.NewClients("", true, ctx.Done())
	if err != nil {
		return err
	}
	webhooks, err := startWebhooks(ctx, clients, o.podIP, fail)
	if err != nil {
		return err
	}
	if err := retried(ctx, func() error {
		return clients.Datastore.AddLabelToManagerPod(o.node, types.GetAdmissionWebhookLabel())
	}); err != nil {
		return err
	}
	released := make(chan struct{})
	go func() {
		defer close(released)
		campaign(ctx, clients, o.node, fail, func(ctx context.Context) error { return lead(ctx, clients, webhooks, o) })
	}()

	if err := waitUntilSetUp(ctx, clients.Datastore, o.engineImage); err != nil {
		return err
	}
	if err := retried(ctx, func() error { return node.Join(clients.Datastore, o.node) }); err != nil {
		return err
	}
	go node.Keep(ctx, clients.Datastore, o.node)
	if err := startPodController(ctx, clients, o.node); err != nil {
		return err
	}
	if err := startREST(clients, o, fail); err != nil {
		return err
	}
	logrus.Infof("Webhooks and REST API answer on %s", o.podIP)
	<-ctx.Done()
	<-released // so that another manager can lead at once
	return nil
}

// waitUntilSetUp waits for the last things that a leading manager does before a volume can be made: the settings and the
// engine image. However long that takes, it is not this manager that fails.
func waitUntilSetUp(ctx context.Context, ds *datastore.DataStore, engineImage string) error {
	for {
		if isSetUp(ds, engineImage) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func isSetUp(ds *datastore.DataStore, engineImage string) bool {
	current, err := ds.GetSettingValueExisted(types.SettingNameDefaultEngineImage)
	if err != nil || current != engineImage {
		return false
	}
	_, err = ds.GetEngineImageRO(types.GetEngineImageChecksumName(engineImage))
	return err == nil
}
