// Package server is versitygw with the answers of s3gw to probes.
package server

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"runtime/debug"
	"strconv"

	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"
	"github.com/versity/versitygw/s3api"

	"longhorn-s3/sandbox/gateway/internal/firstuser"
)

// Config says what is served where.
type Config struct {
	Address  netip.Addr
	Ports    []int
	DataPath string
	// Keys are those of the only user.
	Keys firstuser.Keys
}

// Endpoints are the addresses with their ports.
func (c Config) Endpoints() []string {
	endpoints := make([]string, len(c.Ports))
	for i, port := range c.Ports {
		endpoints[i] = net.JoinHostPort(c.Address.String(), strconv.Itoa(port))
	}
	return endpoints
}

// The limits are versitygw's own defaults, which its command has and its packages have not.
const (
	maxConnections    = 250_000
	maxRequests       = 100_000
	multipartMaxParts = 10_000
	maxCopiedBytes    = 5 << 30
)

// Run serves until the context ends. It calls onListen once all ports are listened on.
func Run(ctx context.Context, config Config, onListen func()) error {
	if err := (meta.XattrMeta{}).Test(config.DataPath); err != nil {
		return fmt.Errorf("the folder %s cannot hold objects' metadata in extended attributes: %w", config.DataPath, err)
	}
	backend, err := posix.New(config.DataPath, meta.XattrMeta{}, posix.PosixOpts{CopyObjectThreshold: maxCopiedBytes})
	if err != nil {
		return err
	}
	return embedgw.RunVersityGW(ctx, backend, &embedgw.Config{
		RootUserAccess:    config.Keys.AccessKey,
		RootUserSecret:    config.Keys.SecretKey,
		IAMService:        newOnlyUser(config.Keys),
		Ports:             config.Endpoints(),
		MaxConnections:    maxConnections,
		MaxRequests:       maxRequests,
		MultipartMaxParts: multipartMaxParts,
		Quiet:             true,
		S3Options:         append(probeRoutes(), s3api.WithOnListen(onListen)),
	})
}

// Name is versitygw's with the version that this program was built with.
func Name() string {
	const module = "github.com/versity/versitygw"
	if build, isKnown := debug.ReadBuildInfo(); isKnown {
		for _, dependency := range build.Deps {
			if dependency.Path == module {
				return "versitygw " + dependency.Version
			}
		}
	}
	return "versitygw"
}
