#!/bin/sh
# What upstream's entrypoint does for us: a configuration from the environment, unless one is mounted.
set -eu
umask 077
folder=/etc/pgbouncer

# One line for each setting that the environment has: POOL_MODE becomes pool_mode.
settings() {
    for name in MAX_CLIENT_CONN DEFAULT_POOL_SIZE MIN_POOL_SIZE RESERVE_POOL_SIZE RESERVE_POOL_TIMEOUT \
        MAX_DB_CONNECTIONS MAX_USER_CONNECTIONS POOL_MODE SERVER_RESET_QUERY SERVER_LIFETIME SERVER_IDLE_TIMEOUT \
        QUERY_TIMEOUT QUERY_WAIT_TIMEOUT CLIENT_IDLE_TIMEOUT ADMIN_USERS STATS_USERS IGNORE_STARTUP_PARAMETERS \
        LOG_CONNECTIONS LOG_DISCONNECTIONS LOG_STATS; do
        eval "value=\${$name:-}"
        [ -z "$value" ] || printf '%s = %s\n' "$(echo "$name" | tr '[:upper:]' '[:lower:]')" "$value"
    done
}

if [ ! -e "$folder/userlist.txt" ] && [ -n "${DB_PASSWORD:-}" ]; then
    printf '"%s" "%s"\n' "${DB_USER:-postgres}" "$(printf '%s' "$DB_PASSWORD" | sed 's/"/""/g')" >"$folder/userlist.txt"
fi
if [ ! -e "$folder/pgbouncer.ini" ]; then
    {
        printf '[databases]\n%s = host=%s port=%s auth_user=%s\n' "${DB_NAME:-*}" \
            "${DB_HOST:?"Setup pgbouncer config error! You must set DB_HOST env"}" "${DB_PORT:-5432}" "${DB_USER:-postgres}"
        printf '[pgbouncer]\nlisten_addr = %s\nlisten_port = %s\nunix_socket_dir =\n' \
            "${LISTEN_ADDR:-0.0.0.0}" "${LISTEN_PORT:-5432}"
        printf 'auth_file = %s/userlist.txt\nauth_type = %s\n' "$folder" "${AUTH_TYPE:-md5}"
        settings
    } >"$folder/pgbouncer.ini"
fi
echo "stand-in for edoburu/pgbouncer:v1.24.1-p1, for tests only"
exec "$@"
