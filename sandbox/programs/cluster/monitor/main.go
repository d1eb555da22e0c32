// sandbox-monitor watches over the sandbox, independently of the container runtime: it reports two processes on one volume, and
// one that goes on after its pod is gone. Neither must ever be, and each loses data in a real cluster.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"

	"longhorn-s3/sandbox/cluster/node/jsonlines"
)

func main() {
	kubeconfig := flag.String("kubeconfig", "", "kubeconfig of somebody who may read pods")
	volumes := flag.String("volumes", "", "directory of the volumes")
	alarms := flag.String("alarms", "", "file to which a line is appended for every alarm")
	period := flag.Duration("period", 250*time.Millisecond, "time between two looks")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := run(ctx, *kubeconfig, *volumes, *alarms, *period); err != nil {
		fmt.Fprintln(os.Stderr, "sandbox-monitor:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, kubeconfig, volumes, alarms string, period time.Duration) error {
	if kubeconfig == "" || volumes == "" || alarms == "" || period <= 0 || flag.NArg() > 0 {
		return errors.New("--kubeconfig, --volumes and --alarms are needed, --period must be more than nothing, and there are no other arguments")
	}
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	config.QPS = -1 // every look asks once for each pod with a volume; waiting for one's turn would delay the next look
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(volumes, 0o755); err != nil { // the first node would make it
		return err
	}
	folder, err := locate(volumes)
	if err != nil {
		return err
	}
	var watch watch
	for ticker := time.NewTicker(period); ; {
		processes := processesOn(folder)
		for _, alarm := range watch.look(processes, podsGone(ctx, client, processes), time.Now()) {
			log.Printf("%s: volume %s, processes %+v", alarm.Alarm, alarm.Volume, alarm.Processes)
			if err := jsonlines.Append(alarms, alarm); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}
