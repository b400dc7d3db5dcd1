#!/bin/sh
# Remove what was applied, data and passwords included: down.sh FOLDER
set -eu
if [ "${YES:-}" != 1 ]; then
    printf 'This deletes the namespace robotics-platform on %s, all courses, passwords and backups in it. Type its name: ' \
        "$(kubectl config current-context)"
    read -r answer
    [ "$answer" = robotics-platform ] || { echo "Nothing was deleted."; exit 1; }
fi
kubectl delete -k "$1" --ignore-not-found
