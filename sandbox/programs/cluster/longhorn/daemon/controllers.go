package daemon

import (
	"context"

	"github.com/sirupsen/logrus"

	"github.com/longhorn/longhorn-manager/controller"
	"github.com/longhorn/longhorn-manager/meta"
	"github.com/longhorn/longhorn-manager/util/client"
)

// startPodController starts Longhorn's own pod controller, which acts on the pods of a node that is down by the pod deletion
// policy. As in Longhorn it runs in every manager: each looks at all pods every 30 s at a time of its own, and how soon one
// of the managers looks decides how long a recovery takes.
func startPodController(ctx context.Context, clients *client.Clients, node string) error {
	pods, err := controller.NewKubernetesPodController(logrus.WithField("node", node), clients.Datastore, clients.Scheme, clients.K8s, node)
	if err != nil {
		return err
	}
	go pods.Run(controller.Workers, ctx.Done())
	return nil
}

// startControllers starts the others of Longhorn's own controllers that need no data plane. What the rest would do is a
// double's work (volumes, engines, replicas, engine images, snapshots, backups) or is left out (share managers, …).
func startControllers(ctx context.Context, clients *client.Clients, o options) error {
	log := logrus.WithField("controllers", controllersID)
	ds, scheme, kubernetes, namespace := clients.Datastore, clients.Scheme, clients.K8s, clients.Namespace

	// settings: from the CRs to what they act on, and from the chart's ConfigMaps to the CRs and the StorageClass "longhorn"
	settings, err := controller.NewSettingController(log, ds, scheme, kubernetes, clients.MetricsClient, namespace, controllersID, meta.Version)
	if err != nil {
		return err
	}
	configMaps, err := controller.NewKubernetesConfigMapController(log, ds, scheme, kubernetes, controllersID, namespace)
	if err != nil {
		return err
	}
	// nodes: ready or down, and why; removed with their Kubernetes node
	nodes, err := controller.NewNodeController(log, ds, scheme, kubernetes, namespace, controllersID, o.instanceManagerImage)
	if err != nil {
		return err
	}
	kubernetesNodes, err := controller.NewKubernetesNodeController(log, ds, scheme, kubernetes, controllersID)
	if err != nil {
		return err
	}
	// volumes: their PersistentVolumes, and on which node each is wanted
	persistentVolumes, err := controller.NewKubernetesPVController(log, ds, scheme, kubernetes, controllersID)
	if err != nil {
		return err
	}
	attachments, err := controller.NewLonghornVolumeAttachmentController(log, ds, scheme, kubernetes, controllersID, namespace)
	if err != nil {
		return err
	}

	// expansion: a detached volume is attached for it
	expansions, err := controller.NewVolumeExpansionController(log, ds, scheme, kubernetes, controllersID, namespace)
	if err != nil {
		return err
	}

	// recurring jobs: their CronJobs
	jobs, err := controller.NewRecurringJobController(log, ds, scheme, kubernetes, namespace, controllersID, o.serviceAccount, o.managerImage)
	if err != nil {
		return err
	}

	go settings.Run(ctx.Done())
	for _, c := range []interface{ Run(int, <-chan struct{}) }{configMaps, nodes, kubernetesNodes, persistentVolumes, attachments, expansions, jobs} {
		go c.Run(controller.Workers, ctx.Done())
	}
	return nil
}
