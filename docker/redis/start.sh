#!/bin/sh
# Start Redis with the password from the environment or from a file, without showing it among the processes' arguments.
set -eu
password=${REDIS_PASSWORD:-$(cat /run/secrets/redis_password 2>/dev/null || true)}
if [ -z "$password" ]; then
    echo "redis: REDIS_PASSWORD is not set; run 'make secrets', or set REDIS_PASSWORD or REDIS_PASSWORD_FILE in .env.prod." >&2
    exit 78
fi
umask 077
{
    cat /etc/redis/redis.conf
    printf 'requirepass "%s"\n' "$(printf '%s' "$password" | sed 's/[\\"]/\\&/g')"
} >/tmp/redis.conf
unset REDIS_PASSWORD
exec redis-server /tmp/redis.conf
