#!/bin/sh
# What upstream's entrypoint does: each file of /docker-entrypoint.d in its order, then the command.
set -e
if [ "$1" = nginx ]; then
    echo "stand-in for nginx:1.31.3-bookworm, for tests only"
    for file in /docker-entrypoint.d/*; do
        # shellcheck source=/dev/null
        case $file in
        *.envsh) [ ! -x "$file" ] || . "$file" ;;
        *.sh) [ ! -x "$file" ] || "$file" ;;
        esac
    done
fi
exec "$@"
