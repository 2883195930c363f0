#!/bin/bash
# check.sh made|tarball|deb|zip|installer SOURCE-TREE BUILD-TREE FOLDER: make the packages in FOLDER, or use one of them.
set -u
part=$1 source=$2 build=$3 made=$4
dir=$(mktemp -d) || exit 1
peer_pid=''
stop_peer() {
    [ -n "$peer_pid" ] || return 0
    kill "$peer_pid" 2>/dev/null
    wait "$peer_pid" 2>/dev/null
    peer_pid=
}
trap 'stop_peer; rm -rf "$dir"' EXIT
suite=packages.$part
# shellcheck source=tests/support/cases.sh
. "$(dirname "$0")/../support/cases.sh"
version=$(sed -n 's/^project(miclient VERSION \([0-9.]*\) .*/\1/p' "$source/CMakeLists.txt")

skip() { echo "skipped: $*"; exit 77; }
finish() {
    done_with_cases
    exit
}

start_peer() {
    MI_PEER_PASSWORD=word "$MI_PEER" --user tester --ready-file "$dir/port" >"$dir/peer" 2>&1 </dev/null &
    peer_pid=$!
    until [ -s "$dir/port" ]; do
        kill -0 "$peer_pid" 2>/dev/null || { cat "$dir/peer"; exit 1; }
        read -rt 0.05 <> <(:)
    done
    export MI_HOST=127.0.0.1:$(cat "$dir/port") MI_USER=tester MI_PASSWORD=word MI_CLEAR_TEXT=1
}
prints() { # TEXT COMMAND...
    local text=$1
    shift
    "$@" >"$dir/out" 2>&1
    local status=$?
    cat "$dir/out"
    [ "$status" -eq 0 ] && grep -qF -- "$text" "$dir/out"
}

package() { SOURCE_DATE_EPOCH=1700000000 "$source/packaging/package.sh" "$build" "$1"; }
same_as_before() {
    package "$dir/again" && diff "$made/SHA256SUMS" "$dir/again/SHA256SUMS"
}
sums_hold() { (cd "$made" && sha256sum --check --strict SHA256SUMS); }

part_made() {
    local tool
    for tool in zip unzip makensis dpkg-deb x86_64-w64-mingw32-gcc i686-w64-mingw32-gcc clang llvm-lib; do
        command -v "$tool" >/dev/null || skip "$tool is not installed ('./dev deps' installs it)"
    done
    check all package "$made"
    check sums sums_hold
    check the_same_again same_as_before
    finish
}

no_path_of_this_tree() {
    grep -rlF "$source" "$@"
    [ $? -eq 1 ] # 2: there is nothing to read
}

