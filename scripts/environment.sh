#!/bin/sh
# Make the virtual environment .venv from a hash-locked requirements file: environment.sh REQUIREMENTS STAMP
# Installs system packages only where Python's own venv module is missing and we may.
set -eu
requirements=$1
stamp=$2
venv=.venv
python=$(command -v python3.11 || command -v python3) || {
    echo "robolearn: Python 3.11 or newer is needed; install python3." >&2
    exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "robolearn: Python 3.11 or newer is needed; $python is $("$python" --version)." >&2
    exit 1
}
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    echo "Installing python3-venv ..."
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "robolearn: $python has no venv module; install it (Debian: apt-get install python3-venv)." >&2
        exit 1
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
fi
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
if [ ! -x "$venv/bin/uv" ] || [ requirements/build.txt -nt "$venv/bin/uv" ]; then
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
fi
uv="$venv/bin/uv pip install --quiet --python $venv/bin/python"
$uv --require-hashes -r "$requirements"
$uv --no-deps --no-build-isolation \
    -e packages/core -e services/api -e services/worker -e services/ingest -e packages/cli
touch "$stamp"
