"""A real kube-apiserver and etcd of the tests' own, on loopback, and, where a test asks for them, the controllers of Kubernetes.

Their programs are taken from `KUBEBUILDER_ASSETS`, else from the cache, else built by Go (some minutes). Version and digests of all that
goes into them stand in go.mod and go.sum beside this.
"""
