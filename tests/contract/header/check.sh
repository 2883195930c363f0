#!/bin/sh
# Compile <mi.h> alone, and the two files beside this one, with every compiler and standard at hand.
# One line per combination; exit status 1 if one fails. CC may hold a list of C compilers.
here=$(cd "$(dirname "$0")" && pwd) || exit 1
include=$here/../../../include
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT INT TERM

compilers=${CC:-gcc clang x86_64-w64-mingw32-gcc i686-w64-mingw32-gcc}
common="-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wundef -Wcast-qual
        -Wwrite-strings -Wpointer-arith -Werror -O1 -I$include"
only_c="-Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition"
passed=0
failed=0
skipped=0

printf '#include <mi.h>\nint header_alone;\n' >"$work/alone.c"
cp "$work/alone.c" "$work/alone.cpp"
printf '#include <windows.h>\n#include <mi.h>\nint after_windows;\n' >"$work/after_windows.c"
printf '#include <mi.h>\n#include <windows.h>\nint before_windows;\n' >"$work/before_windows.c"
cp "$work/after_windows.c" "$work/after_windows.cpp"
cp "$work/before_windows.c" "$work/before_windows.cpp"

# compile <compiler> <standard> <file> [flags]: one combination
compile() {
    compiler=$1 standard=$2 file=$3
    shift 3
    # Flags are lists of words.
    # shellcheck disable=SC2086
    if "$compiler" -std="$standard" $common "$@" -c "$file" -o "$work/object.o" 2>"$work/log"; then
        passed=$((passed + 1))
        echo "ok      $compiler $standard $(basename "$file")"
        return 0
    fi
    failed=$((failed + 1))
    echo "FAILED  $compiler $standard $(basename "$file")"
    sed 's/^/        /' "$work/log" | head -n 20
    return 1
}

# An object that only includes the header holds none of the API's names.
no_symbols() {
    case $1 in
    *-gcc | *-g++) nm=${1%-g*}-nm ;;
    *) nm='nm' ;;
    esac
    command -v "$nm" >/dev/null 2>&1 || return 0
    if "$nm" "$work/object.o" | grep -i ' _*mi_' >"$work/log"; then
        failed=$((failed + 1))
        echo "FAILED  $1 $2 leaves symbols behind:"
        sed 's/^/        /' "$work/log" | head -n 5
    fi
}

for cc in $compilers; do
    case $cc in
    *gcc) cxx=${cc%gcc}g++ ;;
    *clang) cxx=${cc}++ ;;
    *) cxx=c++ ;;
    esac
    if command -v "$cc" >/dev/null 2>&1; then
        for standard in c99 c11; do
            # shellcheck disable=SC2086
            compile "$cc" "$standard" "$work/alone.c" $only_c && no_symbols "$cc" "$standard"
            # shellcheck disable=SC2086
            compile "$cc" "$standard" "$here/use_c.c" $only_c
            case $cc in
            *mingw*)
                compile "$cc" "$standard" "$work/after_windows.c"
                compile "$cc" "$standard" "$work/before_windows.c"
                ;;
            esac
        done
    else
        skipped=$((skipped + 1))
        echo "skipped $cc: not installed"
    fi
    if command -v "$cxx" >/dev/null 2>&1; then
        for standard in c++11 c++17; do
            compile "$cxx" "$standard" "$work/alone.cpp" && no_symbols "$cxx" "$standard"
            compile "$cxx" "$standard" "$here/use_cpp.cpp"
            case $cxx in
            *mingw*)
                compile "$cxx" "$standard" "$work/after_windows.cpp"
                compile "$cxx" "$standard" "$work/before_windows.cpp"
                ;;
            esac
        done
    else
        skipped=$((skipped + 1))
        echo "skipped $cxx: not installed"
    fi
done

echo "$passed passed, $failed failed, $skipped skipped"
if [ $passed -eq 0 ]; then
    echo "no compiler was found"
    exit 1
fi
[ $failed -eq 0 ]
