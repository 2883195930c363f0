#!/bin/bash
# by-clang.sh SOURCE-TREE CPU LIBMICLIENT.A RUN-WINE: the sample for Windows, unchanged, by clang for MinGW's
# ABI and, where MinGW's headers let it, for MSVC's; both run. The C library is MinGW's.
set -u
source=$1 cpu=$2 archive=$3 wine=$4
command -v clang >/dev/null || { echo "skipped: clang is not installed"; exit 77; }
dir=$(mktemp -d "$(dirname "$archive")/by-clang.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
suite=cli.windows_sample
# shellcheck source=tests/support/cases.sh
. "$(dirname "$0")/../../support/cases.sh"
common=(-std=c11 -D_WIN32_WINNT=0x0601 "-I$source/include" -c "$source/examples/windows/list_async.c")

# built NAME LIBRARY: link what was compiled, and run it.
built() {
    begin "$1"
    "$cpu-w64-mingw32-gcc" -municode -static "$dir/$1.o" "$2" -o "$dir/$1.exe" &&
        "$wine" "$dir/$1.exe" server 'Klasse_ü' >"$dir/out" 2>&1 </dev/null
    status=$?
    if [ "$status" -eq 77 ]; then
        cat "$dir/out"
        exit 77
    fi
    is_status 0
    grep -q 'Text = Grüße 日本 😀' "$dir/out" && grep -q '^3 instances' "$dir/out" || bad 'it shows something else'
}

clang "--target=$cpu-w64-windows-gnu" -Wall -Wextra -Werror "${common[@]}" -o "$dir/mingw.o" || exit 1
built mingw "$archive"
# Of these headers, those for 32 bits do not compile for MSVC's ABI.
if [ "$cpu" = x86_64 ]; then
    clang --target=x86_64-pc-windows-msvc -w -fno-ms-extensions -fno-ms-compatibility \
        -fms-compatibility-version=0 -fdeclspec -D__MINGW32__ -D__GNUC__=4 \
        -isystem /usr/share/mingw-w64/include "${common[@]}" -o "$dir/msvc.o" || exit 1
    "$source/packaging/msvc-lib.sh" x64 "$dir/miclient.lib" || exit 1
    built msvc "$dir/miclient.lib"
fi
done_with_cases
