// Package client stands in for the clients of backing-image-manager: every call returns api.ErrAbsent.
package client

import "github.com/longhorn/backing-image-manager/api"

var errAbsent = api.ErrAbsent

type BackingImageManagerClient struct{}

func NewBackingImageManagerClient(string) *BackingImageManagerClient       { return nil }
func (*BackingImageManagerClient) Fetch(...any) (*api.BackingImage, error) { return nil, errAbsent }
func (*BackingImageManagerClient) Sync(...any) (*api.BackingImage, error)  { return nil, errAbsent }
func (*BackingImageManagerClient) PrepareDownload(...any) (string, string, error) {
	return "", "", errAbsent
}
func (*BackingImageManagerClient) Delete(...any) error                         { return errAbsent }
func (*BackingImageManagerClient) Get(...any) (*api.BackingImage, error)       { return nil, errAbsent }
func (*BackingImageManagerClient) List() (map[string]*api.BackingImage, error) { return nil, errAbsent }
func (*BackingImageManagerClient) Watch() (*api.BackingImageStream, error)     { return nil, errAbsent }
func (*BackingImageManagerClient) VersionGet() (*api.VersionOutput, error)     { return nil, errAbsent }
func (*BackingImageManagerClient) BackupCreate(...any) error                   { return errAbsent }
func (*BackingImageManagerClient) BackupStatus(...any) (*api.BackupStatus, error) {
	return nil, errAbsent
}

type DataSourceClient struct{ Remote string }

func (*DataSourceClient) Get() (*api.DataSourceInfo, error) { return nil, errAbsent }
func (*DataSourceClient) Transfer() error                   { return errAbsent }
