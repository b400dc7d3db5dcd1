#!/bin/sh
# What upstream's entrypoint does: options alone mean the server, and root starts it as redis.
set -e
case ${1:-} in
-* | *.conf) set -- redis-server "$@" ;;
esac
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
    chown -R redis:redis .
    exec setpriv --reuid=redis --regid=redis --clear-groups "$0" "$@"
fi
if [ "$1" = redis-server ]; then
    echo "stand-in for redis:7.4-bookworm, for tests only"
    # Upstream's build has no protected mode: what guards it is the password and the network.
    [ $# -gt 1 ] || set -- "$@" --protected-mode no
fi
exec "$@"
