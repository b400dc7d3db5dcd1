#!/usr/bin/env bash
# Whether Qdrant can serve. The image has no curl, so bash speaks HTTP itself; /readyz needs no API key.
set -euo pipefail
exec 3<>/dev/tcp/127.0.0.1/6333
printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 4 _ status _ <&3
[[ $status == 200 ]] || { echo "qdrant: /readyz answered $status" >&2; exit 1; }
