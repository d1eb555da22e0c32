package server

import (
	"net/http"

	"github.com/gofiber/fiber/v3"
	"github.com/versity/versitygw/s3api"
)

// anonymousBuckets is radosgw's answer to one who asks for the buckets of nobody.
const anonymousBuckets = `<?xml version="1.0" encoding="UTF-8"?>` +
	`<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">` +
	`<Owner><ID>anonymous</ID><DisplayName></DisplayName></Owner><Buckets></Buckets></ListAllMyBucketsResult>`

// probeRoutes answer what Kubernetes' probes ask for as radosgw does; versitygw refuses the first and does not know the
// second.
func probeRoutes() []s3api.Option {
	return []s3api.Option{
		s3api.WithRoute(http.MethodGet, "/", func(c fiber.Ctx) error {
			if isSigned(c) {
				return c.Next()
			}
			c.Set(fiber.HeaderContentType, fiber.MIMEApplicationXML)
			return c.SendString(anonymousBuckets)
		}),
		s3api.WithRoute(http.MethodGet, "/swift/healthcheck", func(c fiber.Ctx) error {
			c.Status(http.StatusOK)
			return nil
		}),
	}
}

// isSigned says whether a request claims to come from a user, in its header or as a presigned URL.
func isSigned(c fiber.Ctx) bool {
	return c.Get(fiber.HeaderAuthorization) != "" || c.Query("X-Amz-Algorithm") != "" || c.Query("Signature") != ""
}
