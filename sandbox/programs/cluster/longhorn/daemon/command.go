// Package daemon is the command `longhorn-manager daemon`, one process a node, as the chart's DaemonSet starts it.
//
// In every process: Longhorn's own admission webhooks and REST API on the pod's address, its pod controller, and the node's
// own record. In one of them, which holds a lease: Longhorn's own controllers for settings, nodes, volumes' Kubernetes side
// and attachments, its upgrade check, and the doubles. These run under an ID that is no node, so that what they would do on
// a node of their own (look at disks, start instance managers) is left out, and any manager can go on with what another has
// left.
package daemon

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/urfave/cli"

	"github.com/longhorn/longhorn-manager/app"
	"github.com/longhorn/longhorn-manager/types"

	"longhorn-s3/sandbox/cluster/longhorn/doubles/volume"
)

// The environment variables that say how long an attach and a detach take, and what they take unless told otherwise: the
// spans seen in published measurements of Longhorn.
const (
	attachDelayVariable = "SANDBOX_ATTACH_DELAY"
	detachDelayVariable = "SANDBOX_DETACH_DELAY"
	defaultAttachDelay  = "5s-15s"
	defaultDetachDelay  = "2s-28s"
)

// The environment variables that say where in the sandbox the volumes lie, and what is backed up.
const (
	volumesVariable     = "SANDBOX_VOLUMES"
	backupStoreVariable = "SANDBOX_BACKUP_STORE"
)

// options are what the chart's DaemonSet and the sandbox tell a manager.
type options struct {
	engineImage, instanceManagerImage, backingImageManagerImage, supportBundleManagerImage, managerImage string
	serviceAccount                                                                                       string
	upgradeVersionCheck                                                                                  bool
	node, podIP                                                                                          string
	volumes, backupStore                                                                                 string
	attach, detach                                                                                       volume.Delay
}

// Command has the flags of Longhorn's own daemon, without the one for a kubeconfig: it runs in a pod.
func Command() cli.Command {
	command := app.DaemonCmd()
	command.Flags = slices.DeleteFunc(command.Flags, func(f cli.Flag) bool { return f.GetName() == app.FlagKubeConfig })
	command.Action = func(c *cli.Context) error {
		o, err := optionsFrom(c.String, os.Getenv)
		if err != nil {
			return err
		}
		o.upgradeVersionCheck = c.Bool(app.FlagUpgradeVersionCheck)
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
		defer stop()
		return run(ctx, o)
	}
	return command
}

// optionsFrom reads flags and environment variables and refuses those that are missing or broken.
func optionsFrom(flag, environment func(name string) string) (options, error) {
	var missing []string
	required := func(source func(string) string, prefix, name string) string {
		value := source(name)
		if value == "" {
			missing = append(missing, prefix+name)
		}
		return value
	}
	o := options{
		engineImage:               required(flag, "--", app.FlagEngineImage),
		instanceManagerImage:      required(flag, "--", app.FlagInstanceManagerImage),
		backingImageManagerImage:  required(flag, "--", app.FlagBackingImageManagerImage),
		supportBundleManagerImage: required(flag, "--", app.FlagSupportBundleManagerImage),
		managerImage:              required(flag, "--", app.FlagManagerImage),
		serviceAccount:            required(flag, "--", app.FlagServiceAccount),
		node:                      required(environment, "$", types.EnvNodeName),
		podIP:                     required(environment, "$", types.EnvPodIP),
		volumes:                   required(environment, "$", volumesVariable),
		backupStore:               required(environment, "$", backupStoreVariable),
	}
	required(environment, "$", types.EnvPodNamespace) // Longhorn's own code reads it, and takes "default" without it
	if len(missing) > 0 {
		return options{}, fmt.Errorf("daemon needs %v, which the chart's DaemonSet and the sandbox set", missing)
	}
	var err error
	if o.attach, err = delayFrom(environment, attachDelayVariable, defaultAttachDelay); err != nil {
		return options{}, err
	}
	o.detach, err = delayFrom(environment, detachDelayVariable, defaultDetachDelay)
	return o, err
}

func delayFrom(environment func(name string) string, variable, standard string) (volume.Delay, error) {
	text := environment(variable)
	if text == "" {
		text = standard
	}
	delay, err := volume.ParseDelay(text)
	if err != nil {
		return volume.Delay{}, fmt.Errorf("%s: %w", variable, err)
	}
	return delay, nil
}
