#!/bin/bash
# The installer as it is shipped, of 32 bits, on a 64-bit machine: the cases in which that makes a difference, and no more,
# since it runs under an emulator. sdk.sh and sdk_failures.sh have the others.
set -u
# shellcheck source=tests/nsis/lib.sh
. "$(dirname "$0")/lib.sh"
on_windows "$PROBE" get HKCU Software none
[ -d "$drive/windows/syswow64" ] || { echo 'skipped: this Wine has 32 bits only; sdk.sh and sdk_failures.sh run it'; exit 77; }
# shellcheck source=tests/nsis/sdk-lib.sh
. "$here/sdk-lib.sh"
snapshot "$dir/clean"

begin runtime_of_the_machine_is_what_counts
with_mi_dll none "$x86_dll"
setup one /REQUIRERUNTIME
is_status 11
err_has 'C:\windows\System32\mi.dll'

begin sixty_four_bit_folder_and_registry
setup one
is_status 0
holds_tree "$one" "$sdk_folder"
key='Software\Microsoft\Windows\CurrentVersion\Uninstall\miclient SDK'
probe get HKLM 'Software\Kitware\CMake\Packages\MIClient' 'miclient SDK' get HKLM "$key" DisplayVersion \
    get HKLM 'Software\Wow6432Node\Kitware\CMake\Packages\MIClient' 'miclient SDK' \
    get HKLM 'Software\Wow6432Node\miclient SDK' InstallDir | tr -d '\r' >"$dir/out"
same registry "$(cat "$dir/out")" 'sz C:\Program Files\miclient SDK\lib\cmake\MIClient
sz 1.0.0
none
none'

begin upgrade_that_fails_and_upgrade
snapshot "$dir/one"
on_windows "$PROBE" hold 'C:\Program Files\miclient SDK\README.md' -- 'C:\nsis-test\two.exe' /S
is_status 14
unchanged "$dir/one" 'users/.*/Temp/'
setup two
is_status 0
holds_tree "$two" "$sdk_folder"

# Of the exit codes those that neither the cases around nor sdk_versions have.
begin other_exit_codes
snapshot "$dir/two"
setup one /QUIET
is_status 13
err_has 'unknown argument /QUIET'
setup one
is_status 15
err_has 'the newer version 1.1.0 is installed'
mkdir -p "$work/other/include"
echo foreign >"$work/other/include/mi.h"
setup two '/D=C:\nsis-test\other'
is_status 16
rm -r "$work/other"
on_windows "$PROBE" mutex 'miclient SDK setup' -- 'C:\nsis-test\two.exe' /S
is_status 17
on_windows "$PROBE" restricted -- 'C:\nsis-test\two.exe' /S /AllUsers
is_status 12
cp "$work/two.exe" "$work/damaged.exe"
printf x | dd of="$work/damaged.exe" bs=1 seek=$(($(stat -c %s "$work/two.exe") - 1000)) conv=notrunc 2>/dev/null
setup damaged
is_status 2
unchanged "$dir/two" 'users/.*/Temp/'

begin uninstall
uninstall "$sdk_folder"
is_status 0
remove_leftover "$sdk_folder"
unchanged "$dir/clean" 'users/.*/Temp/'

done_with_cases
