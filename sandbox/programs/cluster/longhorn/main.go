// longhorn-manager of the sandbox: what Longhorn's chart starts as `longhorn-manager`. The commands are Longhorn's own code,
// except for `daemon`, whose package brings up Longhorn's own controllers, webhooks and REST API with the packages under
// doubles in place of those that would need a data plane, and for a wait before `uninstall`.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/sirupsen/logrus"
	"github.com/urfave/cli"

	"github.com/longhorn/longhorn-manager/app"
	"github.com/longhorn/longhorn-manager/meta"

	"longhorn-s3/sandbox/cluster/longhorn/daemon"
	"longhorn-s3/sandbox/cluster/longhorn/uninstall"
)

func main() {
	logrus.SetFormatter(&logrus.TextFormatter{FullTimestamp: true, TimestampFormat: time.RFC3339Nano})
	application := cli.NewApp()
	application.Name = "longhorn-manager"
	application.Usage = "Longhorn's manager for the sandbox: its own control plane over a double of its data plane"
	application.Version = meta.Version
	application.Flags = []cli.Flag{
		cli.BoolFlag{Name: "debug, d", Usage: "log debug messages"},
		cli.BoolFlag{Name: "log-json, j", Usage: "log as JSON"},
	}
	application.Before = func(c *cli.Context) error {
		if c.GlobalBool("debug") {
			logrus.SetLevel(logrus.DebugLevel)
		}
		if c.GlobalBool("log-json") {
			logrus.SetFormatter(&logrus.JSONFormatter{TimestampFormat: time.RFC3339Nano})
		}
		return nil
	}
	application.Commands = []cli.Command{
		daemon.Command(),
		app.CSICommand(),
		app.DeployDriverCmd(),
		app.PreUpgradeCmd(),
		app.PostUpgradeCmd(),
		app.RecurringJobCmd(),
		uninstall.Command(),
	}
	application.CommandNotFound = func(_ *cli.Context, command string) {
		fmt.Fprintf(os.Stderr, "longhorn-manager: the sandbox does not have the command %q\n", command)
		os.Exit(1)
	}
	if err := application.Run(os.Args); err != nil {
		logrus.Fatal(err)
	}
}
