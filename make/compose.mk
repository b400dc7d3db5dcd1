# The two stacks. ENV=prod makes a target mean production; without it, development is meant.
ENV ?= dev
STACK = python3 -m scripts.stack $(ENV)
# Those of the file come on top of PROFILES.
OWN_PROFILES = $(shell sed -n 's/^COMPOSE_PROFILES=\(.\)/,\1/p' "$(or $(ENV_FILE),.env.prod)" 2>/dev/null)
# What `make shell` and `make logs` look at.
S ?=
NAME ?=

##@ Run by Docker (ENV=prod for production, else development)
.PHONY: secrets
secrets: ## Make .env.prod with strong secrets; adds what is missing, never overwrites
	@python3 -m scripts.stack prod secrets

.PHONY: dev
dev: ## Start the development stack: code and courses reload as they are edited (CURRICULUM=path)
	@$(if $(filter-out curriculum,$(CURRICULUM)),CURRICULUM="$$(realpath -- "$(CURRICULUM)")") python3 -m scripts.stack dev up

.PHONY: prod
prod: ## Look at everything first, then start the production stack (PROFILES=monitoring)
	@$(if $(PROFILES),COMPOSE_PROFILES="$(PROFILES)$(OWN_PROFILES)") python3 -m scripts.stack prod up

.PHONY: preflight
preflight: ## Only look: secrets, ports, certificate, images, networks, room
	@$(STACK) preflight

.PHONY: ps
ps: ## Show the stack's containers and their health
	@$(STACK) compose ps --all

.PHONY: logs
logs: ## Follow the logs (S=api for one service)
	@$(STACK) compose logs --follow --tail 100 $(S)

.PHONY: shell
shell: ## Open a shell in a service (S=api)
	@$(STACK) compose exec $(or $(S),api) sh

.PHONY: psql
psql: ## Open psql on the stack's database
	@$(STACK) compose exec postgres sh -c 'psql -U "$$POSTGRES_USER" -d "$$POSTGRES_DB"'

.PHONY: migrate
migrate: ## Bring the stack's database to this release
	@$(STACK) compose run --rm migrate

.PHONY: seed
seed: ## Load courses into the stack (CURRICULUM=folder or git URL)
	@$(STACK) seed "$(CURRICULUM)"

.PHONY: scale
scale: ## Have several containers of a service: make scale API=3 WORKER=2
	@$(STACK) scale $(foreach one,API WORKER BEAT BACKUP POSTGRES REDIS QDRANT NGINX GATEWAY,\
		$(if $($(one)),$(shell echo $(one) | tr A-Z a-z)=$($(one))))

.PHONY: backup
backup: ## Take a backup of database and index now
	@$(STACK) backup

.PHONY: backups
backups: ## List the backups, and which are whole
	@$(STACK) backups

.PHONY: restore
restore: ## Replace all data by a backup (NAME=latest, YES=1 to not be asked)
	@$(if $(YES),YES="$(YES)") $(STACK) restore "$(NAME)"

.PHONY: drill
drill: ## Back up, destroy, restore and compare, in a production stack of its own
	@python3 -m scripts.stack prod drill

.PHONY: stop
stop: ## Stop the stack; data stay
	@$(STACK) compose --profile '*' stop

.PHONY: down
down: ## Stop the stack and remove its containers and networks; data stay
	@$(STACK) compose --profile '*' down

.PHONY: destroy
destroy: ## Remove the stack with all its data and backups; asks first (YES=1)
	@$(if $(YES),YES="$(YES)") $(STACK) destroy
