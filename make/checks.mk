##@ Check the containers
.PHONY: test-e2e
test-e2e: $(VENV)/.developer build-prod build ## Bring both stacks up on the Docker Engine, use them, break them (PYTEST="-k name")
	@$(BIN)/pytest tests/e2e/containers -m containers $(PYTEST)

.PHONY: lint-containers
lint-containers: $(VENV)/.developer ## Check Dockerfiles, shell scripts and YAML
	@git ls-files '*Dockerfile' | xargs $(BIN)/hadolint
	@git ls-files -z '*.sh' .ci/run | xargs -0 $(BIN)/shellcheck
	@git ls-files -z '*.yml' '*.yaml' | xargs -0 $(BIN)/yamllint --strict
