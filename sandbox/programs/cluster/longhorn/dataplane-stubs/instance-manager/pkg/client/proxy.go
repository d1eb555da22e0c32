package client

import (
	etypes "github.com/longhorn/longhorn-engine/pkg/types"
	lh "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"

	"github.com/longhorn/longhorn-instance-manager/pkg/api"
)

// EngineVolume has the fields of longhorn-manager's engineapi.Volume, in its order: one is converted into the other.
type EngineVolume struct {
	Name                      string
	Size                      int64
	ReplicaCount              int
	Endpoint                  string
	Frontend                  string
	FrontendState             string
	IsExpanding               bool
	LastExpansionError        string
	LastExpansionFailedAt     string
	UnmapMarkSnapChainRemoved bool
	SnapshotMaxCount          int
	SnapshotMaxSize           int64
}
type Metrics struct {
	ReadThroughput, WriteThroughput, ReadLatency, WriteLatency, ReadIOPS, WriteIOPS uint64
}
type ProxyClient struct{}

func NewProxyClient(...any) (*ProxyClient, error)                              { return nil, errAbsent }
func NewProxyClientWithTLS(...any) (*ProxyClient, error)                       { return nil, errAbsent }
func (*ProxyClient) Close() error                                              { return nil }
func (*ProxyClient) CheckConnection() error                                    { return errAbsent }
func (*ProxyClient) ClientVersionGet() (v lh.EngineVersionDetails)             { return }
func (*ProxyClient) ServerVersionGet(string) (*lh.EngineVersionDetails, error) { return nil, errAbsent }
func (*ProxyClient) SPDKBackingImageCreate(...any) (*api.BackingImage, error)  { return nil, errAbsent }
func (*ProxyClient) SPDKBackingImageDelete(...any) error                       { return errAbsent }
func (*ProxyClient) SPDKBackingImageGet(...any) (*api.BackingImage, error)     { return nil, errAbsent }
func (*ProxyClient) SPDKBackingImageList() (map[string]*api.BackingImage, error) {
	return nil, errAbsent
}
func (*ProxyClient) SPDKBackingImageWatch(...any) (*api.BackingImageStream, error) {
	return nil, errAbsent
}
func (*ProxyClient) SnapshotBackup(...any) (string, string, error) { return "", "", errAbsent }
func (*ProxyClient) SnapshotBackupStatus(...any) (*lh.EngineBackupStatus, error) {
	return nil, errAbsent
}
func (*ProxyClient) BackupRestore(...any) error { return errAbsent }
func (*ProxyClient) BackupRestoreStatus(...any) (map[string]*lh.RestoreStatus, error) {
	return nil, errAbsent
}
func (*ProxyClient) CleanupBackupMountPoints() error     { return errAbsent }
func (*ProxyClient) MetricsGet(...any) (*Metrics, error) { return nil, errAbsent }
func (*ProxyClient) ReplicaAdd(...any) error             { return errAbsent }
func (*ProxyClient) ReplicaRemove(...any) error          { return errAbsent }
func (*ProxyClient) ReplicaList(...any) ([]*etypes.ControllerReplicaInfo, error) {
	return nil, errAbsent
}
func (*ProxyClient) ReplicaRebuildingStatus(...any) (map[string]*lh.RebuildStatus, error) {
	return nil, errAbsent
}
func (*ProxyClient) ReplicaRebuildingQosSet(...any) error                     { return errAbsent }
func (*ProxyClient) ReplicaVerifyRebuild(...any) error                        { return errAbsent }
func (*ProxyClient) ReplicaModeUpdate(...any) error                           { return errAbsent }
func (*ProxyClient) ReplicaRebuildConcurrentSyncLimitSet(...any) error        { return errAbsent }
func (*ProxyClient) ReplicaRebuildConcurrentSyncLimitGet(...any) (int, error) { return 0, errAbsent }
func (*ProxyClient) VolumeSnapshot(...any) (string, error)                    { return "", errAbsent }
func (*ProxyClient) SnapshotList(...any) (map[string]*lh.SnapshotInfo, error) { return nil, errAbsent }
func (*ProxyClient) SnapshotClone(...any) error                               { return errAbsent }
func (*ProxyClient) SnapshotCloneStatus(...any) (map[string]*lh.SnapshotCloneStatus, error) {
	return nil, errAbsent
}
func (*ProxyClient) SnapshotRevert(...any) error { return errAbsent }
func (*ProxyClient) SnapshotPurge(...any) error  { return errAbsent }
func (*ProxyClient) SnapshotPurgeStatus(...any) (map[string]*lh.PurgeStatus, error) {
	return nil, errAbsent
}
func (*ProxyClient) SnapshotRemove(...any) error { return errAbsent }
func (*ProxyClient) SnapshotHash(...any) error   { return errAbsent }
func (*ProxyClient) SnapshotHashStatus(...any) (map[string]*lh.HashStatus, error) {
	return nil, errAbsent
}
func (*ProxyClient) VolumeGet(...any) (*EngineVolume, error)         { return nil, errAbsent }
func (*ProxyClient) VolumeExpand(...any) error                       { return errAbsent }
func (*ProxyClient) VolumeFrontendStart(...any) error                { return errAbsent }
func (*ProxyClient) VolumeFrontendShutdown(...any) error             { return errAbsent }
func (*ProxyClient) VolumeUnmapMarkSnapChainRemovedSet(...any) error { return errAbsent }
func (*ProxyClient) VolumeSnapshotMaxCountSet(...any) error          { return errAbsent }
func (*ProxyClient) VolumeSnapshotMaxSizeSet(...any) error           { return errAbsent }
func (*ProxyClient) RemountReadOnlyVolume(...any) error              { return errAbsent }
