; How an installation is changed as a whole or not at all.
;   1. Everything new is unpacked into $INSTDIR\.miclient-new, where a full disk or a forbidden folder shows.
;   2. Each old file is renamed into .miclient-old, then each new one to its place: nothing is copied, so little can fail but
;      a file in use. Before every step a line in .miclient-new\journal says what is about to be done.
;   3. The registry; what was there is kept under KEY_SAVED.
;   4. The journal is deleted, which is the end of the change; then what is left of the old version.
; A failure in 1 to 3 undoes the journal from its last line to its first. A setup that was killed leaves the journal, and the
; next one begins with undoing it.
; The record, $INSTDIR\uninstall.dat, and the journal are UTF-16 text, a letter and a name per line:
;   S scope  A the outermost folder we made on the way to $INSTDIR  D folder we made below it      (both)
;   F file of ours  V version                                                                      (record)
;   P old folder  O old file set aside  N new file placed  R registry                              (journal)

!define NEW ".miclient-new"
!define OLD ".miclient-old"
!define RECORD "uninstall.dat"
!define REMOVER "Uninstall.exe"

Var Handle
Var Journal ; handle
Var Record ; handle
Var List ; handle of .miclient-new\files
Var File
Var Line
Var Kind
Var Path
Var Incomplete ; what a rollback could not undo
Var FirstMade ; the outermost folder we made, or ""
Var JournalScope
Var Begun ; 1 once there is something to roll back

!macro SDK_File FOLDER FILE
  SetOutPath "$INSTDIR\${NEW}\${FOLDER}"
  File "${STAGE}\${FILE}"
  FileWriteUTF16LE $List "F ${FILE}$\r$\n"
!macroend

!macro FileFunctions UN
; The lines of $File onto the stack, the last one on top, and "" below them.
Function ${UN}PushLines
  Push ""
  ClearErrors
  FileOpen $Handle $File r
  ${Do}
    FileReadUTF16LE $Handle $Line
    ${If} ${Errors}
      ${ExitDo}
    ${EndIf}
    ${Do}
      StrCpy $Kind $Line 1 -1
      ${If} $Kind != "$\n"
      ${AndIf} $Kind != "$\r"
        ${ExitDo}
      ${EndIf}
      StrCpy $Line $Line -1
    ${Loop}
    ${If} $Line != ""
      Push $Line
    ${EndIf}
  ${Loop}
  ${If} $Handle != ""
    FileClose $Handle
  ${EndIf}
  ClearErrors
FunctionEnd

; $Line -> $Kind, $Path.
Function ${UN}SplitLine
  StrCpy $Kind $Line 1
  StrCpy $Path $Line "" 2
FunctionEnd

; A record is a file anyone may have edited: a name in it must stay below the folder. Otherwise $Kind becomes "".
Function ${UN}CheckPath
  System::Store "S"
  StrCpy $0 0
  ${Do}
    StrCpy $1 $Path 2 $0
    StrCpy $2 $1 1
    ${If} $2 == ":"
    ${OrIf} $1 == ".."
      StrCpy $Kind ""
    ${EndIf}
    IntOp $0 $0 + 1
  ${LoopUntil} $1 == ""
  StrCpy $1 $Path 1
  ${If} $1 == "\"
    StrCpy $Kind ""
  ${EndIf}
  System::Store "L"
FunctionEnd

; The journal reaches the disk's cache before the step it announces, so a killed setup has it. $Line is written.
Function ${UN}WriteJournal
  ClearErrors
  FileWriteUTF16LE $Journal "$Line$\r$\n"
  ${If} ${Errors}
    ${Fail} ${EXIT_WRITE} "cannot write $INSTDIR\${NEW}\journal: is the disk full?"
  ${EndIf}
FunctionEnd

; The folder of $Path (a file below $OldDir\.miclient-old) with all above it.
Function ${UN}MakeOldFolder
  System::Store "S"
  StrCpy $0 $Path
  ${Do}
    StrCpy $1 $0 1 -1
    ${If} $1 == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $0 $0 -1
  ${LoopUntil} $1 == "\"
  CreateDirectory "$OldDir\${OLD}\$0"
  System::Store "L"
FunctionEnd

; Every file of the installed version, but the running uninstaller, goes into .miclient-old.
Function ${UN}SetOldAside
  StrCpy $Line "P $OldDir"
  Call ${UN}WriteJournal
  StrCpy $File "$OldDir\${RECORD}"
  Call ${UN}PushLines
  Push "F ${RECORD}"
  ${Do}
    Pop $Line
    ${If} $Line == ""
      ${ExitDo}
    ${EndIf}
    Call ${UN}SplitLine
    Call ${UN}CheckPath
    ${If} $Kind == "F"
    ${AndIf} ${FileExists} "$OldDir\$Path"
    !if "${UN}" != ""
    ${AndIf} $Path != "${REMOVER}"
    !endif
      StrCpy $Line "O $Path"
      Call ${UN}WriteJournal
      Call ${UN}MakeOldFolder
      ClearErrors
      Rename "$OldDir\$Path" "$OldDir\${OLD}\$Path"
      ${If} ${Errors}
        ${Fail} ${EXIT_WRITE} "cannot move $OldDir\$Path: a program has it open. End that program and try again."
      ${EndIf}
    ${EndIf}
  ${Loop}
