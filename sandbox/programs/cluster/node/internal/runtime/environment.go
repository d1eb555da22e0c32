package runtime

import (
	"maps"
	"slices"

	cri "k8s.io/cri-api/pkg/apis/runtime/v1"

	"longhorn-s3/sandbox/cluster/node/identity"
	"longhorn-s3/sandbox/cluster/node/internal/images"
)

// The PATH of a container whose image and pod name none, as container runtimes have it.
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// factsFor are what the templates of a rule can name of a container.
func factsFor(node, address string, pod *cri.PodSandboxConfig, container *cri.ContainerConfig) images.Facts {
	facts := images.Facts{
		IP: address, Node: node,
		Namespace: pod.GetMetadata().GetNamespace(), Pod: pod.GetMetadata().GetName(), UID: pod.GetMetadata().GetUid(),
		Container: container.GetMetadata().GetName(), Image: imageOf(container),
		Env:     map[string]string{},
		Args:    container.GetArgs(),
		Command: slices.Concat(container.GetCommand(), container.GetArgs()),
	}
	for _, variable := range container.GetEnvs() {
		facts.Env[variable.Key] = string(variable.Value)
	}
	return facts
}

// imageOf is the image as the pod names it.
func imageOf(container *cri.ContainerConfig) string {
	if named := container.GetImage().GetUserSpecifiedImage(); named != "" {
		return named
	}
	return container.GetImage().GetImage()
}

// environmentOf is the environment of a container's process: what pod and rule say, what every container has, and whose it is.
func environmentOf(variables map[string]string, hostname string, whose identity.Container) []string {
	complete := map[string]string{"PATH": defaultPath, "HOME": "/root"}
	maps.Copy(complete, variables)
	complete["HOSTNAME"] = hostname
	var environment []string
	for _, name := range slices.Sorted(maps.Keys(complete)) {
		environment = append(environment, name+"="+complete[name])
	}
	return append(environment, whose.Environment()...)
}

func identityOf(facts images.Facts) identity.Container {
	return identity.Container{Node: facts.Node, Namespace: facts.Namespace, Pod: facts.Pod, PodUID: facts.UID, Name: facts.Container}
}
