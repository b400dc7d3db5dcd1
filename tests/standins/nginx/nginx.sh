#!/bin/sh
# The wheel's nginx takes the working directory for its prefix, and upstream's takes /etc/nginx.
exec /usr/lib/nginx/nginx -p /etc/nginx/ "$@"