# A consumer's own build, against nothing but what is in PREFIX and this machine's libraries.
by_pkg_config() { # PREFIX EXAMPLES
    local file
    file=$(find "$1" -name miclient.pc) && [ -n "$file" ] || { echo "no miclient.pc in $1"; return 1; }
    cc "$2/enumerate.c" -o "$dir/enumerate" $(PKG_CONFIG_PATH=${file%/*} pkg-config --static --cflags --libs miclient)
}
by_cmake() { # PREFIX EXAMPLES
    cmake -S "$2" -B "$dir/examples" "-DCMAKE_PREFIX_PATH=$1" -DCMAKE_BUILD_TYPE=Release &&
        grep "^MIClient_DIR:.*=$1/" "$dir/examples/CMakeCache.txt" && cmake --build "$dir/examples" --target query
}
in_an_empty_root() { # what a distribution's packager does
    DESTDIR=$into cmake --install "$tree/build" && [ "$(ls -A "$into")" = usr ] && [ -s "$into/usr/local/include/mi.h" ] &&
        [ -s "$into/usr/local/share/man/man1/mi.1" ]
}

part_tarball() {
    [ -f "$made/miclient-$version.tar.gz" ] || skip "no source tarball: this tree is no git repository"
    local tree=$dir/miclient-$version into=$dir/root
    check unpack tar -C "$dir" -xzf "$made/miclient-$version.tar.gz"
    check configure env GIT_DIR=/nonexistent cmake -S "$tree" -B "$tree/build" -DCMAKE_BUILD_TYPE=Debug -DMIC_BUILD_EXAMPLES=OFF \
        -DCMAKE_INSTALL_PREFIX=/usr/local \
        "-DCMAKE_C_COMPILER_LAUNCHER=${CMAKE_C_COMPILER_LAUNCHER:-}" \
        "-DCMAKE_MAKE_PROGRAM=$(sed -n 's/^CMAKE_MAKE_PROGRAM:[^=]*=//p' "$build/CMakeCache.txt")" \
        -G "$(sed -n 's/^CMAKE_GENERATOR:INTERNAL=//p' "$build/CMakeCache.txt")"
    check build cmake --build "$tree/build" -j "$(nproc)" --target miclient mi test_base_utf
    check test ctest --test-dir "$tree/build" -R '^unit.base_utf$' --no-tests=error
    start_peer
    check command prints 'text 4' "$tree/build/src/cli/mi" enumerate Peer_Few -H "$MI_HOST" -u tester --clear-text
    check install in_an_empty_root
    mv "$tree/examples" "$dir/consumer" && rm -rf "$tree"
    check installed_command prints 'text 4' "$into/usr/local/bin/mi" enumerate Peer_Few -H "$MI_HOST" -u tester --clear-text
    check example_by_pkg_config by_pkg_config "$into/usr/local" "$dir/consumer"
    check it_runs prints 'Text = text 4' "$dir/enumerate" Peer_Few
    check example_by_cmake by_cmake "$into/usr/local" "$dir/consumer"
    check it_runs_too prints 'Text = text 3' "$dir/examples/query" "SELECT * FROM Peer_Few WHERE Id='3'"
    finish
}

# The files of a package in a root of their own, with dpkg's own records of it: no other package is there, so
# dpkg is told not to ask for those.
installed() {
    mkdir -p "$1/var/lib/dpkg/info" "$1/var/lib/dpkg/updates" && touch "$1/var/lib/dpkg/status" &&
        "${root[@]}" dpkg --root="$1" --force-depends --force-script-chrootless --log=/dev/null -i "$made"/*.deb &&
        [ "$(dpkg-query --admindir="$1/var/lib/dpkg" -W -f '${Package} ${Version} ${Status}\n' | grep -c "$version-1 install ok installed")" -eq 2 ]
}
unchanged_files() { # by dpkg's own sums
    local package
    for package in libmiclient-dev miclient-tools; do
        (cd "$1" && md5sum --check --strict "var/lib/dpkg/info/$package.md5sums") || return 1
    done
}
depends() { # PACKAGE NAME...
    local package=$1 name list
    shift
    list=$(dpkg-deb -f "$made/${package}_$version-1_$(dpkg --print-architecture).deb" Depends)
    echo "$list"
    for name; do
        case ", $list," in *", $name,"* | *", $name ("*) ;; *) echo "no $name"; return 1 ;; esac
    done
}
documented() { # PACKAGE: what Debian's policy asks for
    local doc=$dir/root/usr/share/doc/$1
    grep -q '^Copyright: .*holders' "$doc/copyright" && gzip -dc "$doc/changelog.Debian.gz" | grep -q "^miclient ($version-1) "
}
manual() { gzip -dc "$dir/root/usr/share/man/man1/mi.1.gz" | grep -q '^.TH'; }

part_deb() {
    command -v dpkg >/dev/null || skip "no dpkg on this system"
    root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v fakeroot >/dev/null || skip "dpkg wants root, or fakeroot, which is not installed"
        root=(fakeroot)
    fi
    check install installed "$dir/root"
    check files unchanged_files "$dir/root"
    check no_build_path no_path_of_this_tree "$dir/root"
    check tools_depend depends miclient-tools libc6 libssl3 libxml2
    check dev_depends depends libmiclient-dev libssl-dev libxml2-dev libc6-dev
    check dev_documents documented libmiclient-dev
    check tools_document documented miclient-tools
    check man_page manual
    start_peer
    check command prints 'text 4' "$dir/root/usr/bin/mi" enumerate Peer_Few -H "$MI_HOST" -u tester --clear-text
    local examples=$dir/root/usr/share/doc/libmiclient-dev/examples
    check example_by_pkg_config by_pkg_config "$dir/root/usr" "$examples"
    check it_runs prints 'Text = text 4' "$dir/enumerate" Peer_Few
    check example_by_cmake by_cmake "$dir/root/usr" "$examples"
    check it_runs_too prints 'Text = text 3' "$dir/examples/query" "SELECT * FROM Peer_Few WHERE Id='3'"
    check remove "${root[@]}" dpkg --root="$dir/root" --force-script-chrootless --log=/dev/null -P libmiclient-dev miclient-tools
    check nothing_is_left test -z "$(find "$dir/root" -path "$dir/root/var" -prune -o -type f -print)"
    finish
}

cross_built() {
    cmake -S "$sdk/examples" -B "$sdk/build" "-DCMAKE_TOOLCHAIN_FILE=$source/toolchains/mingw-w64-x86_64.cmake" \
        "-DCMAKE_PREFIX_PATH=$sdk" -DCMAKE_BUILD_TYPE=Release && cmake --build "$sdk/build" --target enumerate
}
wine_prefix() {
    local prefix
    prefix=$(sed -n 's/^MIC_WINE_PREFIX:[^=]*=//p' "$MIC_WINDOWS_TREE/CMakeCache.txt")
    echo "${prefix:-$MIC_WINDOWS_TREE/wine-prefix}"
}
wine() { MIC_WINE_PREFIX=$(wine_prefix) MIC_MI_DLL=$mi_dll "$source/tests/win32/run-wine.sh" "$@"; }
whole() {
    local file
    for file in include/mi.h lib/mingw-x86_64/libmiclient.a lib/mingw-i686/libmiclient.a lib/msvc-x64/miclient.lib \
        lib/msvc-x86/miclient.lib lib/msvc-arm64/miclient.lib lib/cmake/MIClient/MIClientConfig.cmake bin/x64/mi.exe \
        bin/x86/mi.exe nsis/mi-runtime.nsh examples/enumerate.c examples/windows/list_async.c doc/windows.md doc/porting.md; do
        [ -s "$sdk/$file" ] || { echo "no $file"; return 1; }
    done
}

part_zip() {
    sdk=$dir/miclient-sdk-$version mi_dll=$MIC_WINDOWS_TREE/tests/win32/played/mi.dll
    check unpack unzip -q "$made/miclient-sdk-$version.zip" -d "$dir"
    check whole whole
    check no_build_path no_path_of_this_tree "$sdk"
    check example_by_cmake cross_built
    export MI_HOST=server
    # What was found wrong so far counts all the same.
    [ "$failed" -eq 0 ] || finish
    [ -f "$mi_dll" ] || skip "no built Windows tree in $MIC_WINDOWS_TREE ('./dev windows' makes one): nothing of the zip was run"
    wine "$sdk/bin/x64/mi.exe" --version >"$dir/log" 2>&1
    [ $? -ne 77 ] || skip "$(sed -n 's/^skipped: //p' "$dir/log"): nothing of the zip was run"
    check it_runs prints 'Destination = server' wine "$sdk/build/enumerate.exe" C
    check command prints '"Destination":"server"' wine "$sdk/bin/x64/mi.exe" enumerate C -H server -o jsonl
    finish
}

installs() {
    wine "$setup" /S '/D=C:\miclient' package
}
installed_folder() { # a Wine of 32 bits only has a prefix of its own
    local prefix
    prefix=$(wine_prefix)
    [ ! -d "$prefix-32" ] || prefix=$prefix-32
    echo "$prefix/drive_c/miclient package"
}
same_tree() { diff -r -x uninstall.dat -x Uninstall.exe "$sdk" "$folder"; }
uninstalls() { wine "$folder/Uninstall.exe" /S '_?=C:\miclient' package; }
only_uninstaller_left() { # it runs from where it is, so it cannot go
    [ -z "$(find "$folder" -type f ! -name Uninstall.exe 2>/dev/null)" ]
}

part_installer() {
    sdk=$dir/miclient-sdk-$version mi_dll=none setup=$made/miclient-sdk-$version.exe
    [ -f "$MIC_WINDOWS_TREE/CMakeCache.txt" ] || skip "no built Windows tree in $MIC_WINDOWS_TREE"
    unzip -q "$made/miclient-sdk-$version.zip" -d "$dir" || exit 1
    installs >"$dir/log" 2>&1 # of 32 bits, as it runs on every Windows
    local status=$?
    [ "$status" -ne 77 ] || skip "no Wine here runs 32-bit programs, which the installer is"
    folder=$(installed_folder)
    check install test "$status" -eq 0 -a -f "$folder/Uninstall.exe"
    check same_files_as_the_zip same_tree
    check uninstall uninstalls
    check nothing_is_left only_uninstaller_left
    rm -rf "$folder"
    finish
}

part_"$part"
