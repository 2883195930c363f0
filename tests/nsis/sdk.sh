#!/bin/bash
# The SDK's installer where all goes well: what it writes, what it takes away again, upgrades, signing, reproducibility.
set -u
# shellcheck source=tests/nsis/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/nsis/sdk-lib.sh
. "$here/sdk-lib.sh"
on_windows "$PROBE" get HKCU Software none
[ "$TARGET$machine" != x86-unicodex64 ] || { echo 'skipped: too long for an emulator of 32 bits; the x86_64 tree has it, sdk_x86.sh the rest'; exit 77; }
snapshot "$dir/clean"

begin same_tree_same_installer
cp -r "$one" "$dir/copy of one"
find "$dir/copy of one" -exec touch -d '2020-02-02' {} +
build "$dir/copy of one" "$dir/again.exe" || bad 'build.sh fails'
cmp "$work/one.exe" "$dir/again.exe" || bad 'they differ'

begin tree_that_is_not_whole_is_refused
rm "$dir/copy of one/lib/msvc-x86/miclient.lib"
build "$dir/copy of one" "$dir/bad.exe" && bad 'it was taken'
err_has 'lib/msvc-x86/miclient.lib is missing'
cp "$one/lib/msvc-x86/miclient.lib" "$dir/copy of one/lib/msvc-x86"
mkdir "$dir/copy of one/share"
echo >"$dir/copy of one/share/stray.txt"
build "$dir/copy of one" "$dir/bad.exe" && bad 'a file that no component has was left out'
err_has share/stray.txt 'no component'
[ ! -e "$dir/bad.exe" ] || bad 'an installer was made'

begin version_resource
probe version "Z:$work/one.exe" | tr -d '\r' >"$dir/out"
for line in 'fixed 1.0.0.0' 'ProductName miclient SDK' 'ProductVersion 1.0.0' 'FileVersion 1.0.0' \
    'FileDescription miclient SDK setup'; do
    grep -qxF "$line" "$dir/out" || bad "no '$line'"
done

begin all_users
setup one '/LOG=C:\nsis-test\one.log'
is_status 0
holds_tree "$one" "$sdk_folder"
key='Software\Microsoft\Windows\CurrentVersion\Uninstall\miclient SDK'
probe get HKLM 'Software\Kitware\CMake\Packages\MIClient' 'miclient SDK' get HKLM 'Software\miclient SDK' InstallDir \
    get HKLM "$key" DisplayVersion get HKLM "$key" QuietUninstallString get HKLM "$key" InstallLocation \
    get HKLM 'Software\Wow6432Node\Kitware\CMake\Packages\MIClient' 'miclient SDK' \
    get HKLM 'Software\Wow6432Node\miclient SDK' InstallDir get HKCU 'Software\miclient SDK' InstallDir | tr -d '\r' >"$dir/out"
same registry "$(cat "$dir/out")" 'sz C:\Program Files\miclient SDK\lib\cmake\MIClient
sz C:\Program Files\miclient SDK
sz 1.0.0
sz "C:\Program Files\miclient SDK\Uninstall.exe" /S
sz C:\Program Files\miclient SDK
none
none
none'
size=$(probe get HKLM "$key" EstimatedSize | tr -d '\r')
[ "${size#dword }" -ge 390 ] && [ "${size#dword }" -le 500 ] || bad "EstimatedSize is $size KB"
iconv -f UTF-16 "$work/one.log" | tr -d '\r' >"$dir/out"
grep -qx done "$dir/out" || bad 'the log has no end'
grep -q '^components: headers,' "$dir/out" || bad 'the log has no components'

begin uninstaller_that_returns_at_once_removes_all
on_windows "$sdk_folder/Uninstall.exe" /S
is_status 0
for ((tries = 0; tries < 300; tries++)); do
    [ -d "$sdk_folder" ] || break
    sleep 0.1
done
unchanged "$dir/clean" 'users/.*/Temp/'

begin this_user_only
setup one /CurrentUser
is_status 0
holds_tree "$one" "$user_sdk"
probe get HKCU 'Software\miclient SDK' Version get HKLM 'Software\miclient SDK' Version get HKCU "$key" DisplayName get HKLM "$key" DisplayName |
    tr -d '\r' >"$dir/out"
same registry "$(cat "$dir/out")" 'sz 1.0.0
none
sz miclient SDK 1.0.0
none'
uninstall "$user_sdk"
is_status 0
same left "$(ls -A "$user_sdk")" Uninstall.exe
rm -rf "$user_sdk"
rmdir "$(dirname "$user_sdk")" 2>/dev/null
unchanged "$dir/clean" 'users/.*/Temp/' 'AppData/Local/'

wizard() { on_windows "$PROBE" wizard "$1" -- 'C:\nsis-test\one.exe'; }
begin pages_that_are_cancelled
wizard c
is_status 1
wizard nnnc
is_status 1
same pages "$(cat "$dir/out")" '|&Next >
For whom|&Next >
Choose Components|&Next >
Choose Install Location|Cancel'
unchanged "$dir/clean" 'users/.*/Temp/'

begin pages_for_all_users
wizard nnnnn
is_status 0
same pages "$(cat "$dir/out")" '|&Next >
For whom|&Next >
Choose Components|&Next >
Choose Install Location|&Install
Installation Complete|&Finish'
holds_tree "$one" "$sdk_folder"
uninstall "$sdk_folder"
is_status 0
remove_leftover "$sdk_folder"
unchanged "$dir/clean" 'users/.*/Temp/'

