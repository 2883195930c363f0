#!/bin/sh
# wine32-root.sh FOLDER: put a Wine for 32-bit programs into FOLDER, from this system's package
# archive, and leave the system as it is. FOLDER/usr/lib/wine/wine then runs such programs beside
# the installed 64-bit Wine, by QEMU's user emulation: no root, no chroot, and no kernel that runs
# 32-bit programs is needed. Exits with 77 and the reason when it cannot be had.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/wine-env.sh"
. "$here/apt-env.sh"
mkdir -p "$1"
root=$(cd "$1" && pwd)
wine=$root/usr/lib/wine/wine
[ ! -f "$root/.complete" ] || exit 0

wine64=$(find_wine64) || skip "no 64-bit Wine beside which a 32-bit one could run (package wine64)"
for tool in qemu-i386 clang ld.lld dpkg-deb apt-get; do
    command -v "$tool" >/dev/null || skip "$tool is missing; './dev deps' installs what is needed"
done

rm -rf "$root"
mkdir -p "$root/etc" "$root/apt"
log=$root/log
(
    private_apt "$root/apt" deb i386 && apt-get -qq update && cd "$root/apt" &&
        apt-get -qq download wine32 libwine libc6 libgcc-s1 libz-mingw-w64
) >"$log" 2>&1 || skip "the packages of a 32-bit Wine cannot be had: $(tail -n 1 "$log")"

# Games, browsers and debug themes are most of Wine's bulk.
for package in "$root"/apt/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$root" --wildcards \
        --exclude='*/x86_64-*' --exclude='*/share/doc' --exclude='*/share/man' \
        --exclude='*.msstyles' --exclude='*/d3d*' --exclude='*/wined3d*' --exclude='*/x[3ai]*' \
        --exclude='*/mshtml*' --exclude='*/msxml*' --exclude='*/msvc[pr][0-9]*' \
        --exclude='*/jscript*' --exclude='*/quartz*' --exclude='*/gconv' ||
        skip "$package cannot be unpacked"
done
rm -rf "$root/apt"
cp "$root"/usr/i686-w64-mingw32/lib/*.dll "$root/usr/lib/i386-linux-gnu/wine/i386-windows" ||
    skip "zlib1.dll, which Wine's user32.dll needs, is not in libz-mingw-w64"

mv "$wine" "$wine.elf"
cat >"$wine" <<TEXT
#!/bin/sh
export WINELOADERNOEXEC=1
exec qemu-i386 -0 '$wine' -L '$root' '$wine.elf' "\$@"
TEXT
cat >"$wine"64 <<TEXT
#!/bin/sh
exec '$wine64' "\$@"
TEXT
chmod +x "$wine" "$wine"64
clang --target=i386-linux-gnu -O1 -fPIC -ffreestanding -fno-stack-protector -shared -nostdlib \
    -fuse-ld=lld "$here/wine32-mmap.c" -o "$root/lib/wine32-mmap.so" || skip "wine32-mmap.c does not build"
echo /lib/wine32-mmap.so >"$root/etc/ld.so.preload"

version=$(qemu-i386 -L "$root" "$wine.elf" --version 2>&1)
[ "$version" = "$("$wine64" --version)" ] ||
    skip "the 32-bit Wine ($version) is not the installed one ($("$wine64" --version))"
touch "$root/.complete"
du -sm "$root" | awk '{ print "a 32-bit Wine: " $1 " MB" }'
