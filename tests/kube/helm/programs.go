//go:build tools

// Package helm names the program that the tests of the chart build.
package helm

import _ "helm.sh/helm/v4/cmd/helm"
