#!/bin/sh
# Apply the manifests and wait until learners can search: up.sh FOLDER
set -eu
folder=$1
namespace=robotics-platform
minutes=${MINUTES:-10}

# Name and conditions of each Job of the folder: those of other releases, or made by hand, are not waited for.
jobs() {
    state='{.metadata.name} {.status.conditions[?(@.status=="True")].type}{"\n"}'
    kubectl get -k "$folder" --ignore-not-found -o jsonpath="{range .items[?(@.kind==\"Job\")]}$state{end}"
}

failed() { sed -n 's/ .*Failed.*//p'; }

# A Job cannot be changed. Those that read other settings are named by the API server, and by nothing else it refuses.
changed() {
    kubectl apply --dry-run=server -k "$folder" 2>&1 >/dev/null |
        sed -n 's/.*Job\(\.batch\)\{0,1\} "\([^"]*\)" is invalid.*field is immutable.*/\2/p'
}

# They make way and run again, as do those that failed: what is done already, they leave.
for job in $(changed) $(jobs 2>/dev/null | failed); do
    kubectl -n "$namespace" delete job "$job" --ignore-not-found
done
kubectl apply -k "$folder"

echo "Waiting until everything is ready (at most $minutes minutes for each part) ..."
end=$(($(date +%s) + minutes * 60))
# Jobs first: without secrets and schema nothing else gets ready.
until states=$(jobs) && ! echo "$states" | grep -qv ' .*Complete'; do
    for job in $(echo "$states" | failed); do
        echo "k8s-up: the Job $job has failed. Its last words:" >&2
        kubectl -n "$namespace" logs "job/$job" --tail=10 >&2
        exit 1
    done
    [ "$(date +%s)" -lt "$end" ] || { echo "k8s-up: these Jobs have not ended:" "$states" >&2; exit 1; }
    sleep 2
done
for kind in statefulset deployment; do
    for name in $(kubectl -n "$namespace" get "$kind" -o name); do
        kubectl -n "$namespace" rollout status "$name" --timeout="${minutes}m"
    done
done
echo "Ready. Ask it something: make k8s-smoke"
echo "Reach the page: kubectl -n $namespace port-forward service/api 8000, then http://localhost:8000"
