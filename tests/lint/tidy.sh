#!/bin/sh
# clang-tidy over src/, from a build tree configured with clang.
root=$1
build=$2
command -v clang-tidy >/dev/null || { echo "skipped: clang-tidy is not installed"; exit 77; }
grep -q '"command": "[^"]*clang' "$build/compile_commands.json" ||
  { echo "skipped: this build tree is not clang's (gcc-only flags stop clang-tidy)"; exit 77; }
find "$root/src/posix" "$root/src/common" "$root/src/cli" -name '*.c' ! -name loop_poll.c ! -name gss_heimdal.c ! -name '*_win32.c' -print0 |
  xargs -0 -n 1 -P "$(nproc)" clang-tidy --quiet -p "$build" 2>/dev/null
