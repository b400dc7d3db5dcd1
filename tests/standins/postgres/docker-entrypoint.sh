#!/usr/bin/env bash
# What upstream's entrypoint does for us: POSTGRES_USER, POSTGRES_DB, POSTGRES_PASSWORD and its _FILE,
# POSTGRES_INITDB_ARGS, /docker-entrypoint-initdb.d, and another user than root.
set -Eeuo pipefail
sockets=(-c unix_socket_directories=/var/run/postgresql)

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

take_password() {
    local file=${POSTGRES_PASSWORD_FILE:-}
    [[ -z ${POSTGRES_PASSWORD:-} || -z $file ]] ||
        fail "error: both POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE are set (but are exclusive)"
    [[ -z $file ]] || POSTGRES_PASSWORD=$(<"$file")
    [[ -n ${POSTGRES_PASSWORD:-} ]] ||
        fail "Error: Database is uninitialized and superuser password is not specified."
}

initialise() {
    take_password
    # shellcheck disable=SC2086  # several arguments in one variable, as upstream takes them
    initdb --pgdata="$PGDATA" --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") \
        --auth-local=trust --auth-host=scram-sha-256 ${POSTGRES_INITDB_ARGS:-}
    printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
}

run() {
    psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --no-password "$@"
}

# The database and the files of the image's user; over the socket only, so that nobody takes it for ready.
populate() {
    pg_ctl --pgdata="$PGDATA" --wait --log=/dev/stderr \
        --options="$(printf '%q ' "${@:2}" "${sockets[@]}" -c listen_addresses=)" start
    [[ $POSTGRES_DB == postgres ]] ||
        run --dbname=postgres --set=name="$POSTGRES_DB" <<<'CREATE DATABASE :"name";'
    for file in /docker-entrypoint-initdb.d/*.sql; do
        [[ ! -e $file ]] || run --dbname="$POSTGRES_DB" --file="$file"
    done
    pg_ctl --pgdata="$PGDATA" --mode=fast --wait stop
}

[[ ${1:-} != -* ]] || set -- postgres "$@"
[[ ${1:-} == postgres ]] || exec "$@"
if [[ $(id -u) == 0 ]]; then
    mkdir -p "$PGDATA" && chown -R postgres:postgres /var/lib/postgresql /var/run/postgresql
    exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
export POSTGRES_USER=${POSTGRES_USER:-postgres}
export POSTGRES_DB=${POSTGRES_DB:-$POSTGRES_USER}
echo "stand-in for postgres:18.6-bookworm, for tests only"
if [[ ! -s $PGDATA/PG_VERSION ]]; then
    mkdir -p "$PGDATA" && chmod 700 "$PGDATA"
    initialise
    populate "$@"
    echo "PostgreSQL init process complete; ready for start up."
fi
exec "$@" "${sockets[@]}"
