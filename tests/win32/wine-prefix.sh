#!/bin/sh
# wine-prefix.sh ensure MACHINE  create the prefix for programs of that type unless it is complete
# wine-prefix.sh setup MACHINE   the same, and keep its server
# wine-prefix.sh stop            end the Wine servers of these prefixes and nothing else
# MIC_WINE_PREFIX is the prefix; one that is for 32-bit programs alone has -32 behind its name.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/wine-env.sh"
: "${MIC_WINE_PREFIX:?}"

# The server stays behind, so it must not hold the caller's output open.
server() {
    wineserver=$(first_program wineserver /usr/lib/wine/wineserver /opt/wine-stable/bin/wineserver) &&
        "$wineserver" "$@" </dev/null >/dev/null 2>&1
}

create() {
    # A prefix that was interrupted half way is not repaired but made again.
    rm -rf "$WINEPREFIX"
    mkdir -p "$WINEPREFIX"
    boot=$WINE
    [ "$WINEARCH" = win32 ] || boot=$(find_wine64)
    if ! WINELOADER="$boot" "$boot" wineboot --init >"$WINEPREFIX.log" 2>&1 </dev/null; then
        echo "cannot create the Wine prefix $WINEPREFIX:" >&2
        cat "$WINEPREFIX.log" >&2
        exit 1
    fi
    # Windows nobody sees: no X server is asked for, and an installer's pages can be walked through.
    WINELOADER="$boot" "$boot" reg add 'HKCU\Software\Wine\Drivers' /v Graphics /d null /f \
        >>"$WINEPREFIX.log" 2>&1 </dev/null
    # The registry reaches the disk when the server ends.
    server -w
    touch "$WINEPREFIX/.ready"
}

# The 64-bit Wine made the prefix, so it has no libraries of 32 bits: Wine's own are linked to.
add_wow64() {
    system=$(system_directory 014c)
    mkdir -p "$system"
    cp -rs --remove-destination \
        "$(cd "$wine32_root" && pwd)"/usr/lib/i386-linux-gnu/wine/i386-windows/. "$system"
    touch "$WINEPREFIX/.wow64"
}

ensure() {
    [ -f "$WINEPREFIX/.ready" ] || create
    is_prefix_ready "$1" || add_wow64
}

case ${1:-} in
ensure)
    choose_wine "$2"
    ensure "$2"
    ;;
setup)
    choose_wine "$2"
    ensure "$2"
    # It fails when a server runs already, which is as good.
    server -p60
    if [ "$2:$WINEARCH" = 014c:win64 ]; then
        # Starts what belongs to every session, which a program of 32 bits would wait for.
        boot=$(find_wine64)
        WINELOADER="$boot" "$boot" wineboot </dev/null >/dev/null 2>&1
    fi
    exit 0
    ;;
stop)
    for WINEPREFIX in "$MIC_WINE_PREFIX" "$MIC_WINE_PREFIX-32"; do
        export WINEPREFIX
        [ ! -d "$WINEPREFIX" ] || server -k
    done
    exit 0
    ;;
*)
    echo "usage: wine-prefix.sh ensure 8664|014c | setup 8664|014c | stop" >&2
    exit 2
    ;;
esac
