; The installer of the miclient SDK. build.sh runs makensis with
;   STAGE the staged tree  FILES its list  OUT  VERSION  TARGET  SIGN (optional: a command that signs the file behind it)
; What it promises and its exit codes: README.md. How it keeps the promise that nothing half done stays: sdk-files.nsh.
Target ${TARGET}
Unicode true
SetCompressor /SOLID lzma
ManifestDPIAware true
RequestExecutionLevel highest
AllowSkipFiles off
SetOverwrite on
CRCCheck on
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define PRODUCT "miclient SDK"
!define EXIT_WINDOWS 10
!define EXIT_RUNTIME 11
!define EXIT_ADMINISTRATOR 12
!define EXIT_ARGUMENT 13
!define EXIT_WRITE 14
!define EXIT_NEWER 15
!define EXIT_FOLDER 16
!define EXIT_BUSY 17

!define KEY_SDK "Software\${PRODUCT}"
!define KEY_REMOVE "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PRODUCT}"
!define KEY_CMAKE "Software\Kitware\CMake\Packages\MIClient"
!define KEY_SAVED "Software\${PRODUCT} setup"

Name "${PRODUCT} ${VERSION}"
OutFile "${OUT}"
BrandingText " "
VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=1033 ProductName "${PRODUCT}"
VIAddVersionKey /LANG=1033 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=1033 FileVersion "${VERSION}"
VIAddVersionKey /LANG=1033 FileDescription "${PRODUCT} setup"
VIAddVersionKey /LANG=1033 CompanyName "miclient"
VIAddVersionKey /LANG=1033 LegalCopyright "The miclient authors"

!ifdef SIGN
  !finalize '${SIGN} "%1"' = 0
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

Var ExitCode
Var Text ; what is said or logged next
Var Log ; handle of /LOG=, or ""
Var Scope ; machine or user
Var Administrator ; 1 or 0
Var OldDir ; where the installed version is, or ""
Var OldVersion
Var Components ; as in /COMPONENTS=, or ""
Var WantedDir ; as in /D=, or ""
Var WantedScope
Var AllowOlder
Var RequireRuntime
Var Runtime ; of ${MI_DetectRuntime}
Var Windows
Var Wmf
Var Advice

!include MUI2.nsh
!include LogicLib.nsh
!include nsDialogs.nsh
!include Sections.nsh
!include WinMessages.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!define MI_SDK "${STAGE}"
!include mi-runtime.nsh
!include "${FILES}"
!include sdk-common.nsh
!include sdk-files.nsh

!insertmacro MUI_PAGE_WELCOME
Page custom ScopePage ScopeLeave
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

Section "-begin"
  Call Begin
SectionEnd

!macro SDK_Section ID TITLE
  Section "${TITLE}" SEC_${ID}
    !insertmacro SDK_FILES_${ID}
  SectionEnd
!macroend
!insertmacro SDK_Section headers "Header"
SectionGroup "Libraries"
  !insertmacro SDK_Section mingw-x64 "MinGW-w64, x64"
  !insertmacro SDK_Section mingw-x86 "MinGW-w64, x86"
  !insertmacro SDK_Section msvc-x64 "Microsoft compiler, x64"
  !insertmacro SDK_Section msvc-x86 "Microsoft compiler, x86"
  !insertmacro SDK_Section msvc-arm64 "Microsoft compiler, ARM64"
SectionGroupEnd
!insertmacro SDK_Section cmake "CMake package"
Section "Found by CMake" SEC_register
SectionEnd
!insertmacro SDK_Section tools "Command line tool mi.exe"
!insertmacro SDK_Section nsis "Include for NSIS"
!insertmacro SDK_Section examples "Examples"
!insertmacro SDK_Section doc "Documentation"

Section "-commit"
  Call Commit
SectionEnd

Section Uninstall
  Call un.Remove
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_headers} "mi.h, the one header."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_mingw-x64} "libmiclient.a for x86_64-w64-mingw32."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_mingw-x86} "libmiclient.a for i686-w64-mingw32."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_msvc-x64} "miclient.lib for 64-bit programs."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_msvc-x86} "miclient.lib for 32-bit programs."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_msvc-arm64} "miclient.lib for ARM64. Not run by its makers."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_cmake} "find_package(MIClient)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_register} "Notes the CMake package in the registry, where find_package looks."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_tools} "For x64 and x86."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_nsis} "mi-runtime.nsh, for the installer of your product."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_examples} "One small program per operation."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_doc} "What is in the SDK and how to use it."
!insertmacro MUI_FUNCTION_DESCRIPTION_END

!macro ForEachComponent DO
  !insertmacro ${DO} headers
  !insertmacro ${DO} mingw-x64
  !insertmacro ${DO} mingw-x86
  !insertmacro ${DO} msvc-x64
  !insertmacro ${DO} msvc-x86
  !insertmacro ${DO} msvc-arm64
  !insertmacro ${DO} cmake
  !insertmacro ${DO} register
  !insertmacro ${DO} tools
  !insertmacro ${DO} nsis
  !insertmacro ${DO} examples
  !insertmacro ${DO} doc
!macroend

!include sdk-install.nsh
