#!/bin/bash
# The SDK's installer where something is wrong: every exit code, and that nothing has changed afterwards.
set -u
# shellcheck source=tests/nsis/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/nsis/sdk-lib.sh
. "$here/sdk-lib.sh"
on_windows "$PROBE" get HKCU Software none
[ "$TARGET$machine" != x86-unicodex64 ] || { echo 'skipped: too long for an emulator of 32 bits; the x86_64 tree has it, sdk_x86.sh the rest'; exit 77; }
snapshot "$dir/clean"
temp='users/.*/Temp/'
still() { unchanged "$1" "$temp"; }

# refused CASE STATUS WORDS ARGUMENT...
refused() {
    begin "$1"
    setup one "${@:4}"
    is_status "$2"
    err_has "$3" "(exit code $2)"
}
refused unknown_argument 13 'unknown argument /QUIET' /QUIET
refused lower_case_switch 13 'unknown argument /s' /s
refused target_folder_in_quotes 13 'without quotes' '/D=C:\My SDK'
refused target_folder_in_lower_case 13 'unknown argument /d=C:\x' '/d=C:\x'
refused target_folder_that_is_relative 13 "/D=sdk: not a folder's full path" /D=sdk
refused target_folder_that_is_empty 13 "not a folder's full path" /D=
refused target_folder_with_slashes 13 "not a folder's full path" /D=C:/nsis-test/sdk
refused target_folder_with_bad_characters 13 "not a folder's full path" '/D=C:\nsis-test\a?b'
refused target_folder_with_a_stream 13 "not a folder's full path" '/D=C:\nsis-test\a:b'
refused target_folder_that_is_too_long 13 'is too long' "/D=C:\\nsis-test\\$(printf 'x%.0s' {1..230})"
refused target_folder_below_a_file 13 "/D=C:\\nsis-test\\one.exe\\sdk: not a folder's full path" '/D=C:\nsis-test\one.exe\sdk'
refused target_folder_on_no_drive 13 "/D=Q:\\sdk: not a folder's full path on a drive there is" '/D=Q:\sdk'
refused target_folder_that_cannot_be_made 14 'cannot make the folder Z:\proc\sdk' '/D=Z:\proc\sdk'
refused unknown_component 13 "there is no component 'header'" /COMPONENTS=tools,header
refused no_component 13 "there is no component ''" /COMPONENTS=
refused register_alone 13 "'register' is nothing without 'cmake'" /COMPONENTS=headers,register
refused both_scopes 13 '/AllUsers and /CurrentUser exclude each other' /AllUsers /CurrentUser
refused log_that_cannot_be_written 13 '/LOG=C:\no such\x.log: this file cannot be written' '/LOG=C:\no such\x.log'

begin damaged_installer
cp "$work/one.exe" "$work/damaged.exe"
printf x | dd of="$work/damaged.exe" bs=1 seek=$(($(stat -c %s "$work/one.exe") - 1000)) conv=notrunc 2>/dev/null
setup damaged
is_status 2
still "$dir/clean"

begin busy
on_windows "$PROBE" mutex 'miclient SDK setup' -- 'C:\nsis-test\one.exe' /S
is_status 17
err_has 'another setup'
still "$dir/clean"

begin administrator
on_windows "$PROBE" restricted -- 'C:\nsis-test\one.exe' /S
is_status 12
err_has 'takes an administrator'
on_windows "$PROBE" restricted -- 'C:\nsis-test\one.exe' /S /AllUsers
is_status 12
on_windows "$PROBE" restricted -- 'C:\nsis-test\one.exe' /S /CurrentUser '/D=C:\nsis-test\sdk'
is_status 0
holds_tree "$one" "$work/sdk"
uninstall "$work/sdk"
is_status 0
remove_leftover "$work/sdk"
still "$dir/clean"

begin uninstaller_wants_the_administrator_too
setup one '/D=C:\nsis-test\sdk'
is_status 0
snapshot "$dir/one"
on_windows "$PROBE" restricted -- 'C:\nsis-test\sdk\Uninstall.exe' /S '_?=C:\nsis-test\sdk'
is_status 12
on_windows "$work/sdk/Uninstall.exe" /S /FORCE '_?=C:\nsis-test\sdk'
is_status 13
still "$dir/one"

begin uninstaller_of_another_folder
mkdir "$work/foreign"
echo foreign >"$work/foreign/file"
on_windows "$work/sdk/Uninstall.exe" /S '_?=C:\nsis-test\foreign'
is_status 16
err_has 'C:\nsis-test\foreign has no record'
rm -r "$work/foreign"
still "$dir/one"

begin record_that_points_elsewhere
cp "$work/sdk/uninstall.dat" "$dir/uninstall.dat"
echo mine >"$work/mine"
printf 'F ..\\mine\r\nF C:\\nsis-test\\mine\r\nF \\nsis-test\\mine\r\nF lib\\..\\..\\mine\r\n' | iconv -t UTF-16LE >>"$work/sdk/uninstall.dat"
uninstall "$work/sdk"
is_status 0
[ -f "$work/mine" ] || bad 'a file outside the folder was removed'
rm -f "$work/mine"
remove_leftover "$work/sdk"
still "$dir/clean"

begin upgrade_with_a_file_in_use
setup one '/D=C:\nsis-test\sdk'
snapshot "$dir/one"
on_windows "$PROBE" hold 'C:\nsis-test\sdk\lib\msvc-x86\miclient.lib' -- 'C:\nsis-test\two.exe' /S '/LOG=C:\nsis-test\a.log'
is_status 14
err_has 'cannot move C:\nsis-test\sdk\lib\msvc-x86\miclient.lib'
still "$dir/one"
holds_tree "$one" "$work/sdk"
iconv -f UTF-16 "$work/a.log" | grep -q 'everything is as it was before' || bad 'the log does not say so'

