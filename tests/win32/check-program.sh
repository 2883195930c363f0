#!/bin/sh
# check-program.sh OBJDUMP PROGRAM.exe: it wants no library that a bare Windows lacks, and no Windows later
# than 7.
set -u
imports=$("$1" -p "$2" | awk '$1 == "DLL" && $2 == "Name:" { print tolower($3) }' | sort -u)
[ -n "$imports" ] || { echo "FAILED: no imports can be read"; exit 1; }
foreign=$(printf '%s\n' "$imports" | grep -vxE '(kernel32|msvcrt|shell32)\.dll')
if [ -n "$foreign" ]; then
    echo "FAILED: $2 needs:" $foreign
    exit 1
fi
subsystem=$("$1" -p "$2" | awk '$1 ~ /^M(aj|in)orSubsystemVersion$/ { print $2 }' | tr '\n' .)
case $subsystem in
[45].* | 6.[01].) ;;
*) echo "FAILED: $2 starts only on Windows $subsystem"; exit 1 ;;
esac
echo "$2 needs only:" $imports
