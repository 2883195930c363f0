#!/bin/bash
# Builds examples/ out of an installed tree: by find_package, by pkg-config, static and shared. The
# library itself by make, which is what cmake takes where nobody names Ninja.
set -u
source=$1
build=$2
cc=$3
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
suite=install
# shellcheck source=tests/support/cases.sh
. "$(dirname "$0")/../support/cases.sh"

by_find_package() { # <prefix> <build folder>
  cmake -S "$source/examples" -B "$2" -DCMAKE_C_COMPILER="$cc" -DCMAKE_PREFIX_PATH="$1" \
    -DCMAKE_BUILD_TYPE=Release && cmake --build "$2" && run_help "$2/enumerate"
}

by_pkg_config() { # <prefix> <static flag or empty>
  path=$(find "$1" -name miclient.pc)
  flags=$(PKG_CONFIG_PATH=${path%/*} pkg-config $2 --cflags --libs miclient)
  # shellcheck disable=SC2086
  "$cc" "$source/examples/enumerate.c" -o "$dir/by_pkg_config" $flags &&
    LD_LIBRARY_PATH=$(dirname "${path%/*}") run_help "$dir/by_pkg_config"
}

# An example without arguments says how to use it, with status 2.
run_help() {
  status=0
  "$1" >"$dir/usage" 2>&1 || status=$?
  [ "$status" -eq 2 ] && grep -q usage "$dir/usage"
}

check static_install cmake --install "$build" --prefix "$dir/static"
check static_find_package by_find_package "$dir/static" "$dir/static-build"
check static_pkg_config by_pkg_config "$dir/static" --static
check make_configure cmake -S "$source" -B "$dir/make-tree" -G "Unix Makefiles" \
  -DCMAKE_C_COMPILER="$cc" -DBUILD_TESTING=OFF
check make_build cmake --build "$dir/make-tree" -j 2 --target miclient
check shared_configure cmake -S "$source" -B "$dir/shared-tree" -DCMAKE_C_COMPILER="$cc" \
  -DBUILD_SHARED_LIBS=ON -DBUILD_TESTING=OFF -DCMAKE_BUILD_TYPE=Release
check shared_build cmake --build "$dir/shared-tree" -j 2
check shared_install cmake --install "$dir/shared-tree" --prefix "$dir/shared"
check shared_find_package by_find_package "$dir/shared" "$dir/shared-build"
check shared_pkg_config by_pkg_config "$dir/shared" ""
done_with_cases
