package daemon

import (
	"context"
	"net"
	"net/http"

	"github.com/sirupsen/logrus"

	"github.com/longhorn/longhorn-manager/api"
	"github.com/longhorn/longhorn-manager/controller"
	"github.com/longhorn/longhorn-manager/manager"
	"github.com/longhorn/longhorn-manager/types"
	"github.com/longhorn/longhorn-manager/util"
	"github.com/longhorn/longhorn-manager/util/client"
)

// startREST serves Longhorn's own REST API as this node's manager. It listens on the pod's address only, since the managers
// of all nodes share one network namespace.
func startREST(clients *client.Clients, o options, fail context.CancelCauseFunc) error {
	events, err := controller.NewWebsocketController(logrus.WithField("node", o.node), clients.Datastore)
	if err != nil {
		return err
	}
	go events.Run(clients.StopCh)
	listener, err := net.Listen("tcp", types.GetAPIServerAddressFromIP(o.podIP))
	if err != nil {
		return err
	}
	server := api.NewServer(volumeManager(clients, o.node), events)
	go func() { fail(http.Serve(listener, routerOf(server))) }()
	return nil
}

// volumeManager is what Longhorn's REST API acts through.
func volumeManager(clients *client.Clients, node string) *manager.VolumeManager {
	return manager.NewVolumeManager(node, clients.Datastore, util.NewAtomicCounter(), controller.NewSnapshotConcurrentLimiter())
}
