// Package hosts stands in for cluster DNS: the names of all Services in one hosts file for each namespace.
package hosts

import (
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// content is the hosts file of a namespace: each Service with an address by the names that cluster DNS would know, and by its bare name
// in its own namespace. The order is fixed, so that equal Services make equal files.
func content(services []*corev1.Service, namespace string) string {
	lines := []string{}
	for _, service := range services {
		if service.Spec.ClusterIP == "" || service.Spec.ClusterIP == corev1.ClusterIPNone {
			continue
		}
		qualified := service.Name + "." + service.Namespace
		names := []string{qualified, qualified + ".svc", qualified + ".svc.cluster.local"}
		if service.Namespace == namespace {
			names = append([]string{service.Name}, names...)
		}
		lines = append(lines, fmt.Sprintf("%s %s\n", service.Spec.ClusterIP, strings.Join(names, " ")))
	}
	slices.Sort(lines)
	return "127.0.0.1 localhost\n" + strings.Join(lines, "")
}
