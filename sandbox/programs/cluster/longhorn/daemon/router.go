package daemon

import (
	"net/http"

	"github.com/gorilla/mux"

	"github.com/longhorn/longhorn-manager/api"
)

// routerOf is Longhorn's own REST API but for the calls that it forwards to the manager on the node which owns a volume. No node
// does here, so they are answered by the manager that is asked. What there is nothing for (blocks to trim, snapshots that wait to
// be purged) counts as done.
func routerOf(server *api.Server) http.Handler {
	schemas := api.NewSchema()
	router := mux.NewRouter()
	for action, answer := range map[string]api.HandleFuncWithError{
		"snapshotBackup": server.SnapshotBackup,
		"snapshotPurge":  server.VolumeGet,
		"trimFilesystem": server.VolumeGet,
	} {
		router.Methods(http.MethodPost).Path("/v1/volumes/{name}").Queries("action", action).Handler(api.HandleError(schemas, answer))
	}
	router.PathPrefix("/").Handler(api.NewRouter(server))
	return router
}
