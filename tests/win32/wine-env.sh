# Sourced by the Wine scripts: finds Wine and sets an environment that is the same everywhere.
# Inputs:  MIC_WINE_PREFIX  the prefix (default: wine-prefix beside the nearest CMakeCache.txt)
#          MIC_WINE32       a Wine that runs 32-bit programs, when it is not in its usual place

export WINEDEBUG=-all
# No dialogs about Mono or Gecko, no menu entries; no debugger either: a program that crashed under
# it may end with status 0. A caller's own overrides come last and win.
export WINEDLLOVERRIDES="mscoree,mshtml=d;winemenubuilder.exe,winedbg.exe=d${WINEDLLOVERRIDES:+;$WINEDLLOVERRIDES}"
unset DISPLAY WAYLAND_DISPLAY WINESERVER WINELOADER WINEARCH

skip() {
    echo "skipped: $*"
    exit 77
}

# The value of the first argument that is an executable file or a command on PATH.
first_program() {
    for candidate in "$@"; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

find_wine64() {
    first_program /usr/lib/wine/wine64 wine64 /opt/wine-stable/bin/wine64
}

# /usr/bin/wine is no answer: without 32-bit support it starts the 64-bit loader.
find_wine32() {
    first_program "${MIC_WINE32:-}" /usr/lib/wine/wine /usr/lib/i386-linux-gnu/wine/wine
}

# "8664" for x86_64, "014c" for i686: the machine field behind the PE signature.
pe_machine() {
    offset=$(od -An -tu4 -j60 -N4 "$1" | tr -d ' ')
    od -An -tx2 -j$((offset + 4)) -N2 "$1" | tr -d ' '
}

# The nearest folder above $1 that is a build tree.
build_tree_of() {
    folder=$(cd "$(dirname "$1")" && pwd)
    while [ "$folder" != / ]; do
        if [ -f "$folder/CMakeCache.txt" ]; then
            echo "$folder"
            return 0
        fi
        folder=$(dirname "$folder")
    done
    return 1
}

# choose_wine <machine>: sets WINE and WINEARCH, or skips with the reason.
choose_wine() {
    case $1 in
    8664)
        WINE=$(find_wine64) || skip "no 64-bit Wine (install the package wine64)"
        export WINEARCH=win64
        ;;
    014c)
        WINE=$(find_wine32) ||
            skip "no 32-bit Wine on this machine (package wine32:i386, or set MIC_WINE32)"
        export WINEARCH=win32
        ;;
    *)
        skip "no emulator for machine type $1"
        ;;
    esac
    # Wine starts more processes of its own: they must use the same loader.
    export WINELOADER="$WINE"
}
