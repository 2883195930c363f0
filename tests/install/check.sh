#!/bin/sh
# Builds examples/ out of an installed tree: by find_package, by pkg-config, static and shared.
set -eu
source=$1
build=$2
cc=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
passed=0
failed=0

check() {
  name=$1
  shift
  if "$@" >"$folder/log" 2>&1; then
    passed=$((passed + 1))
    echo "install.$name ok"
  else
    failed=$((failed + 1))
    echo "install.$name FAILED"
    cat "$folder/log"
  fi
}

by_find_package() { # <prefix> <build folder>
  cmake -S "$source/examples" -B "$2" -DCMAKE_C_COMPILER="$cc" -DCMAKE_PREFIX_PATH="$1" \
    -DCMAKE_BUILD_TYPE=Release && cmake --build "$2" && run_help "$2/enumerate"
}

by_pkg_config() { # <prefix> <static flag or empty>
  path=$(find "$1" -name miclient.pc)
  flags=$(PKG_CONFIG_PATH=${path%/*} pkg-config $2 --cflags --libs miclient)
  # shellcheck disable=SC2086
  "$cc" "$source/examples/enumerate.c" -o "$folder/by_pkg_config" $flags &&
    LD_LIBRARY_PATH=$(dirname "${path%/*}") run_help "$folder/by_pkg_config"
}

# An example without arguments says how to use it, with status 2.
run_help() {
  status=0
  "$1" >"$folder/usage" 2>&1 || status=$?
  [ "$status" -eq 2 ] && grep -q usage "$folder/usage"
}

check static_install cmake --install "$build" --prefix "$folder/static"
check static_find_package by_find_package "$folder/static" "$folder/static-build"
check static_pkg_config by_pkg_config "$folder/static" --static
check shared_configure cmake -S "$source" -B "$folder/shared-tree" -DCMAKE_C_COMPILER="$cc" \
  -DBUILD_SHARED_LIBS=ON -DBUILD_TESTING=OFF -DCMAKE_BUILD_TYPE=Release
check shared_build cmake --build "$folder/shared-tree" -j 2
check shared_install cmake --install "$folder/shared-tree" --prefix "$folder/shared"
check shared_find_package by_find_package "$folder/shared" "$folder/shared-build"
check shared_pkg_config by_pkg_config "$folder/shared" ""
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
