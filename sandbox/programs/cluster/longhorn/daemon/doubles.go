package daemon

import (
	"context"

	"github.com/longhorn/longhorn-manager/datastore"

	"longhorn-s3/sandbox/cluster/longhorn/doubles/backup"
	"longhorn-s3/sandbox/cluster/longhorn/doubles/backupstore"
	"longhorn-s3/sandbox/cluster/longhorn/doubles/dataplane"
	"longhorn-s3/sandbox/cluster/longhorn/doubles/engineimage"
	"longhorn-s3/sandbox/cluster/longhorn/doubles/joblabels"
	"longhorn-s3/sandbox/cluster/longhorn/doubles/restore"
	"longhorn-s3/sandbox/cluster/longhorn/doubles/snapshot"
	"longhorn-s3/sandbox/cluster/longhorn/doubles/volume"
)

// dataProgram copies volumes' data. It is on the PATH of every container of Longhorn's.
const dataProgram = "sandbox-node"

// startDoubles starts the doubles of Longhorn's controllers that would need a data plane.
func startDoubles(ctx context.Context, ds *datastore.DataStore, o options) {
	volumes := dataplane.Volumes{Program: dataProgram, Directory: o.volumes}
	store := backupstore.Store{Directory: o.backupStore}
	go engineimage.Run(ctx, ds, controllersID)
	go volume.New(ds, controllersID, o.attach, o.detach).Run(ctx)
	go snapshot.New(ds, volumes).Run(ctx)
	go backup.New(ds, controllersID, volumes, store).Run(ctx)
	go restore.New(ds, volumes, store).Run(ctx)
	go joblabels.Run(ctx, ds)
}
