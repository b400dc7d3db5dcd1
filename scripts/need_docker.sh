#!/bin/sh
# Exit 1 with one sentence where something of Docker is missing that the images and stacks need.
set -eu
missing() {
    echo "robolearn: $*" >&2
    exit 1
}
command -v docker >/dev/null ||
    missing "Docker is not installed; install Docker Engine 20.10 or newer, or use \`make demo\`, which needs none."
docker version --format '{{.Server.Version}}' >/dev/null 2>&1 ||
    missing "The Docker Engine does not answer (${DOCKER_HOST:-the default socket}); start it, or join the group docker."
docker buildx version >/dev/null 2>&1 ||
    missing "Docker's buildx plug-in is missing; install docker-buildx-plugin (or docker-buildx)."
compose=$(docker compose version --short 2>/dev/null) ||
    missing "Docker's Compose plug-in is missing; install docker-compose-plugin, 2.24 or newer."
oldest=$(printf '%s\n' 2.24.0 "${compose#v}" | sort -V | head -n 1)
[ "$oldest" = 2.24.0 ] || missing "Docker Compose $compose is too old; install 2.24 or newer."
