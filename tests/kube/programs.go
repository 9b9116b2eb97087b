//go:build tools

// Package kube names the programs that the tests of admission build: an API server, what it keeps its objects in, and
// the controllers of Kubernetes.
package kube

import (
	_ "go.etcd.io/etcd/server/v3"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
)
