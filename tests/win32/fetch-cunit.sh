#!/bin/sh
# fetch-cunit.sh FOLDER: put the source of CUnit (from the distribution, which has no build of it for
# Windows) into FOLDER/cunit. Uses package lists of its own; the system is not changed.
set -eu
folder=$(mkdir -p "$1" && cd "$1" && pwd)
if [ -f "$folder/cunit/CUnit/Sources/Framework/TestRun.c" ]; then
    exit 0
fi
apt=$folder/apt
. "$(dirname "$0")/apt-env.sh"
private_apt "$apt" deb-src "$(dpkg --print-architecture)"
apt-get -qq update
rm -rf "$folder/source"
mkdir "$folder/source"
(cd "$folder/source" && apt-get -qq source cunit)
set -- "$folder"/source/cunit-*/
rm -rf "$folder/cunit"
mv "$1" "$folder/cunit"
rm -rf "$folder/source" "$apt"
