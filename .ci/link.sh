#!/usr/bin/env bash
# Lie ce dossier, sous le nom scot_compat, dans les plugins du profil QGIS nommé par PROFIL.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
case "$(uname -s)" in
    Darwin) profiles="$HOME/Library/Application Support/QGIS/QGIS3/profiles" ;;
    *) profiles="${XDG_DATA_HOME:-$HOME/.local/share}/QGIS/QGIS3/profiles" ;;
esac
link="$profiles/${PROFIL:-default}/python/plugins/scot_compat"
if [ -e "$link" ] && [ ! -L "$link" ]; then
    echo "« $link » existe déjà et n'est pas un lien : désinstallez d'abord cette version du plugin dans QGIS." >&2
    exit 1
fi
mkdir -p "$(dirname "$link")"
ln -sfn "$root" "$link"
echo "Plugin lié dans « $link »."
echo "Dans QGIS : Extensions > Installer/Gérer les extensions > Installées, cochez « Compatibilité SCoT »."
