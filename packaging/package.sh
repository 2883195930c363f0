#!/bin/bash
# package.sh RELEASE-TREE OUTDIR: everything a release hands out, from a built release tree.
#   miclient-V.tar.gz                 source of the last commit
#   miclient-sdk-V.zip                the Windows SDK, and its installer:
#   miclient-sdk-V.exe
#   libmiclient-dev_V-1_ARCH.deb, miclient-tools_V-1_ARCH.deb
#   SHA256SUMS
# SOURCE_DATE_EPOCH  time of every file in them (default: the last commit's); equal sources and tools give
#                    equal files
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
root=$(cd "$here/.." && pwd)
die() { echo "package.sh: $*" >&2; exit 1; }
[ $# -eq 2 ] || { echo "usage: package.sh RELEASE-TREE OUTDIR" >&2; exit 2; }
tree=$(cd "$1" && pwd) || die "no folder $1"
[ -f "$tree/CMakeCache.txt" ] || die "$1 is no build tree; './dev build' makes build/release"
rm -rf "$2"
mkdir -p "$2"
out=$(cd "$2" && pwd)
version=$(sed -n 's/^project(miclient VERSION \([0-9.]*\) .*/\1/p' "$root/CMakeLists.txt")
[ -n "$version" ] || die "no version in CMakeLists.txt"
for tool in zip makensis dpkg-deb; do
    command -v "$tool" >/dev/null || die "$tool is missing; './dev deps' installs what is needed"
done
has_git=false
if [ "$(git -C "$root" rev-parse --show-toplevel 2>/dev/null)" = "$root" ]; then has_git=true; fi
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
    if $has_git; then SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct)
    else SOURCE_DATE_EPOCH=$(stat -c %Y "$root/CMakeLists.txt"); fi
fi
export SOURCE_DATE_EPOCH TZ=UTC LC_ALL=C.UTF-8
umask 022

if $has_git; then
    git -C "$root" diff --quiet HEAD || echo "package.sh: what is not committed is not in the source tarball" >&2
    git -C "$root" archive --format=tar "--prefix=miclient-$version/" HEAD | gzip -9n >"$out/miclient-$version.tar.gz"
else
    echo "package.sh: no source tarball: it is made of what git has, and $root is no git repository" >&2
fi

"$here/deb/build.sh" "$tree" "$out"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/sdk.sh" "$work/miclient-sdk-$version" >/dev/null
(cd "$work" && find "miclient-sdk-$version" -type f | sort | zip -q -9 -X -D "$out/miclient-sdk-$version.zip" -@)
"$here/nsis/build.sh" "$work/miclient-sdk-$version" "$out/miclient-sdk-$version.exe" >/dev/null

(cd "$out" && sha256sum ./* | sed 's|  \./|  |' >"$work/sums" && mv "$work/sums" SHA256SUMS)
cat "$out/SHA256SUMS"
