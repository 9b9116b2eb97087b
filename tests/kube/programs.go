//go:build tools

// Package kube names the programs that the tests of admission build: an API server, and what it keeps its objects in.
package kube

import (
	_ "go.etcd.io/etcd/server/v3"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
)
