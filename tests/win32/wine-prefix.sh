#!/bin/sh
# wine-prefix.sh ensure ARCH   create $WINEPREFIX unless it is complete (ARCH: win64 or win32)
# wine-prefix.sh setup MACHINE  the same for the machine type of a build tree, and keep its server
# wine-prefix.sh stop           end the Wine server of $WINEPREFIX and nothing else
set -u
here=$(cd "$(dirname "$0")" && pwd)
caller_prefix=${WINEPREFIX:-${MIC_WINE_PREFIX:?}}
. "$here/wine-env.sh"
export WINEPREFIX="$caller_prefix"

# The server stays behind, so it must not hold the caller's output open.
server() {
    wineserver=$(first_program wineserver /usr/lib/wine/wineserver /opt/wine-stable/bin/wineserver) &&
        "$wineserver" "$@" </dev/null >/dev/null 2>&1
}

create() {
    # A prefix that was interrupted half way is not repaired but made again.
    rm -rf "$WINEPREFIX"
    mkdir -p "$WINEPREFIX"
    if ! "$WINE" wineboot --init >"$WINEPREFIX.log" 2>&1 </dev/null; then
        echo "cannot create the Wine prefix $WINEPREFIX:" >&2
        cat "$WINEPREFIX.log" >&2
        exit 1
    fi
    # The registry reaches the disk when the server ends.
    server -w
    touch "$WINEPREFIX/.complete"
}

ensure() {
    if [ -f "$WINEPREFIX/.complete" ]; then
        return
    fi
    create
}

case ${1:-} in
ensure)
    case $2 in
    win64) choose_wine 8664 ;;
    win32) choose_wine 014c ;;
    esac
    ensure
    ;;
setup)
    choose_wine "$2"
    ensure
    # It fails when a server runs already, which is as good.
    server -p60
    exit 0
    ;;
stop)
    server -k
    exit 0
    ;;
*)
    echo "usage: wine-prefix.sh ensure win64|win32 | setup 8664|014c | stop" >&2
    exit 2
    ;;
esac
