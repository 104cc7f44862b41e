#!/usr/bin/env bash
# qgis_process avec ce dossier pour plugin et un profil à part : qgis_process.sh run scotcompat:controler_plu --PLU=…
# Réglages : SCOT_COMPAT_PROFIL (dossier du profil), PYTHONPATH (où se trouve Shapely 2, sinon build/python).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
profile=${SCOT_COMPAT_PROFIL:-$root/build/profil}
mkdir -p "$profile/plugins" "$profile/runtime"
chmod 700 "$profile/runtime"
ln -sfn "$root" "$profile/plugins/scot_compat"

export QGIS_PLUGINPATH=$profile/plugins QGIS_CUSTOM_CONFIG_PATH=$profile XDG_RUNTIME_DIR=$profile/runtime
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen} PYTHONDONTWRITEBYTECODE=1
if [ -z "${PYTHONPATH:-}" ] && [ -d "$root/build/python" ]; then
    export PYTHONPATH=$root/build/python
fi
# On Debian 12 the wrapper passes an option that qgis_process refuses; the program itself is beside it.
program=$(command -v qgis_process.bin || command -v qgis_process)

if [ ! -e "$profile/active" ]; then
    "$program" plugins enable scot_compat >/dev/null
    touch "$profile/active"
fi
exec "$program" "$@"
