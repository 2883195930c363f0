#!/bin/bash
# same.sh RUN-WINE MI.EXE [ONLY]: what ../same.sh says is the same on every platform, or those cases of it that match ONLY.
# MIC_MI_DLL is the mi.dll that serves mi-peer's classes.
set -u
wine=$1 exe=$2 same_only=${3:-}
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d) || exit 1
trap 'cd /; rm -rf "$dir"' EXIT
cd "$dir" || exit 1
unset MI_HOST MI_USER MI_PASSWORD MI_CLEAR_TEXT MI_TRACE MI_SAME_WRITE

suite=cli.windows_same
# shellcheck source=tests/support/cases.sh
. "$here/../../support/cases.sh"
start_peer() { :; }
mi_in() {
    "$wine" "$exe" "$@" -H server >out 2>err </dev/null
    status=$?
    if [ "$status" -eq 77 ]; then
        cat out
        exit 77
    fi
}

. "$here/../same.sh"
done_with_cases
