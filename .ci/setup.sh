#!/usr/bin/env bash
# Prépare la machine, sans rien refaire de ce qui est déjà là.
#   setup.sh qgis     QGIS et ses bibliothèques (apt, seulement s'ils manquent), Shapely 2 dans build/python
#   setup.sh tests    QGIS, un écran virtuel (Xvfb) et l'environnement .venv des tests
#   setup.sh core     l'environnement .venv-core, sans QGIS
set -euo pipefail
cd "$(dirname "$0")/.."
export PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1

# The system's Python: QGIS's modules are built for it, and another one (pyenv, conda) makes QGIS crash.
PYTHON=${PYTHON:-/usr/bin/python3}
# Inside QGIS, Shapely's library finds the system's GEOS first: on Debian 12 it is 3.11, the one that Shapely 2.0 was built for.
SHAPELY='shapely>=2.0,<2.1'
PACKAGES=(qgis python3-qgis python3-venv python3-pip python3-numpy python3-yaml python3-jinja2 python3-jsonschema)

main() {
    case "${1:-}" in
        qgis) need_qgis; need_shapely ;;
        tests) need_qgis; need_screen; need_scipy; need_venv .venv .ci/requirements.txt --system-site-packages ;;
        core) need_python; need_venv .venv-core .ci/requirements-core.txt ;;
        *) echo "usage : setup.sh qgis|tests|core" >&2; exit 2 ;;
    esac
}

need_qgis() {
    if command -v qgis_process >/dev/null && "$PYTHON" -c 'import qgis.core, numpy, yaml, jinja2, jsonschema, ensurepip, pip' 2>/dev/null; then
        return
    fi
    install_packages "${PACKAGES[@]}"
}

need_screen() {
    if command -v xvfb-run >/dev/null && command -v xauth >/dev/null; then
        return
    fi
    install_packages xvfb xauth
}

# Optional at run time; the tests measure corridors with it and without it.
need_scipy() {
    "$PYTHON" -c 'import scipy.spatial' 2>/dev/null || install_packages python3-scipy
}

need_python() {
    "$PYTHON" -c 'import ensurepip' 2>/dev/null || install_packages python3 python3-venv
}

install_packages() {
    if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
        echo "Il manque : $*. Installez-les (Debian, Ubuntu : sudo apt install $*), puis relancez." >&2
        exit 1
    fi
    echo "Installation de : $* (deux à trois minutes)"
    retry quietly apt-get -q update
    DEBIAN_FRONTEND=noninteractive retry quietly apt-get -q -y install --no-install-recommends "$@"
}

# The hundreds of lines of apt are worth reading only when it fails.
quietly() {
    mkdir -p build
    "$@" >build/installation.log 2>&1 || { tail -n 20 build/installation.log >&2; return 1; }
}

need_shapely() {
    if has_shapely_2 "" || has_shapely_2 build/python; then
        return
    fi
    echo "Installation de Shapely 2 dans build/python"
    # --no-deps: the system's NumPy stays, the rest of QGIS is compiled against it.
    retry "$PYTHON" -m pip install -qq --no-deps --target build/python "$SHAPELY"
}

has_shapely_2() { PYTHONPATH=$1 "$PYTHON" -c 'from shapely import from_wkb' 2>/dev/null; }

# need_venv FOLDER REQUIREMENTS [venv options]: made once, and again when the requirements change.
need_venv() {
    local folder=$1 requirements=$2
    shift 2
    if cmp -s "$requirements" "$folder/requirements.txt"; then
        return
    fi
    echo "Préparation de $folder"
    "$PYTHON" -m venv --clear "$@" "$folder"
    retry "$folder/bin/python" -m pip install -qq -r "$requirements"
    if ! "$folder/bin/python" -c 'from shapely import from_wkb' 2>/dev/null; then
        retry "$folder/bin/python" -m pip install -qq --no-deps --ignore-installed "$SHAPELY"
    fi
    cp "$requirements" "$folder/requirements.txt"
}

retry() {
    local attempt
    for attempt in 1 2 3 4 5; do
        "$@" && return
        echo "échec ($attempt sur 5) : $*" >&2
        sleep $((attempt * 5))
    done
    return 1
}

main "$@"
