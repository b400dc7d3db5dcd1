#!/usr/bin/env bash
# Where upstream's image has its own.
exec python /opt/standin/server.py "$@"
