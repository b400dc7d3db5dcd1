#!/bin/sh
# Whether Redis answers with this password. redis-cli ends with 0 even where it was refused, so its word is read.
set -eu
REDISCLI_AUTH=${REDIS_PASSWORD:-$(cat /run/secrets/redis_password)}
export REDISCLI_AUTH
answer=$(redis-cli ping 2>&1) || true
[ "$answer" = PONG ] || { echo "redis: $answer" >&2; exit 1; }
