#!/bin/bash
# examples.sh RUN-WINE FOLDER: every example as a Windows program, against the mi.dll that plays a
# server.
set -u
wine=$1 folder=$2
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
suite=cli.windows_examples
# shellcheck source=tests/support/cases.sh
. "$(dirname "$0")/../../support/cases.sh"
export MI_HOST=server MI_USER=user MI_PASSWORD=word
unset MI_CLEAR_TEXT

# example STATUS PROGRAM [OPERAND]... -- TEXT...: its status, and lines that stand in its output.
example() {
    local expected=$1 program=$2 operands=()
    begin "$2"
    shift 2
    while [ "$1" != -- ]; do
        operands+=("$1")
        shift
    done
    shift
    "$wine" "$folder/$program.exe" "${operands[@]}" >"$dir/raw" 2>&1 </dev/null
    status=$?
    if [ "$status" -eq 77 ]; then
        cat "$dir/raw"
        exit 77
    fi
    tr -d '\r' <"$dir/raw" >"$dir/out"
    is_status "$expected"
    for text; do
        grep -qF -- "$text" "$dir/out" || bad "no '$text'"
    done
}

example 0 enumerate Some_Class -- Some_Class 'Destination = server' 'User = user' 'Password = word'
example 0 enumerate_async Some_Class -- 'Number = 2' '3 instances'
example 0 get_instance Some_Class Key k -- 'Namespace = k'
example 0 query 'SELECT 1' -- 'Request = query WQL: SELECT 1'
example 0 associators Some_Class Key k -- 'Request = associators Some_Class Key:13*=k'
example 0 references Some_Class Key k -- 'Request = references Some_Class Key:13*=k'
example 0 create Some_Class Size 5 -- 'Request = create Some_Class' 'Size:5=5'
example 0 modify Some_Class Size 5 Key k -- 'Request = modify Some_Class' 'Size:5=5' 'Key:13*=k'
example 0 delete Some_Class Key k --
example 0 invoke Some_Class Do Count 7 -- 'Request = invoke Some_Class.Do Parameters Count:5=7'
example 0 get_class Some_Class -- Size Texts
example 0 enumerate_classes -- Top_
example 0 subscribe 'SELECT 1' 2 -- 'Request = subscribe WQL: SELECT 1'
example 0 test_connection --
example 1 enumerate Missing -- 'MI_Result 5'
example 0 list_async server 'Klasse_ü' -- 'Klasse_ü' 'Text = Grüße 日本 😀' 'Namespace = root\cimv2' '3 instances'
example 1 list_async server Missing -- 'Ungültige Klasse' 'failed: 5'
done_with_cases
