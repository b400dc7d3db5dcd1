#!/bin/sh
# Ask the platform in the cluster a question, from one of its own pods: smoke.sh [QUESTION]
set -eu
question=${1:-why does my robot drift}
exec kubectl -n robotics-platform exec -i deployment/api -- python - "$question" <<'PROGRAM'
import json, sys, urllib.parse, urllib.request

address = "http://127.0.0.1:8000/api/v1/search?" + urllib.parse.urlencode({"q": sys.argv[1], "limit": 3})
with urllib.request.urlopen(address, timeout=30) as answer:
    found = json.load(answer)
for hit in found["hits"]:
    print("-", " > ".join(hit["heading_path"]))
if not found["hits"] or found["degraded"]:
    sys.exit(f"k8s-smoke: {found['degraded'] or 'nothing was found: is a curriculum loaded?'}")
PROGRAM
