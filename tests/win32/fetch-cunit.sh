#!/bin/sh
# fetch-cunit.sh FOLDER: put the source of CUnit (from the distribution, which has no build of it for
# Windows) into FOLDER/cunit. Uses its own package lists under FOLDER; the system is not changed.
set -eu
folder=$(mkdir -p "$1" && cd "$1" && pwd)
if [ -f "$folder/cunit/CUnit/Sources/Framework/TestRun.c" ]; then
    exit 0
fi
. /etc/os-release
apt=$folder/apt
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
mirror=$(grep -rhoE '(https?|mirror|file)[^ ]*/debian/?( |$)' /etc/apt/sources.list \
    /etc/apt/sources.list.d 2>/dev/null | grep -v '#' | head -n 1 | tr -d ' ')
echo "deb-src ${mirror:-http://deb.debian.org/debian} ${VERSION_CODENAME:-stable} main" \
    >"$apt/sources.list"
set -- -qq -o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache" -o "Debug::NoLocking=1" \
    -o APT::Sandbox::User=
apt-get "$@" update
rm -rf "$folder/source"
mkdir "$folder/source"
(cd "$folder/source" && apt-get "$@" source cunit)
set -- "$folder"/source/cunit-*/
rm -rf "$folder/cunit"
mv "$1" "$folder/cunit"
rm -rf "$folder/source" "$apt"
