// Package uninstall is the command `longhorn-manager uninstall`, which the chart's pre-delete hook runs: Longhorn's own
// uninstall controller, started with one more wait.
package uninstall

import (
	"errors"
	"time"

	"github.com/sirupsen/logrus"
	"github.com/urfave/cli"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"

	"github.com/longhorn/longhorn-manager/app"
	"github.com/longhorn/longhorn-manager/controller"
	"github.com/longhorn/longhorn-manager/datastore"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/client/clientset/versioned"
	"github.com/longhorn/longhorn-manager/util"
)

// Command has the flags of Longhorn's own command.
//
// Longhorn's own does not wait for the settings before it looks at deleting-confirmation-flag. Now and then it takes the
// default, false, for the answer, and fails although the uninstallation was confirmed. Its Job tries once more, so a real
// cluster forgives that most of the time. The sandbox does not play it: a test could not tell it from a refusal.
func Command() cli.Command {
	command := app.UninstallCmd()
	command.Action = func(c *cli.Context) error {
		return run(c.String(app.FlagNamespace), c.Bool(app.FlagForce))
	}
	return command
}

func run(namespace string, force bool) error {
	if namespace == "" {
		return errors.New("uninstall needs --namespace or $" + app.EnvLonghornNamespace + ": the namespace of Longhorn")
	}
	config, err := rest.InClusterConfig()
	if err != nil {
		return err
	}
	kubernetesClient, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	longhornClient, err := longhorn.NewForConfig(config)
	if err != nil {
		return err
	}
	definitions, err := apiextensions.NewForConfig(config)
	if err != nil {
		return err
	}
	done := make(chan struct{}) // closed by the controller
	informers := util.NewInformerFactories(namespace, kubernetesClient, longhornClient, 30*time.Second)
	ds := datastore.NewDataStore(namespace, longhornClient, kubernetesClient, definitions, informers)
	uninstaller, err := controller.NewUninstallController(logrus.StandardLogger(), namespace, force, ds, done, kubernetesClient, definitions)
	if err != nil {
		return err
	}
	informers.Start(done)
	if !cache.WaitForCacheSync(done, ds.SettingInformer.HasSynced) {
		return errors.New("the settings could not be read")
	}
	return uninstaller.Run()
}
