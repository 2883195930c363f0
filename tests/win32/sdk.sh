#!/bin/bash
# sdk.sh CPU SDK STAND-IN RUN-WINE MI.EXE: what a product builder does with the staged SDK, for x86_64 or
# i686: link by each linker and by CMake, and run with a mi.dll and without. MI.EXE is the build tree's.
set -u
cpu=$1 sdk=$2 standin=$3 wine=$4 mi=$5
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
suite=sdk
# shellcheck source=tests/support/cases.sh
. "$here/../support/cases.sh"
include=$(clang -print-resource-dir)/include
case $cpu in
x86_64) ms=x64 machine=i386:x86-64 bin=x64 hardening=(/guard:cf) ;;
i686) ms=x86 machine=i386 bin=x86 hardening=(/guard:cf /safeseh) ;;
esac

# runs PROGRAM: it ends as it must where mi.dll is, and where it is not.
runs() {
    local status
    [ -f "$1" ] || { echo "$1 was not built"; return 1; }
    MIC_MI_DLL=$standin "$wine" "$1" >"$dir/out" 2>&1
    status=$?
    if [ $status -eq 77 ]; then
        skipped=$((skipped + 1))
        cat "$dir/out" >>"$dir/skipped"
        return 0
    fi
    [ $status -eq 0 ] && grep -q 'there, and calls back' "$dir/out" || { echo "status $status"; cat "$dir/out"; return 1; }
    MIC_MI_DLL=none "$wine" "$1" >"$dir/out" 2>&1
    status=$?
    [ $status -eq 7 ] && grep -q 'mi.dll: missing$' <(tr -d '\r' <"$dir/out") || { echo "status $status"; cat "$dir/out"; return 1; }
}

# import_library FOLDER MACHINE: kernel32.lib, which comes with Microsoft's SDK.
import_library() {
    local entry at=
    mkdir -p "$1"
    {
        printf 'LIBRARY kernel32.dll\nEXPORTS\n'
        for entry in CloseHandle@4 CreateEventW@16 ExitProcess@4 FreeLibrary@4 GetLastError@0 GetProcAddress@8 \
            GetProcessHeap@0 GetStdHandle@4 GetSystemDirectoryW@8 HeapAlloc@12 HeapFree@12 LoadLibraryExW@12 \
            SetEvent@4 SetLastError@4 WaitForSingleObject@8 WriteFile@20; do
            if [ "$2" = i386 ]; then echo "  $entry"; else echo "  ${entry%@*}"; fi
        done
    } >"$1/kernel32.def"
    [ "$2" != i386 ] || at=-k
    llvm-dlltool -m "$2" $at -d "$1/kernel32.def" -l "$1/kernel32.lib"
}

# by_lld NAME CPU LIBRARY LINKER-OPTION...: clang and lld-link stand in for cl and link.exe.
by_lld() {
    local name=$1 target=$2 library=$3 file
    shift 3
    for file in consumer nocrt; do
        clang "--target=$target-pc-windows-msvc" -nostdinc -isystem "$include" \
            -isystem "$source/src/win32/freestanding" "-I$sdk/include" -O2 -Wall -Wextra -Werror \
            -Xclang -cfguard-no-checks -c "$here/sdk/$file.c" -o "$dir/$name-$file.obj" || return 1
    done
    lld-link /nologo /nodefaultlib /entry:mainCRTStartup /subsystem:console /WX "$@" "/out:$dir/$name.exe" \
        "$dir/$name-consumer.obj" "$dir/$name-nocrt.obj" "$library" "$dir/lib-$target/kernel32.lib"
}

# Every function of the library whose address is in a table is a target that Control Flow Guard lets pass.
is_guarded() {
    local functions
    functions=$(llvm-readobj --coff-load-config "$1" | awk '$1 == "GuardCFFunctionCount:" { print $2 }')
    [ "${functions:-0}" -ge 105 ] || { echo "${functions:-no} guarded functions"; return 1; }
}

by_gcc() { # <name> <library or flags...>
    local name=$1
    shift
    "$cpu-w64-mingw32-gcc" -Wall -Wextra -Werror "-I$sdk/include" "$here/sdk/consumer.c" "$here/sdk/main.c" "$@" \
        -o "$dir/$name.exe"
}

# The flags are quoted for a shell, as the SDK's path may have blanks.
by_pkg_config() { # <name> <sdk>
    local flags words
    flags=$(PKG_CONFIG_LIBDIR=$2/lib/mingw-$cpu/pkgconfig pkg-config --cflags --libs miclient) || return 1
    eval "words=($flags)"
    "$cpu-w64-mingw32-gcc" "$here/sdk/consumer.c" "$here/sdk/main.c" "${words[@]}" -o "$dir/$1.exe"
}

