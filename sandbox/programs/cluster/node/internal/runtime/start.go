package runtime

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	cri "k8s.io/cri-api/pkg/apis/runtime/v1"

	"longhorn-s3/sandbox/cluster/node/internal/images"
	"longhorn-s3/sandbox/cluster/node/internal/notrun"
	"longhorn-s3/sandbox/cluster/node/internal/process"
)

// StartContainer starts the process that stands in for the container's image. Without a rule the container idles, and is listed.
// Whatever is wrong with the table fails the start: a container that idles by mistake would look like one that works.
func (r *Runtime) StartContainer(_ context.Context, request *cri.StartContainerRequest) (*cri.StartContainerResponse, error) {
	c, err := r.container(request.ContainerId)
	if err != nil {
		return nil, err
	}
	if err := c.claimStart(); err != nil {
		return nil, err
	}
	if err := r.start(c); err != nil {
		c.log.close()
		c.failed(err)
		return nil, err
	}
	return &cri.StartContainerResponse{}, nil
}

func (r *Runtime) start(c *container) error {
	if err := c.log.open(); err != nil {
		return err
	}
	table, err := images.Read(r.config.Images)
	if err != nil {
		return err
	}
	rule, err := table.Find(imageOf(c.config), c.config.GetMetadata().GetName())
	if err != nil {
		return err
	}
	address := c.pod.address
	if address == "" {
		address = r.config.Address
	}
	facts := factsFor(r.config.Node, address, c.pod.config, c.config)
	if rule == nil {
		return r.idle(c, facts)
	}
	return r.run(c, *rule, facts)
}

func (r *Runtime) idle(c *container, facts images.Facts) error {
	idle := notrun.Container{Node: facts.Node, Namespace: facts.Namespace, Pod: facts.Pod, Container: facts.Container, Image: facts.Image}
	if err := r.config.NotRun.Add(time.Now(), idle); err != nil {
		return err
	}
	log.Printf("%s: idles, no process stands in for %s", c, facts.Image)
	return c.running(nil, process.Command{})
}

func (r *Runtime) run(c *container, rule images.Rule, facts images.Facts) error {
	argv, variables, err := rule.Fill(facts)
	if err != nil {
		return err
	}
	hostname := c.pod.config.GetHostname()
	if hostname == "" {
		hostname = r.config.Node // on the host's network
	}
	whose := identityOf(facts)
	spec := process.Spec{
		Scratch: filepath.Join(r.config.Scratch, c.id), Machine: r.config.Machine, MachineMounts: r.config.MachineMounts, Hostname: hostname,
		Command: process.Command{
			Argv: argv, Env: environmentOf(variables, hostname, whose), Directory: c.config.GetWorkingDir(),
			Credentials: r.credentials(c),
		},
	}
	if spec.Mounts, err = r.mounts(c, facts.Namespace, rule.Mounts); err != nil {
		return err
	}
	stdout, stderr := c.log.stream("stdout"), c.log.stream("stderr")
	p, err := r.starter.Start(spec, whose.Environment(), stdout, stderr)
	if err != nil {
		os.Remove(spec.Scratch)
		return err
	}
	if err := c.running(p, spec.Command); err != nil {
		p.Signal(syscall.SIGKILL)
		p.Wait()
		return err
	}
	log.Printf("%s: process %d, address %s: %s", c, p.PID, facts.IP, strings.Join(argv, " "))
	go func() {
		exitCode, how := p.Wait()
		stdout.Close()
		stderr.Close()
		c.log.close()
		os.Remove(spec.Scratch) // the mount point; what was mounted there has gone with the container
		c.exited(exitCode, how)
	}()
	return nil
}

// mounts are the kubelet's (volumes, service account token, termination log), the two files that stand for cluster DNS, and the parts of
// the sandbox that the rule gives to the container.
func (r *Runtime) mounts(c *container, namespace string, sandbox []string) ([]process.Mount, error) {
	hosts, err := r.config.HostsFile(namespace)
	if err != nil {
		return nil, err
	}
	mounts := []process.Mount{
		{Source: r.config.ResolverFile, Destination: "/etc/resolv.conf", ReadOnly: true},
		{Source: hosts, Destination: "/etc/hosts", ReadOnly: true},
	}
	for _, mount := range c.config.GetMounts() {
		if mount.ContainerPath == "/etc/hosts" {
			continue // the kubelet's own, with the pod in it and none of the Services
		}
		source, err := r.config.HostPath(mount.HostPath)
		if err != nil {
			return nil, fmt.Errorf("host path %s, mounted at %s: %w", mount.HostPath, mount.ContainerPath, err)
		}
		mounts = append(mounts, process.Mount{Source: source, Destination: mount.ContainerPath, ReadOnly: mount.Readonly})
	}
	for _, path := range sandbox {
		mounts = append(mounts, process.Mount{Source: path, Destination: path})
	}
	return mounts, nil
}

// credentials are the user and groups that the pod asks for, as far as they exist here.
func (r *Runtime) credentials(c *container) process.Credentials {
	security := c.config.GetLinux().GetSecurityContext()
	wanted := process.Credentials{UID: int(security.GetRunAsUser().GetValue()), GID: int(security.GetRunAsGroup().GetValue())}
	for _, group := range security.GetSupplementalGroups() {
		wanted.Groups = append(wanted.Groups, int(group))
	}
	existing, same := r.config.UserNamespace.Existing(wanted)
	if !same {
		r.warned.Do(func() {
			log.Printf("%s: asks for %+v and runs as %+v, since this user namespace has no more users (said for the first container only)", c, wanted, existing)
		})
	}
	return existing
}