FunctionEnd

; The folder $INSTDIR and those above it, up to the outermost we made, as far as they are empty.
Function ${UN}RemoveMadeFolders
  System::Store "S"
  StrCpy $0 $INSTDIR
  ${DoWhile} $FirstMade != ""
    RMDir $0
    ${If} $0 == $FirstMade
      ${ExitDo}
    ${EndIf}
    ${GetParent} $0 $0
  ${LoopUntil} $0 == ""
  System::Store "L"
FunctionEnd

Function ${UN}CloseFiles
  ${If} $Journal != ""
    FileClose $Journal
    StrCpy $Journal ""
  ${EndIf}
  ${If} $Record != ""
    FileClose $Record
    StrCpy $Record ""
  ${EndIf}
  ${If} $List != ""
    FileClose $List
    StrCpy $List ""
  ${EndIf}
  SetOutPath $TEMP ; the folder to be removed must be nobody's current one
FunctionEnd

; Undoes what the journal says, the last first.
Function ${UN}RollBack
  Call ${UN}CloseFiles
  StrCpy $Incomplete ""
  StrCpy $JournalScope $Scope
  StrCpy $File "$INSTDIR\${NEW}\journal"
  Call ${UN}PushLines
  ${Do} ; the lines come in reverse, and these stand before those that need them
    Pop $Line
    Call ${UN}SplitLine
    ${If} $Kind == "P"
      StrCpy $OldDir $Path
    ${ElseIf} $Kind == "A"
      StrCpy $FirstMade $Path
    ${ElseIf} $Kind == "S"
      StrCpy $JournalScope $Path
    ${EndIf}
  ${LoopUntil} $Line == ""
  Call ${UN}PushLines
  ${Do}
    Pop $Line
    ${If} $Line == ""
      ${ExitDo}
    ${EndIf}
    Call ${UN}SplitLine
    Call ${UN}UndoStep
  ${Loop}
  ; What could not be put back is not thrown away.
  ${If} $Incomplete == ""
  ${AndIf} $OldDir != ""
    RMDir /r "$OldDir\${OLD}"
  ${EndIf}
  Delete "$INSTDIR\${NEW}\journal"
  RMDir /r "$INSTDIR\${NEW}"
  Call ${UN}RemoveMadeFolders
  ${If} $Incomplete == ""
    ${Note} "everything is as it was before"
  ${Else}
    ${Note} "not put back: $Incomplete; what there was of it is kept in $OldDir\${OLD}"
  ${EndIf}
FunctionEnd

Function ${UN}UndoStep
  ClearErrors
  ${If} $Kind == "N"
    ; Still in .miclient-new: it was never placed, and what is there is not ours.
    ${IfNot} ${FileExists} "$INSTDIR\${NEW}\$Path"
    ${AndIf} ${FileExists} "$INSTDIR\$Path"
      Delete "$INSTDIR\$Path"
    ${EndIf}
  ${ElseIf} $Kind == "O"
    ${If} ${FileExists} "$OldDir\${OLD}\$Path"
      Rename "$OldDir\${OLD}\$Path" "$OldDir\$Path"
    ${EndIf}
  ${ElseIf} $Kind == "R"
    Call ${UN}UndoRegistry
  ${ElseIf} $Kind == "D"
    RMDir "$INSTDIR\$Path"
  ${EndIf}
  ${If} ${Errors}
    StrCpy $Incomplete "$Path $Incomplete"
    ClearErrors
  ${EndIf}
FunctionEnd

; $0 -> $1, keys below the root of $Scope. Nothing if there is no $0.
Function ${UN}CopyKey
  System::Store "S"
  StrCpy $2 -2147483646 ; HKEY_LOCAL_MACHINE
  ${If} $Scope != machine
    StrCpy $2 -2147483647 ; HKEY_CURRENT_USER
  ${EndIf}
  System::Call 'advapi32::RegOpenKeyExW(p r2, w r0, i 0, i 0x20119, *p .r3) i .r4'
  ${If} $4 = 0
    System::Call 'advapi32::RegCreateKeyExW(p r2, w r1, i 0, p 0, i 0, i 0xF013F, p 0, *p .r5, p 0) i .r4'
    ${If} $4 = 0
      System::Call 'shlwapi::SHCopyKeyW(p r3, p 0, p r5, i 0) i .r4'
      System::Call 'advapi32::RegCloseKey(p r5)'
    ${EndIf}
    System::Call 'advapi32::RegCloseKey(p r3)'
    ${If} $4 <> 0
      SetErrors
    ${EndIf}
  ${EndIf}
  System::Store "L"
FunctionEnd

