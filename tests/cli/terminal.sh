# On a terminal: the prompt, widths, the running count, Ctrl-C.
"$AT_TERMINAL" -- true </dev/null >/dev/null 2>&1 || {
    echo "skipped: no pseudo-terminal on this machine (is /dev/pts mounted?)"
    exit 77
}
start_peer --many 300

# on_terminal STEP... -- COMMAND...
on_terminal() {
    "$AT_TERMINAL" "$@" >out 2>err </dev/null
    status=$?
    tr -d '\r' <out >plain
    mv plain out
}
ask=("expect:Password for $user: " echo:off)

begin prompt_does_not_echo
on_terminal "${ask[@]}" "send:$password^M" expect:Vendor echo:on -- "$MI" test "${to[@]}"
is_status 0
out_hasnot S3cret
err_empty

begin prompt_goes_to_the_terminal_not_to_the_output
on_terminal "${ask[@]}" "send:$password^M" -- sh -c 'exec "$@" >file 2>&1' - "$MI" enumerate Peer_Few -o json "${to[@]}"
is_status 0
grep -q 'Password for' file && bad 'the file has the prompt'
cp file out
is_json

begin wrong_password_at_the_prompt
on_terminal "${ask[@]}" 'send:guess^M' -- "$MI" enumerate Peer_Few "${to[@]}"
is_status 12
out_hasnot guess

begin empty_password_at_the_prompt_is_tried
on_terminal "${ask[@]}" 'send:^M' -- "$MI" enumerate Peer_Few "${to[@]}"
is_status 12

begin end_of_file_at_the_prompt_is_no_password
on_terminal "${ask[@]}" 'send:^D' -- "$MI" enumerate Peer_Few "${to[@]}"
is_status 2
out_has 'no password was given'

begin too_long_at_the_prompt
long=$(head -c 1500 /dev/zero | tr '\0' x)
on_terminal "${ask[@]}" "send:$long^M" expect:longer echo:on -- "$MI" enumerate Peer_Few "${to[@]}"
is_status 2

begin interrupt_at_the_prompt_restores_the_terminal
on_terminal "${ask[@]}" 'send:abc^C' expect:GONE echo:on -- \
    bash -c 'trap : INT; "$@"; echo GONE' - "$MI" enumerate Peer_Few "${to[@]}"
out_hasnot abc
on_terminal "${ask[@]}" 'send:^C' -- "$MI" enumerate Peer_Few "${to[@]}"
is_status 130

begin termination_at_the_prompt_restores_the_terminal
on_terminal "${ask[@]}" signal:15 -- "$MI" enumerate Peer_Few "${to[@]}"
is_status 143

begin suspended_prompt_asks_again
on_terminal "${ask[@]}" "send:ab^Z" "expect:[stopped]" "${ask[@]}" "send:$password^M" expect:Vendor -- \
    "$MI" test "${to[@]}"
is_status 0

export MI_PASSWORD=$password

begin table_fits_the_terminal
on_terminal -- "$MI" enumerate Peer_Many "${to[@]}"
is_status 0
[ "$(awk '{ if (length($0) > 60) print }' out | wc -l)" -eq 0 ] || bad 'lines are longer than 60'
[ "$(wc -l <out)" -eq 302 ] || bad "$(wc -l <out) lines"

begin table_cuts_long_values_on_a_terminal_only
on_terminal columns:200 -- "$MI" enumerate Win32_Process "${to[@]}"
out_has '…'
[ "$(awk '{ gsub(/…/, "."); if (length($0) > 200) print }' out | wc -l)" -eq 0 ] || bad 'lines are longer than 200'
mi_in enumerate Win32_Process
out_hasnot '…'

begin control_characters_do_not_reach_the_terminal
on_terminal -- "$MI" enumerate Peer_Control "${to[@]}"
is_clean out
on_terminal -- "$MI" enumerate Peer_Control -o list "${to[@]}"
is_clean out

begin nothing_found_is_said_on_a_terminal
on_terminal -- "$MI" enumerate Peer_Empty "${to[@]}"
is_status 0
out_has 'no instances'

begin count_runs_while_the_output_goes_elsewhere
on_terminal 'expect:100 instances' 'expect:200 instances' 'expect:300 instances' -- \
    sh -c 'exec "$@" >file' - "$MI" enumerate Peer_Many -o jsonl "${to[@]}"
is_status 0
[ "$(wc -l <file)" -eq 300 ] || bad "$(wc -l <file) lines"

begin no_count_in_between_on_the_same_terminal
on_terminal -- "$MI" enumerate Peer_Many -o jsonl "${to[@]}"
out_hasnot ' instances'

# One page comes, the second never.
start_peer --many 20000 --fault only=Pull,from=3,stall

begin interrupt_cancels_prints_what_came_and_exits_130
on_terminal 'expect:100 instances' 'send:^C' -- \
    sh -c 'exec "$@" >file' - "$MI" enumerate Peer_Many -o json "${to[@]}"
is_status 130
cp out terminal
cp file out
is_json
out_has '"__CLASS":"Peer_Many"'
cp terminal out
out_hasnot 'MI_RESULT'

begin termination_does_the_same
start_peer --many 20000 --fault only=Pull,from=3,stall
on_terminal 'expect:100 instances' signal:15 -- \
    sh -c 'exec "$@" >file' - "$MI" enumerate Peer_Many -o table "${to[@]}"
is_status 143
[ "$(wc -l <file)" -gt 100 ] || bad 'the table is not there'

# Slow pages, so that it is in the middle of them when the signal comes.
start_peer --many 20000 --fault only=Pull,delay=200

begin interrupt_releases_the_enumeration_on_the_server
on_terminal 'expect:100 instances' 'send:^C' -- \
    sh -c 'exec "$@" >file' - "$MI" enumerate Peer_Many -o jsonl "${to[@]}"
is_status 130
log_has action=Release

begin interrupt_ends_a_class_and_a_test_too
start_peer --fault stall
for verb in 'class Peer_Few' 'get Peer_Few Id=1' test; do
    on_terminal 'expect:Envelope' 'send:^C' -- "$MI" $verb -vvv "${to[@]}"
    is_status 130
done
