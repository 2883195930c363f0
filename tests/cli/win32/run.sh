#!/bin/bash
# run.sh RUN-WINE MI.EXE ON_CONSOLE.EXE JSON-CHECK.EXE: the tool on Windows' side. MIC_MI_DLL says which mi.dll the system has: the
# one that plays a server, or none.
set -u
wine=$1 exe=$2 on_console=$3 json_check=$4
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
suite=cli.windows
# shellcheck source=tests/support/cases.sh
. "$(dirname "$0")/../../support/cases.sh"
unset MI_PASSWORD

mi() {
    "$wine" "$exe" "$@" >"$dir/raw" 2>"$dir/err" </dev/null
    status=$?
    if [ "$status" -eq 77 ]; then
        cat "$dir/raw"
        exit 77
    fi
    tr -d '\r' <"$dir/raw" >"$dir/out"
}
# console TYPE... -- ARGUMENT...: mi on a console in code page 437; out is what its screen shows.
console() {
    local steps=()
    while [ "$1" != -- ]; do
        steps+=("$1")
        shift
    done
    shift
    "$wine" "$on_console" "${steps[@]}" -- "$exe" "$@" >"$dir/out" 2>"$dir/err" </dev/null
    status=$?
}
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

    begin wildcards_and_quotes_reach_the_program_as_they_are
    mi '*.?' 'a "b"\'
    is_status 2
    err_has 'unknown verb: *.?'

    begin console_of_another_code_page_shows_errors
    console -- 'Größe日'
    is_status 2
    out_has 'mi: unknown verb: Größe日'

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

    begin json_is_json
    "$wine" "$json_check" -l <"$dir/raw" || bad 'a line is not JSON'
    mi enumerate 'Klasse_ü' -H server -n 'root\ümlaut' -o json
    "$wine" "$json_check" <"$dir/raw" || bad 'it is not JSON'
    mi class 'Klasse_ü' -o json
    "$wine" "$json_check" <"$dir/raw" || bad 'the class is not JSON'

    begin without_user_no_credentials_are_given
    mi enumerate C -H server -o jsonl
    is_status 0
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

    begin doctor_says_whether_the_connection_comes_about
    mi doctor server -o json
    is_status 0
    out_has '"host":"server"' '"check":"identify","status":"OK"' '"check":"spn","status":"SKIP"' '"result":"OK"'
    "$wine" "$json_check" <"$dir/raw" || bad 'it is not JSON'

    begin get_sends_its_key
    mi get Win32_LogicalDisk 'DeviceID=C:\ü' -o list
    is_status 0
    out_has 'Namespace   : C:\ü'

    begin create_has_the_types_of_the_class
    mi create 'Klasse_ü' Key=ä Size=0xFFFFFFFF Texts=a Texts='b ü' 'Link=C.K="v w"' -H server -o jsonl
    is_status 0
    out_has '"Request":"create Klasse_ü Key:13*=ä Size:5=4294967295 Texts:29=a|b ü| Link:14=C.K=v w"'

    begin create_with_null_and_nothing
    mi create C Key=x --null Size --empty Texts -o jsonl
    is_status 0
    out_has '"Request":"create C Key:13*=x Size:5=NULL Texts:29="'

    begin set_tells_keys_from_properties
    mi set C Size=5 Key=k -o jsonl
    is_status 0
    out_has '"Request":"modify C Size:5=5 Key:13*=k"'

    begin value_that_does_not_fit
    mi set C Key=k Size=10GB
    is_status 2
    err_has "C.Size (uint32): '10GB' is not a whole number from 0 to 4294967295"
    mi create C Siez=1
    is_status 2
    err_has "C has no property 'Siez'; near: Size"

    begin delete_gives_nothing
    mi delete C 'Key=Ü x'
    is_status 0
    [ ! -s "$dir/out" ] || bad 'there is output'
    err_has 'verbose: delete C Key:13*=Ü x'

    begin invoke_of_the_class
    mi invoke C Do Count=7 'Text=ü' -o jsonl --yes
    is_status 0
    out_has '"Request":"invoke C.Do Parameters Count:5=7 Text:13=ü"' '"Answer":1'
    err_has 'warning: Vorsicht ü' 'asked: Wirklich? (yes)'

    begin invoke_of_an_instance
    mi invoke C Key=k Do -o jsonl
    is_status 0
    out_has '"Request":"invoke C.Do C Key:13*=k"' '"Answer":0'

    begin invoke_that_does_not_fit
    mi invoke C Do Result=1
    is_status 2
    err_has 'C.Do(Result) (uint32): is an out parameter'
    mi invoke C Doo
    is_status 2
    err_has "C has no method 'Doo'; near: Do"

    begin query
    mi query "SELECT * FROM Ü" -n 'root\x' -o jsonl
    is_status 0
    out_has '"Request":"query WQL: SELECT * FROM Ü"' '"Namespace":"root\\x"'
    [ "$(wc -l <"$dir/out")" -eq 3 ] || bad "$(wc -l <"$dir/out") lines"

    begin associators_and_references
    mi associators C Key=k --assoc-class A --result-class R --role P --result-role Q --keys-only -o jsonl
    is_status 0
    out_has '"Request":"associators C Key:13*=k assoc=A result=R role=P result-role=Q keys"'
    mi references C Key=k --result-class R --role P -o jsonl
    is_status 0
    out_has '"Request":"references C Key:13*=k result=R role=P"'

    begin class_and_classes
    mi class 'Klasse_ü'
    is_status 0
    out_has 'class Klasse_ü' 'uint32 Size;' 'string Texts[];' 'uint32 Do('
    mi classes --names-only
    is_status 0
    out_has 'Top_ü'
    mi classes X -o xml
    is_status 0
    out_has '<CLASS NAME="X">'

    begin subscription_ends_when_the_count_is_reached
    mi subscribe 'SELECT 1' --count 2 --bookmark oldest --print-bookmarks --heartbeat 90 --expires 7200
    is_status 0
    [ "$(wc -l <"$dir/out")" -eq 2 ] || bad "$(wc -l <"$dir/out") lines"
    out_has '"Request":"subscribe WQL: SELECT 1 bookmark=MI_SUBSCRIBE_BOOKMARK_OLDEST heartbeat=90 expires=7200"'
    err_has 'bookmark: <b>  <n>ü</n></b>'

    begin csv_and_xml
    mi enumerate C -H server -o csv
    is_status 0
    [ "$(tr -cd '\r' <"$dir/raw" | wc -c)" -eq "$(wc -l <"$dir/raw")" ] || bad 'not one CR per LF'
    [ "$(head -n 1 "$dir/out" | tr , '\n' | sed -n 2p)" = Number ] || bad heading
    mi enumerate C -H server -o xml
    is_status 0
    out_has '<PROPERTY NAME="Big" TYPE="uint64"><VALUE>18446744073709551615</VALUE>' '\u001b[2J'

    begin failure_has_the_text_of_the_library
    mi enumerate Missing
    is_status 15
    err_has 'mi: Missing: Ungültige Klasse' '(MI_RESULT_INVALID_CLASS)'

    begin option_that_mi_dll_does_not_know_is_named
    mi enumerate C --ca-file x.pem
    is_status 17
    err_has 'mi: --ca-file: '

    begin console_of_another_code_page_shows_results
    console -- enumerate 'Klasse_ü' -H server -o list
    is_status 0
    out_has 'Grüße 日本 😀 \u001b[2J'

    begin console_gets_long_output_whole
    console -- --help
    is_status 0
    out_has '--password-file'

    begin prompt_takes_a_password_that_is_not_ascii_unseen
    console 'type:pässwörd日' -- enumerate C -H server -u 'jürgen' -o jsonl
    is_status 0
    out_has '"User":"jürgen"' 'pässwörd日"'
    grep -qx 'Password for jürgen:' "$dir/out" || bad 'the password is seen'

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
done_with_cases
