#!/bin/bash
# installed.sh CPU STAGED-SDK STAND-IN MI.EXE: the real SDK, installed by its installer, is the staged tree, and every compiler
# builds programs from it that run. TARGET, RUN-WINE and so on: see lib.sh.
set -u
cpu=$1 staged=$2 standin=$3 mi=$4
# shellcheck source=tests/nsis/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/nsis/sdk-lib.sh
. "$here/sdk-lib.sh"
sdk_test=$(dirname "$WINE")/sdk.sh
probe get HKCU Software none >/dev/null
if [ $? -eq 77 ]; then # no Wine: what there is can be linked all the same
    "$sdk_test" "$cpu" "$staged" "$standin" "$WINE" "$mi"
    exit
fi
snapshot "$dir/clean"

begin installed_is_the_staged_tree
build "$staged" "$work/real.exe" || bad "build.sh: $(cat "$dir/err")"
setup real
is_status 0
holds_tree "$staged" "$sdk_folder"
version=$(sed -n 's/^set(PACKAGE_VERSION "\(.*\)")$/\1/p' "$staged/lib/cmake/MIClient/MIClientConfigVersion.cmake")
grep -q "^  !define MI_VERSION $version.\?$" "$sdk_folder/nsis/mi-runtime.nsh" || bad "mi-runtime.nsh does not say $version"

begin every_compiler_builds_from_what_is_installed
"$sdk_test" "$cpu" "$sdk_folder" "$standin" "$WINE" "$mi" >"$dir/out" 2>"$dir/err" || bad 'sdk.sh fails'
grep -q '^[1-9][0-9]* passed, 0 failed, 0 skipped' "$dir/out" || bad 'sdk.sh did not run all'

begin nothing_of_it_is_left
uninstall "$sdk_folder"
is_status 0
remove_leftover "$sdk_folder"
unchanged "$dir/clean" 'users/.*/Temp/'

done_with_cases
