#!/bin/bash
# installed.sh CPU STAGED-SDK STAND-IN MI.EXE: the real SDK, installed by its installer, is the staged tree, and every compiler
# builds programs from it that run. TARGET, RUN-WINE and so on: see lib.sh.
set -u
cpu=$1 staged=$2 standin=$3 mi=$4
# shellcheck source=tests/nsis/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/nsis/sdk-lib.sh
. "$here/sdk-lib.sh"
on_windows "$PROBE" get HKCU Software none
snapshot "$dir/clean"

begin installed_is_the_staged_tree
build "$staged" "$work/real.exe" || bad "build.sh: $(cat "$dir/err")"
setup real '/D=C:\nsis-test\installed'
is_status 0
holds_tree "$staged" "$work/installed"

begin every_compiler_builds_from_what_is_installed
"$(dirname "$WINE")/sdk.sh" "$cpu" "$work/installed" "$standin" "$WINE" "$mi" >"$dir/out" 2>"$dir/err" || bad 'sdk.sh fails'
grep -q '^[1-9][0-9]* passed, 0 failed' "$dir/out" || bad 'sdk.sh ran nothing'

begin nothing_of_it_is_left
uninstall "$work/installed"
is_status 0
remove_leftover "$work/installed"
unchanged "$dir/clean" 'users/.*/Temp/'

done_with_cases
