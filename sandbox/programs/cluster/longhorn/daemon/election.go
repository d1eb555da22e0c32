package daemon

import (
	"context"
	"errors"
	"time"

	"github.com/sirupsen/logrus"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"

	"github.com/longhorn/longhorn-manager/util/client"
)

// The lease of the manager that runs the controllers and doubles. In Longhorn each manager runs all of them and acts on what
// its node owns, so nothing waits for a lease when a node dies. Here the lease has to have moved on before Kubernetes
// notices the dead node (8 s at least), or the recovery that is measured would contain it.
const (
	leaseName     = "longhorn-manager-controllers"
	leaseDuration = 4 * time.Second
	renewDeadline = 3 * time.Second
	retryPeriod   = 500 * time.Millisecond
)

// campaign leads once it holds the lease. Controllers cannot be stopped, so losing it fails the process.
func campaign(ctx context.Context, clients *client.Clients, node string, fail context.CancelCauseFunc, lead func(context.Context) error) {
	leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{
		Lock: &resourcelock.LeaseLock{
			LeaseMeta:  metav1.ObjectMeta{Name: leaseName, Namespace: clients.Namespace},
			Client:     clients.K8s.CoordinationV1(),
			LockConfig: resourcelock.ResourceLockConfig{Identity: node},
		},
		LeaseDuration:   leaseDuration,
		RenewDeadline:   renewDeadline,
		RetryPeriod:     retryPeriod,
		ReleaseOnCancel: true,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: func(ctx context.Context) {
				logrus.Info("This manager runs the controllers")
				if err := lead(ctx); err != nil {
					fail(err)
				}
			},
			OnStoppedLeading: func() {
				fail(errors.New("this manager lost the lease " + leaseName + " and starts anew, since controllers cannot be stopped"))
			},
		},
	})
}
