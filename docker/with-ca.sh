#!/bin/sh
# Run a command that also trusts the certificate authorities in the build secret `ca`, where one is given.
set -eu
given=/run/secrets/ca
known=/etc/ssl/certs/ca-certificates.crt
if [ -s "$given" ]; then
    both=$(mktemp)
    cat "$known" "$given" >"$both" 2>/dev/null || cat "$given" >"$both"
    export SSL_CERT_FILE="$both" PIP_CERT="$both" REQUESTS_CA_BUNDLE="$both"
fi
exec "$@"
