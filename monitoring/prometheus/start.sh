#!/bin/sh
# Starts Prometheus. What only the environment knows becomes a file first, since neither PromQL nor the configuration
# can read a variable: the rules compare with what is expected here, and Qdrant is asked with its key.
set -eu
umask 077

refuse() {
    echo "prometheus: $1" >&2
    exit 1
}

# expected NAME VALUE VARIABLE: the number that rules know as robolearn:expected_NAME.
expected() {
    case $2 in
        "" | *[!0-9]*) refuse "$3 is \"$2\"; give a whole number." ;;
    esac
    printf '      - {record: "robolearn:expected_%s", expr: "vector(%s)"}\n' "$1" "$2"
}

{
    printf 'groups:\n  - name: expected\n    rules:\n'
    expected api_replicas "${API_REPLICAS:-1}" API_REPLICAS
    expected backup_seconds "${BACKUP_EVERY_SECONDS:-86400}" BACKUP_EVERY_SECONDS
} >/tmp/expected.yml

if [ -s /run/secrets/qdrant_api_key ]; then
    cat /run/secrets/qdrant_api_key
else
    printf '%s' "${QDRANT_API_KEY:-}"
fi >/tmp/qdrant_api_key

# A month of these figures is about a gigabyte; the size is the limit that protects the disk.
exec prometheus --config.file=/etc/prometheus/prometheus.yml --storage.tsdb.path=/prometheus \
    --storage.tsdb.retention.time="${PROMETHEUS_KEEP:-30d}" --storage.tsdb.retention.size="${PROMETHEUS_KEEP_SIZE:-4GB}" "$@"
