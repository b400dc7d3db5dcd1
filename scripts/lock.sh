#!/bin/sh
# Lock every requirements file anew. Names no package index: the user's own configuration decides.
set -eu
uv=.venv/bin/uv
compile() {
    output=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-annotate --no-header --no-emit-package robolearn-core --no-emit-package robolearn-api \
        --no-emit-package robolearn-worker --no-emit-package robolearn-ingest --no-emit-package robolearn-cli \
        "$@" -o "$output"
    echo "$output"
}
compile requirements/build.txt requirements/build.in
compile requirements/dev.txt --group dev packages/cli/pyproject.toml
# Its tools never meet the product: they take the versions that fit them.
compile requirements/deploy.txt requirements/deploy.in
for part in model postgres-client; do
    compile "requirements/$part.txt" "requirements/$part.in" -c requirements/dev.txt
done
for part in services/api services/worker services/ingest packages/cli; do
    compile "$part/requirements.txt" "$part/pyproject.toml" -c requirements/dev.txt
done
for part in nginx postgres qdrant; do
    compile "tests/standins/$part/requirements.txt" "tests/standins/$part/requirements.in" -c requirements/dev.txt
done
