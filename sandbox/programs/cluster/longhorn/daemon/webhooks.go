package daemon

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/gorilla/mux"

	"github.com/longhorn/longhorn-manager/types"
	"github.com/longhorn/longhorn-manager/util/client"
	"github.com/longhorn/longhorn-manager/webhook/admission"
	"github.com/longhorn/longhorn-manager/webhook/server"
)

const (
	validationPath = "/v1/webhook/" + admission.AdmissionTypeValidation
	mutationPath   = "/v1/webhook/" + admission.AdmissionTypeMutation
	healthPath     = "/v1/healthz" // the chart's readiness probe
)

// webhooks are Longhorn's own admission webhooks, served by a server of ours: Longhorn's own would listen on all addresses,
// and the managers of all nodes share one network namespace.
type webhooks struct {
	clients                *client.Clients
	keyPair                webhookKeyPair
	validations, mutations []admission.Resource
}

// startWebhooks serves them on the pod's address. The API server does not know of them before they are registered.
func startWebhooks(ctx context.Context, clients *client.Clients, podIP string, fail context.CancelCauseFunc) (*webhooks, error) {
	w := &webhooks{clients: clients}
	validation, validations, err := server.Validation(clients.Datastore)
	if err != nil {
		return nil, err
	}
	mutation, mutations, err := server.Mutation(clients.Datastore)
	if err != nil {
		return nil, err
	}
	w.validations, w.mutations = validations, mutations
	err = retried(ctx, func() (err error) {
		w.keyPair, err = sharedKeyPair(ctx, clients.K8s, clients.Namespace)
		return err
	})
	if err != nil {
		return nil, err
	}
	router := mux.NewRouter()
	router.Handle(validationPath, validation)
	router.Handle(mutationPath, mutation)
	router.HandleFunc(healthPath, func(http.ResponseWriter, *http.Request) {})
	address := net.JoinHostPort(podIP, strconv.Itoa(types.DefaultAdmissionWebhookPort))
	listener, err := tls.Listen("tcp", address, &tls.Config{Certificates: []tls.Certificate{w.keyPair.Certificate}})
	if err != nil {
		return nil, err
	}
	go func() { fail(http.Serve(listener, router)) }()
	return w, nil
}

// serviceAnswers asks the webhooks through their Service, as the API server does.
func (w *webhooks) serviceAnswers(ctx context.Context) error {
	authorities := x509.NewCertPool()
	authorities.AppendCertsFromPEM(w.keyPair.bundle)
	client := http.Client{
		Timeout:   time.Second,
		Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: authorities, ServerName: w.keyPair.host}},
	}
	url := fmt.Sprintf("https://%s:%d%s", types.AdmissionWebhookServiceName, types.DefaultAdmissionWebhookPort, healthPath)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", url, response.Status)
	}
	return nil
}
