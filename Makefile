# Compatibilité SCoT : `make` donne la liste des commandes.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := aide
.PHONY: aide demo test test-core test-matrix lint schema docs bench captures zip zip-autonome link clean

# Le Python du système : QGIS est compilé pour lui.
export PYTHON ?= /usr/bin/python3
# Le profil QGIS où `make link` installe.
export PROFIL ?= default
export QT_QPA_PLATFORM ?= offscreen
export XDG_RUNTIME_DIR ?= $(CURDIR)/build/runtime
export PYTHONDONTWRITEBYTECODE := 1
PYTEST := -m pytest -p no:cacheprovider
# Arguments de pytest, par exemple : make test ARGS="tests/gis -x"
ARGS ?=

aide: ## cette liste
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## contrôle le territoire de démonstration et résume le dossier
	@.ci/setup.sh qgis
	@$(PYTHON) .ci/demo.py

test: tests-prets ## tous les tests
	@.venv/bin/python $(PYTEST) $(ARGS)

test-core: | build/runtime ## les tests des règles et des contrôles, sans QGIS
	@.ci/setup.sh core
	@.venv-core/bin/python $(PYTEST) tests/rules tests/checks $(ARGS)

test-matrix: | build/runtime ## tous les tests avec QGIS 3.40 et 3.44 (en root, sur Debian)
	@.ci/matrix.sh

lint: tests-prets ## ruff, mypy et les règles de plugins.qgis.org
	@.ci/lint.sh

schema: tests-prets ## récrit resources/schema/regles-1.schema.json d'après le code
	@mkdir -p build/paquet && ln -sfn ../.. build/paquet/scot_compat
	@PYTHONPATH=build/paquet .venv/bin/python .ci/schema.py

docs: tests-prets ## récrit la partie de docs/regles.md qui vient du code et des modèles
	@mkdir -p build/paquet && ln -sfn ../.. build/paquet/scot_compat
	@PYTHONPATH=build/paquet .venv/bin/python .ci/reference.py

bench: tests-prets ## chronomètre la lecture, la superposition et le contrôle
	@.venv/bin/python tests/benchmarks/run.py $(ARGS)

captures: tests-prets ## le panneau dans un vrai QGIS, clair et sombre, en images dans build/captures
	@.venv/bin/python tests/desktop/captures.py

zip: ## l'archive pour plugins.qgis.org
	@$(PYTHON) .ci/archive.py

zip-autonome: ## l'archive pour les postes sans connexion, jsonschema compris
	@$(PYTHON) .ci/archive.py --autonome

link: ## installe ce dossier comme plugin dans le profil QGIS (PROFIL=default)
	@.ci/link.sh

clean: ## supprime ce que make a préparé ici
	@rm -rf build .venv .venv-core

.PHONY: tests-prets
tests-prets: | build/runtime
	@.ci/setup.sh tests

build/runtime:
	@mkdir -p -m 700 build/runtime
