#!/bin/bash
# mi-runtime.nsh in the installer of a foreign product: what it detects, what it leaves alone, and what it installs.
# MI_DLL, NO_EXPORT, LONGER_EXPORT: libraries of the machine's bitness; OTHER_BITNESS: one of the other, or nothing.
set -u
# shellcheck source=tests/nsis/lib.sh
. "$(dirname "$0")/lib.sh"
test_folder=$drive/nsis-test
rm -rf "$test_folder"
mkdir -p "$test_folder"

sdk="$dir/an SDK"
mkdir -p "$sdk"/bin/x64 "$sdk"/bin/x86
ship_include 1.2.3 "$sdk"
echo 'tool of x64' >"$sdk/bin/x64/mi.exe"
echo 'tool of x86' >"$sdk/bin/x86/mi.exe"
product=$test_folder/product.exe
makensis -WX -V2 "-DTARGET=$TARGET" "-DOUT=$product" "-DINCLUDE=$sdk/nsis/mi-runtime.nsh" \
    "$here/product.nsi" || exit 1
on_windows "$PROBE" get HKCU Software none
find_libraries
[ -n "$native_dll" ] || { echo "skipped: no compiler for a 64-bit mi.dll"; exit 77; }

detect() {
    rm -f "$test_folder/report.ini"
    on_windows "${1:-$product}" /S /DETECT
    [ -f "$test_folder/report.ini" ] || bad 'no report'
}
reported() { # SECTION KEY
    tr -d '\r' <"$test_folder/report.ini" 2>/dev/null | iconv -f UTF-8 -c |
        awk -v "want=[$1]" -v "key=$2" '$0 ~ /^\[/ { inside = $0 == want } inside && index($0, key "=") == 1 {
            print substr($0, length(key) + 2); exit }'
}
state_is() { same "$1 state" "$(reported "$1" state)" "$2"; }
says() { case $(reported "$1" "$2") in *"$3"*) ;; *) bad "$1 $2 '$(reported "$1" "$2")' has no '$3'" ;; esac; }
nothing_lost() {
    local section
    for section; do
        grep -qaF "[$section]" "$test_folder/report.ini" || bad "no report of $section"
        same "$section lost" "$(reported "$section" lost)" ''
    done
}

# windows PROGRAM STATE-WITHOUT STATE-WITH SAYS ADVICE: the state without and with mi.dll (-: not run), and in words.
windows() {
    with_mi_dll none
    detect "$1"
    state_is function "$2"
    says function windows "$4"
    says function windows ", $machine"
    says function advice "$5"
    [ "$2" -ne 1 ] && [ "$3" != - ] || return 0
    with_mi_dll "$native_dll"
    detect "$1"
    state_is function "$3"
    same advice "$(reported function advice)" ''
}
versions=(win2003 vista win2008 win8 win81 win10)
if [ "$machine" = x64 ]; then xp=winxp64; else xp=winxp; fi
simulation=()
for version in "$xp" "${versions[@]}"; do
    cp "$product" "$test_folder/$version.exe"
    simulation+=("$version.exe" "$version")
done
simulate "${simulation[@]}"
named() {
    begin "$1"
    windows "$test_folder/$1.exe" "${@:2}"
}
# The same for one that Wine has no name for, or names wrongly: VERSION BUILD PACK TYPE first.
numbered() {
    begin "$1"
    simulate_number "$2" "$3" "$4" "$5"
    windows "$product" "${@:6}"
}

named "$xp" 1 1 'Windows XP Service Pack' 'Use Windows 7 with Service Pack 1'
named win8 2 0 'Windows 8 (6.2.9200)' 'sfc /scannow'
numbered windows_7 6.1 7601 1 WinNT 2 0 'Windows 7 Service Pack 1 (6.1.7601)' KB2506143
if [ "$TARGET$machine" = x86-unicodex64 ]; then
    skip_case more_versions 'too long for an emulator of 32 bits; the x86_64 tree has them'
else
    named win2003 1 1 'Windows Server 2003 Service Pack 2' 'Use Windows 7 with Service Pack 1'
    named vista 1 1 'Windows Vista Service Pack 2 (6.0' 'Use Windows 7 with Service Pack 1'
    named win2008 2 0 'Windows Server 2008 Service Pack 2 (6.0' KB2506146
    named win81 2 0 'Windows 8.1 (6.3.9600)' 'sfc /scannow'
    named win10 2 0 'Windows 10 (10.0.' 'sfc /scannow'
    numbered windows_xp_of_32_bits 5.1 2600 3 WinNT 1 1 'Windows XP Service Pack 3 (5.1.2600)' 'Use Windows 7 with Service Pack 1'
    numbered windows_11 10.0 22621 0 WinNT 2 0 'Windows 11 (10.0.22621)' 'system32\mi.dll is missing'
    numbered server_2008_r2 6.1 7601 1 ServerNT 2 0 'Windows Server 2008 R2 Service Pack 1 (6.1.7601)' \
        'KB2506143), or 5.1 (KB3191566)'
    numbered windows_7_without_service_pack 6.1 7600 0 WinNT 1 1 'Windows 7 (6.1.7600)' \
        'Install Service Pack 1, then Windows Management Framework 3.0 (KB2506143)'
    numbered server_2008_without_its_service_pack 6.0 6001 1 ServerNT 1 1 \
        'Windows Server 2008 Service Pack 1 (6.0.6001)' 'Install Service Pack 2, then'
    numbered server_2012 6.2 9200 0 ServerNT 2 - 'Windows Server 2012 (6.2.9200)' 'part of this Windows'
    numbered server_2012_r2 6.3 9600 0 ServerNT 2 - 'Windows Server 2012 R2 (' 'part of this Windows'
    numbered server_2016 10.0 14393 0 ServerNT 2 - 'Windows Server 2016 (10.0.14393)' 'part of this Windows'
    numbered server_2019 10.0 17763 0 ServerNT 2 - 'Windows Server 2019 (' 'part of this Windows'
    numbered server_2022 10.0 20348 0 ServerNT 2 - 'Windows Server 2022 (' 'part of this Windows'
    numbered server_2025 10.0 26100 0 ServerNT 2 - 'Windows Server 2025 (' 'part of this Windows'
