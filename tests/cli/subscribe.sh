# Subscriptions: each indication as it comes, and nothing left behind on the server.

# control METHOD PATH [LINE]...: prints the answer
control() {
    local method=$1 path=$2 body=''
    shift 2
    [ $# -eq 0 ] || body=$(printf '%s\n' "$@")
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return
    printf '%s %s HTTP/1.1\r\nHost: peer\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
        "$method" "$path" "${#body}" "$body" >&3
    cat <&3
    exec 3>&-
}
fire() { control POST /control/fire "$@" >/dev/null; }

# until_has FILE TEXT [COUNT]: wait for so many lines with it
until_has() {
    local tries=0
    until [ "$(grep -cF -- "$2" "$1" 2>/dev/null)" -ge "${3:-1}" ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 500 ] || { bad "$1 has no '$2' ${3:-1} times"; return 1; }
        read -rt 0.02 <> <(:)
    done
    return 0 # not read's
}
query='SELECT * FROM Peer_Alert'

# subscribe ARGUMENT...: in the background; it is subscribed when this returns
subscribe() {
    : >log
    MI_PASSWORD=$password timeout 60 "$MI" subscribe "$query" "$@" "${to[@]}" >out 2>err </dev/null &
    pid=$!
    until_has log action=Subscribe
}
ended() {
    wait "$pid"
    status=$?
}
nothing_is_left() {
    local tries=0
    until control GET /control/counters | grep -q '^subscriptions.open 0'; do
        tries=$((tries + 1))
        [ "$tries" -lt 200 ] || { bad 'a subscription is left on the server'; return; }
        read -rt 0.02 <> <(:)
    done
}

for dialect in windows omi; do
    start_peer --dialect "$dialect"

    begin "${dialect}_count_ends_it"
    subscribe --count 2
    fire count=3
    ended
    is_status 0
    err_empty
    is_json -l
    out_lines 2
    out_has '{"__CLASS":"Peer_Alert","Sequence":1,' '"Sequence":2,' '["first & foremost","second"]'
    nothing_is_left
    log_has action=Unsubscribe
done

start_peer

for format in table list json jsonl csv xml; do
    begin "${format}_shows_each_as_it_comes"
    subscribe --count 2 -o "$format"
    fire message=uno
    until_has out uno && fire message=due
    ended
    is_status 0
    out_has uno due
    nothing_is_left
    case $format in
    table) out_lines 4 ;;
    csv) out_lines 3 ;;
    json) is_json ;;
    jsonl) is_json -l ;;
    xml) ! command -v xmllint >/dev/null || xmllint --noout out 2>err || bad 'not well-formed' ;;
    esac
done

begin termination_ends_it_on_the_server
subscribe -o json
fire
until_has out '"Sequence"'
kill "$(pgrep -P "$pid" 2>/dev/null || echo "$pid")"
ended
is_status 143
is_json
err_hasnot MI_RESULT
nothing_is_left
log_has action=Unsubscribe

begin termination_before_anything_happened
subscribe
kill "$(pgrep -P "$pid" 2>/dev/null || echo "$pid")"
ended
is_status 143
out_empty
nothing_is_left

begin reader_that_goes_away_ends_it
: >log
set +m
{
    MI_PASSWORD=$password timeout 60 "$MI" subscribe "$query" "${to[@]}" 2>err </dev/null
    echo $? >gone
} | head -n 1 >out &
reader=$!
until_has log action=Subscribe
fire
until_has out '"Sequence"'
until [ -s gone ]; do fire; read -rt 0.05 <> <(:); done
wait "$reader"
status=$(cat gone)
is_status 141
out_lines 1
nothing_is_left

begin bookmark_resumes_behind_its_event
control POST /control/reset >/dev/null
subscribe --count 1 --print-bookmarks
fire message=uno
ended
bookmark=$(sed -n 's/^bookmark: //p' err)
[ -n "$bookmark" ] || bad 'no bookmark'
[ "$(wc -l <err)" -eq 1 ] || bad 'not one bookmark'
fire message=due
fire message=tre
subscribe --count 2 --bookmark "$bookmark"
ended
is_status 0
err_empty
out_hasnot uno
[ "$(sed -n 1p out | grep -c due)" -eq 1 ] || bad 'due is not the first line'
out_has tre

begin bookmark_oldest_begins_with_what_is_kept
subscribe --count 3 --bookmark oldest
ended
is_status 0
out_has uno due tre

begin bookmark_newest_begins_now
subscribe --count 1 --bookmark newest
fire message=quattro
ended
is_status 0
out_has quattro

begin where_clause_selects
query="SELECT * FROM Peer_Alert WHERE Severity > 3"
subscribe --count 1
fire severity=1 message=small
fire severity=9 message=big
ended
is_status 0
out_has big
query='SELECT * FROM Peer_Alert'

begin event_about_an_instance_has_it_inside
query="SELECT * FROM __InstanceCreationEvent WITHIN 1 WHERE TargetInstance ISA 'Peer_Note'"
subscribe --count 1
MI_PASSWORD=$password timeout 60 "$MI" create Peer_Note Number=77 Topic=x "${to[@]}" >/dev/null
ended
is_status 0
is_json -l
out_has '"TargetInstance":{"__CLASS":"Peer_Note"' '"Number":77'
query='SELECT * FROM Peer_Alert'

begin subscription_ends_when_it_expires
subscribe --expires 0.5 -o json
ended
is_status 0
is_json
err_empty
nothing_is_left

begin heartbeats_are_not_shown
subscribe --heartbeat 0.1 --count 1
until_has log action=Pull 3
fire message=now
ended
is_status 0
out_lines 1

begin wrong_query
mi_in subscribe 'SELECT'
is_status 25
out_empty

begin without_a_logon
MI_PASSWORD=wrong mi subscribe "$query" "${to[@]}"
is_status 12

begin silent_server_runs_into_the_timeout
control POST /control/faults 'only=Subscribe,stall' >/dev/null
mi_in subscribe "$query" --timeout 0.5
is_status 11
err_has 0x80338126
control POST /control/faults >/dev/null

for dialect in openwsman idrac; do
    start_peer --dialect "$dialect"
    begin "${dialect}_has_no_filter_by_query"
    mi_in subscribe "$query"
    [ "$status" -gt 10 ] || bad "exit status $status"
    err_has 'mi: subscribe: ' '(MI_RESULT_'
done

"$AT_TERMINAL" -- true </dev/null >/dev/null 2>&1 || return 0
start_peer
begin interrupt_ends_it_on_the_server
: >log
(until_has log action=Subscribe && fire message=seen) &
MI_PASSWORD=$password "$AT_TERMINAL" expect:seen 'send:^C' -- \
    "$MI" subscribe "$query" "${to[@]}" >out 2>err </dev/null
status=$?
wait $!
is_status 130
err_empty
log_has action=Unsubscribe
nothing_is_left
