#!/bin/bash
# The SDK's installer on one Windows version after the other: refused where miclient cannot work, else installed and removed.
set -u
# shellcheck source=tests/nsis/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/nsis/sdk-lib.sh
. "$here/sdk-lib.sh"
on_windows "$PROBE" get HKCU Software none

# on CASE VERSION BUILD PACK TYPE: see simulate_number.
on() {
    begin "$1"
    restore_values
    simulate_number "${@:2}"
    [ -f "$dir/before.files" ] || snapshot "$dir/before"
    rm -f "$work/versions.log"
    setup one '/LOG=C:\nsis-test\versions.log' '/D=C:\nsis-test\sdk'
    iconv -f UTF-16 "$work/versions.log" >"$dir/log" || bad 'no log'
}
unchanged_by_it() { unchanged "$dir/before" 'users/.*/Temp/' 'Windows NT.CurrentVersion|'; }
refused() { # WINDOWS ADVICE
    is_status 10
    err_has "$1, $machine is not supported." "$2" '(exit code 10)'
    unchanged_by_it
}
accepted() { # WINDOWS
    is_status 0
    grep -qF "$1, $machine; " "$dir/log" || bad "the log has no '$1': $(head -n 3 "$dir/log")"
    holds_tree "$one" "$work/sdk"
    uninstall "$work/sdk"
    is_status 0
    same left "$(ls -A "$work/sdk")" Uninstall.exe
    remove_leftover "$work/sdk"
    unchanged_by_it
}

on refused_server_2008_before_service_pack_2 6.0 6001 1 ServerNT
refused 'Windows Server 2008 Service Pack 1 (6.0.6001)' 'Install Service Pack 2, then'
on accepted_windows_11 10.0 22621 0 WinNT
accepted 'Windows 11 (10.0.22621)'
if [ "$TARGET$machine" = x86-unicodex64 ]; then
    skip_case more_versions 'too long for an emulator of 32 bits; the x86_64 tree has them'
else
    on refused_windows_xp 5.1 2600 3 WinNT
    refused 'Windows XP Service Pack 3 (5.1.2600)' 'Use Windows 7 with Service Pack 1'
    on refused_windows_vista 6.0 6002 2 WinNT
    refused 'Windows Vista Service Pack 2 (6.0.6002)' 'Use Windows 7 with Service Pack 1'
    on refused_server_2003 5.2 3790 2 ServerNT
    refused 'Windows Server 2003 Service Pack 2 (5.2.3790)' 'Use Windows 7 with Service Pack 1'
    on refused_windows_7_without_service_pack 6.1 7600 0 WinNT
    refused 'Windows 7 (6.1.7600)' 'Install Service Pack 1, then Windows Management Framework 3.0 (KB2506143)'
    on accepted_windows_7_service_pack_1 6.1 7601 1 WinNT
    accepted 'Windows 7 Service Pack 1 (6.1.7601)'
    on accepted_server_2008_service_pack_2 6.0 6002 2 ServerNT
    accepted 'Windows Server 2008 Service Pack 2 (6.0.6002)'
    on accepted_server_2008_r2_service_pack_1 6.1 7601 1 ServerNT
    accepted 'Windows Server 2008 R2 Service Pack 1 (6.1.7601)'
    on accepted_windows_8 6.2 9200 0 WinNT
    accepted 'Windows 8 (6.2.9200)'
    on accepted_windows_8_1 6.3 9600 0 WinNT
    accepted 'Windows 8.1 (6.3.9600)'
    on accepted_windows_10 10.0 19045 0 WinNT
    accepted 'Windows 10 (10.0.19045)'
fi

done_with_cases
