#!/bin/bash
# run.sh GROUP.sh: one group of cases. The environment names the programs; CMakeLists.txt sets it.
# Each case prints 'cli.<group>.<name> ok' or FAILED with what it saw; the last line counts.
set -u
group=$(basename "$1" .sh)
dir=$(mktemp -d) || exit 1
peer_pid='' port=0
suite=cli.$group
# shellcheck source=tests/support/cases.sh
. "$(dirname "$0")/../support/cases.sh"
unset MI_PASSWORD MI_TRACE MI_TRACE_FILE MI_TRACE_WIRE MI_HOST MI_USER MI_CLEAR_TEXT
cd "$dir" || exit 1

stop_peer() {
    [ -n "$peer_pid" ] || return 0
    kill "$peer_pid" 2>/dev/null
    wait "$peer_pid" 2>/dev/null
    peer_pid=
}
trap 'stop_peer; cd /; rm -rf "$dir"' EXIT

user=tester
password='S3cret pässwörd: with  blanks  '

# start_peer [OPTION]...: afterwards $port, ./log; options like --no-auth replace the user.
start_peer() {
    stop_peer
    rm -f port log
    case " $* " in
    *' --no-auth '* | *' --user '*) ;;
    *) set -- --user "$user" "$@" ;;
    esac
    MI_PEER_PASSWORD=$password "$MI_PEER" --ready-file port --log log "$@" >peer.out 2>peer.err &
    peer_pid=$!
    until [ -s port ]; do
        kill -0 "$peer_pid" 2>/dev/null || { echo "mi-peer did not start"; cat peer.err; exit 1; }
        read -rt 0.02 <> <(:)
    done
    port=$(cat port)
    to=(-H "127.0.0.1:$port" -u "$user" --clear-text)
}

show_case() {
    local file
    for file in out err; do
        [ -s "$file" ] && { echo "--- std$file"; head -c 2000 "$file"; echo; }
    done
    [ -s log ] && { echo "--- log"; tail -n 5 log; }
}

# mi ARGUMENT...: run it; then $status, ./out, ./err.
mi() {
    timeout 60 "$MI" "$@" >out 2>err </dev/null
    status=$?
}

# mi with the password where it belongs
mi_in() { MI_PASSWORD=$password mi "$@" "${to[@]}"; }

out_has() { for t; do grep -qF -- "$t" out || bad "stdout has no '$t'"; done; }
out_hasnot() { for t; do ! grep -qF -- "$t" out || bad "stdout has '$t'"; done; }
err_has() { for t; do grep -qF -- "$t" err || bad "stderr has no '$t'"; done; }
err_hasnot() { for t; do ! grep -qF -- "$t" err || bad "stderr has '$t'"; done; }
out_matches() { grep -qE -- "$1" out || bad "stdout does not match '$1'"; }
out_empty() { [ ! -s out ] || bad "stdout is not empty"; }
err_empty() { [ ! -s err ] || bad "stderr is not empty"; }
out_lines() { [ "$(wc -l <out)" -eq "$1" ] || bad "stdout has $(wc -l <out) lines, not $1"; }
is_json() {
    "$JSON_CHECK" "$@" <out >json.err || bad "$(cat json.err)"
}
# Tab and newline are the only control bytes a reader may meet.
is_clean() {
    [ "$(LC_ALL=C tr -d '\001-\010\013-\037\177' <"$1" | wc -c)" -eq "$(wc -c <"$1")" ] ||
        bad "$1 has control bytes"
    LC_ALL=C grep -q "$(printf '\302[\200-\237]')" "$1" && bad "$1 has C1 controls"
    iconv -f UTF-8 -t UTF-8 "$1" >/dev/null 2>&1 || bad "$1 is not UTF-8"
}
# log_has TEXT: the server writes its line behind the reply, so this may wait a little.
log_has() {
    local tries=0
    until grep -qF -- "$1" log; do
        tries=$((tries + 1))
        [ "$tries" -lt 200 ] || { bad "the server's log has no '$1'"; return; }
        read -rt 0.02 <> <(:)
    done
}
log_hasnot() { ! grep -qF -- "$1" log || bad "the server's log has '$1'"; }

. "$1"
done_with_cases
