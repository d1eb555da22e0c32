// Package api stands in for the types that backing-image-manager answers with.
package api

import "errors"

// ErrAbsent is what every call to the data plane returns.
var ErrAbsent = errors.New("Longhorn's data plane is not part of the sandbox")

type BackingImageStatus struct {
	State, CurrentChecksum, ErrorMsg, SenderManagerAddress string
	SendingReference, Progress                             int
}
type BackingImage struct {
	Name, UUID                  string
	Size, VirtualSize, RealSize int64
	Status                      BackingImageStatus
}
type BackingImageStream struct{}

func (*BackingImageStream) Recv() error { return ErrAbsent }

type DataSourceInfo struct {
	DiskUUID, SourceType, Name, UUID, FilePath, State, CurrentChecksum, Message string
	Parameters                                                                  map[string]string
	Size, ProcessedSize                                                         int64
	Progress                                                                    int
}
type VersionOutput struct{ BackingImageManagerAPIMinVersion, BackingImageManagerAPIVersion int }
type BackupStatus struct {
	Progress                   int
	BackupURL, ErrorMsg, State string
}

func (*BackingImageStream) Close() error { return nil }