begin pages_for_this_user
wizard nmnnnn
is_status 0
holds_tree "$one" "$user_sdk"
uninstall "$user_sdk"
is_status 0
remove_leftover "$user_sdk"
rmdir "$(dirname "$user_sdk")" 2>/dev/null
unchanged "$dir/clean" 'users/.*/Temp/' 'AppData/Local/'

begin some_components_in_a_folder_with_spaces_and_more
folder="$work/Größe und 日本/neu"
setup one /AllUsers '/COMPONENTS=headers,mingw-x64,cmake' '/D=C:\nsis-test\Größe' und '日本\neu'
is_status 0
same files "$(cd "$folder" && find . -type f | sort | tr '\n' ' ')" \
    './Uninstall.exe ./include/mi.h ./lib/cmake/MIClient/MIClientConfig.cmake ./lib/cmake/MIClient/MIClientConfigVersion.cmake ./lib/mingw-x86_64/libmiclient.a ./uninstall.dat '
same registered "$(probe get HKLM 'Software\Kitware\CMake\Packages\MIClient' 'miclient SDK' | tr -d '\r')" none

begin upgrade_keeps_the_components
mkdir "$folder/lib/mine"
echo mine >"$folder/lib/mine/file"
echo mine >"$folder/include/mine.h"
setup two
is_status 0
same header "$(cat "$folder/include/mi.h")" 'include/mi.h of 1.1.0'
same files "$(cd "$folder" && find . -type f | sort | tr '\n' ' ')" \
    './Uninstall.exe ./include/mi.h ./include/mine.h ./lib/cmake/MIClient/MIClientConfig.cmake ./lib/cmake/MIClient/MIClientConfigVersion.cmake ./lib/mine/file ./lib/mingw-x86_64/libmiclient.a ./uninstall.dat '

begin uninstall_leaves_what_is_foreign
uninstall "$folder"
is_status 0
rm -f "$folder/Uninstall.exe"
same left "$(cd "$work/Größe und 日本" && find . | sort | tr '\n' ' ')" \
    '. ./neu ./neu/include ./neu/include/mine.h ./neu/lib ./neu/lib/mine ./neu/lib/mine/file '
rm -rf "$work/Größe und 日本"
unchanged "$dir/clean" 'users/.*/Temp/'

begin upgrade_takes_away_what_is_no_longer_shipped
setup one
is_status 0
setup two
is_status 0
holds_tree "$two" "$sdk_folder"
same version "$(probe get HKLM "$key" DisplayVersion | tr -d '\r')" 'sz 1.1.0'

begin older_version_only_when_asked
snapshot "$dir/two"
setup one
is_status 15
err_has 'the newer version 1.1.0 is installed in C:\Program Files\miclient SDK' /DOWNGRADE
unchanged "$dir/two" 'users/.*/Temp/'
setup one /DOWNGRADE
is_status 0
holds_tree "$one" "$sdk_folder"

begin same_version_again_repairs
rm "$sdk_folder/include/mi.h"
echo broken >"$sdk_folder/doc/index.md"
setup one
is_status 0
holds_tree "$one" "$sdk_folder"

begin upgrade_may_move
setup two '/D=C:\nsis-test\a\b'
is_status 0
holds_tree "$two" "$work/a/b"
[ ! -e "$sdk_folder" ] || bad "the old folder is still there: $(find "$sdk_folder")"
uninstall "$work/a/b"
is_status 0
remove_leftover "$work/a/b"
rmdir "$work/a"
unchanged "$dir/clean" 'users/.*/Temp/'

finish_case
if command -v osslsigncode >/dev/null && command -v openssl >/dev/null; then
    begin signing
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$dir/key.pem" -out "$dir/cert.pem" -days 2 -subj '/CN=test' \
        -addext extendedKeyUsage=codeSigning 2>/dev/null
    cat >"$dir/sign.sh" <<SIGN
#!/bin/sh
osslsigncode sign -certs "$dir/cert.pem" -key "$dir/key.pem" -in "\$1" -out "\$1.signed" && mv "\$1.signed" "\$1"
SIGN
    chmod +x "$dir/sign.sh"
    build --sign "$dir/sign.sh" "$one" "$work/signed.exe" || bad 'build.sh fails'
    osslsigncode verify -CAfile "$dir/cert.pem" -in "$work/signed.exe" >"$dir/verify" 2>&1 || bad "installer: $(cat "$dir/verify")"
    setup signed /CurrentUser
    is_status 0
    osslsigncode verify -CAfile "$dir/cert.pem" -in "$user_sdk/Uninstall.exe" >"$dir/verify" 2>&1 || bad "uninstaller: $(cat "$dir/verify")"
    uninstall "$user_sdk"
    is_status 0
    remove_leftover "$user_sdk"
    rmdir "$(dirname "$user_sdk")" 2>/dev/null

    begin signing_that_fails_makes_no_installer
    build --sign false "$one" "$work/unsigned.exe" && bad 'build.sh went on'
    [ ! -e "$work/unsigned.exe" ] || bad 'there is an installer'
else
    skip_case signing 'no osslsigncode'
fi

done_with_cases
