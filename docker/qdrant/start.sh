#!/usr/bin/env bash
# Start Qdrant with the API key from a file where the environment has none; Qdrant itself reads the environment only.
set -euo pipefail
secret=/run/secrets/qdrant_api_key
if [[ -z ${QDRANT__SERVICE__API_KEY:-} && -s $secret ]]; then
    QDRANT__SERVICE__API_KEY=$(<"$secret")
    export QDRANT__SERVICE__API_KEY
fi
# An empty key would be a key that everybody knows.
[[ -n ${QDRANT__SERVICE__API_KEY:-} ]] || unset QDRANT__SERVICE__API_KEY
cd /qdrant
exec ./entrypoint.sh
