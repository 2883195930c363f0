# Sourced by tests that are bash scripts. Such a test is a list of cases; each prints "$suite.NAME ok", or FAILED and what is
# wrong, and the last line counts them for summary.awk.
#   suite=... dir=...       what stands before the names, and a folder of the test's own; set them first
#   begin NAME              a case: what follows until the next begins belongs to it
#   bad WORDS               something in it is wrong
#   check NAME COMMAND...   a case that is one command
#   skip_case NAME WHY
#   done_with_cases         last: counts, and is the test's own status
# $dir/out and $dir/err are the case's: empty when it begins, shown when it fails.
passed=0 failed=0 skipped=0 name='' wrong='' status=0

show_case() { cat "$dir/out" "$dir/err" | tail -n 60; }
finish_case() {
    [ -n "$name" ] || return 0
    if [ -z "$wrong" ]; then
        passed=$((passed + 1))
        echo "$suite.$name ok"
    else
        failed=$((failed + 1))
        echo "$suite.$name FAILED:$wrong"
        show_case
    fi
    name=
}
begin() {
    finish_case
    name=$1 wrong=
    : >"$dir/out"
    : >"$dir/err"
}
bad() { wrong="$wrong
  $*"; }
check() {
    begin "$1"
    shift
    "$@" >"$dir/said" 2>&1 || bad "status $?
$(tail -n 60 "$dir/said")"
    finish_case
}
skip_case() { finish_case; skipped=$((skipped + 1)); echo "$suite.$1 skipped: $2"; }
is_status() { [ "$status" -eq "$1" ] || bad "exit status $status, not $1"; }
done_with_cases() {
    finish_case
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
