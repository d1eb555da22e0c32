// Package notrun lists the containers that idle because no process stands in for their image.
package notrun

import (
	"time"

	"longhorn-s3/sandbox/cluster/node/jsonlines"
)

// Log is the file of the list, one line for every start of such a container.
type Log struct {
	File string
}

// Container is a container that idles.
type Container struct {
	Node      string `json:"node"`
	Namespace string `json:"namespace"`
	Pod       string `json:"pod"`
	Container string `json:"container"`
	// Image is the reference as the pod gives it.
	Image string `json:"image"`
}

// Add appends a container to the list.
func (l Log) Add(at time.Time, container Container) error {
	return jsonlines.Append(l.File, struct {
		Time jsonlines.Time `json:"time"`
		Container
	}{jsonlines.Time(at), container})
}