fi

begin wmf_version
same 'wmf without' "$(reported function wmf)" ''
set_values HKLM 'SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine' PowerShellVersion sz 5.1.19041.1
detect
same wmf "$(reported function wmf)" 5.1.19041.1
restore_values
probe clear HKLM 'SOFTWARE\Microsoft\PowerShell'

simulate_number 6.1 7601 1 WinNT
# damaged NAME FILE WORDS. Where only 32-bit files are at hand for a 64-bit machine, as a 32-bit product sees it.
judged=function
case $TARGET in x86*) judged=function.x86 ;; esac
damaged() {
    begin "$1"
    if [ "$judged" = function ]; then with_mi_dll "$2"; else with_mi_dll "$2" "$2"; fi
    detect
    state_is $judged 3
    says $judged advice "$3"
    says $judged advice 'KB2506143), or 5.1 (KB3191566) again.'
}
: >"$dir/empty"
echo 'MI_Application_InitializeV1' >"$dir/text"
head -c 300 "$MI_DLL" >"$dir/short"
damaged empty_file "$dir/empty" 'mi.dll is not a library'
damaged file_that_is_text "$dir/text" 'mi.dll is not a library'
damaged file_cut_off "$dir/short" 'does not export MI_Application_InitializeV1'
damaged library_without_the_export "$NO_EXPORT" 'does not export MI_Application_InitializeV1'
damaged library_with_a_longer_name "$LONGER_EXPORT" 'does not export MI_Application_InitializeV1'
if [ -n "${OTHER_BITNESS:-}" ]; then
    damaged library_of_the_other_bitness "$OTHER_BITNESS" 'is of the wrong bitness'
else
    skip_case library_of_the_other_bitness 'no compiler for it'
fi

begin product_of_32_bits
if [ -z "$x86_dll" ]; then
    skip_case product_of_32_bits 'no compiler for a 32-bit mi.dll'
else
    with_mi_dll "$native_dll" none
    detect
    state_is function 0
    if [ "$machine" = x64 ]; then
        state_is function.x86 2
        says function.x86 advice 'SysWOW64\mi.dll'
        with_mi_dll none "$x86_dll"
        detect
        state_is function 2
    fi
    state_is function.x86 0
fi

begin requirement_ends_the_installer_with_its_own_status
with_mi_dll none
on_windows "$product" /S /NEEDS=mi
is_status 40
on_windows "$product" /S /NEEDS32=mi
is_status 41
[ ! -e "$drive/Program Files/Foreign product" ] || bad 'it went on'

begin installs_and_leaves_nothing
with_mi_dll "$native_dll" none
on_windows "$product" /S /DETECT
snapshot "$dir/before"
folder="$drive/nsis-test/Produkt für 日本"
on_windows "$product" /S '/D=C:\nsis-test\Produkt' 'für' '日本'
is_status 0
nothing_lost function function.x86 section section.x86 again again.x86 files
same 'errors flag' "$(reported section.x86 errors)" kept
state_is again 0
same x86 "$(cat "$folder/tools x86/mi.exe")" 'tool of x86'
same x64 "$(cat "$folder/tools x64/mi.exe")" 'tool of x64'
same native "$(cat "$folder/tools/mi.exe")" "tool of $machine"
key='miclient\Products\Foreign product'
probe get HKLM "Software\\$key" Path get HKLM "Software\\Wow6432Node\\$key" Path get HKCU "Software\\$key" Path \
    get HKCU "Software\\$key" Version | tr -d '\r' | grep -v '^none$' >"$dir/registered"
same registered "$(cat "$dir/registered")" 'sz C:\nsis-test\Produkt für 日本
sz 1.2.3'
echo foreign >"$folder/tools/own.txt"
rm "$test_folder/report.ini"
on_windows "$folder/uninstall.exe" /S '_?=C:\nsis-test\Produkt' 'für' '日本'
is_status 0
mv "$folder/report.ini" "$test_folder/report.ini" || bad 'the uninstaller made no report'
nothing_lost uninstall uninstall.x86
state_is uninstall 0
if [ "$machine" = x64 ]; then state_is uninstall.x86 2; else state_is uninstall.x86 0; fi
same 'uninstall.x86 errors flag' "$(reported uninstall.x86 errors)" kept
same left "$(cd "$folder" && find . -type f ! -name uninstall.exe)" ./tools/own.txt
rm -rf "$folder"
unchanged "$dir/before" nsis-test/report.ini

done_with_cases
