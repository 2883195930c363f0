#!/bin/sh
# msvc-lib.sh x64|x86|arm64 OUT.lib: the library for Microsoft's compilers, by clang and llvm-lib.
# Needs no Windows SDK and no C library; equal inputs give equal bytes.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
case $1 in
x64) target=x86_64-pc-windows-msvc machine=x64 ;;
x86) target=i686-pc-windows-msvc machine=x86 ;;
arm64) target=aarch64-pc-windows-msvc machine=arm64 ;;
*) echo "msvc-lib.sh: $1 is none of x64, x86, arm64" >&2; exit 2 ;;
esac
case $2 in
/*) out=$2 ;;
*) out=$PWD/$2 ;;
esac
clang=${CLANG:-clang}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Tables for /guard:cf but no checks: those call the C library. On x86 clang adds the mark that
# /safeseh asks for by itself. The incremental-linker form would put the time into the object.
cd "$root"
"$clang" --target=$target -std=c11 -O2 -DNDEBUG -c src/win32/miclient.c -o "$folder/miclient.obj" \
  -nostdinc -isystem "$("$clang" -print-resource-dir)/include" \
  -isystem src/win32/freestanding -Iinclude -Isrc \
  -Xclang -cfguard-no-checks -mno-incremental-linker-compatible -fno-ident -fno-addrsig \
  -fno-stack-protector -Wall -Wextra -Wframe-larger-than=3072 -Werror
# Made where the object lies, as the archive keeps the path between them.
cd "$folder"
"${LLVM_LIB:-llvm-lib}" /nologo "/machine:$machine" /out:miclient.lib miclient.obj
mkdir -p "$(dirname "$out")"
mv miclient.lib "$out"
