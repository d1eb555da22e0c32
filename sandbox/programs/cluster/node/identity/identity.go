// Package identity is what tells of any process of the sandbox to which container it belongs.
package identity

import (
	"bytes"
	"strings"
)

// Container identifies one container of a pod on a node.
type Container struct {
	Node      string `json:"node"`
	Namespace string `json:"namespace"`
	Pod       string `json:"pod"`
	PodUID    string `json:"podUid"`
	Name      string `json:"container"`
}

const (
	podUID    = "SANDBOX_POD_UID"
	namespace = "SANDBOX_POD_NAMESPACE"
	pod       = "SANDBOX_POD_NAME"
	container = "SANDBOX_CONTAINER"
	node      = "SANDBOX_NODE"
)

// Environment is what every process of the container carries.
func (c Container) Environment() []string {
	return []string{podUID + "=" + c.PodUID, namespace + "=" + c.Namespace, pod + "=" + c.Pod, container + "=" + c.Name, node + "=" + c.Node}
}

// FromEnvironment reads what /proc/<pid>/environ of a process says. ok is false when the process belongs to no container.
func FromEnvironment(environ []byte) (c Container, ok bool) {
	fields := map[string]*string{podUID: &c.PodUID, namespace: &c.Namespace, pod: &c.Pod, container: &c.Name, node: &c.Node}
	for _, entry := range bytes.Split(environ, []byte{0}) {
		name, value, _ := strings.Cut(string(entry), "=")
		if field := fields[name]; field != nil {
			*field = value
		}
	}
	return c, c.PodUID != ""
}
