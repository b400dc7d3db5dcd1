##@ Images
# A tag is a version, never `latest`: what runs can be told, and gone back to.
VERSION := v$(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
REVISION := $(shell git rev-parse HEAD 2>/dev/null)
SERVICES := api worker ingest
# What goes to every build besides: IMAGE_OPTIONS="--secret id=ca,src=company.pem"
IMAGE_OPTIONS ?=
BUILD = DOCKER_BUILDKIT=1 docker build $(IMAGE_OPTIONS) $(if $(PYTHON_IMAGE),--build-arg PYTHON_IMAGE=$(PYTHON_IMAGE)) -f docker/Dockerfile

.PHONY: build
build: ## Build the development image, one for all services
	@scripts/need_docker.sh
	@$(BUILD) --target development -t robotics-platform/development:$(VERSION) .

.PHONY: build-prod
build-prod: $(SERVICES:%=image-%) ## Build the production images: api, worker, ingest

image-%:
	@scripts/need_docker.sh
	@$(BUILD) --target production --build-arg SERVICE=$* --build-arg VERSION=$(VERSION) \
	--build-arg REVISION=$(REVISION) -t robotics-platform/$*:$(VERSION) .
