# Sourced by the tests of the SDK's installer, after lib.sh: two versions of a small SDK, their installers in C:\nsis-test.
find_libraries
work=$drive/nsis-test
program_files="$drive/Program Files"
sdk_folder="$program_files/miclient SDK"
user_folder=$(find "$drive/users" -mindepth 1 -maxdepth 1 -type d ! -name Public | head -n 1)
user_sdk="$user_folder/AppData/Local/Programs/miclient SDK"
export SOURCE_DATE_EPOCH=1700000000

# stage FOLDER VERSION: each file says the version.
stage() {
    local file
    for file in include/mi.h lib/mingw-x86_64/libmiclient.a lib/mingw-i686/libmiclient.a lib/msvc-x64/miclient.lib \
        lib/msvc-x86/miclient.lib lib/msvc-arm64/miclient.lib lib/cmake/MIClient/MIClientConfig.cmake bin/x64/mi.exe \
        bin/x86/mi.exe examples/all.c doc/index.md README.md; do
        mkdir -p "$1/$(dirname "$file")"
        echo "$file of $2" >"$1/$file"
    done
    ship_include "$2" "$1"
    echo "set(PACKAGE_VERSION \"$2\")" >"$1/lib/cmake/MIClient/MIClientConfigVersion.cmake"
}
build() { "$PACKAGING/build.sh" --target "$TARGET" "$@" >"$dir/out" 2>"$dir/err"; }

rm -rf "$work"
mkdir -p "$work"
one=$dir/one two=$dir/two
stage "$one" 1.0.0
mkdir -p "$one/doc/gone later" "$one/examples/windows"
echo 'only in 1.0.0' >"$one/doc/gone later/page.md"
echo 'only in 1.0.0' >"$one/examples/windows/old.c"
head -c 400000 /dev/urandom >"$one/doc/large.bin"
stage "$two" 1.1.0
mkdir -p "$two/doc/new" "$two/examples/windows"
echo 'only in 1.1.0' >"$two/doc/new/page.md"
echo 'only in 1.1.0' >"$two/examples/windows/new.c"
head -c 400000 /dev/urandom >"$two/doc/large.bin"
build "$one" "$work/one.exe" && build "$two" "$work/two.exe" || { cat "$dir/err"; echo FAILED: build.sh; exit 1; }

# What a run before this one left, had it been stopped.
for folder in "$sdk_folder" "$user_sdk"; do rm -rf "$folder"; done
probe clear HKLM 'Software\miclient SDK' clear HKCU 'Software\miclient SDK' clear HKLM 'Software\miclient SDK setup' \
    clear HKLM 'Software\Microsoft\Windows\CurrentVersion\Uninstall\miclient SDK' \
    clear HKCU 'Software\Microsoft\Windows\CurrentVersion\Uninstall\miclient SDK' \
    clear HKLM 'Software\Kitware' clear HKCU 'Software\Kitware'

setup() { on_windows "$work/$1.exe" /S "${@:2}"; }
# What is installed is the tree, and nothing else but what our own files are.
holds_tree() {
    diff -r -x uninstall.dat -x Uninstall.exe "$1" "$2" >"$dir/difference" || bad "$(head -n 10 "$dir/difference")"
    [ -f "$2/uninstall.dat" ] && [ -f "$2/Uninstall.exe" ] || bad 'no uninstaller'
}
err_has() { for t; do grep -qF -- "$t" "$dir/err" || bad "stderr has no '$t'"; done; }
# uninstall FOLDER ARGUMENT...: waits for it; it cannot remove itself then.
uninstall() {
    local windows_path=${1#"$drive"}
    windows_path=C:${windows_path//\//\\}
    # NSIS wants the rest of the line as it is, without the quotes that a space would bring.
    local words
    read -ra words <<<"_?=$windows_path"
    on_windows "$1/Uninstall.exe" /S "${@:2}" "${words[@]}"
}
remove_leftover() { rm -f "$1/Uninstall.exe"; rmdir "$1" 2>/dev/null; }
