"""Make the plugin's archive from the last commit (make zip, make zip-autonome).

The plain archive is for plugins.qgis.org. The other one adds `_vendor`, a jsonschema without compiled code for machines
without a connection; the site would refuse it, since attrs and pyrsistent use eval and exec.
"""

from __future__ import annotations

import argparse
import configparser
import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
LARGEST = 25 * 1024 * 1024  # plugins.qgis.org
REQUIRED = ("name", "description", "version", "qgisMinimumVersion", "author", "email", "about", "tracker", "repository")
FORBIDDEN = (".pyc", ".pyo", "__pycache__/", "/tests/", "scot_compat/.")

# 4.17.3 is the last jsonschema without compiled code; the flags keep pyrsistent's compiled part away.
BUNDLED = ("jsonschema==4.17.3", "attrs==23.2.0", "pyrsistent==0.20.0")
PURE_PYTHON = (
    "--no-deps",
    "--no-compile",
    "--implementation",
    "py",
    "--abi",
    "none",
    "--platform",
    "any",
    "--only-binary=:all:",
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--autonome", action="store_true")
    autonome = parser.parse_args().autonome

    warn_of_uncommitted_changes()
    files = read_commit()
    metadata = read_metadata(files["scot_compat/metadata.txt"])
    warn_of_placeholders(metadata)
    if autonome:
        files.update(read_bundle())
    archive = BUILD / f"scot_compat-{metadata['version']}{'-autonome' if autonome else ''}.zip"
    write(archive, files)
    problems = find_problems(archive, files, metadata)
    if problems:
        archive.unlink()
        sys.exit("Archive refusée :\n" + "\n".join(f"- {problem}" for problem in problems))
    print(f"Archive : {archive} ({archive.stat().st_size / 1e6:.1f} Mo, {len(files)} fichiers)")


def warn_of_uncommitted_changes() -> None:
    changed = run("git", "status", "--porcelain").decode().strip()
    if changed:
        print("Attention : l'archive est faite du dernier commit, sans les modifications en cours.", file=sys.stderr)


def read_commit() -> dict[str, bytes]:
    """Files of the last commit, without those that .gitattributes marks export-ignore."""
    content = run("git", "archive", "--format=zip", "--prefix=scot_compat/", "HEAD")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def read_metadata(content: bytes) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(content.decode("utf-8"))
    return parser["general"]


def warn_of_placeholders(metadata: configparser.SectionProxy) -> None:
    to_complete = [key for key, value in metadata.items() if is_placeholder(value)]
    if to_complete:
        keys = ", ".join(to_complete)
        print(f"Attention : à compléter dans metadata.txt avant de publier : {keys}.", file=sys.stderr)


def is_placeholder(value: str) -> bool:
    return "À COMPLÉTER" in value or "example.org" in value


def read_bundle() -> dict[str, bytes]:
    folder = BUILD / "_vendor"
    shutil.rmtree(folder, ignore_errors=True)
    pip = (sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--root-user-action", "ignore")
    run(*pip, *PURE_PYTHON, "--target", str(folder), *BUNDLED)
    return {
        f"scot_compat/_vendor/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not is_superfluous(path.relative_to(folder))
    }


def is_superfluous(path: Path) -> bool:
    return path.suffix == ".pyi" or bool({"tests", "benchmarks", "bin", "__pycache__"} & set(path.parts))


def write(archive: Path, files: dict[str, bytes]) -> None:
    BUILD.mkdir(exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as output:
        for name in sorted(files):
            output.writestr(zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0)), files[name], zipfile.ZIP_DEFLATED)


def find_problems(archive: Path, files: dict[str, bytes], metadata: configparser.SectionProxy) -> list[str]:
    """What plugins.qgis.org would refuse, in French."""
    problems = [f"metadata.txt : la clé « {key} » manque" for key in REQUIRED if not metadata.get(key)]
    problems += [f"fichier de trop : {name}" for name in files if any(part in name for part in FORBIDDEN)]
    for name in ("LICENSE", "__init__.py", metadata.get("icon", "")):
        if f"scot_compat/{name}" not in files:
            problems.append(f"fichier absent : {name}")
    if archive.stat().st_size > LARGEST:
        problems.append(f"{archive.stat().st_size / 1e6:.1f} Mo, pour 25 Mo au plus")
    return problems


def run(*command: str) -> bytes:
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    main()