begin uninstall_with_a_file_in_use
on_windows "$PROBE" hold 'C:\nsis-test\sdk\include\mi.h' -- 'C:\nsis-test\sdk\Uninstall.exe' /S '_?=C:\nsis-test\sdk'
is_status 14
still "$dir/one"

begin upgrade_on_a_full_disk
# The limit stands for the disk: the large file does not fit.
( trap '' XFSZ; ulimit -f 300; setup two; exit "$status" )
status=$?
is_status 14
err_has 'is the disk full?'
still "$dir/one"
holds_tree "$one" "$work/sdk"

begin upgrade_with_a_foreign_file_in_the_way
echo foreign >"$work/sdk/examples/windows/new.c"
snapshot "$dir/one and foreign"
setup two
is_status 16
err_has 'C:\nsis-test\sdk\examples\windows\new.c is there already and not ours'
still "$dir/one and foreign"
rm "$work/sdk/examples/windows/new.c"

begin upgrade_with_a_foreign_file_where_a_folder_belongs
echo foreign >"$work/sdk/doc/new"
snapshot "$dir/one and foreign"
setup two
is_status 16
err_has 'C:\nsis-test\sdk\doc\new is in the way'
still "$dir/one and foreign"
rm "$work/sdk/doc/new"

# What a setup of 1.1.0 leaves when it is killed: one file set aside, one placed, and the journal.
begin killed_setup_is_undone_by_the_next
sdk=$work/sdk
mkdir -p "$sdk/.miclient-new/include" "$sdk/.miclient-old/include"
mv "$sdk/include/mi.h" "$sdk/.miclient-old/include/mi.h"
echo 'half of 1.1.0' >"$sdk/include/mi.h"
printf '%s\r\n' 'S machine' 'P C:\nsis-test\sdk' 'O include\mi.h' 'N include\mi.h' 'O README.md' | iconv -t UTF-16LE >"$sdk/.miclient-new/journal"
touch -r "$sdk/include" "$dir/time"
on_windows "$PROBE" hold 'C:\nsis-test\sdk\lib\msvc-x86\miclient.lib' -- 'C:\nsis-test\two.exe' /S
is_status 14
still "$dir/one"
holds_tree "$one" "$sdk"
setup two
is_status 0
holds_tree "$two" "$sdk"
uninstall "$sdk"
is_status 0
remove_leftover "$sdk"
still "$dir/clean"

begin registry_that_cannot_be_written
on_windows "$PROBE" dangling 'Software\Kitware' -- 'C:\nsis-test\one.exe' /S
is_status 14
err_has 'cannot write to the registry'
still "$dir/clean"

begin upgrade_with_a_registry_that_cannot_be_written
setup one /COMPONENTS=headers,cmake '/D=C:\nsis-test\new\sdk'
is_status 0
snapshot "$dir/one"
on_windows "$PROBE" dangling 'Software\Kitware' -- 'C:\nsis-test\two.exe' /S /COMPONENTS=headers,cmake,register
is_status 14
still "$dir/one"
on_windows "$PROBE" dangling 'Software\Kitware' -- 'C:\nsis-test\two.exe' /S /COMPONENTS=headers,cmake,register '/D=C:\nsis-test\other\place'
is_status 14
still "$dir/one"
uninstall "$work/new/sdk"
is_status 0
remove_leftover "$work/new/sdk"
rmdir "$work/new"
still "$dir/clean"

begin full_disk
( trap '' XFSZ; ulimit -f 300; setup one '/D=C:\nsis-test\deep\er'; exit "$status" )
status=$?
is_status 14
still "$dir/clean"

begin foreign_file_in_the_way
mkdir -p "$work/sdk/include"
echo foreign >"$work/sdk/include/mi.h"
snapshot "$dir/foreign"
setup one '/D=C:\nsis-test\sdk'
is_status 16
err_has 'C:\nsis-test\sdk\include\mi.h is there already and not ours'
still "$dir/foreign"
rm -r "$work/sdk"

begin folder_that_was_there_and_empty_stays
mkdir "$work/empty"
snapshot "$dir/empty"
( trap '' XFSZ; ulimit -f 300; setup one '/D=C:\nsis-test\empty'; exit "$status" )
status=$?
is_status 14
still "$dir/empty"
rmdir "$work/empty"

begin unsupported_windows
if [ -d "$drive/windows/syswow64" ]; then xp=winxp64; else xp=winxp; fi
cp "$work/one.exe" "$work/vista.exe"
cp "$work/one.exe" "$work/xp.exe"
simulate vista.exe vista xp.exe $xp
setup vista
is_status 10
err_has 'Windows Vista Service Pack 2' 'is not supported'
setup xp
is_status 10
restore_values
rm "$work/vista.exe" "$work/xp.exe"
still "$dir/clean"

begin runtime_missing
with_mi_dll none
setup one /REQUIRERUNTIME
is_status 11
err_has 'mi.dll'
with_mi_dll "$NO_EXPORT"
setup one /REQUIRERUNTIME
is_status 11
if [ -n "$native_dll" ]; then
    with_mi_dll "$native_dll"
    setup one /REQUIRERUNTIME '/D=C:\nsis-test\sdk'
    is_status 0
    uninstall "$work/sdk"
    remove_leftover "$work/sdk"
fi

begin nothing_is_left_of_all_this
still "$dir/clean"

done_with_cases
