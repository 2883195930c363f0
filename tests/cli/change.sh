# create, set, delete, invoke, classes.
start_peer

begin create_prints_the_keys
mi_in create Peer_Note Number=1 Topic=a 'Title=Grüße <&> "日本"'
is_status 0
err_empty
out_lines 2
out_matches '^Number : 1$'
out_matches '^Topic  : a$'

begin created_instance_has_what_was_typed
mi_in get Peer_Note Number=1 Topic=a -o jsonl
is_status 0
out_has '"Title":"Grüße <&> \"日本\""' '"Revision":1'

# One value of every type there and back: name, what is typed, what JSON shows.
value_arguments=()
expected=()
value() {
    value_arguments+=("$1=$2")
    expected+=("\"$1\":$3")
}
value v_boolean TRUE true
value v_uint8 0xff 255
value v_sint8 -128 -128
value v_uint16 65535 65535
value v_sint16 -32768 -32768
value v_uint32 4294967295 4294967295
value v_sint32 +7 7
value v_uint64 18446744073709551615 18446744073709551615
value v_sint64 -9223372036854775808 -9223372036854775808
value v_real32 0.1 0.1
value v_real64 -1.5e300 -1.5e+300
value v_char16 € '"€"'
value v_datetime 2024-02-29T12:34:56.5+01:00 '"20240229123456.500000+060"'
value v_interval P1DT2H '"00000001020000.000000:000"'
value v_string $'line\nand = , tab\t' '"line\nand = , tab\t"'
value v_reference 'root/cimv2:Peer_LeafA.Name="leaf a"' '"root/cimv2:Peer_LeafA.Name=\"leaf a\""'
expected+=('"a_uint8":[1,2,255]' '"a_string":["x","","y,z"]' '"a_boolean":[true]' '"a_sint8":[]'
    '"a_real64":null' '"a_reference":["root/cimv2:Peer_LeafB.Name=\"leaf b\""]')
value_arguments+=(a_uint8=1 a_uint8=2 a_uint8=255 a_string=x a_string= a_string=y,z a_boolean=true
    --empty a_sint8 --null a_real64 'a_reference=root/cimv2:Peer_LeafB.Name="leaf b"')

begin every_type_there_and_back
mi_in create Peer_Note Number=2 Topic=types "${value_arguments[@]}"
is_status 0
mi_in get Peer_Note Number=2 Topic=types -o jsonl
out_has "${expected[@]}"

begin create_what_exists
mi_in create Peer_Note Number=1 Topic=a
is_status 21
out_empty
err_has 'mi: Peer_Note: ' MI_RESULT_ALREADY_EXISTS

begin create_in_a_class_that_has_none
mi_in create No_SuchClass A=1
is_status 15

begin set_changes_only_what_is_named
mi_in set Peer_Note v_uint8=7 Number=2 v_string= Topic=types --null v_char16
is_status 0
mi_in get Peer_Note Number=2 Topic=types -o jsonl
out_has '"v_uint8":7' '"v_string":""' '"v_char16":null' '"v_sint16":-32768' '"Revision":2'

begin set_what_is_not_there
mi_in set Peer_Note Number=9 Topic=a Title=x
is_status 16
err_has MI_RESULT_NOT_FOUND

begin set_what_cannot_be_written
mi_in set Peer_Few Id=1 Text=x
is_status 17

begin delete_prints_nothing
mi_in delete Peer_Note Number=1 Topic=a
is_status 0
out_empty
err_empty
mi_in delete Peer_Note Number=1 Topic=a
is_status 16

begin invoke_of_the_class_prints_return_value_and_out_parameters
mi_in invoke Peer_Base Add X=1 Y=0x29
is_status 0
err_empty
out_lines 2
out_matches '^ReturnValue +: 0$'
out_matches '^Sum +: 42$'

begin invoke_of_an_instance
mi_in invoke Peer_Note Number=2 Topic=types Append Text=more -o jsonl
is_status 0
is_json -l
out_has '"ReturnValue":0' '"Length":4'
mi_in get Peer_Note Number=2 Topic=types
out_matches '^Title +: more$'

