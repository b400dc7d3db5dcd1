#!/bin/sh
# Copy programs, and the shared libraries that they need and that BASE lacks, into OUT: collect.sh BASE OUT FILE...
# What Debian's packages own is recorded in var/lib/dpkg/status.d, where scanners for vulnerabilities look.
set -eu
base=$1
out=$2
shift 2

record() {
    package=$(dpkg -S "$1" "${1#/usr}" 2>/dev/null | head -n 1 | cut -d: -f1)
    [ -n "$package" ] || return 0
    mkdir -p "$out/var/lib/dpkg/status.d"
    dpkg -s "$package" >"$out/var/lib/dpkg/status.d/$package"
}

copy() {
    path=$(realpath "$(dirname "$1")")/$(basename "$1")
    [ -e "$base$path" ] && return 0
    mkdir -p "$out$(dirname "$path")"
    cp -RL "$path" "$out$path"
    record "$path"
}

for file in "$@"; do
    libraries=$(ldd "$file" 2>/dev/null || true)
    case $libraries in *"not found"*)
        echo "collect.sh: $file needs a library that is not here:" >&2
        echo "$libraries" >&2
        exit 1
        ;;
    esac
    copy "$file"
    for library in $(echo "$libraries" | awk '$2 == "=>" {print $3}'); do copy "$library"; done
done
