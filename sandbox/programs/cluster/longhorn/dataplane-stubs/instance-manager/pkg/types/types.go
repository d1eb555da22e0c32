// Package types stands in for constants of longhorn-instance-manager.
package types

const EngineConditionFilesystemReadOnly = "FilesystemReadOnly"