begin invoke_of_an_instance_with_odd_characters_in_its_key
mi_in invoke Peer_Service 'Name=gamma & <co>' Start -o jsonl
is_status 0
out_has '"ReturnValue":0'
mi_in get Peer_Service 'Name=gamma & <co>'
out_matches '^State +: Running$'

begin invoke_of_an_instance_that_is_not_there
mi_in invoke Peer_Service Name=nobody Start
is_status 16
out_empty

begin invoke_that_fails_names_the_method
mi_in invoke Peer_Service Fail Result=2
is_status 12
out_empty
err_has 'mi: Peer_Service.Fail: ' MI_RESULT_ACCESS_DENIED

begin invoke_with_arguments_of_every_kind
mi_in invoke Peer_Base 'Name=Peer_Base 0' Echo 'Text=<&>' Numbers=-1 Numbers=2 When=2024-02-29 \
    'Target=root/cimv2:Peer_LeafA.Name="leaf a"' --null Object 'Targets=Peer_LeafA.Name="a"' -o jsonl
is_status 0
is_json -l
out_has '"Text":"<&>"' '"Numbers":[-1,2]' '"When":"20240229000000.000000+000"' '"Object":null' \
    '"Target":"root/cimv2:Peer_LeafA.Name=\"leaf a\""' '"Targets":["root/cimv2:Peer_LeafA.Name=\"a\""]'

chat=(invoke Peer_Service Name=alpha Chat)

begin invoke_shows_what_the_server_says
mi_in "${chat[@]}" Warnings=2 Verboses=1 Debugs=1 Progresses=3 Reports=1 -o jsonl
is_status 0
out_lines 1
printf '%s\n' 'warning: Warnings 1 of <2>' 'warning: Warnings 2 of <2>' 'verbose: Verboses 1 of <1>' \
    'error: Reports 1 & more?' >expected
cmp -s expected err || bad 'other lines'

begin invoke_lets_the_server_go_on_after_an_error
mi_in "${chat[@]}" Inquiries=1 -o jsonl
is_status 0
err_has 'error: Inquiries 1 & more?'
out_has '"Answers":["yes"]'

begin invoke_with_yes_answers_the_questions
mi_in "${chat[@]}" Prompts=2 Criticals=1 -o jsonl --yes
is_status 0
out_has '"Answers":["yes","yes","yes"]'
err_has 'asked: Prompts 1 & more? (yes)'

begin invoke_prints_every_piece_of_a_stream
mi_in "${chat[@]}" Parts=2 -o jsonl
is_status 0
is_json -l
[ "$(grep -c '^{"__CLASS":"__STREAM","Part":' out)" -ge 2 ] || bad 'pieces are missing'
tail -n 1 out | grep -q '"ReturnValue":0' || bad 'the result is not the last line'

if "$AT_TERMINAL" -- true </dev/null >/dev/null 2>&1; then
    begin invoke_asks_at_the_terminal
    MI_PASSWORD=$password "$AT_TERMINAL" 'expect:Prompts 1 & more? [yes, no, all] ' 'send:a^M' \
        'expect:"Answers":["yesToAll","auto:yes"]' -- \
        "$MI" "${chat[@]}" Prompts=2 -o jsonl "${to[@]}" >out 2>err </dev/null
    status=$?
    is_status 0
    err_empty

    begin invoke_shows_progress_at_the_terminal
    MI_PASSWORD=$password "$AT_TERMINAL" 'expect: %' 'expect:ReturnValue' -- \
        "$MI" "${chat[@]}" Progresses=2 "${to[@]}" >out 2>err </dev/null
    status=$?
    is_status 0

    begin interrupt_at_a_question_cancels_the_operation
    MI_PASSWORD=$password "$AT_TERMINAL" 'expect:Prompts 1 & more? ' 'send:^C' -- \
        "$MI" "${chat[@]}" Prompts=1 "${to[@]}" >out 2>err </dev/null
    status=$?
    is_status 130
fi

begin invoke_is_sent_once_whatever_happens
start_peer --fault only=Invoke,close-before-reply
mi_in invoke Peer_Service Name=beta Start
[ "$status" -gt 10 ] || bad "exit status $status"
err_has 'mi: Peer_Service.Start: '
log_has action=Invoke
[ "$(grep -c 'action=Invoke' log)" -eq 1 ] || bad 'sent twice'
start_peer

