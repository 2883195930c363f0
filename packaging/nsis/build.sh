#!/bin/bash
# build.sh STAGE OUT.exe: the SDK's installer from a staged SDK tree (packaging/sdk.sh makes one).
#   --target x86-unicode|amd64-unicode   x86-unicode, the default, runs on every Windows
#   --sign COMMAND                       run as COMMAND FILE for the uninstaller and the installer; it signs the file in place
#   --version X.Y.Z                      instead of the version of the staged CMake package
# SOURCE_DATE_EPOCH is the time of every file in it (default: the newest file's of STAGE); the same tree, version and time
# give the same installer, byte for byte.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
die() { echo "build.sh: $*" >&2; exit 1; }

target=x86-unicode sign='' version='' positional=()
while [ $# -gt 0 ]; do
    case $1 in
    --target) target=${2:?}; shift 2 ;;
    --sign) sign=${2:?}; shift 2 ;;
    --version) version=${2:?}; shift 2 ;;
    -*) die "unknown option: $1" ;;
    *) positional+=("$1"); shift ;;
    esac
done
[ ${#positional[@]} -eq 2 ] || die "usage: build.sh [--target T] [--sign COMMAND] [--version X.Y.Z] STAGE OUT.exe"
command -v makensis >/dev/null || die "no makensis: install the package nsis"
stage=$(cd "${positional[0]}" && pwd) || die "no folder ${positional[0]}"
mkdir -p "$(dirname "${positional[1]}")"
out=$(cd "$(dirname "${positional[1]}")" && pwd)/$(basename "${positional[1]}")

# component|what of the tree it holds
components=(
    'headers|include' 'mingw-x64|lib/mingw-x86_64' 'mingw-x86|lib/mingw-i686' 'msvc-x64|lib/msvc-x64'
    'msvc-x86|lib/msvc-x86' 'msvc-arm64|lib/msvc-arm64' 'cmake|lib/cmake' 'tools|bin' 'nsis|nsis'
    'examples|examples' 'doc|doc README.md'
)
for file in include/mi.h lib/mingw-x86_64/libmiclient.a lib/mingw-i686/libmiclient.a lib/msvc-x64/miclient.lib \
    lib/msvc-x86/miclient.lib lib/msvc-arm64/miclient.lib lib/cmake/MIClient/MIClientConfigVersion.cmake \
    bin/x64/mi.exe bin/x86/mi.exe nsis/mi-runtime.nsh; do
    [ -f "$stage/$file" ] || die "$stage is not whole: $file is missing"
done
for folder in examples doc; do [ -d "$stage/$folder" ] || die "$stage is not whole: $folder is missing"; done
if [ -z "$version" ]; then
    version=$(sed -n 's/^set(PACKAGE_VERSION "\([0-9.]*\)")$/\1/p' "$stage/lib/cmake/MIClient/MIClientConfigVersion.cmake")
fi
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || die "the version is X.Y.Z, not '$version'"
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
    SOURCE_DATE_EPOCH=$(find "$stage" -type f -printf '%T@\n' | sort -n | tail -n 1 | cut -d. -f1)
fi
export SOURCE_DATE_EPOCH TZ=UTC LC_ALL=C.UTF-8

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -rL "$stage" "$work/stage"
find "$work/stage" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +

# component_files "name|path path" [expression]: what of them there is.
component_files() {
    local paths path
    read -ra paths <<<"${1#*|}"
    for path in "${paths[@]}"; do
        [ ! -e "$path" ] || find "$path" -type f "${@:2}"
    done
}

# One macro per component, with its files; mi-sdk.nsi says what becomes of each.
(
    cd "$work/stage"
    longest=0
    for component in "${components[@]}"; do
        echo "!macro SDK_FILES_${component%%|*}"
        while IFS= read -r -d '' file; do
            case $file in *'"'* | *'`'*) echo "build.sh: a name with quotes: $file" >&2; exit 1 ;; esac
            [ ${#file} -le $longest ] || longest=${#file}
            folder=$(dirname "$file")
            [ "$folder" != . ] || folder=
            file=${file//\$/\$\$} folder=${folder//\$/\$\$}
            echo "  !insertmacro SDK_File \"${folder//\//\\}\" \"${file//\//\\}\""
        done < <(component_files "$component" -print0 | sort -z)
        echo '!macroend'
    done
    echo "!define SDK_LONGEST $longest"
) >"$work/files.nsh"
total=$(find "$work/stage" -type f | wc -l)
[ "$(grep -c SDK_File "$work/files.nsh")" -ge "$total" ] || {
    (cd "$work/stage" && for component in "${components[@]}"; do component_files "$component"; done | sort) >"$work/known"
    (cd "$work/stage" && find . -type f -printf '%P\n' | sort) | comm -13 "$work/known" - >&2
    die "no component has the files above"
}

defines=("-DSTAGE=$work/stage" "-DFILES=$work/files.nsh" "-DOUT=$work/out.exe" "-DVERSION=$version" "-DTARGET=$target")
[ -z "$sign" ] || defines+=("-DSIGN=$sign")
(cd "$here" && makensis -WX -V2 "${defines[@]}" mi-sdk.nsi) || die "makensis failed"
mv "$work/out.exe" "$out"
echo "$out"
