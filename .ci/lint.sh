#!/usr/bin/env bash
# ruff, mypy sur rules et checks, puis Bandit et detect-secrets comme plugins.qgis.org, qui refuse l'archive s'ils trouvent.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=$PWD/.venv/bin
found=()

"$bin/ruff" check --no-cache . || found+=(ruff)
"$bin/ruff" format --no-cache --check -q . || found+=("ruff format (à faire : .venv/bin/ruff format .)")

# mypy needs the package under its name, whatever the checkout is called.
mkdir -p build/paquet
ln -sfn ../.. build/paquet/scot_compat
(cd build/paquet && "$bin/mypy" --config-file ../../pyproject.toml --cache-dir ../mypy -p scot_compat.rules -p scot_compat.checks) \
    || found+=(mypy)

# What is published: neither the tests nor the tools.
"$bin/bandit" -q -c pyproject.toml -r . --exclude ./.ci,./.venv,./.venv-core,./build,./docs,./tests,./resources || found+=(Bandit)
git ls-files -z -co --exclude-standard -- . ':!.ci' ':!tests' ':!docs' | xargs -0 "$bin/detect-secrets-hook" || found+=(detect-secrets)

if [ ${#found[@]} -gt 0 ]; then
    echo "À corriger : ${found[*]}" >&2
    exit 1
fi
echo "ruff, mypy, Bandit, detect-secrets : rien à signaler."
