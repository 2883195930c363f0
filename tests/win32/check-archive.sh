#!/bin/sh
# check-archive.sh TARGET ARCHIVE: what libmiclient.a shows to and wants from a linker.
# TARGET: x86_64-w64-mingw32 or i686-w64-mingw32
set -u
nm=$1-nm
objdump=$1-objdump
archive=$2
status=0

fail() {
    echo "FAILED: $1"
    shift
    [ $# -eq 0 ] || printf '  %s\n' "$@"
    status=1
}

case $1 in
i686-*) prefix=_ decoration='(@[0-9]+)?' ;;
*) prefix= decoration= ;;
esac

symbols=$($nm "$archive") || exit 1

# Globals: the public names and what an import library would define for them.
actual=$(echo "$symbols" | awk 'NF == 3 && $2 != "N" && $2 ~ /^[A-Z]$/ { print $3 }' | sort)
expected=$(for name in MI_Application_InitializeV1 mi_clientFT_V1; do
    printf '%s\n' "$prefix$name" "__imp_$prefix$name"
done | sort)
[ "$actual" = "$expected" ] || fail "global symbols" "$actual"

# A program of any compiler has kernel32 and these four.
unwanted=$(echo "$symbols" | awk '$1 == "U" { print $2 }' | grep -vE \
    "^(__imp_${prefix}(FreeLibrary|GetLastError|GetProcAddress|GetProcessHeap|GetSystemDirectoryW|HeapAlloc|HeapFree|LoadLibraryExW|SetLastError)$decoration|${prefix}mem(cpy|set|move|cmp))\$")
[ -z "$unwanted" ] || fail "undefined symbols that no allow list has" "$unwanted"

sections=$($objdump -h "$archive")
case $1 in
i686-*)
    # Only objects that say so link into a /SAFESEH image.
    echo "$symbols" | grep -q '^00000001 a @feat\.00$' || fail "@feat.00 is not 1"
    echo "$sections" | grep -q '\.eh_frame' && fail ".eh_frame is there"
    # Table slots are stdcall: decorated with the bytes they pop, and each pops them itself or
    # jumps on to a function that does. The entry point is cdecl and pops nothing.
    slots=$(echo "$symbols" |
        grep -cE ' t _(application|session|operation|hosted_provider|destination|subscription|serializer|deserializer|utilities|error)_[A-Za-z_]+@[0-9]+$')
    [ "$slots" -ge 105 ] || fail "only $slots stdcall slots"
    bare=$(echo "$symbols" |
        grep -E ' t _(application|session|operation|hosted_provider|destination|subscription|serializer|deserializer|utilities|error)_[A-Z][A-Za-z_]+$')
    [ -z "$bare" ] || fail "slots that are not stdcall" "$bare"
    wrong=$($objdump -d --no-show-raw-insn "$archive" | awk '
        function from_hex(text,    i, number) {
            for (i = 1; i <= length(text); i++) {
                number = number * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
            }
            return number + 0
        }
        /^[0-9a-f]+ <.*>:$/ {
            name = $2; gsub(/[<>:]/, "", name)
            bytes = name ~ /@[0-9]+$/ ? name : ""
            sub(/.*@/, "", bytes)
            cdecl = name == "_MI_Application_InitializeV1"
        }
        $2 == "ret" {
            popped = $3 == "" ? 0 : from_hex(substr($3, 4))
            if ((bytes != "" && popped != bytes + 0) || (cdecl && popped != 0)) print name, popped
        }
        END { print "end" }')
    [ "$wrong" = end ] || fail "functions that pop the wrong number of bytes" "$wrong"
    ;;
*)
    echo "$sections" | grep -q '\.pdata' || fail "no .pdata: the frames cannot be unwound"
    ;;
esac

[ $status -eq 0 ] && echo "$archive: global symbols, imports and sections are as they must be"
exit $status
