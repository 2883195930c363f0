#!/bin/bash
# build.sh TREE OUTDIR: libmiclient-dev and miclient-tools from a built release tree.
# SOURCE_DATE_EPOCH          time of every file in them
# DEBFULLNAME, DEBEMAIL      the maintainer, as Debian's own tools take him
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
root=$(cd "$here/../.." && pwd)
die() { echo "deb/build.sh: $*" >&2; exit 1; }
[ $# -eq 2 ] || { echo "usage: build.sh TREE OUTDIR" >&2; exit 2; }
tree=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
: "${SOURCE_DATE_EPOCH:?}"
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC
umask 022
for tool in dpkg-deb dpkg-gencontrol dpkg-shlibdeps pkg-config; do
    command -v "$tool" >/dev/null || die "$tool is missing; './dev deps' installs what is needed"
done
version=$(sed -n 's/^project(miclient VERSION \([0-9.]*\) .*/\1/p' "$root/CMakeLists.txt")
[ -n "$version" ] || die "no version in CMakeLists.txt"
maintainer="${DEBFULLNAME:-copyright holders of miclient} <${DEBEMAIL:-miclient@localhost}>"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/debian"
sed "s|@maintainer@|$maintainer|" "$here/control" >"$work/debian/control"
cat >"$work/debian/changelog" <<TEXT
miclient ($version-1) unstable; urgency=medium

  * Version $version.

 -- $maintainer  $(date -R -d "@$SOURCE_DATE_EPOCH")
TEXT

cmake --install "$tree" --prefix "$work/all/usr" --strip >"$work/log" 2>&1 || { cat "$work/log" >&2; die "cmake --install failed"; }
dev=$work/libmiclient-dev tools=$work/miclient-tools
mkdir -p "$dev/usr" "$tools/usr" "$dev/DEBIAN" "$tools/DEBIAN"
mv "$work/all/usr/bin" "$work/all/usr/share" "$tools/usr"
mv "$work/all/usr/include" "$work/all/usr/lib" "$dev/usr"
rmdir "$work/all/usr" || die "installed files that no package has"
gzip -9n "$tools/usr/share/man/man1/mi.1"
install -d "$dev/usr/share/doc/libmiclient-dev/examples"
install -m 644 "$root"/examples/*.[ch] "$root/examples/CMakeLists.txt" "$dev/usr/share/doc/libmiclient-dev/examples"
[ ! -f "$root/docs/porting.md" ] || install -m 644 "$root/docs/porting.md" "$dev/usr/share/doc/libmiclient-dev"

# The packages that have the .pc files which ours asks for; for these libraries, static linking takes no more.
needs() {
    local module file packages=()
    for module in $(sed -n 's/^Requires.private: *//p' "$dev/usr/lib/pkgconfig/miclient.pc"); do
        file=$(pkg-config --variable=pcfiledir "$module")/$module.pc || die "pkg-config does not know $module"
        packages+=("$(dpkg-query -S "$(readlink -f "$file")" | cut -d: -f1 | head -n 1)")
    done
    # Static, Debian's libxml2 asks for two more that its own package does not bring.
    printf '%s\n' "${packages[@]}" libc6-dev zlib1g-dev liblzma-dev pkg-config | sort -u | paste -sd, | sed 's/,/, /g'
}
(cd "$work" && printf 'miclient:Depends=%s\nmisc:Depends=\n' "$(needs)" >dev.substvars &&
    dpkg-shlibdeps -Ttools.substvars "$tools/usr/bin/mi" && echo 'misc:Depends=' >>tools.substvars) || die "dependencies cannot be computed"

# finish PACKAGE SUBSTVARS
finish() {
    local folder=$work/$1
    install -D -m 644 "$here/copyright" "$folder/usr/share/doc/$1/copyright"
    gzip -9nc "$work/debian/changelog" >"$folder/usr/share/doc/$1/changelog.Debian.gz"
    (cd "$folder" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
    (cd "$work" && dpkg-gencontrol "-p$1" "-P$folder" "-T$2" -fdebian/files -Odebian/one && mv debian/one "$folder/DEBIAN/control")
    find "$folder" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    dpkg-deb --root-owner-group -Zxz --build "$folder" "$out" >/dev/null
}
finish libmiclient-dev dev.substvars
finish miclient-tools tools.substvars