begin classes_names_only
mi_in classes --names-only
is_status 0
out_matches '^Peer_Few$'
out_matches '^Peer_LeafA$'
mi_in classes --names-only -o json
is_json
out_has '{"name":"Peer_Few"}'

begin classes_of_a_class
mi_in classes Peer_Base --names-only
is_status 0
[ "$(sort out | tr '\n' ' ')" = 'Peer_LeafA Peer_LeafB Peer_Middle ' ] || bad 'other classes'
mi_in classes Peer_Base --shallow
is_status 0
out_has 'class Peer_Middle : Peer_Base'
out_hasnot 'class Peer_LeafA'

begin classes_in_every_format
mi_in classes Peer_Base -o json
is_status 0
is_json
mi_in classes Peer_Base -o jsonl
is_json -l
out_lines 3
mi_in classes Peer_Base -o xml
is_status 0
[ "$(grep -c '<CLASS ' out)" -eq 3 ] || bad 'not three classes'

begin classes_of_an_unknown_class
mi_in classes No_SuchClass -o json
is_status 15
is_json

start_peer --dialect omi

begin omi_create_set_get_delete
mi_in create Peer_Note Number=1 Topic=a Title=x "${value_arguments[@]}"
is_status 0
mi_in set Peer_Note Number=1 Topic=a v_uint8=9
is_status 0
mi_in get Peer_Note Number=1 Topic=a -o jsonl
out_has '"v_uint8":9' '"v_uint64":18446744073709551615' '"a_string":["x","","y,z"]'
mi_in delete Peer_Note Number=1 Topic=a
is_status 0

begin omi_invoke
mi_in invoke Peer_Base Add X=1 Y=41 -o jsonl
is_status 0
out_has '"Sum":42'

for dialect in openwsman idrac; do
    start_peer --dialect "$dialect"

    begin "${dialect}_create_with_types"
    mi_in create Peer_Note Number:uint32=1 Topic=a 'Title=<&>' v_boolean:boolean=true \
        'a_uint8:uint8[]=1' 'a_uint8:uint8[]=2' \
        'v_reference:reference=root/cimv2:Peer_LeafA.Name="leaf a"'
    is_status 0
    out_matches '^Number +: 1$'
    mi_in get Peer_Note Number=1 Topic=a -o jsonl
    is_status 0
    out_has '"Title":"<&>"' '"a_uint8":["1","2"]'

    begin "${dialect}_set_with_keys_named"
    mi_in set Peer_Note Number:uint32=1 Topic=a Title=y --key number --key Topic
    is_status 0
    mi_in get Peer_Note Number=1 Topic=a -o jsonl
    out_has '"Title":"y"'

    begin "${dialect}_value_does_not_fit_the_type_given"
    mi_in create Peer_Note Number:uint32=x Topic=a
    is_status 2
    err_has "mi: Peer_Note.Number: 'x' is not a whole number"

    begin "${dialect}_delete"
    mi_in delete Peer_Note Number=1 Topic=a
    is_status 0

    begin "${dialect}_invoke"
    mi_in invoke Peer_Base Add X:uint32=1 Y:uint32=41 -o jsonl
    is_status 0
    out_has '"Sum":"42"'
    mi_in invoke Peer_Service Name=beta Start
    is_status 0
    out_matches '^ReturnValue +: 0$'

    begin "${dialect}_has_no_classes"
    mi_in classes --names-only
    [ "$status" -gt 10 ] || bad "exit status $status"
done

start_peer

begin type_given_has_to_be_the_declared_one
mi_in create Peer_Note Number:string=1 Topic=a
is_status 2
err_has 'mi: Peer_Note.Number (uint32): is declared with another type'
mi_in create Peer_Note Number:uint32=1 Topic:string=a
is_status 0

begin no_types_fetches_no_class
: >log
mi_in create Peer_Note Number:uint32=2 Topic=a --no-types
is_status 0
mi_in set Peer_Note Number:uint32=2 Topic=a Title=x --key Number --key Topic --no-types
is_status 0
log_hasnot GetClass
