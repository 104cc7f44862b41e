#!/usr/bin/env bash
# Tous les tests avec les QGIS d'autres Debian, chacun dans un chroot gardé d'une fois sur l'autre.
#   matrix.sh                 trixie (QGIS 3.40) puis forky (QGIS 3.44)
#   matrix.sh trixie          une seule
#   SCOT_COMPAT_MATRICE       dossier des chroots (2 Go chacun), ~/.cache/scot_compat/matrice sinon
#   ARGS                      arguments de pytest
set -euo pipefail
cd "$(dirname "$0")/.."
shopt -s nullglob

base=${SCOT_COMPAT_MATRICE:-$HOME/.cache/scot_compat/matrice}
packages=(qgis python3-qgis python3-venv python3-shapely python3-yaml python3-jinja2 python3-jsonschema python3-numpy python3-scipy xvfb xauth)
place=/projet # where the checkout and the real data stand in the chroot, side by side
tools=(pytest pytest-qgis pytest-qt hypothesis)
recipe="${packages[*]} ${tools[*]} 2" # the number changes when the way of building does
mounted=()

main() {
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "make test-matrix crée des chroots Debian : lancez-la en root, sur Debian ou Ubuntu." >&2
        exit 1
    fi
    trap unmount EXIT
    trap 'exit 130' INT TERM
    local suite failed=()
    [ $# -gt 0 ] || set -- trixie forky
    for suite in "$@"; do
        run_suite "$suite" || failed+=("$suite")
    done
    if [ ${#failed[@]} -gt 0 ]; then
        echo "En échec : ${failed[*]}" >&2
        exit 1
    fi
}

run_suite() {
    local root=$base/$1
    build "$1" "$root" || return
    mount_in "$root"
    copy_project "$root"
    echo "== $1 : $(in_chroot "$root" dpkg-query -W -f 'QGIS ${Version}' qgis), $(in_chroot "$root" python3 --version)"
    # shellcheck disable=SC2086 - ARGS holds several arguments
    in_chroot "$root" env -C $place/main /opt/tests/bin/python -m pytest -p no:cacheprovider ${ARGS:-}
    local code=$?
    unmount
    return $code
}

build() {
    local suite=$1 root=$2
    if [ "$(cat "$root/recette" 2>/dev/null)" = "$recipe" ]; then
        return
    fi
    echo "== $suite : préparation de $root"
    rm -rf --one-file-system "$root"
    mkdir -p "$root"
    command -v debootstrap >/dev/null || retry quietly apt-get -q -y install debootstrap || return
    retry quietly bootstrap "$suite" "$root" || return
    copy_network_settings "$root"
    mount_in "$root"
    printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d" # no service is started in a chroot
    chmod +x "$root/usr/sbin/policy-rc.d"
    # A testing suite's Release file can be past its date.
    local apt=(in_chroot "$root" apt-get -q -o Acquire::Check-Valid-Until=false -o Acquire::Retries=3)
    retry quietly "${apt[@]}" update || return
    retry quietly "${apt[@]}" -y install --no-install-recommends "${packages[@]}" || return
    "${apt[@]}" clean
    in_chroot "$root" python3 -m venv --system-site-packages /opt/tests || return
    retry in_chroot "$root" /opt/tests/bin/python -m pip install -q --disable-pip-version-check "${tools[@]}" || return
    unmount
    echo "$recipe" > "$root/recette"
}

bootstrap() {
    local suite=$1 root=$2 mirror scripts=/usr/share/debootstrap/scripts
    mirror=$(apt-get indextargets --format '$(SITE)' "Codename: $(. /etc/os-release && echo "$VERSION_CODENAME")" 2>/dev/null | head -n 1)
    local arguments=("$suite" "$root" "${mirror:-http://deb.debian.org/debian}")
    # A debootstrap older than the suite has no script of its name.
    [ -e "$scripts/$suite" ] || arguments+=("$scripts/sid")
    debootstrap --variant=minbase --include=ca-certificates "${arguments[@]}"
}

# The chroot reaches the package index as this machine does: certificates, pip's settings, names.
copy_network_settings() {
    local root=$1 file
    for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/xdg/pip/* /etc/ssl/certs/ca-certificates.crt /etc/apt/apt.conf.d/*proxy*; do
        [ -e "$file" ] && install -D -m 644 "$file" "$root$file"
    done
    for file in "$HOME"/.config/pip/pip.conf "$HOME"/.pip/pip.conf; do
        [ -e "$file" ] && install -D -m 644 "$file" "$root/root/.config/pip/pip.conf"
    done
    return 0
}

copy_project() {
    local root=$1
    rm -rf --one-file-system "$root$place"
    mkdir -p "$root$place/main"
    git ls-files -z -co --exclude-standard | tar -c --null --ignore-failed-read -T - 2>/dev/null | tar -x -C "$root$place/main"
    if [ -d ../shared/data ]; then # copied, not bound: nothing done in the chroot can reach the originals
        mkdir -p "$root$place/shared"
        cp -r ../shared/data "$root$place/shared/data"
    fi
}

in_chroot() {
    local root=$1 settings
    shift
    mapfile -t settings < <(env | grep -E '^(PIP_|SSL_CERT|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY|OPENBLAS_|CI=)')
    chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive PYTHONDONTWRITEBYTECODE=1 QT_QPA_PLATFORM=offscreen \
        XDG_RUNTIME_DIR=/run/tests "${settings[@]}" "$@"
}

mount_in() {
    local root=$1
    mkdir -p -m 700 "$root/run/tests"
    mount -t proc proc "$root/proc" && mounted+=("$root/proc")
    mkdir -p "$root/dev/shm"
    mount -t tmpfs tmpfs "$root/dev/shm" && mounted+=("$root/dev/shm")
}

unmount() {
    local point
    for point in "${mounted[@]}"; do
        umount "$point" || umount -l "$point"
    done
    mounted=()
}

# The thousands of lines of an installation are worth reading only when it fails.
quietly() {
    mkdir -p build
    "$@" >build/matrice.log 2>&1 || { tail -n 20 build/matrice.log >&2; return 1; }
}

retry() {
    local attempt
    for attempt in 1 2 3; do
        "$@" && return
        echo "échec ($attempt sur 3) : $*" >&2
        sleep $((attempt * 10))
    done
    return 1
}

main "$@"
