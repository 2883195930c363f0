#!/bin/sh
# check-archive.sh ABI ARCHIVE: what the library shows to and wants from a linker.
# ABI: mingw-x86_64, mingw-i686, msvc-x64, msvc-x86 or msvc-arm64
set -u
abi=$1
archive=$2
status=0

fail() {
    echo "FAILED: $1"
    shift
    [ $# -eq 0 ] || printf '  %s\n' "$@"
    status=1
}

prefix= decoration=
case $abi in
mingw-x86_64 | msvc-x64) tools=x86_64-w64-mingw32- ;;
mingw-i686 | msvc-x86) tools=i686-w64-mingw32- prefix=_ decoration='(@[0-9]+)?' ;;
msvc-arm64) tools=llvm- ;;
*) echo "check-archive.sh: $abi is no ABI it knows" >&2; exit 2 ;;
esac
nm=${tools}nm
objdump=${tools}objdump
for tool in "$nm" "$objdump"; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

symbols=$($nm "$archive") || exit 1

# Globals: the public names and what an import library would define for them. In the MSVC ABI a string
# literal is global too, under a name made of its text, so that linkers keep one of each.
actual=$(echo "$symbols" |
    awk 'NF == 3 && $2 != "N" && $2 ~ /^[A-Z]$/ && $3 !~ /^\?\?_C@/ { print $3 }' | sort)
expected=$(for name in MI_Application_InitializeV1 mi_clientFT_V1; do
    printf '%s\n' "$prefix$name" "__imp_$prefix$name"
done | sort)
[ "$actual" = "$expected" ] || fail "global symbols" "$actual"

# A program of any compiler has kernel32 and these four.
unwanted=$(echo "$symbols" | awk '$1 == "U" { print $2 }' | grep -vE \
    "^(__imp_${prefix}(FreeLibrary|GetLastError|GetProcAddress|GetProcessHeap|GetSystemDirectoryW|HeapAlloc|HeapFree|LoadLibraryExW|SetLastError)$decoration|${prefix}mem(cpy|set|move|cmp))\$")
[ -z "$unwanted" ] || fail "undefined symbols that no allow list has" "$unwanted"

sections=$($objdump -h "$archive")
# What to link with is the program's affair: no /DEFAULTLIB, and no other request either.
echo "$sections" | grep -q '\.drectve' && fail ".drectve is there"
features=$(echo "$symbols" | awk '$3 == "@feat.00" { sub(/^0+/, "", $1); print $2 " " $1 }')
case $abi in
mingw-x86_64) wanted= ;;
mingw-i686) wanted='a 1' ;;
msvc-x86) wanted='a 801' ;;
msvc-*) wanted='a 800' ;;
esac
# Bit 0: no exception handlers, or x86 objects stay out of /SAFESEH images. Bit 11: has the tables of
# Control Flow Guard.
[ "$features" = "$wanted" ] || fail "@feat.00 is '$features', not '$wanted'"
case $abi in
msvc-*)
    size=$(echo "$sections" | awk '/\.gfids\$y/ { for (i = 1; i < NF; i++) if ($i == ".gfids$y") print $(i + 1) }')
    # Four bytes for each function whose address is in a table: slots, entry point, error object.
    [ $((0x${size:-0} / 4)) -ge 105 ] || fail "only $((0x${size:-0} / 4)) functions are listed for /guard:cf"
    ;;
esac

case $abi in
*-i686 | *-x86)
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
