#!/bin/bash
# run.sh RUN-WINE MI.EXE: the tool on Windows' side. MIC_MI_DLL says which mi.dll the system has: the
# one that plays a server, or none.
set -u
wine=$1 exe=$2
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
passed=0 failed=0 name='' wrong='' status=0
unset MI_PASSWORD

finish_case() {
    [ -n "$name" ] || return 0
    if [ -z "$wrong" ]; then
        passed=$((passed + 1))
        echo "cli.windows.$name ok"
    else
        failed=$((failed + 1))
        echo "cli.windows.$name FAILED:$wrong"
        cat "$dir/out" "$dir/err"
    fi
}
begin() { finish_case; name=$1 wrong=; }
bad() { wrong="$wrong
  $*"; }
mi() {
    "$wine" "$exe" "$@" >"$dir/raw" 2>"$dir/err" </dev/null
    status=$?
    if [ "$status" -eq 77 ]; then
        cat "$dir/raw"
        exit 77
    fi
    tr -d '\r' <"$dir/raw" >"$dir/out"
}
is_status() { [ "$status" -eq "$1" ] || bad "exit status $status, not $1"; }
out_has() { for t; do grep -qF -- "$t" "$dir/out" || bad "stdout has no '$t'"; done; }
err_has() { for t; do grep -qF -- "$t" "$dir/err" || bad "stderr has no '$t'"; done; }

without_mi_dll() {
    begin help_needs_no_mi_dll
    mi --help
    is_status 0
    out_has 'usage: mi VERB' '--password-file'

    begin wrong_usage
    mi bogus
    is_status 2
    err_has 'unknown verb: bogus'

    begin argument_that_is_not_ascii_is_shown_as_utf8
    mi 'Größe日'
    is_status 2
    err_has 'unknown verb: Größe日'

    begin missing_mi_dll_says_what_to_install
    mi enumerate Win32_Process
    is_status 17
    err_has 'MI_RESULT_NOT_SUPPORTED' 'Windows Management Framework 3.0' 'system32\mi.dll' 'mi: start: '
    [ "$(grep -c KB2506143 "$dir/err")" -eq 1 ] || bad 'the remedy is not there once'
}

with_mi_dll() {
    begin enumerate_gives_a_table
    mi enumerate 'Klasse_ü' -H server
    is_status 0
    out_has 'Number  Big ' '18446744073709551613' 'Grüße 日本 😀 \u001b[2J'
    [ "$(wc -l <"$dir/out")" -eq 5 ] || bad "$(wc -l <"$dir/out") lines"

    begin enumerate_gives_json
    mi enumerate 'Klasse_ü' -H server -n 'root\ümlaut' -o jsonl
    is_status 0
    out_has '{"__CLASS":"Klasse_ü","Number":0,"Big":18446744073709551615,"Half":0.5,"Nothing":null,"Text":"Grüße 日本 😀 \u001b[2J"' '"Destination":"server"' '"Namespace":"root\\ümlaut"'
    [ "$(wc -l <"$dir/out")" -eq 3 ] || bad "$(wc -l <"$dir/out") lines"

    begin without_user_no_credentials_are_given
    out_has '"Scheme":"","Domain":"","User":"","Password":""' '"Privacy":1'

    begin user_and_password_arrive_as_utf16
    MI_PASSWORD='pässwörd日  ' mi enumerate C -H server -u 'DOMÄNE\jürgen' -o jsonl --clear-text
    is_status 0
    out_has '"Scheme":"Default","Domain":"DOMÄNE","User":"jürgen","Password":"pässwörd日  "' '"Privacy":0'

    begin password_file_with_a_name_that_is_not_ascii
    printf 'from a file\r\n' >"$dir/geheim_ü"
    mi enumerate C -H server -u u --auth Basic --password-file "Z:$dir/geheim_ü" -o jsonl
    is_status 0
    out_has '"Scheme":"Basic"' '"Password":"from a file"'

    begin get_sends_its_key
    mi get Win32_LogicalDisk 'DeviceID=C:\ü' -o list
    is_status 0
    out_has 'Namespace   : C:\ü'

    begin failure_has_the_text_of_the_library
    mi enumerate Missing
    is_status 15
    err_has 'mi: Missing: Ungültige Klasse' '(MI_RESULT_INVALID_CLASS)'

    begin option_that_mi_dll_does_not_know_is_named
    mi enumerate C --ca-file x.pem
    is_status 17
    err_has 'mi: --ca-file: '

    begin prompt_without_a_console_says_what_else_there_is
    mi enumerate C -u u
    is_status 2
    err_has 'MI_PASSWORD'
}

if [ "${MIC_MI_DLL:-none}" = none ]; then
    without_mi_dll
else
    with_mi_dll
fi
finish_case
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
