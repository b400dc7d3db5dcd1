##@ Images
# A tag is a version, never `latest`: what runs can be told, and gone back to.
VERSION ?= v$(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
REVISION := $(shell git rev-parse HEAD 2>/dev/null)
SERVICES := api worker ingest
# What goes to every build besides: IMAGE_OPTIONS="--secret id=ca,src=company.pem"
IMAGE_OPTIONS ?=
BASE_IMAGE = $(or $(PYTHON_IMAGE),$(shell sed -n 's/^PYTHON_IMAGE=//p' docker/pins.env 2>/dev/null))
IMAGE_BUILD = docker build -f docker/Dockerfile $(IMAGE_OPTIONS) $(BASE_IMAGE:%=--build-arg PYTHON_IMAGE=%)

.PHONY: build
build: ## Build the development image, one for all services
	@scripts/need_docker.sh
	@$(IMAGE_BUILD) --target development -t robotics-platform/development:$(VERSION) .

.PHONY: build-prod
build-prod: $(SERVICES:%=image-%) ## Build the production images: api, worker, ingest

.PHONY: $(SERVICES:%=image-%)
$(SERVICES:%=image-%): image-%:
	@scripts/need_docker.sh
	@$(IMAGE_BUILD) --target production --build-arg SERVICE=$* --build-arg VERSION=$(VERSION) \
	--build-arg REVISION=$(REVISION) -t robotics-platform/$*:$(VERSION) .

.PHONY: image-report
image-report: ## Measure size and build times of the images against their budgets
	@scripts/need_docker.sh
	@python3 scripts/images/report.py $(IMAGES)

.PHONY: pin-images
pin-images: ## Write the digests of the upstream images to docker/pins.env
	@scripts/need_docker.sh
	@python3 scripts/images/pin.py