Function ${UN}SaveRegistry
  System::Store "S"
  ClearErrors
  DeleteRegKey SHCTX "${KEY_SAVED}"
  ClearErrors
  StrCpy $0 "${KEY_SDK}"
  StrCpy $1 "${KEY_SAVED}\sdk"
  Call ${UN}CopyKey
  StrCpy $0 "${KEY_REMOVE}"
  StrCpy $1 "${KEY_SAVED}\remove"
  Call ${UN}CopyKey
  ${If} ${Errors}
    DeleteRegKey SHCTX "${KEY_SAVED}"
    ${Fail} ${EXIT_WRITE} "cannot write to the registry, key ${KEY_SAVED}"
  ${EndIf}
  ReadRegStr $0 SHCTX "${KEY_CMAKE}" "${PRODUCT}"
  ${If} $0 != ""
    WriteRegStr SHCTX "${KEY_SAVED}" cmake $0
  ${EndIf}
  ClearErrors
  System::Store "L"
FunctionEnd

Function ${UN}DeleteRegistry
  DeleteRegKey SHCTX "${KEY_SDK}"
  DeleteRegKey SHCTX "${KEY_REMOVE}"
  ${If} $Scope == user
    DeleteRegKey /ifempty HKCU "Software\Microsoft\Windows\CurrentVersion\Uninstall"
  ${EndIf}
  DeleteRegValue SHCTX "${KEY_CMAKE}" "${PRODUCT}"
  DeleteRegKey /ifempty SHCTX "${KEY_CMAKE}"
  DeleteRegKey /ifempty SHCTX "Software\Kitware\CMake\Packages"
  DeleteRegKey /ifempty SHCTX "Software\Kitware\CMake"
  DeleteRegKey /ifempty SHCTX "Software\Kitware"
  ClearErrors
FunctionEnd

Function ${UN}UndoRegistry
  System::Store "S"
  StrCpy $9 $Scope
  StrCpy $Scope $JournalScope
  Call ${UN}UseScope
  Call ${UN}DeleteRegistry
  StrCpy $0 "${KEY_SAVED}\sdk"
  StrCpy $1 "${KEY_SDK}"
  Call ${UN}CopyKey
  StrCpy $0 "${KEY_SAVED}\remove"
  StrCpy $1 "${KEY_REMOVE}"
  Call ${UN}CopyKey
  StrCpy $2 0
  IfErrors 0 +2
  StrCpy $2 1
  ReadRegStr $0 SHCTX "${KEY_SAVED}" cmake
  ClearErrors
  ${If} $0 != ""
    WriteRegStr SHCTX "${KEY_CMAKE}" "${PRODUCT}" $0
  ${EndIf}
  IfErrors 0 +2
  StrCpy $2 1
  StrCpy $Path "registry"
  ${If} $2 = 0
    DeleteRegKey SHCTX "${KEY_SAVED}"
    ClearErrors
  ${Else}
    SetErrors
  ${EndIf}
  StrCpy $Scope $9
  Call ${UN}UseScope
  System::Store "L"
FunctionEnd

; A setup that was killed in $INSTDIR is undone before another begins.
Function ${UN}Recover
  ${If} ${FileExists} "$INSTDIR\${NEW}\journal"
    ${Note} "undoing a setup that was interrupted"
    Call ${UN}RollBack
    ${If} $Incomplete != ""
      ${Fail} ${EXIT_WRITE} "a setup was interrupted, and this cannot be put back: $Incomplete. It is kept in $OldDir\${OLD}."
    ${EndIf}
  ${EndIf}
  RMDir /r "$INSTDIR\${NEW}"
  ClearErrors
FunctionEnd

; $INSTDIR exists; makes .miclient-new in it and begins the journal.
Function ${UN}OpenJournal
  ClearErrors
  CreateDirectory "$INSTDIR\${NEW}"
  ${If} ${Errors}
    ${Fail} ${EXIT_WRITE} "cannot make the folder $INSTDIR\${NEW}. Choose a folder you may write to."
  ${EndIf}
  FileOpen $Journal "$INSTDIR\${NEW}\journal" w
  StrCpy $Begun 1
  StrCpy $Line "S $Scope"
  Call ${UN}WriteJournal
FunctionEnd

; Behind the point of no return: the old files and the folders they were in.
; $File: the record of the version that goes; $OldDir.
Function ${UN}SweepOld
  Call ${UN}CloseFiles
  Call ${UN}PushLines
  RMDir /r "$OldDir\${OLD}"
  RMDir /r "$INSTDIR\${NEW}"
  ${Do}
    Pop $Line
    ${If} $Line == ""
      ${ExitDo}
    ${EndIf}
    Call ${UN}SplitLine
    ${If} $Kind == "A"
      StrCpy $FirstMade $Path
    ${EndIf}
    Call ${UN}CheckPath
    ${If} $Kind == "D"
      RMDir "$OldDir\$Path"
    ${EndIf}
  ${Loop}
  ClearErrors
FunctionEnd
!macroend
!insertmacro FileFunctions ""
!insertmacro FileFunctions "un."
