K8S ?= k8s
KUBECTL ?= kubectl

##@ Run on Kubernetes (the cluster that kubectl speaks to)
.PHONY: k8s-render k8s-check k8s-up k8s-smoke k8s-down
k8s-render: ## Print the manifests (K8S=k8s/overlays/production)
	@$(KUBECTL) kustomize $(K8S)

k8s-check: ## Say what the cluster lacks, before anything is applied
	@python3 scripts/cluster/check.py $(K8S)

k8s-up: k8s-check ## Apply, wait until all is ready, tell how to reach it (K8S=k8s/overlays/local)
	@scripts/cluster/up.sh $(K8S)

k8s-smoke: ## Ask the running platform a question, from inside the cluster
	@scripts/cluster/smoke.sh

k8s-down: ## Remove everything that was applied, data included; asks first (YES=1 does not)
	@scripts/cluster/down.sh $(K8S)

.PHONY: k8s-rules
k8s-rules: ## Write the alerts of monitoring/prometheus/rules as the operator's object
	@scripts/cluster/rules.sh >k8s/components/monitoring/rules.yaml

.PHONY: k8s-pin
k8s-pin: ## Write the digests of all images to the production overlay (REGISTRY=registry.example.org/group)
	@python3 scripts/cluster/pin.py "$(REGISTRY)" $(VERSION)

# An environment of its own: these tools are larger than all that development needs otherwise.
.PHONY: k8s-lint
k8s-lint: $(VENV)/.developer .lint/.ready ## Check the manifests with schemas, kube-score and checkov (PYTEST="-k name")
	@$(BIN)/pytest tests/deploy -m manifests $(PYTEST)

.lint/.ready: requirements/deploy.txt scripts/cluster/lint_tools.sh
	@scripts/cluster/lint_tools.sh .lint

.PHONY: test-k8s
test-k8s: $(VENV)/.developer ## Apply all on the cluster of KUBECONFIG, use it, break it, remove it (PYTEST="-k name")
	@$(BIN)/pytest tests/e2e/cluster -m cluster $(PYTEST)
