# Sourced by the Wine scripts: finds Wine and sets an environment that is the same everywhere.
# Inputs:  MIC_WINE_PREFIX  the prefix (default: wine-prefix beside the nearest CMakeCache.txt)
#          MIC_WINE32_ROOT  what wine32-root.sh made (default: build/wine32 of this source tree)
#          MIC_WINE32       a Wine that runs 32-bit programs and is not in its usual place

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

wine32_root=${MIC_WINE32_ROOT:-$here/../../build/wine32}

# A Wine of 32 bits that this kernel runs. /usr/bin/wine is no answer: without 32-bit support it
# starts the 64-bit loader.
find_wine32() {
    candidate=$(first_program "${MIC_WINE32:-}" /usr/lib/wine/wine /usr/lib/i386-linux-gnu/wine/wine) &&
        "$candidate" --version >/dev/null 2>&1 && echo "$candidate"
}

# "8664" for x86_64, "014c" for i686: the machine field behind the PE signature. One process, since every run asks.
pe_machine() {
    set -- $(od -An -v -tx1 -N1024 "$1")
    [ $# -gt 63 ] || { echo none; return; }
    shift 60
    shift $((0x$4$3$2$1 - 60 + 4)) 2>/dev/null
    echo "${2:-}${1:-}"
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
        if WINE=$(find_wine32); then
            export WINEARCH=win32
        elif [ -f "$wine32_root/.complete" ]; then
            # It shares prefix and server with the 64-bit Wine.
            WINE=$(cd "$wine32_root" && pwd)/usr/lib/wine/wine
            export WINEARCH=win64
        else
            skip "no Wine for 32-bit programs ('./dev windows' makes one; it says why if it cannot)"
        fi
        ;;
    *)
        skip "no emulator for machine type $1"
        ;;
    esac
    # Wine starts more processes of its own: they must use the same loader.
    export WINELOADER="$WINE"
    # One prefix cannot be both.
    export WINEPREFIX="$MIC_WINE_PREFIX"
    [ "$WINEARCH" = win64 ] || WINEPREFIX=$MIC_WINE_PREFIX-32
}

# Whether the prefix is all there for programs of that machine type.
is_prefix_ready() {
    [ -f "$WINEPREFIX/.ready" ] &&
        { [ "$1:$WINEARCH" != 014c:win64 ] || [ "$WINEPREFIX/.wow64" -nt "$wine32_root/.complete" ]; }
}

# The system directory as a program of that machine type sees it.
system_directory() {
    case $1:$WINEARCH in
    014c:win64) echo "$WINEPREFIX/drive_c/windows/syswow64" ;;
    *) echo "$WINEPREFIX/drive_c/windows/system32" ;;
    esac
}
