// Package client stands in for the clients of longhorn-instance-manager: every call returns api.ErrAbsent.
package client

import (
	"github.com/longhorn/longhorn-instance-manager/pkg/api"
	"github.com/longhorn/longhorn-instance-manager/pkg/meta"
)

var errAbsent = api.ErrAbsent

type EngineCreateRequest struct {
	ReplicaAddressMap                                   map[string]string
	Frontend, InitiatorAddress, TargetAddress           string
	UblkQueueDepth, UblkNumberOfQueue, SnapshotMaxCount int
	UpgradeRequired, SalvageRequested                   bool
}
type EngineFrontendCreateRequest struct {
	Frontend, TargetAddress, EngineName string
	UblkQueueDepth, UblkNumberOfQueue   int
}
type ReplicaCreateRequest struct{ DiskName, DiskUUID, BackingImageName string }
type InstanceCreateRequest struct {
	BackendStoreDriver, DataEngine, Name, InstanceType, VolumeName, Binary string
	Size                                                                   uint64
	PortCount                                                              int
	PortArgs, BinaryArgs                                                   []string
	Engine                                                                 EngineCreateRequest
	EngineFrontend                                                         EngineFrontendCreateRequest
	Replica                                                                ReplicaCreateRequest
}
type ReplicaError struct {
	Address, Message string
}

func (r ReplicaError) Error() string { return r.Message }

type TaskError struct{ ReplicaErrors []ReplicaError }

func (t TaskError) Error() string { return "task error" }

type ProcessManagerClient struct{}

func NewProcessManagerClient(...any) (*ProcessManagerClient, error)            { return nil, errAbsent }
func NewProcessManagerClientWithTLS(...any) (*ProcessManagerClient, error)     { return nil, errAbsent }
func (*ProcessManagerClient) Close() error                                     { return nil }
func (*ProcessManagerClient) CheckConnection() error                           { return errAbsent }
func (*ProcessManagerClient) VersionGet() (*meta.VersionOutput, error)         { return nil, errAbsent }
func (*ProcessManagerClient) ProcessCreate(...any) (*api.RPCProcess, error)    { return nil, errAbsent }
func (*ProcessManagerClient) ProcessDelete(...any) (*api.RPCProcess, error)    { return nil, errAbsent }
func (*ProcessManagerClient) ProcessGet(...any) (*api.RPCProcess, error)       { return nil, errAbsent }
func (*ProcessManagerClient) ProcessReplace(...any) (*api.RPCProcess, error)   { return nil, errAbsent }
func (*ProcessManagerClient) ProcessList() (map[string]*api.RPCProcess, error) { return nil, errAbsent }
func (*ProcessManagerClient) ProcessLog(...any) (*api.LogStream, error)        { return nil, errAbsent }
func (*ProcessManagerClient) ProcessWatch(...any) (*api.ProcessStream, error)  { return nil, errAbsent }

type InstanceServiceClient struct{}

func NewInstanceServiceClient(...any) (*InstanceServiceClient, error)        { return nil, errAbsent }
func NewInstanceServiceClientWithTLS(...any) (*InstanceServiceClient, error) { return nil, errAbsent }
func (*InstanceServiceClient) Close() error                                  { return nil }
func (*InstanceServiceClient) CheckConnection() error                        { return errAbsent }
func (*InstanceServiceClient) VersionGet() (*meta.VersionOutput, error)      { return nil, errAbsent }
func (*InstanceServiceClient) InstanceCreate(*InstanceCreateRequest) (*api.Instance, error) {
	return nil, errAbsent
}
func (*InstanceServiceClient) InstanceDelete(...any) (*api.Instance, error)    { return nil, errAbsent }
func (*InstanceServiceClient) InstanceGet(...any) (*api.Instance, error)       { return nil, errAbsent }
func (*InstanceServiceClient) InstanceReplace(...any) (*api.Instance, error)   { return nil, errAbsent }
func (*InstanceServiceClient) InstanceList() (map[string]*api.Instance, error) { return nil, errAbsent }
func (*InstanceServiceClient) InstanceLog(...any) (*api.LogStream, error)      { return nil, errAbsent }
func (*InstanceServiceClient) InstanceWatch(...any) (*api.InstanceStream, error) {
	return nil, errAbsent
}
func (*InstanceServiceClient) InstanceSwitchOverTarget(...any) error { return errAbsent }
func (*InstanceServiceClient) InstanceSuspend(...any) error          { return errAbsent }
func (*InstanceServiceClient) InstanceResume(...any) error           { return errAbsent }
func (*InstanceServiceClient) LogSetLevel(...any) error              { return errAbsent }
func (*InstanceServiceClient) LogSetFlags(...any) error              { return errAbsent }

type DiskServiceClient struct{}

func NewDiskServiceClient(...any) (*DiskServiceClient, error)            { return nil, errAbsent }
func (*DiskServiceClient) Close() error                                  { return nil }
func (*DiskServiceClient) DiskCreate(...any) (*api.DiskInfo, error)      { return nil, errAbsent }
func (*DiskServiceClient) DiskGet(...any) (*api.DiskInfo, error)         { return nil, errAbsent }
func (*DiskServiceClient) DiskDelete(...any) error                       { return errAbsent }
func (*DiskServiceClient) DiskHealthGet(...any) (*api.DiskHealth, error) { return nil, errAbsent }
func (*DiskServiceClient) DiskReplicaInstanceList(...any) (map[string]*api.ReplicaStorageInstance, error) {
	return nil, errAbsent
}
func (*DiskServiceClient) DiskReplicaInstanceDelete(...any) error      { return errAbsent }
func (*DiskServiceClient) MetricsGet(...any) (*api.DiskMetrics, error) { return nil, errAbsent }
