#!/bin/sh
# run-wine.sh PROGRAM.exe [ARGUMENT...]: run a Windows program under Wine in the build tree's own
# prefix. Exits with the program's status, or 77 and a reason when no Wine can run it.
# MIC_NOT_EMULATED=1  skip rather than run under QEMU, whose threads cannot be trusted to race.
# MIC_MI_DLL=<file>  that file is the system's mi.dll during the run;  MIC_MI_DLL=none  there is none.
set -u
here=${0%/*}
. "$here/wine-env.sh"

program=$1
shift
machine=$(pe_machine "$program")
if [ -z "${MIC_WINE_PREFIX:-}" ]; then
    tree=$(build_tree_of "$program") || skip "no build tree above $program; set MIC_WINE_PREFIX"
    MIC_WINE_PREFIX=$tree/wine-prefix
fi
export MIC_WINE_PREFIX
choose_wine "$machine"
[ -z "${MIC_NOT_EMULATED:-}" ] || [ "$machine:$WINEARCH" != 014c:win64 ] ||
    skip "racing threads want a 32-bit Wine that is not emulated"
is_prefix_ready "$machine" || "$here/wine-prefix.sh" ensure "$machine" || exit 1

system_mi=$(system_directory "$machine")/mi.dll
case ${MIC_MI_DLL:-} in
'') ;;
none) rm -f "$system_mi" ;;
*) cp -f "$MIC_MI_DLL" "$system_mi" || exit 1 ;;
esac

# Wine's own services inherit the output and outlive the program; a pipe they hold would keep its
# reader waiting for them.
if [ -t 1 ] || { [ -f /dev/stdout ] && [ -f /dev/stderr ] && [ "$machine:$WINEARCH" != 014c:win64 ]; }; then
    exec "$WINE" "$program" "$@"
fi
output=$(mktemp -d) || exit 1
tries=6
while
    "$WINE" "$program" "$@" >"$output/out" 2>"$output/err"
    status=$?
    tries=$((tries - 1))
    # Wine's server kills a process that takes more than a second to end, which under QEMU on a busy
    # machine one that is done may.
    [ $status -eq 137 ] && [ "$machine:$WINEARCH" = 014c:win64 ] && [ $tries -gt 0 ]
do :; done
cat "$output/out"
# The 32-bit Wine that wine32-root.sh makes has no FreeType, and says so in these lines.
sed '/^Wine cannot find the FreeType font library/,/^http:..www.freetype.org/d' "$output/err" >&2
rm -rf "$output"
exit $status
