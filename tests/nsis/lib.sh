# Sourced by the tests of the installers: bash, with these in the environment:
#   WINE      run-wine.sh        PROBE   probe.exe        TARGET  amd64-unicode or x86-unicode
#   PACKAGING packaging/nsis     MIC_WINE_PREFIX
# One test program is a list of `begin NAME` ... cases; the last line counts them.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command -v makensis >/dev/null || { echo "skipped: no makensis (install the package nsis)"; exit 77; }
dir=$(mktemp -d) || exit 1
prefix=$MIC_WINE_PREFIX
case $TARGET in x86*) [ ! -d "$prefix-32" ] || prefix=$prefix-32 ;; esac # a Wine of 32 bits only has its own
drive=$prefix/drive_c
saved=()

suite=nsis
# shellcheck source=tests/support/cases.sh
. "$here/../support/cases.sh"

same() { [ "$2" = "$3" ] || bad "$1 is '$2', not '$3'"; }

# on_windows PROGRAM [ARGUMENT...]: status, $dir/out, $dir/err.
on_windows() {
    if [ ! -f "$1" ]; then
        bad "there is no $1"
        status=98
        return
    fi
    timeout 120 "$WINE" "$@" >"$dir/raw" 2>"$dir/err" </dev/null
    status=$?
    if [ "$status" -eq 77 ]; then
        cat "$dir/raw"
        exit 77
    fi
    tr -d '\r' <"$dir/raw" >"$dir/out"
}
probe() { "$WINE" "$PROBE" "$@" </dev/null; }

# set_values ROOT KEY NAME TYPE VALUE ...: until restore_values.
set_values() {
    local setting=() undo=() old i
    for ((i = 1; i <= $#; i += 5)); do setting+=(set "${@:i:5}"); done
    while IFS= read -r old; do
        if [ "$old" = none ]; then undo+=(unset "$1" "$2" "$3")
        else undo+=(set "$1" "$2" "$3" "${old%% *}" "${old#* }"); fi
        shift 5
    done < <(probe "${setting[@]}" | tr -d '\r')
    saved=("${undo[@]}" "${saved[@]}") # the oldest last, so that it stays
}
restore_values() {
    [ ${#saved[@]} -eq 0 ] || probe "${saved[@]}" >/dev/null
    saved=()
}
at_exit() {
    restore_values
    rm -rf "$dir" "$drive/nsis-test"
}
trap at_exit EXIT
unset MIC_MI_DLL

# simulate PROGRAM NAME ...: Windows versions of Wine's own list, each for one program's name.
simulate() {
    local all=()
    while [ $# -gt 0 ]; do
        all+=(HKCU "Software\\Wine\\AppDefaults\\$1" Version sz "$2")
        shift 2
    done
    set_values "${all[@]}"
}
# One that Wine has no name for: VERSION BUILD SERVICE-PACK WinNT|ServerNT, for every program.
simulate_number() {
    local key='Software\Microsoft\Windows NT\CurrentVersion' pack=
    # There Wine looks for it in a program of 32 bits.
    [ "$TARGET$machine" != x86-unicodex64 ] || key='Software\Wow6432Node\Microsoft\Windows NT\CurrentVersion'
    [ "$3" -eq 0 ] || pack="Service Pack $3"
    set_values HKLM "$key" CurrentVersion sz "$1" HKLM "$key" CurrentMajorVersionNumber dword "${1%.*}" \
        HKLM "$key" CurrentMinorVersionNumber dword "${1#*.}" HKLM "$key" CurrentBuildNumber sz "$2" \
        HKLM "$key" CSDVersion sz "$pack" \
        HKLM 'System\CurrentControlSet\Control\Windows' CSDVersion dword $(($3 * 256)) \
        HKLM 'System\CurrentControlSet\Control\ProductOptions' ProductType sz "$4"
}

# ship_include VERSION SDK: mi-runtime.nsh as packaging/sdk.sh ships it.
ship_include() {
    mkdir -p "$2/nsis"
    sed "s/^  !define MI_VERSION unknown\$/  !define MI_VERSION $1/" "$PACKAGING/mi-runtime.nsh" >"$2/nsis/mi-runtime.nsh"
}

# The machine, and mi.dll for its own programs and for 32-bit ones; "" where there is no compiler for it.
find_libraries() {
    machine=x86 native_dll=$MI_DLL x86_dll=$MI_DLL
    [ -d "$drive/windows/syswow64" ] || return 0
    machine=x64
    case $TARGET in
    x86*) native_dll=${OTHER_BITNESS:-} ;;
    *) x86_dll=${OTHER_BITNESS:-} ;;
    esac
}
# with_mi_dll NATIVE|none [X86|none]
with_mi_dll() {
    rm -f "$drive/windows/system32/mi.dll" "$drive/windows/syswow64/mi.dll"
    [ "$1" = none ] || cp "$1" "$drive/windows/system32/mi.dll"
    [ "${2:-none}" = none ] || [ "$machine" = x86 ] || cp "$2" "$drive/windows/syswow64/mi.dll"
}

# What an installer could have changed: every file below drive C with size and time, and the registry. Wine and this test
# write where the names left out are.
snapshot() {
    find "$drive" \( -path "$drive/windows/temp" -o -path "$drive/windows/system32/mi.dll" -o \
        -path "$drive/windows/syswow64/mi.dll" -o -path "$drive/nsis-test/*.exe" -o \
        -path "$drive/nsis-test/*.log" \) -prune -o -type d -printf '%P/\n' -o -printf '%P %s %T@\n' |
        sort >"$1.files"
    # Wine makes the first two keys when a program first asks for a folder of the user's; the others
    # are simulate's, and stay when their value is gone.
    probe registry | tr -d '\r' | grep -v -e 'Explorer\\\(User \)\?Shell Folders$' \
        -e 'Wine\\AppDefaults\\[a-z0-9_.-]*$' >"$1.registry"
}
# The same as in the snapshot named, but for lines that match the expressions.
unchanged() {
    local before=$1 part
    shift
    snapshot "$dir/now"
    for part in files registry; do
        diff "$before.$part" "$dir/now.$part" | grep '^[<>]' >"$dir/difference"
        for expression; do
            grep -v -- "$expression" "$dir/difference" >"$dir/rest"
            mv "$dir/rest" "$dir/difference"
        done
        [ ! -s "$dir/difference" ] || bad "$part differ:
$(head -n 20 "$dir/difference")"
    done
}
