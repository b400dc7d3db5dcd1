"""The manifests of k8s/, rendered and looked at, without a cluster."""
