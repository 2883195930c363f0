; The installer of another product, one linked with miclient. Defines: OUT, INCLUDE (mi-runtime.nsh), TARGET.
; It fills every register and the stack first and says in the report which of them the include has changed.
!ifdef TARGET
  Target ${TARGET}
!endif
Unicode true
SetCompressor zlib
Name "Foreign product"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES\Foreign product"
RequestExecutionLevel user
ShowInstDetails nevershow
!include FileFunc.nsh
!define MI_OTHER "a name of the product's own"
Var StateOfMine
Var Report

!include "${INCLUDE}"
!include "${INCLUDE}"

!macro fill
  StrCpy $0 r0
  StrCpy $1 r1
  StrCpy $2 r2
  StrCpy $3 r3
  StrCpy $4 r4
  StrCpy $5 r5
  StrCpy $6 r6
  StrCpy $7 r7
  StrCpy $8 r8
  StrCpy $9 r9
  StrCpy $R0 R0
  StrCpy $R1 R1
  StrCpy $R2 R2
  StrCpy $R3 R3
  StrCpy $R4 R4
  StrCpy $R5 R5
  StrCpy $R6 R6
  StrCpy $R7 R7
  StrCpy $R8 R8
  StrCpy $R9 R9
  Push bottom
  SetOutPath $TEMP
  SetErrors
!macroend

; What of `fill` no longer stands. $R6 to $R9 received the results.
!macro check WHERE
  StrCpy $Report ""
  IfErrors +2
  StrCpy $Report "errors "
  StrCmp "$0$1$2$3$4$5$6$7$8$9$R0$R1$R2$R3$R4$R5" r0r1r2r3r4r5r6r7r8r9R0R1R2R3R4R5 +2
  StrCpy $Report "$Reportregisters "
  StrCmp $OUTDIR $TEMP +2
  StrCpy $Report "$Reportoutdir "
  Exch $0
  StrCmp $0 bottom +2
  StrCpy $Report "$Reportstack "
  Pop $0
  WriteINIStr "$EXEDIR\report.ini" ${WHERE} lost "$Report"
!macroend

!macro report WHERE
  !insertmacro fill
  ${MI_DetectRuntime} $R6 $R7 $R8 $R9
  !insertmacro check ${WHERE}
  WriteINIStr "$EXEDIR\report.ini" ${WHERE} state $R6
  WriteINIStr "$EXEDIR\report.ini" ${WHERE} windows $R7
  WriteINIStr "$EXEDIR\report.ini" ${WHERE} wmf "$R8"
  WriteINIStr "$EXEDIR\report.ini" ${WHERE} advice "$R9"
  !insertmacro fill
  ClearErrors
  ${MI_DetectRuntimeX86} $R7 $R8 $R6 $R9
  StrCpy $StateOfMine kept
  IfErrors 0 +2
  StrCpy $StateOfMine set
  SetErrors
  !insertmacro check ${WHERE}.x86
  WriteINIStr "$EXEDIR\report.ini" ${WHERE}.x86 state $R7
  WriteINIStr "$EXEDIR\report.ini" ${WHERE}.x86 advice "$R9"
  WriteINIStr "$EXEDIR\report.ini" ${WHERE}.x86 errors $StateOfMine
!macroend

Function .onInit
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/NEEDS=" $1
  ${IfNot} ${Errors}
    ${MI_RequireRuntime} 40
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/NEEDS32=" $1
  ${IfNot} ${Errors}
    ${MI_RequireRuntimeX86} 41
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/DETECT" $1
  ${IfNot} ${Errors}
    !insertmacro report function
    SetErrorLevel 0
    Quit
  ${EndIf}
FunctionEnd

Section "Product"
  !insertmacro report section
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  !insertmacro fill
  ClearErrors
  !insertmacro MI_InstallFiles "$INSTDIR\tools" native
  IfErrors +2
  SetErrors
  StrCpy $R6 R6
  !insertmacro check files
  !insertmacro MI_InstallFiles "$INSTDIR\tools x86" x86
  !insertmacro MI_InstallFiles "$INSTDIR\tools x64" x64
  !insertmacro MI_Register "Foreign product" "$INSTDIR"
SectionEnd

Section "Twice"
  !insertmacro report again
SectionEnd

Section Uninstall
  !insertmacro report uninstall
  !insertmacro MI_UninstallFiles "$INSTDIR\tools"
  !insertmacro MI_UninstallFiles "$INSTDIR\tools x86"
  !insertmacro MI_UninstallFiles "$INSTDIR\tools x64"
  !insertmacro MI_Unregister "Foreign product"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
