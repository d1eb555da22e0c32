// Package meta stands in for the versions that longhorn-instance-manager tells.
package meta

type VersionOutput struct {
	InstanceManagerAPIMinVersion, InstanceManagerAPIVersion, InstanceManagerProxyAPIMinVersion, InstanceManagerProxyAPIVersion int
}
