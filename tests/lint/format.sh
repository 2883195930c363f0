#!/bin/sh
# clang-format over every C file that git knows of, or would.
command -v clang-format >/dev/null || { echo "skipped: clang-format is not installed"; exit 77; }
cd "$1" || exit 1
find include src tests bench examples \( -name "*.[ch]" -o -name "*.cpp" \) -print0 | xargs -0 clang-format --dry-run --Werror
