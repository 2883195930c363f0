# What a server says and asks while an operation runs; no server is needed for it.
say() {
    timeout 60 "$DIALOG_SAY" "$@" >out 2>err </dev/null
    status=$?
}
# Without a terminal to ask at: setsid takes the one of whoever runs this.
say_alone() {
    timeout 60 setsid -w "$DIALOG_SAY" "$@" >out 2>err </dev/null
    status=$?
}

begin messages_have_their_kind_in_front
say warning:one verbose:two debug:three channel:four error:five
is_status 0
printf 'warning: one\nverbose: two\ndebug: three\nmessage: four\nerror: five\n' >expected
cmp -s err expected || bad 'other lines'

begin errors_let_the_server_go_on
say error:five
[ "$(cat out)" = 'answer: yes' ] || bad "not yes"

begin messages_obey_nobody
say $'warning:\e[2Jwipe\nnext' $'ask:\e]0;title\a'
is_clean err
err_has 'warning: \u001b[2Jwipe\nnext'

begin progress_is_for_terminals
say progress:working
err_empty

if command -v setsid >/dev/null; then
    begin question_without_a_terminal_is_answered_no
    say_alone 'ask:Really?'
    [ "$(cat out)" = 'answer: no' ] || bad "not no"
    err_has 'asked: Really? (no: ' '--yes'
fi

begin question_with_yes_is_not_asked
say --yes 'ask:Really?' 'ask:And this?'
[ "$(sort -u out)" = 'answer: yes' ] || bad "not yes"
err_has 'asked: Really? (yes)' 'asked: And this? (yes)'

begin question_that_wants_no_answer_is_shown
say 'tell:So it is'
out_empty
[ "$(cat err)" = 'asked: So it is' ] || bad 'other text'

"$AT_TERMINAL" -- true </dev/null >/dev/null 2>&1 || return 0

# on_terminal STEP... -- COMMAND...
on_terminal() {
    "$AT_TERMINAL" "$@" >out 2>err </dev/null
    status=$?
    tr -d '\r' <out >plain
    mv plain out
}

for answer in 'y:yes' 'YES:yes' 'n:no' 'no:no' 'a:yes to all' 'all:yes to all' ':no' 'maybe:no'; do
    begin "answer_'${answer%%:*}'_is_${answer#*:}"
    on_terminal 'expect:Really? [yes, no, all] ' echo:on "send:${answer%%:*}^M" \
        "expect:answer: ${answer#*:}" -- "$DIALOG_SAY" 'ask:Really?'
    is_status 0
done

begin yes_answers_one_question
on_terminal 'expect:One? ' 'send:y^M' 'expect:Two? ' 'send:n^M' 'expect:answer: no' -- \
    "$DIALOG_SAY" 'ask:One?' 'ask:Two?'
is_status 0

begin question_goes_to_the_terminal_whatever_is_redirected
on_terminal 'expect:Really? ' 'send:y^M' -- \
    sh -c 'exec "$@" >file 2>&1 </dev/null' - "$DIALOG_SAY" 'ask:Really?'
is_status 0
[ "$(cat file)" = 'answer: yes' ] || bad 'the file has more'

begin end_of_file_is_no
on_terminal 'expect:Really? ' 'send:^D' 'expect:answer: no' -- "$DIALOG_SAY" 'ask:Really?'
is_status 0

begin interrupt_ends_a_question
on_terminal 'expect:Really? ' 'send:^C' 'expect:answer: no' echo:on -- \
    "$DIALOG_SAY" --watch 'ask:Really?'
is_status 130

begin progress_is_one_line_that_messages_replace
on_terminal 'expect:30 %, 5 s left: working' 'expect:warning: one' -- \
    "$DIALOG_SAY" progress:working progress:working warning:one
is_status 0
[ "$(grep -c . out)" -eq 1 ] || bad 'more than one line'

begin long_progress_stays_on_one_line
on_terminal columns:100 -- "$DIALOG_SAY" "progress:$(head -c 500 /dev/zero | tr '\0' x)"
is_status 0
[ "$(wc -l <out)" -eq 0 ] || bad 'a line ended'
[ "$(grep -o 'x*' out | head -n 1 | wc -c)" -lt 80 ] || bad 'longer than 78 columns'
