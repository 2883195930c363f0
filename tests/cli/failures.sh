# What goes wrong, its exit status and its text.
start_peer

begin unknown_class
mi_in enumerate No_SuchClass
is_status 15
out_empty
err_has 'No_SuchClass' 'MI_RESULT_INVALID_CLASS'

begin unknown_class_of_class
mi_in class No_SuchClass
[ "$status" -eq 15 ] || [ "$status" -eq 16 ] || bad "exit status $status"
out_empty

begin unknown_instance
mi_in get Peer_Few Id=99
is_status 16
err_has 'MI_RESULT_NOT_FOUND'

begin unknown_namespace
mi_in enumerate Peer_Few -n root/nowhere
is_status 13
err_has 'MI_RESULT_INVALID_NAMESPACE'

begin json_after_a_failure_is_still_valid
mi_in enumerate No_SuchClass -o json
is_json
mi_in get Peer_Few Id=99 -o jsonl
out_empty

begin unresolvable_host
# A label longer than 63 characters is in nobody's DNS, and needs none to find that out.
label=$(head -c 70 /dev/zero | tr '\0' h)
mi test -H "$label.invalid" --timeout 20
is_status 11
err_has "$label" 'host name'

begin host_that_does_not_parse
mi test -H 'http://[::1'
is_status 14

begin url_that_contradicts_an_option
mi test -H "http://127.0.0.1:$port" --https
is_status 14

begin http_spoken_to_https
mi test -H "127.0.0.1:$port" --https --timeout 1
is_status 11
err_has 'mi: test: '

# with_fault SPEC...
with_fault() {
    local faults=()
    for spec; do faults+=(--fault "$spec"); done
    start_peer "${faults[@]}"
}

begin silent_server_runs_into_the_timeout
with_fault stall
mi_in enumerate Peer_Few --timeout 0.5
is_status 11
err_has '0x80338126' '--timeout'

begin timeout_while_pulling_prints_what_came
with_fault only=Pull,on=2,stall
mi_in enumerate Peer_Many --timeout 1 -o json
is_status 11
is_json
out_has '"__CLASS":"Peer_Many"'

begin answer_within_the_timeout_is_no_timeout
with_fault delay=300
mi_in enumerate Peer_Few --timeout 20
is_status 0

for fault in garbage html status=503 no-soap-500 truncate wrong-length bad-chunk non-utf8 doctype \
    entities close-before-reply empty-body loop-401 endless-headers deep=5000; do
    begin "fault_${fault//[=-]/_}_is_told_in_words"
    with_fault "$fault"
    mi_in enumerate Peer_Few -o json --timeout 20
    [ "$status" -gt 10 ] && [ "$status" -lt 124 ] || bad "exit status $status"
    is_json
    err_has 'mi: Peer_Few: ' '(MI_RESULT_'
    err_hasnot 'S3cret'
    is_clean err
    [ "$(wc -c <err)" -gt 60 ] || bad "the text says little"
done

begin fault_text_of_the_server_is_kept
with_fault 'soap-fault=w:TimedOut:2150858793'
mi_in enumerate Peer_Few
[ "$status" -gt 10 ] || bad "exit status $status"
err_has '0x80338029'

begin dead_server
dead=$port
stop_peer
mi test -H "127.0.0.1:$dead"
is_status 11
err_has "127.0.0.1" 'efused'
