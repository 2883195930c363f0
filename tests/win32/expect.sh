#!/bin/sh
# expect.sh STATUS TEXT PROGRAM.exe [ARGUMENT...]: run it under Wine; it must end with that status and
# print a line that matches the basic regular expression TEXT.
status=$1
text=$2
shift 2
output=$("$(dirname "$0")/run-wine.sh" "$@" 2>&1)
actual=$?
printf '%s\n' "$output"
if [ "$actual" -eq 77 ]; then
    exit 77
fi
if [ "$actual" -ne "$status" ]; then
    echo "FAILED: status $actual, expected $status"
    exit 1
fi
if ! printf '%s\n' "$output" | grep -q -- "$text"; then
    echo "FAILED: no line matches: $text"
    exit 1
fi
