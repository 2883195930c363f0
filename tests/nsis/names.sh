#!/bin/bash
# mi-runtime.nsh in the installer of another product: what it needs beside it, and that it brings no names but its own,
# those that begin with MI_ or _MI_.
# PACKAGING: packaging/nsis. No Wine is needed.
set -u
# shellcheck source=tests/nsis/lib.sh
. "$(dirname "$0")/lib.sh"
include=$PACKAGING/mi-runtime.nsh
own='^_?MI_[A-Za-z0-9_]+$'
sdk=$dir/sdk
mkdir -p "$sdk/bin/x64" "$sdk/bin/x86"
ship_include 1.2.3 "$sdk"
touch "$sdk/bin/x64/mi.exe" "$sdk/bin/x86/mi.exe"

# symbols FILE: what makensis has defined at the end of the installer on standard input.
symbols() {
    cat >"$dir/product.nsi"
    makensis -V3 -WX "-DSDK=$sdk" "-DOUT=$dir/product.exe" "$dir/product.nsi" -HDRINFO >"$dir/out" 2>"$dir/err" || bad 'makensis fails'
    sed -n 's/^Defined symbols: //p' "$dir/out" | tr ',' '\n' | cut -d= -f1 | sort -u >"$1"
}
cat >"$dir/head" <<'NSI'
Unicode true
Name "Foreign product"
OutFile "${OUT}"
!include LogicLib.nsh
!include Util.nsh
!macro conditions
  ${If} $0 == ""
  ${OrIf} $0 = 1
  ${AndIfNot} ${Errors}
    StrCpy $0 1
  ${ElseIf} $0 = 2
    StrCpy $0 2
  ${Else}
    StrCpy $0 3
  ${EndIf}
  ${DoWhile} $0 < 2
    ${ExitDo}
  ${Loop}
!macroend
NSI

begin what_makensis_knows_afterwards
symbols "$dir/without" <<NSI
$(cat "$dir/head")
Section
  !insertmacro conditions
  WriteUninstaller "\$INSTDIR\\u.exe"
SectionEnd
Section Uninstall
  !insertmacro conditions
SectionEnd
NSI
symbols "$dir/with" <<NSI
$(cat "$dir/head")
!include "\${SDK}/nsis/mi-runtime.nsh"
!macro used
  !insertmacro conditions
  \${MI_DetectRuntime} \$0 \$1 \$2 \$3
  \${MI_DetectRuntimeX86} \$0 \$1 \$2 \$3
  \${MI_RequireRuntime} 40
  \${MI_RequireRuntimeX86} 41
!macroend
Section
  !insertmacro used
  !insertmacro MI_InstallFiles "\$INSTDIR" native
  !insertmacro MI_InstallFiles "\$INSTDIR" x64
  !insertmacro MI_Register Product "\$INSTDIR"
  WriteUninstaller "\$INSTDIR\\u.exe"
SectionEnd
Section Uninstall
  !insertmacro used
  !insertmacro MI_UninstallFiles "\$INSTDIR"
  !insertmacro MI_Unregister Product
SectionEnd
NSI
grep -qE '(, ?|: )MI_VERSION=1\.2\.3(,|$)' "$dir/out" || bad 'its version is not 1.2.3'
comm -13 "$dir/without" "$dir/with" >"$dir/new"
grep -qx MI_RUNTIME_OK "$dir/new" && grep -qx _MI_Detectuninst_DEFINED "$dir/new" || bad 'it knows none of ours'
grep -vE "$own" "$dir/new" >"$dir/foreign" && bad "foreign symbols: $(tr '\n' ' ' <"$dir/foreign")"

# alone WORDS...: makensis, on a script that has nothing but a copy of mi-runtime.nsh beside it.
mkdir "$dir/alone"
cp "$sdk/nsis/mi-runtime.nsh" "$dir/alone"
cat >"$dir/alone/product.nsi" <<'NSI'
Unicode true
Name "Foreign product"
OutFile product.exe
!include mi-runtime.nsh
Function .onInit
  ${MI_RequireRuntime} 40
FunctionEnd
Section
  ${MI_DetectRuntimeX86} $0 $1 $2 $3
!ifdef ARCH
  !insertmacro MI_InstallFiles "$INSTDIR" "${ARCH}"
!endif
  !insertmacro MI_Register Product "$INSTDIR"
  WriteUninstaller "$INSTDIR\u.exe"
SectionEnd
Section Uninstall
  !insertmacro MI_UninstallFiles "$INSTDIR"
  !insertmacro MI_Unregister Product
SectionEnd
NSI
alone() {
    rm -f "$dir/alone/product.exe"
    (cd "$dir/alone" && makensis -V2 -WX "$@" product.nsi) >"$dir/out" 2>"$dir/err"
}

begin a_copy_of_the_file_alone_is_enough
alone '-XSetCompress off' || bad 'makensis fails'
tr -d '\0' <"$dir/alone/product.exe" | grep -qaF 1.2.3 || bad 'the version it registers is not in the installer'

begin without_the_sdk_mi_exe_is_asked_for_in_words
for arch in native x64 x86; do
    alone "-DARCH=$arch" && bad "makensis takes $arch"
    grep -q 'there is no .*bin.x[68][64].mi.exe.*say where the miclient SDK is: !define MI_SDK' "$dir/err" || bad "it does not say so: $(cat "$dir/err")"
done
rm "$sdk/bin/x64/mi.exe"
alone -DARCH=native "-DMI_SDK=$sdk" && bad 'makensis takes an SDK without the tool for x64'
alone -DARCH=x86 "-DMI_SDK=$sdk" || bad 'makensis does not take the SDK that MI_SDK names'

# Of macros, functions, variables and labels makensis has no list: what the source says.
begin what_the_source_defines
awk '{ sub(/^[ \t]+/, ""); word = tolower($1) }
    word ~ /^(!macro|!define|!searchreplace|function|var|langstring|section|sectiongroup|pageex)$/ {
        for (i = 2; $i ~ /^\//; i++) { }
        print word, $i
    }
    /^[^ \t;!`"$]+:[ \t]*(;.*)?$/ { sub(/:.*/, ""); print "label", $0 }' "$include" | tr -d '"`' >"$dir/defined"
for kind in '!macro' '!define'; do grep -q "^$kind " "$dir/defined" || bad "no $kind found"; done
while read -r kind defined; do
    [[ $defined =~ $own ]] || bad "$kind $defined"
done <"$dir/defined"

done_with_cases
