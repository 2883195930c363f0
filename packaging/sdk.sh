#!/bin/sh
# sdk.sh OUTDIR: build the library for every Windows ABI and mi.exe, and lay out the SDK in OUTDIR.
# MIC_SDK_BUILD      where to build (default: build/sdk)
# SOURCE_DATE_EPOCH  time of every file in OUTDIR (default: the last commit's); equal sources and
#                    compilers give equal trees
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
die() { echo "sdk.sh: $*" >&2; exit 1; }

[ $# -eq 1 ] || { echo "usage: sdk.sh OUTDIR" >&2; exit 2; }
if [ -e "$1" ] && [ ! -f "$1/lib/cmake/MIClient/MIClientConfig.cmake" ]; then
  rmdir "$1" 2>/dev/null || die "$1 is in the way: not empty, and no SDK"
fi
mkdir -p "$(dirname "$1")"
out=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
build=${MIC_SDK_BUILD:-$root/build/sdk}
mkdir -p "$build"
exec 9>"$build/lock"
flock 9 # the build trees in there are for one at a time
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null ||
  stat -c %Y "$root/CMakeLists.txt")}
export SOURCE_DATE_EPOCH
version=$(sed -n 's/^project(miclient VERSION \([0-9.]*\) .*/\1/p' "$root/CMakeLists.txt")
description=$(sed -n 's/^project(.* DESCRIPTION "\(.*\)".*/\1/p' "$root/CMakeLists.txt")
[ -n "$version" ] || die "no version in CMakeLists.txt"

for tool in cmake x86_64-w64-mingw32-gcc i686-w64-mingw32-gcc "${CLANG:-clang}" "${LLVM_LIB:-llvm-lib}"; do
  command -v "$tool" >/dev/null || die "$tool is missing; './dev deps' installs what is needed"
done

generator=
if command -v ninja >/dev/null; then generator="-G Ninja"; fi
log=$build/log
run() { "$@" >"$log" 2>&1 || { cat "$log" >&2; die "failed: $*"; }; }

stage=$out.new
rm -rf "$stage"
mkdir -p "$stage/include" "$stage/lib/cmake/MIClient" "$stage/doc"

# mingw <cpu> <folder of mi.exe>
mingw() {
  tree=$build/mingw-$1
  # shellcheck disable=SC2086
  run cmake -S "$root" -B "$tree" $generator -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF \
    -DMIC_BUILD_EXAMPLES=OFF \
    "-DCMAKE_TOOLCHAIN_FILE=$root/toolchains/mingw-w64-$1.cmake"
  run cmake --build "$tree" -j "$(nproc)"
  folder=$stage/lib/mingw-$1
  install -D -m 644 "$tree/src/win32/libmiclient.a" "$folder/libmiclient.a"
  "$1-w64-mingw32-objcopy" -D "$folder/libmiclient.a" # no owner, no time in the archive
  mkdir "$folder/pkgconfig"
  sed -e "s/@folder@/mingw-$1/" -e "s/@version@/$version/" -e "s/@description@/$description/" \
    "$root/packaging/sdk/miclient.pc.in" >"$folder/pkgconfig/miclient.pc"
  install -D -m 755 "$tree/src/cli/mi.exe" "$stage/bin/$2/mi.exe"
}

mingw x86_64 x64
mingw i686 x86
for machine in x64 x86 arm64; do
  run "$root/packaging/msvc-lib.sh" $machine "$stage/lib/msvc-$machine/miclient.lib"
done

install -m 644 "$root/include/mi.h" "$stage/include"
install -m 644 "$root/packaging/sdk/MIClientConfig.cmake" "$stage/lib/cmake/MIClient"
cat >"$build/version.cmake" <<TEXT
include(CMakePackageConfigHelpers)
write_basic_package_version_file("$stage/lib/cmake/MIClient/MIClientConfigVersion.cmake"
  VERSION $version COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
TEXT
run cmake -P "$build/version.cmake"
mkdir "$stage/examples"
install -D -m 644 -t "$stage/examples/windows" "$root"/examples/windows/*.c
install -m 644 "$root"/examples/*.[ch] "$root/examples/CMakeLists.txt" "$stage/examples"
install -m 644 "$root/packaging/sdk/README.md" "$stage"
for page in windows.md porting.md; do
  [ ! -f "$root/docs/$page" ] || install -m 644 "$root/docs/$page" "$stage/doc"
done
install -D -m 644 -t "$stage/nsis" "$root/packaging/nsis/mi-runtime.nsh" "$root/packaging/nsis/README.md"
# It knows its version without the rest of the SDK.
sed -i "s/^  !define MI_VERSION unknown\$/  !define MI_VERSION $version/" "$stage/nsis/mi-runtime.nsh"
grep -q "^  !define MI_VERSION $version\$" "$stage/nsis/mi-runtime.nsh" ||
  { echo "sdk.sh: mi-runtime.nsh has no line for the version" >&2; exit 1; }

find "$stage" -exec chmod go-w {} +
find "$stage" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
rm -rf "$out"
mv "$stage" "$out"
touch -d "@$SOURCE_DATE_EPOCH" "$out"
echo "the SDK, version $version, is in $out"