by_cmake() { # <name> <cmake arguments...>
    local name=$1
    shift
    cmake -S "$here/sdk" -B "$dir/$name" -G Ninja "-DCMAKE_PREFIX_PATH=$sdk" -DCMAKE_BUILD_TYPE=Release "$@" &&
        cmake --build "$dir/$name" -v | tee "$dir/$name.log" && cp "$dir/$name/consumer.exe" "$dir/$name.exe"
}
clang_msvc() { # <cpu>
    echo "-DCMAKE_TOOLCHAIN_FILE=$here/sdk/clang-msvc.cmake -DSDK_TARGET=$1 -DSDK_KERNEL32=$dir/lib-$1 -DSDK_SOURCE=$source"
}

# refuses TEXT SDK <cmake arguments...>: find_package says so and why.
refuses() {
    local text=$1 tree=$2
    shift 2
    rm -rf "$dir/refused"
    if cmake -S "$here/sdk" -B "$dir/refused" -G Ninja "-DCMAKE_PREFIX_PATH=$tree" "$@" >"$dir/out" 2>&1; then
        echo "it was found"
        return 1
    fi
    tr '\n' ' ' <"$dir/out" | tr -s ' ' | grep -qF -- "$text" || { cat "$dir/out"; return 1; }
}

for target in "$cpu:$machine" aarch64:arm64; do
    import_library "$dir/lib-${target%%:*}" "${target#*:}" || exit 1
done
check symbols_mingw "$here/check-archive.sh" "mingw-$cpu" "$sdk/lib/mingw-$cpu/libmiclient.a"
check symbols_msvc "$here/check-archive.sh" "msvc-$ms" "$sdk/lib/msvc-$ms/miclient.lib"
check mi_exe_is_the_one_of_another_build cmp "$mi" "$sdk/bin/$bin/mi.exe"
check gcc by_gcc gcc "-L$sdk/lib/mingw-$cpu" -lmiclient
check gcc_runs runs "$dir/gcc.exe"
check pkg_config by_pkg_config pkg "$sdk"
mkdir "$dir/a folder with blanks" && cp -r "$sdk/include" "$sdk/lib" "$dir/a folder with blanks"
check pkg_config_with_blanks_in_the_path by_pkg_config blanks "$dir/a folder with blanks"
check gcc_takes_the_msvc_library by_gcc mixed "$sdk/lib/msvc-$ms/miclient.lib"
check gcc_takes_the_msvc_library_runs runs "$dir/mixed.exe"
check lld_link by_lld lld "$cpu" "$sdk/lib/msvc-$ms/miclient.lib" "${hardening[@]}"
check lld_link_guards is_guarded "$dir/lld.exe"
check lld_link_runs runs "$dir/lld.exe"
check lld_link_takes_the_mingw_library by_lld foreign "$cpu" "$sdk/lib/mingw-$cpu/libmiclient.a" "${hardening[@]}"
check lld_link_takes_the_mingw_library_runs runs "$dir/foreign.exe"
check cmake_mingw by_cmake cmake-mingw "-DCMAKE_TOOLCHAIN_FILE=$source/toolchains/mingw-w64-$cpu.cmake"
check cmake_mingw_runs runs "$dir/cmake-mingw.exe"
# shellcheck disable=SC2046
check cmake_clang_msvc by_cmake cmake-msvc $(clang_msvc "$cpu")
check cmake_clang_msvc_takes_its_library grep -q "lib/msvc-$ms/miclient.lib" "$dir/cmake-msvc.log"
check cmake_clang_msvc_runs runs "$dir/cmake-msvc.exe"
if [ "$cpu" = x86_64 ]; then
    # Nothing here runs ARM64 Windows programs.
    check symbols_msvc_arm64 "$here/check-archive.sh" msvc-arm64 "$sdk/lib/msvc-arm64/miclient.lib"
    check arm64_links by_lld arm64 aarch64 "$sdk/lib/msvc-arm64/miclient.lib" /guard:cf
    # shellcheck disable=SC2046
    check cmake_arm64_links by_cmake cmake-arm64 $(clang_msvc aarch64)
    check cmake_arm64_takes_its_library grep -q lib/msvc-arm64/miclient.lib "$dir/cmake-arm64.log"
    check cmake_refuses_another_system refuses "this build is for Linux" "$sdk"
    check cmake_refuses_another_processor refuses "No library of the miclient SDK fits this compiler" "$sdk" \
        "-DCMAKE_TOOLCHAIN_FILE=$here/sdk/clang-msvc.cmake" -DSDK_TARGET=thumbv7 "-DSDK_SOURCE=$source"
    cp -r "$sdk" "$dir/part" && rm -r "$dir/part/lib/mingw-$cpu"
    check cmake_says_which_part_is_missing refuses "has no libraries for mingw-$cpu" "$dir/part" \
        "-DCMAKE_TOOLCHAIN_FILE=$source/toolchains/mingw-w64-$cpu.cmake"
fi
[ ! -f "$dir/skipped" ] || sort -u "$dir/skipped"
passed=$((passed - skipped)) # a case whose program did not run shows nothing
done_with_cases
