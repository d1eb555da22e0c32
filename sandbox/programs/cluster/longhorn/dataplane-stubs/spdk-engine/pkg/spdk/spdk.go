// Package spdk stands in for a constant of longhorn-spdk-engine.
package spdk

const DiskStateReady = "ready"
