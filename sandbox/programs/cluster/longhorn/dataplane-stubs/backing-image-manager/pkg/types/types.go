// Package types stands in for constants of backing-image-manager.
package types

type EncryptionType string

const (
	EncryptionTypeEncrypt   = EncryptionType("encrypt")
	EncryptionTypeDecrypt   = EncryptionType("decrypt")
	EncryptionTypeIgnore    = EncryptionType("ignore")
	DataSourceDirectoryName = "/tmp/"
	DiskPathInContainer     = "/data/"
	SendingLimit            = 3
)
