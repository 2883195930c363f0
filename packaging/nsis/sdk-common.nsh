; What the installer and the uninstaller share: words to the user, and the command line.

; ${Refuse} CODE TEXT, before anything has been changed; ${Fail} CODE TEXT, in a section: rolls back.
!define Refuse "!insertmacro Refuse"
!define Fail "!insertmacro Fail"
!define Note "!insertmacro Note"
!macro InThis FUNCTION
  !ifdef __UNINSTALL__
    Call un.${FUNCTION}
  !else
    Call ${FUNCTION}
  !endif
!macroend
!macro Refuse CODE TEXT
  StrCpy $ExitCode ${CODE}
  StrCpy $Text "${TEXT}"
  !insertmacro InThis Complain
  SetErrorLevel $ExitCode
  Quit
!macroend
!macro Fail CODE TEXT
  StrCpy $ExitCode ${CODE}
  StrCpy $Text "${TEXT}"
  !insertmacro InThis Complain
  Abort
!macroend
!macro Note TEXT
  StrCpy $Text "${TEXT}"
  !insertmacro InThis WriteLog
!macroend

; The value of the argument $R3 if it begins with NAME -> $R8, and $R9 is 1.
!macro TakeValue NAME
  StrLen $R7 "${NAME}"
  StrCpy $R8 $R3 $R7
  StrCpy $R9 0
  ${If} $R8 == "${NAME}"
    StrCpy $R8 $R3 "" $R7
    StrCpy $R9 1
  ${EndIf}
!macroend

; UN is "" or "un.": NSIS keeps the functions of the two apart.
!macro CommonFunctions UN
Function ${UN}WriteLog
  StrCmp $Log "" done
    FileWriteUTF16LE $Log "$Text$\r$\n"
  done:
FunctionEnd

; A box, or, when silent, a line on standard error where there is one; and the log.
Function ${UN}Complain
  StrCpy $Text "${PRODUCT} ${VERSION}: $Text (exit code $ExitCode)"
  Call ${UN}WriteLog
  ${IfNot} ${Silent}
    MessageBox MB_OK|MB_ICONSTOP "$Text"
    Return
  ${EndIf}
  System::Store "S"
  StrCpy $0 "$Text$\r$\n"
  System::Call 'kernel32::GetStdHandle(i -12) p .r1'
  ${If} $1 P= 0
    System::Call 'kernel32::AttachConsole(i -1)'
    System::Call 'kernel32::GetStdHandle(i -12) p .r1'
  ${EndIf}
  ${If} $1 P<> 0
    System::Call 'kernel32::WideCharToMultiByte(i 65001, i 0, w r0, i -1, p 0, i 0, p 0, p 0) i .r2'
    System::Alloc $2
    Pop $3
    System::Call 'kernel32::WideCharToMultiByte(i 65001, i 0, w r0, i -1, p r3, i r2, p 0, p 0)'
    IntOp $2 $2 - 1
    System::Call 'kernel32::WriteFile(p r1, p r3, i r2, *i, p 0)'
    System::Free $3
  ${EndIf}
  System::Store "L"
FunctionEnd

; Splits the command line as the makers of command lines mean it: quotes hold spaces together, and /D= and _?=, which have no
; quotes, take all the rest. NSIS itself ignores silently what it does not understand.
; $R0 the line  $R1 position  $R2 character  $R3 the argument  $R4 in quotes  $R5 begins with one  $R6 how many so far
Function ${UN}ReadArguments
  System::Store "S"
  System::Call 'kernel32::GetCommandLineW() w .R0'
  StrCpy $R1 0
  StrCpy $R3 ""
  StrCpy $R4 0
  StrCpy $R5 0
  StrCpy $R6 0
  ${Do}
    StrCpy $R2 $R0 1 $R1
    IntOp $R1 $R1 + 1
    ${If} $R2 == '"'
      ${If} $R3 == ""
        StrCpy $R5 1
      ${EndIf}
      IntOp $R4 1 - $R4
    ${ElseIf} $R2 == ""
    ${OrIf} $R2 == " "
    ${AndIf} $R4 = 0
      ${If} $R3 != ""
      ${OrIf} $R5 = 1
        ${If} $R6 > 0 ; the first is the program
          Call ${UN}TakeArgument
        ${EndIf}
        IntOp $R6 $R6 + 1
      ${EndIf}
      StrCpy $R3 ""
      StrCpy $R5 0
    ${Else}
      StrCpy $R3 "$R3$R2"
      ${If} $R5 = 0
      ${AndIf} $R6 > 0
        ${If} $R3 S== "/D="
        ${OrIf} $R3 == "_?="
          StrCpy $R2 $R0 "" $R1
          StrCpy $R3 "$R3$R2"
          Call ${UN}TakeArgument
          ${ExitDo}
        ${EndIf}
      ${EndIf}
    ${EndIf}
  ${LoopUntil} $R2 == ""
  System::Store "L"
FunctionEnd

Function ${UN}OpenLog
  ClearErrors
  FileOpen $Log $R8 w
  ${If} ${Errors}
    StrCpy $Log ""
    ${Refuse} ${EXIT_ARGUMENT} "/LOG=$R8: this file cannot be written. Name one in a folder that exists."
  ${EndIf}
  FileWriteUTF16LE /BOM $Log "${PRODUCT} ${VERSION} ${UN}setup$\r$\n"
FunctionEnd

Function ${UN}ReadAdministrator
  System::Store "S"
  UserInfo::GetAccountType
  Pop $0
  StrCpy $Administrator 0
  ${If} $0 == Admin
    StrCpy $Administrator 1
  ${EndIf}
  System::Store "L"
FunctionEnd

; One view of the registry for all, the machine's own; one Windows has only that one.
Function ${UN}UseScope
  SetRegView 64
  ${If} $Scope == machine
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
FunctionEnd

; Two setups at once would take each other's files for their own.
Function ${UN}BeAlone
  System::Store "S"
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "${PRODUCT} setup") p .r0 ?e'
  Pop $1
  ${If} $1 = 183 ; ERROR_ALREADY_EXISTS
    ${Refuse} ${EXIT_BUSY} "another setup of ${PRODUCT} is running. Wait until it has ended."
  ${EndIf}
  System::Store "L"
FunctionEnd
!macroend
!insertmacro CommonFunctions ""
!insertmacro CommonFunctions "un."
