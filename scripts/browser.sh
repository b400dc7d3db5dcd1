#!/bin/sh
# Install Chromium for the page tests where it is missing and we may; without it those tests say that they skip.
set -eu
command -v chromium >/dev/null && exit 0
[ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || exit 0
echo "Installing Chromium for the page tests ..."
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1
