// Package types stands in for the types of longhorn-engine that longhorn-manager names.
package types

type Mode string

const (
	WO                                 = Mode("WO")
	RW                                 = Mode("RW")
	ERR                                = Mode("ERR")
	VolumeHeadName                     = "volume-head"
	CannotRequestHashingSnapshotPrefix = "cannot request hashing snapshot"
)

type FileLocalSync struct{ SourcePath, TargetPath string }

type ControllerReplicaInfo struct {
	Address string
	Mode    Mode
}
