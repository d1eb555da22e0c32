// Package client stands in for the client of longhorn-share-manager: every call fails.
package client

import "errors"

var errAbsent = errors.New("Longhorn's data plane is not part of the sandbox")

type ShareManagerClient struct{}

func NewShareManagerClient(string) (*ShareManagerClient, error) { return nil, errAbsent }
func (*ShareManagerClient) Close() error                        { return nil }
func (*ShareManagerClient) FilesystemTrim(bool) error           { return errAbsent }
func (*ShareManagerClient) FilesystemResize() error             { return errAbsent }
func (*ShareManagerClient) Unmount() error                      { return errAbsent }
func (*ShareManagerClient) Mount() error                        { return errAbsent }
func (*ShareManagerClient) IsServing() (bool, error)            { return false, errAbsent }
