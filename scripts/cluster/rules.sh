#!/bin/sh
# Print the alerts of monitoring/prometheus/rules as the one object that the Prometheus operator reads.
set -eu
cd "$(dirname "$0")/../../monitoring/prometheus/rules"
cat <<'HEADER'
# Made by `make k8s-rules` of monitoring/prometheus/rules: change those.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: platform
spec:
  groups:
HEADER
# Everything below `groups:`, two spaces further in.
sed -e '/^#/d' -e '/^groups:$/d' -e 's/^./  &/' ./*.yml
