#!/bin/sh
# As upstream: each template becomes a file of the same name without its suffix, with the variables of the
# environment, those that NGINX_ENVSUBST_FILTER matches, put in.
set -e
from=${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}
suffix=${NGINX_ENVSUBST_TEMPLATE_SUFFIX:-.template}
to=${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}
[ -d "$from" ] || exit 0
if [ ! -w "$to" ]; then
    echo "20-envsubst-on-templates.sh: ERROR: $from exists, but $to is not writable" >&2
    exit 0
fi
# shellcheck disable=SC2016  # envsubst reads the dollar signs
variables=$(awk -v filter="${NGINX_ENVSUBST_FILTER:-}" 'BEGIN {for (name in ENVIRON) if (name ~ filter) printf "${%s} ", name}')
find "$from" -follow -type f -name "*$suffix" | while read -r template; do
    path=${template#"$from/"}
    mkdir -p "$to/$(dirname "$path")"
    envsubst "$variables" <"$template" >"$to/${path%"$suffix"}"
done
