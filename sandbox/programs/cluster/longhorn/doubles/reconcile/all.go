// Package reconcile is the loop that the doubles share: all objects of a kind are looked at, again and again.
package reconcile

import (
	"github.com/sirupsen/logrus"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// All reconciles every object of a kind. Errors of one do not keep the others waiting; what another writer of the same
// object causes is left out of the log, since the next look sees what that one wrote.
func All[T any](log *logrus.Entry, kind string, list func() (map[string]T, error), reconcile func(T) error) {
	objects, err := list()
	if err != nil {
		log.WithError(err).Warnf("%ss could not be listed", kind)
		return
	}
	for name, object := range objects {
		if err := reconcile(object); err != nil && !isOfAnotherWriter(err) {
			log.WithError(err).Warnf("%s %s", kind, name)
		}
	}
}

func isOfAnotherWriter(err error) bool {
	return apierrors.IsConflict(err) || apierrors.IsNotFound(err) || apierrors.IsAlreadyExists(err)
}
