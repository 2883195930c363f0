; mi-runtime.nsh: for the installer of a product that is linked with miclient. NSIS 3, Unicode, x86 and amd64.
;
;   !include mi-runtime.nsh
;
; A copy of this file beside your script is enough, or its path in the SDK; only MI_InstallFiles needs more than this file.
;
; On Windows miclient forwards to the system's mi.dll, which no product may ship. These lines find out whether it is
; there, and what to install if not. They may stand in any section or function, of the installer and the uninstaller,
; any number of times. What they do not return stays as it was: $0-$R9, the stack, the errors flag, $OUTDIR, the registry view.
;
; ${MI_DetectRuntime} STATE WINDOWS WMF ADVICE      for a product of the machine's own bitness
; ${MI_DetectRuntimeX86} STATE WINDOWS WMF ADVICE   for a 32-bit product, also on a 64-bit machine
;   Four variables ($0, $R1, your own; each another one) receive:
;   STATE    ${MI_RUNTIME_OK}           0  a program with miclient will work
;            ${MI_RUNTIME_UNSUPPORTED}  1  this Windows can have no mi.dll, or not before a service pack
;            ${MI_RUNTIME_MISSING}      2  no mi.dll in the system directory
;            ${MI_RUNTIME_DAMAGED}      3  the file there is no mi.dll: unreadable, of the other bitness, without its export
;   WINDOWS  "Windows 7 Service Pack 1 (6.1.7601), x64"
;   WMF      "5.1.19041.1": the Windows PowerShell engine, which comes with the Windows Management Framework; "" for none
;   ADVICE   in words what to install or do; "" when STATE is 0
;
; ${MI_RequireRuntime} STATUS       the same as a condition: shows the advice and ends the installer with that exit status
; ${MI_RequireRuntimeX86} STATUS    (a silent installer shows nothing). For .onInit or the first section.
;
; !insertmacro MI_InstallFiles DIR ARCH     puts mi.exe, for your support, into DIR; ARCH: x64, x86, or native (both
;                                           are packed, the machine's is installed). A file that cannot be written is
;                                           treated as by your own File lines: SetOverwrite and IfErrors.
; !insertmacro MI_Register PRODUCT DIR      notes under Software\miclient\Products\PRODUCT (HKLM or HKCU, as SetShellVarContext
;                                           says) where the product is and which miclient is in it
; !insertmacro MI_UninstallFiles DIR        removes mi.exe, and DIR if that leaves it empty
; !insertmacro MI_Unregister PRODUCT        removes the note, and the keys above it that are empty then
;
; MI_SDK, the SDK's folder, from which MI_InstallFiles takes mi.exe, is the one above this file unless defined before the
; !include. MI_VERSION is the version of miclient this file came with, unless defined before.
; All names begin with MI_ or _MI_. See nsis\README.md for whole examples.

!ifndef MI_RUNTIME_NSH
!define MI_RUNTIME_NSH

!include LogicLib.nsh
!include Util.nsh

!ifndef MI_SDK
  !define MI_SDK "${__FILEDIR__}\.."
!endif
!ifndef MI_VERSION
  !define MI_VERSION unknown
!endif

!define MI_RUNTIME_OK 0
!define MI_RUNTIME_UNSUPPORTED 1
!define MI_RUNTIME_MISSING 2
!define MI_RUNTIME_DAMAGED 3

!define MI_DetectRuntime "!insertmacro _MI_DetectRuntime native"
!define MI_DetectRuntimeX86 "!insertmacro _MI_DetectRuntime x86"
!define MI_RequireRuntime "!insertmacro _MI_RequireRuntime native"
!define MI_RequireRuntimeX86 "!insertmacro _MI_RequireRuntime x86"

!macro _MI_DetectRuntime KIND STATE WINDOWS WMF ADVICE
  Push ${KIND}
  ${CallArtificialFunction} _MI_Detect
  Pop ${STATE}
  Pop ${WINDOWS}
  Pop ${WMF}
  Pop ${ADVICE}
!macroend

!macro _MI_RequireRuntime KIND STATUS
  Push "${STATUS}"
  Push ${KIND}
  ${CallArtificialFunction} _MI_Require
!macroend

; Stack: kind, status.
!macro _MI_Require
  System::Store "S"
  Pop $0
  Pop $1
  Push $0
  ${CallArtificialFunction} _MI_Detect
  Pop $2
  Pop $3
  Pop $4
  Pop $5
  ${If} $2 != ${MI_RUNTIME_OK}
    MessageBox MB_OK|MB_ICONSTOP "$3: $5" /SD IDOK
    SetErrorLevel $1
    Quit
  ${EndIf}
  System::Store "L"
!macroend

; Stack: kind -> state, windows, wmf, advice.
; $0 kind  $1 state  $2 windows  $3 wmf  $4 advice  $5 version, major * 100 + minor  $6 service pack
; $7 workstation 1  $8 machine  $9 build  $R8 errors flag of the caller
!macro _MI_Detect
  ; The first call of a plugin clears the errors flag.
  IfErrors +3
  Push ""
  Goto +2
  Push set
  System::Store "S"
  Pop $R8
  Pop $0
  ${CallArtificialFunction} _MI_ReadVersion
  ${CallArtificialFunction} _MI_ReadMachine
  ${CallArtificialFunction} _MI_NameWindows
  ${CallArtificialFunction} _MI_ReadWmf
  ${CallArtificialFunction} _MI_Judge
  Push $4
  Push $3
  Push $2
  Push $1
  ClearErrors
  StrCmp $R8 "" +2
  SetErrors
  System::Store "L"
!macroend

; RtlGetVersion, since GetVersionEx tells what the manifest of the installer makes of it.
!macro _MI_ReadVersion
  System::Call '*(i 284, i, i, i, i, &w128, &i2, &i2, &i2, &i1, &i1) p .R0'
  System::Call 'ntdll::RtlGetVersion(p R0) i .R1'
  System::Call '*$R0(i, i .R1, i .R2, i .r9, i, &w128, &i2 .r6, &i2, &i2, &i1 .r7, &i1)'
  System::Free $R0
  IntOp $5 $R1 * 100
  IntOp $5 $5 + $R2
  StrCpy $2 "$R1.$R2.$9"
!macroend

; $8: x86, x64 or arm64, of the machine and not of this process.
!macro _MI_ReadMachine
  StrCpy $R0 0
  System::Call 'kernel32::IsWow64Process2(p -1, *i 0, *i 0 R0) i .R1'
  ${If} $R1 == error
  ${OrIf} $R1 == 0
    ; Before Windows 10 1511. SYSTEM_INFO has 36 or 48 bytes; its first word is the architecture.
    System::Alloc 64
    Pop $R2
    System::Call 'kernel32::GetNativeSystemInfo(p R2)'
    System::Call '*$R2(&i2 .R0)'
    System::Free $R2
    ${If} $R0 = 9
      StrCpy $R0 34404
    ${ElseIf} $R0 = 12
      StrCpy $R0 43620
    ${EndIf}
  ${EndIf}
  IntOp $R0 $R0 & 0xFFFF
  ${If} $R0 = 34404
    StrCpy $8 x64
  ${ElseIf} $R0 = 43620
    StrCpy $8 arm64
  ${Else}
    StrCpy $8 x86
  ${EndIf}
!macroend

!macro _MI_NameOf NUMBER WORKSTATION SERVER
  ${If} $5 = ${NUMBER}
    StrCpy $R0 "${SERVER}"
    ${If} $7 = 1
      StrCpy $R0 "${WORKSTATION}"
    ${EndIf}
  ${EndIf}
!macroend

!macro _MI_NameWindows
  StrCpy $R0 Windows
  !insertmacro _MI_NameOf 500 "Windows 2000" "Windows 2000 Server"
  !insertmacro _MI_NameOf 501 "Windows XP" "Windows XP"
  !insertmacro _MI_NameOf 502 "Windows XP" "Windows Server 2003"
  !insertmacro _MI_NameOf 600 "Windows Vista" "Windows Server 2008"
  !insertmacro _MI_NameOf 601 "Windows 7" "Windows Server 2008 R2"
  !insertmacro _MI_NameOf 602 "Windows 8" "Windows Server 2012"
  !insertmacro _MI_NameOf 603 "Windows 8.1" "Windows Server 2012 R2"
  ${If} $5 = 1000
    StrCpy $R0 "Windows 10"
    ${If} $9 >= 22000
      StrCpy $R0 "Windows 11"
    ${EndIf}
    ${If} $7 <> 1
      StrCpy $R0 "Windows Server 2016"
      ${If} $9 >= 26100
        StrCpy $R0 "Windows Server 2025"
      ${ElseIf} $9 >= 20348
        StrCpy $R0 "Windows Server 2022"
      ${ElseIf} $9 >= 17763
        StrCpy $R0 "Windows Server 2019"
      ${EndIf}
    ${EndIf}
  ${EndIf}
  ${If} $6 > 0
    StrCpy $R0 "$R0 Service Pack $6"
  ${EndIf}
  StrCpy $2 "$R0 ($2), $8"
!macroend

; In the machine's own view of the registry; KEY_READ with KEY_WOW64_64KEY. 3 is the key of every engine since 3.0.
!macro _MI_ReadWmf
  StrCpy $3 ""
  System::Call 'advapi32::RegOpenKeyExW(p -2147483646, w "SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine", \
    i 0, i 0x20119, *p .R0) i .R1'
  ${If} $R1 == 0
    System::Call 'advapi32::RegQueryValueExW(p R0, w "PowerShellVersion", p 0, *i .R2, w .R3, *i 2046) i .R1'
    System::Call 'advapi32::RegCloseKey(p R0)'
    ${If} $R1 == 0
    ${AndIf} $R2 = 1
      StrCpy $3 $R3
    ${EndIf}
  ${EndIf}
!macroend

; What is missing at all, then what is wrong with the file.
!macro _MI_Judge
  StrCpy $1 ${MI_RUNTIME_OK}
  StrCpy $4 ""
  StrCpy $R9 "" ; the package that brings mi.dll
  ${If} $5 >= 602
    StrCpy $R9 Windows
  ${ElseIf} $5 = 601
    StrCpy $R9 "Windows Management Framework 3.0 (KB2506143), or 5.1 (KB3191566)"
    ${If} $6 < 1
      StrCpy $4 "Install Service Pack 1, then $R9."
    ${EndIf}
  ${ElseIf} $5 = 600
  ${AndIf} $7 <> 1
    StrCpy $R9 "Windows Management Framework 3.0 (KB2506146)"
    ${If} $6 < 2
      StrCpy $4 "Install Service Pack 2, then $R9."
    ${EndIf}
  ${Else}
    StrCpy $4 "Use Windows 7 with Service Pack 1, Windows Server 2008 with Service Pack 2, or a later one."
  ${EndIf}
  ${If} $4 != ""
    StrCpy $1 ${MI_RUNTIME_UNSUPPORTED}
  ${Else}
    ${CallArtificialFunction} _MI_JudgeFile
  ${EndIf}
!macroend

!macro _MI_JudgeFile
  StrCpy $R7 "$SYSDIR\mi.dll"
  StrCpy $R6 0x20B ; PE32+
  ${If} $8 == x86
  ${OrIf} $0 == x86
    StrCpy $R6 0x10B
  ${EndIf}
  ${If} $R6 = 0x10B
  ${AndIf} $8 != x86
    StrCpy $R7 "$WINDIR\SysWOW64\mi.dll"
  ${EndIf}
  !if ${NSIS_PTR_SIZE} > 4
    FileOpen $R0 $R7 r
  !else
    ; The old value goes back, so the caller's own switch stays what it is.
    StrCpy $R5 error
    ${If} $R6 = 0x20B
      System::Call 'kernel32::Wow64DisableWow64FsRedirection(*p .R4) i .R5'
      StrCpy $R7 "$WINDIR\System32\mi.dll"
    ${EndIf}
    FileOpen $R0 $R7 r
    ${If} $R5 != error
    ${AndIf} $R5 <> 0
      System::Call 'kernel32::Wow64RevertWow64FsRedirection(p R4)'
    ${EndIf}
  !endif
  ${If} $R0 == ""
    ; Not there, or not to be opened: System32 lets everyone read it.
    StrCpy $1 ${MI_RUNTIME_MISSING}
    ${If} $R9 == Windows
      StrCpy $4 "mi.dll is a part of this Windows, but $R7 is missing: repair it with 'sfc /scannow'."
    ${Else}
      StrCpy $4 "Install $R9; it needs the .NET Framework 4 and brings $R7."
    ${EndIf}
  ${Else}
    ${CallArtificialFunction} _MI_HasExport
    FileClose $R0
    ${If} $R5 != yes
      StrCpy $1 ${MI_RUNTIME_DAMAGED}
      ${If} $R9 == Windows
        StrCpy $4 "$R7 $R5: repair it with 'sfc /scannow'."
      ${Else}
        StrCpy $4 "$R7 $R5: install $R9 again."
      ${EndIf}
    ${EndIf}
  ${EndIf}
!macroend

; The little-endian number at $R1 -> $R2; $R1 moves behind it. Past the end: the errors flag.
!macro _MI_ReadNumber SIZE
  FileSeek $R0 $R1 SET
  FileReadWord $R0 $R2
  !if ${SIZE} = 4
    FileReadWord $R0 $R3
    IntOp $R3 $R3 << 16
    IntOp $R2 $R2 | $R3
  !endif
  IntOp $R1 $R1 + ${SIZE}
!macroend
!macro _MI_ReadDword
  !insertmacro _MI_ReadNumber 4
!macroend
!macro _MI_ReadWord
  !insertmacro _MI_ReadNumber 2
!macroend
!define _MI_ReadDword "${CallArtificialFunction} _MI_ReadDword"
!define _MI_ReadWord "${CallArtificialFunction} _MI_ReadWord"

; Reads the file as data (the PE format's headers and export directory): a library of the other bitness cannot be loaded,
; and running one's code for a look would be wrong. $R0 file, $R6 wanted magic -> $R5 "yes" or what it is.
; $0 section headers  $5 their end  $6 the name table  $7 its length  $8 index  $9 PE header, then a section header
!macro _MI_HasExport
  Push $1
  Push $2
  Push $3
  Push $4
  ClearErrors
  StrCpy $R5 "is not a library"
  StrCpy $R1 0
  ${_MI_ReadWord}
  ${If} $R2 = 0x5A4D
    StrCpy $R1 0x3C
    ${_MI_ReadDword}
    StrCpy $9 $R2
    StrCpy $R1 $9
    ${_MI_ReadDword}
    ${If} $R2 = 0x4550
    ${AndIfNot} ${Errors}
      IntOp $R1 $9 + 24
      ${_MI_ReadWord}
      ${If} $R2 <> $R6
        StrCpy $R5 "is of the wrong bitness"
      ${Else}
        StrCpy $R5 "does not export MI_Application_InitializeV1"
        ${CallArtificialFunction} _MI_FindExport
      ${EndIf}
    ${EndIf}
  ${EndIf}
  Pop $4
  Pop $3
  Pop $2
  Pop $1
!macroend

; The native file has two names; no more than 1000 are looked at.
!macro _MI_FindExport
  IntOp $R1 $9 + 20
  ${_MI_ReadWord}
  IntOp $0 $9 + 24
  IntOp $0 $0 + $R2
  IntOp $R1 $9 + 6
  ${_MI_ReadWord}
  ${If} $R2 > 96 ; as many as Windows loads
    StrCpy $R2 96
  ${EndIf}
  IntOp $5 $R2 * 40
  IntOp $5 $5 + $0
  IntOp $R1 $9 + 120 ; data directory 0 of PE32
  ${If} $R6 = 0x20B
    IntOp $R1 $9 + 136
  ${EndIf}
  ${_MI_ReadDword}
  StrCpy $R1 $R2
  ${CallArtificialFunction} _MI_ToOffset
  ${If} $R1 <> 0
    IntOp $6 $R1 + 32
    IntOp $R1 $R1 + 24
    ${_MI_ReadDword}
    StrCpy $7 $R2
    StrCpy $R1 $6
    ${_MI_ReadDword}
    StrCpy $R1 $R2
    ${CallArtificialFunction} _MI_ToOffset
    StrCpy $6 $R1
    ${If} $7 > 1000
      StrCpy $7 1000
    ${EndIf}
    StrCpy $8 0
    ${DoWhile} $8 < $7
      StrCpy $R1 $6
      ${_MI_ReadDword}
      StrCpy $6 $R1
      StrCpy $R1 $R2
      ${CallArtificialFunction} _MI_ToOffset
      FileSeek $R0 $R1 SET
      FileRead $R0 $R2 64
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      ${If} $R2 S== MI_Application_InitializeV1
        StrCpy $R5 yes
        ${ExitDo}
      ${EndIf}
      IntOp $8 $8 + 1
    ${Loop}
  ${EndIf}
!macroend

; $R1 address in memory -> offset in the file, 0 where no section has it.
; $1 address  $2 the same in the section  $3 the section's size in the file  $4 result
!macro _MI_ToOffset
  StrCpy $1 $R1
  StrCpy $4 0
  StrCpy $9 $0
  ${DoWhile} $9 < $5
    IntOp $R1 $9 + 12
    ${_MI_ReadDword}
    IntOp $2 $1 - $R2
    ${_MI_ReadDword}
    StrCpy $3 $R2
    ${_MI_ReadDword}
    ${If} $2 >= 0
    ${AndIf} $2 < $3
      IntOp $4 $R2 + $2
      ${ExitDo}
    ${EndIf}
    IntOp $9 $9 + 40
  ${Loop}
  StrCpy $R1 $4
!macroend

; -> the machine, as _MI_ReadMachine says it.
!macro _MI_PushMachine
  System::Store "S"
  ${CallArtificialFunction} _MI_ReadMachine
  Push $8
  System::Store "L"
!macroend

!macro _MI_NeedFile ARCH
  !if ! /FileExists "${MI_SDK}\bin\${ARCH}\mi.exe"
    !error "MI_InstallFiles: there is no ${MI_SDK}\bin\${ARCH}\mi.exe. Before the !include say where the miclient SDK is: \
      !define MI_SDK C:\path\of\the\SDK"
  !endif
!macroend

!macro MI_InstallFiles DIR ARCH
  CreateDirectory "${DIR}"
  !if "${ARCH}" == native
    !insertmacro _MI_NeedFile x86
    !insertmacro _MI_NeedFile x64
    ${CallArtificialFunction} _MI_PushMachine
    Exch $0
    ${If} $0 == x86
      Pop $0
      File "/oname=${DIR}\mi.exe" "${MI_SDK}\bin\x86\mi.exe"
    ${Else}
      Pop $0
      File "/oname=${DIR}\mi.exe" "${MI_SDK}\bin\x64\mi.exe"
    ${EndIf}
  !else
    !insertmacro _MI_NeedFile "${ARCH}"
    File "/oname=${DIR}\mi.exe" "${MI_SDK}\bin\${ARCH}\mi.exe"
  !endif
!macroend

!macro MI_UninstallFiles DIR
  Delete "${DIR}\mi.exe"
  RMDir "${DIR}"
!macroend

!macro MI_Register PRODUCT DIR
  WriteRegStr SHCTX "Software\miclient\Products\${PRODUCT}" Path "${DIR}"
  WriteRegStr SHCTX "Software\miclient\Products\${PRODUCT}" Version "${MI_VERSION}"
!macroend

!macro MI_Unregister PRODUCT
  DeleteRegKey SHCTX "Software\miclient\Products\${PRODUCT}"
  DeleteRegKey /ifempty SHCTX "Software\miclient\Products"
  DeleteRegKey /ifempty SHCTX "Software\miclient"
!macroend

!endif
