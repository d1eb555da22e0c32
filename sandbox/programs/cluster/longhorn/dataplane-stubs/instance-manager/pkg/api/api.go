// Package api stands in for the types that longhorn-instance-manager answers with. Only what longhorn-manager names is
// here: its code has to compile, and none of it that talks to the data plane runs in the sandbox.
package api

import "errors"

// ErrAbsent is what every call to the data plane returns.
var ErrAbsent = errors.New("Longhorn's data plane is not part of the sandbox")

type InstanceProcessSpec struct{ Binary string }
type NvmePath struct {
	TargetIP, EngineName, NQN, NGUID, ANAState string
	TargetPort                                 int32
}
type InstanceStatus struct {
	State, ErrorMsg, ActivePath, PreferredPath, UUID, Endpoint, Frontend string
	Conditions                                                           map[string]bool
	Paths                                                                []NvmePath
	PortStart, PortEnd, TargetPortStart, TargetPortEnd, UblkID           int32
}
type Instance struct {
	Name, Type, DataEngine, BackendStoreDriver string
	InstanceStatus                             InstanceStatus
	InstanceProccessSpec                       *InstanceProcessSpec
}
type ProcessStatus struct {
	State, ErrorMsg, UUID string
	Conditions            map[string]bool
	PortStart, PortEnd    int32
}
type Process struct {
	Name, Binary  string
	ProcessStatus ProcessStatus
}
type RPCProcess struct{}

func RPCToProcess(*RPCProcess) *Process { return &Process{} }

type ProcessStream struct{}

func (*ProcessStream) Recv() (*Process, error) { return nil, ErrAbsent }

type InstanceStream struct{}

func (*InstanceStream) Recv() (*Instance, error) { return nil, ErrAbsent }

type LogStream struct{}

func (*LogStream) Recv() (string, error) { return "", ErrAbsent }

type BackingImageStatus struct {
	Progress                         int
	State, CurrentChecksum, ErrorMsg string
}
type BackingImage struct {
	Name, BackingImageUUID, DiskUUID string
	Size                             uint64
	Status                           BackingImageStatus
}
type BackingImageStream struct{}

func (*BackingImageStream) Recv() (*BackingImage, error) { return nil, ErrAbsent }

type DiskInfo struct {
	ID, UUID, Path, Type, Driver, State, Name    string
	TotalSize, FreeSize, TotalBlocks, FreeBlocks int64
	BlockSize, ClusterSize                       int64
}
type DiskMetrics struct {
	ReadThroughput, WriteThroughput, ReadLatency, WriteLatency, ReadIOPS, WriteIOPS uint64
}
type ReplicaStorageInstance struct{ Name string }
type DiskHealth struct {
	ModelNumber, SerialNumber, FirmwareRevision                            string
	TemperatureCelsius                                                     float64
	CriticalWarning, PercentageUsed                                        uint32
	AvailableSparePercentage, AvailableSpareThresholdPercentage            uint32
	DataUnitsRead, DataUnitsWritten, HostReadCommands, HostWriteCommands   uint64
	ControllerBusyTime, PowerCycles, PowerOnHours, UnsafeShutdowns         uint64
	MediaErrors, NumErrLogEntries                                          uint64
	WarningTemperatureTimeMinutes, CriticalCompositeTemperatureTimeMinutes uint64
}
