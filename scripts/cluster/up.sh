#!/bin/sh
# Apply the manifests and wait until learners can search: up.sh FOLDER
set -eu
folder=$1
namespace=robotics-platform
jobs='app.kubernetes.io/name in (migrate, ingest, make-secrets)'  # not those that operators make by hand
# A Job cannot be changed. One that read other settings makes way, and runs again: what is done already, it leaves.
kubectl apply --dry-run=server -k "$folder" >/dev/null 2>&1 ||
    kubectl -n "$namespace" delete jobs -l "$jobs" --ignore-not-found
kubectl apply -k "$folder"
echo "Waiting until everything is ready (at most ten minutes) ..."
for kind in statefulset deployment; do
    for name in $(kubectl -n "$namespace" get "$kind" -o name); do
        kubectl -n "$namespace" rollout status "$name" --timeout=10m
    done
done
for job in $(kubectl -n "$namespace" get jobs -l "$jobs" -o name); do
    kubectl -n "$namespace" wait "$job" --for=condition=Complete --timeout=10m
done
echo "Ready. Ask it something: make k8s-smoke"
echo "Reach the page: kubectl -n $namespace port-forward service/api 8000, then http://localhost:8000"
