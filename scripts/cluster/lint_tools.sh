#!/bin/sh
# Fetch what the manifests are checked with into a folder: lint_tools.sh FOLDER. Needs Go and the developers' environment.
set -eu
folder=$1
command -v go >/dev/null || {
    echo "k8s-lint: Go is needed for kube-score and the schemas of custom resources; install it (https://go.dev/dl)." >&2
    exit 1
}
[ -x "$folder/bin/python" ] || .venv/bin/uv venv --quiet "$folder"
.venv/bin/uv pip install --quiet --python "$folder/bin/python" --require-hashes -r requirements/deploy.txt
GOBIN=$(cd "$folder" && pwd)/bin go install github.com/zegl/kube-score/cmd/kube-score@v1.20.0

# definitions MODULE@VERSION FILE...: definitions of custom resources, from where their operator's authors keep them.
definitions() {
    module=$1
    shift
    source=$(cd / && go mod download -json "$module" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
    for file in "$@"; do install -m 0644 "$source/$file" "$folder/definitions"; done
}
mkdir -p "$folder/definitions"
definitions github.com/prometheus-operator/prometheus-operator@v0.85.0 \
    example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml \
    example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml
definitions github.com/kedacore/keda/v2@v2.21.0 config/crd/bases/keda.sh_scaledobjects.yaml
definitions sigs.k8s.io/gateway-api@v1.4.0 config/crd/standard/gateway.networking.k8s.io_gateways.yaml \
    config/crd/standard/gateway.networking.k8s.io_httproutes.yaml
definitions github.com/external-secrets/external-secrets@v1.3.2 \
    config/crds/bases/external-secrets.io_externalsecrets.yaml
definitions github.com/cloudnative-pg/cloudnative-pg@v1.28.0 config/crd/bases/postgresql.cnpg.io_clusters.yaml
touch "$folder/.ready"
