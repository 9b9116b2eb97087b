"""A real kube-apiserver and etcd of the tests' own, on loopback.

Their programs are taken from `KUBEBUILDER_ASSETS`, else from the cache, else built by Go (some four minutes). Version and digests of all
that goes into them stand in go.mod and go.sum beside this.
"""
