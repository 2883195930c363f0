; The installer's own part: arguments, scope, the steps of sdk-files.nsh; then the uninstaller's.

Function TakeArgument
  System::Store "S"
  !insertmacro TakeValue "/D="
  StrCpy $R7 $R3 3
  ${If} $R7 S== "/D="
    ${If} $R5 = 1
      ${Refuse} ${EXIT_ARGUMENT} "$R3: /D= must be the last argument, without quotes, also when there are spaces in it."
    ${EndIf}
    StrCpy $WantedDir "=$R8"
    Goto taken
  ${EndIf}
  !insertmacro TakeValue "/COMPONENTS="
  ${If} $R9 = 1
    StrCpy $Components "=$R8"
    Goto taken
  ${EndIf}
  !insertmacro TakeValue "/LOG="
  ${If} $R9 = 1
    Call OpenLog
    Goto taken
  ${EndIf}
  ${If} $R3 == "/AllUsers"
  ${OrIf} $R3 == "/CurrentUser"
    StrCpy $0 machine
    ${If} $R3 == "/CurrentUser"
      StrCpy $0 user
    ${EndIf}
    ${If} $WantedScope != ""
    ${AndIf} $WantedScope != $0
      ${Refuse} ${EXIT_ARGUMENT} "/AllUsers and /CurrentUser exclude each other."
    ${EndIf}
    StrCpy $WantedScope $0
  ${ElseIf} $R3 == "/REQUIRERUNTIME"
    StrCpy $RequireRuntime 1
  ${ElseIf} $R3 == "/DOWNGRADE"
    StrCpy $AllowOlder 1
  ${ElseIf} $R3 == "/?"
    MessageBox MB_OK "/S  /AllUsers or /CurrentUser  /COMPONENTS=a,b  /LOG=file  /REQUIRERUNTIME  /DOWNGRADE  /D=folder, as the last one$\n\
      $\nComponents: headers mingw-x64 mingw-x86 msvc-x64 msvc-x86 msvc-arm64 cmake register tools nsis examples doc" /SD IDOK
    Quit
  ${ElseIf} $R3 S!= "/S"
  ${AndIf} $R3 S!= "/NCRC"
    ${Refuse} ${EXIT_ARGUMENT} "unknown argument $R3. Known: /S /AllUsers /CurrentUser /COMPONENTS= /LOG= /REQUIRERUNTIME /DOWNGRADE /D="
  ${EndIf}
  taken:
  System::Store "L"
FunctionEnd

!macro SelectIfListed ID
  ${If} $1 == "${ID}"
    !insertmacro SelectSection ${SEC_${ID}}
    StrCpy $4 1
  ${EndIf}
!macroend
!macro Unselect ID
  !insertmacro UnselectSection ${SEC_${ID}}
!macroend

; $0: a,b. Selects these sections and no other.
Function SelectComponents
  System::Store "S"
  !insertmacro ForEachComponent Unselect
  StrCpy $1 ""
  StrCpy $5 0
  ${Do}
    StrCpy $2 $0 1
    StrCpy $0 $0 "" 1
    ${If} $2 == ","
    ${OrIf} $2 == ""
      StrCpy $4 0
      !insertmacro ForEachComponent SelectIfListed
      ${If} $4 = 0
      ${AndIf} $Components != ""
        ${Refuse} ${EXIT_ARGUMENT} "/COMPONENTS=: there is no component '$1'. There are: headers mingw-x64 mingw-x86 msvc-x64 msvc-x86 \
          msvc-arm64 cmake register tools nsis examples doc"
      ${EndIf}
      StrCpy $1 ""
    ${Else}
      StrCpy $1 "$1$2"
    ${EndIf}
  ${LoopUntil} $2 == ""
  ${If} ${SectionIsSelected} ${SEC_register}
  ${AndIfNot} ${SectionIsSelected} ${SEC_cmake}
    ${If} $Components != ""
      ${Refuse} ${EXIT_ARGUMENT} "/COMPONENTS=: 'register' is nothing without 'cmake'."
    ${EndIf}
    !insertmacro UnselectSection ${SEC_register}
  ${EndIf}
  System::Store "L"
FunctionEnd

!macro ListIfSelected ID
  ${If} ${SectionIsSelected} ${SEC_${ID}}
    StrCpy $0 "$0,${ID}"
    SectionGetSize ${SEC_${ID}} $2
    IntOp $1 $1 + $2
  ${EndIf}
!macroend

; NSIS has dropped a /D= it did not like and took the default. A component that is no folder shows when it is made.
Function CheckWantedDir
  System::Store "S"
  ${If} $WantedDir != ""
    StrCpy $0 $WantedDir "" 1
    StrCpy $2 $0
    ${Do}
      StrCpy $1 $2 1 -1
      ${If} $1 != "\"
        ${ExitDo}
      ${EndIf}
      StrCpy $2 $2 -1
    ${Loop}
    StrCpy $3 0
    ${Do}
      StrCpy $1 $0 1 $3
      ${If} $1 == "/"
      ${OrIf} $1 == "<"
      ${OrIf} $1 == ">"
      ${OrIf} $1 == "|"
      ${OrIf} $1 == "?"
      ${OrIf} $1 == "*"
      ${OrIf} $1 == '"'
        StrCpy $2 ""
      ${EndIf}
      ${If} $1 == ":"
      ${AndIf} $3 <> 1
        StrCpy $2 ""
      ${EndIf}
      IntOp $3 $3 + 1
    ${LoopUntil} $1 == ""
    ${If} $2 != $INSTDIR
    ${OrIf} $2 == ""
      ${Refuse} ${EXIT_ARGUMENT} "/D=$0: not a folder's full path on a drive there is, like C:\SDK or \\server\share\SDK. /D= is the last argument, without quotes."
    ${EndIf}
  ${EndIf}
  StrLen $1 "$INSTDIR\${NEW}\"
  IntOp $1 $1 + ${SDK_LONGEST}
  ${If} $1 >= 260
    ${Refuse} ${EXIT_ARGUMENT} "the path $INSTDIR is too long: files in it would have names of more than 259 characters."
  ${EndIf}
  System::Store "L"
FunctionEnd

; What is installed in this scope, and whether it may be replaced.
Function FindOld
  System::Store "S"
  StrCpy $OldDir ""
  StrCpy $OldVersion ""
  ReadRegStr $0 SHCTX "${KEY_SDK}" InstallDir
  ReadRegStr $1 SHCTX "${KEY_SDK}" Version
  ReadRegStr $2 SHCTX "${KEY_SDK}" Components
  ${IfNot} ${FileExists} "$0\${RECORD}"
  ${AndIfNot} ${FileExists} "$0\${NEW}\journal"
    StrCpy $0 "" ; removed by hand
  ${EndIf}
  ${If} $0 != ""
    StrCpy $OldDir $0
    StrCpy $OldVersion $1
    ${If} $Components == ""
    ${AndIf} $2 != ""
      StrCpy $0 $2
      Call SelectComponents
    ${EndIf}
    ${VersionCompare} $OldVersion "${VERSION}" $3
    ${If} $3 = 1
    ${AndIf} $AllowOlder != 1
      ${If} ${Silent}
        ${Refuse} ${EXIT_NEWER} "the newer version $OldVersion is installed in $OldDir. /DOWNGRADE replaces it all the same."
      ${EndIf}
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 \
        "The newer version $OldVersion is installed in $OldDir. Replace it by ${VERSION}?" IDYES +3
      SetErrorLevel ${EXIT_NEWER}
      Quit
    ${EndIf}
  ${EndIf}
  ${If} $WantedDir == ""
    StrCpy $INSTDIR $OldDir
    ${If} $OldDir == ""
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${PRODUCT}"
      ${If} $Scope == machine
        StrCpy $INSTDIR "$PROGRAMFILES64\${PRODUCT}"
      ${EndIf}
    ${EndIf}
  ${EndIf}
  System::Store "L"
FunctionEnd

Function .onInit
  StrCpy $ExitCode 0
  Call ReadArguments
  Call CheckWantedDir
  Call BeAlone
  ${MI_DetectRuntime} $Runtime $Windows $Wmf $Advice
  ${Note} "$Windows; Windows PowerShell engine: '$Wmf'; mi.dll: state $Runtime. $Advice"
  ${If} $Runtime = ${MI_RUNTIME_UNSUPPORTED}
    ${Refuse} ${EXIT_WINDOWS} "$Windows is not supported. $Advice"
  ${EndIf}
  ${If} $RequireRuntime == 1
  ${AndIf} $Runtime <> ${MI_RUNTIME_OK}
    ${Refuse} ${EXIT_RUNTIME} "$Windows: $Advice"
  ${EndIf}
  Call ReadAdministrator
  StrCpy $Scope $WantedScope
  ${If} $Scope == ""
    StrCpy $Scope machine
    ${IfNot} ${Silent}
    ${AndIf} $Administrator = 0
      StrCpy $Scope user
    ${EndIf}
  ${EndIf}
  ${If} $Scope == machine
  ${AndIf} $Administrator = 0
    ${Refuse} ${EXIT_ADMINISTRATOR} "for all users it takes an administrator. Start it as one, or say /CurrentUser."
  ${EndIf}
  Call UseScope
  ${If} $Components != ""
    Push $0
    StrCpy $0 $Components "" 1
    Call SelectComponents
    Pop $0
  ${EndIf}
  Call FindOld
  Call CheckWantedDir
FunctionEnd

Var ForAll ; radio button
Function ScopePage
  ${If} $Administrator = 0
  ${OrIf} $WantedScope != ""
    Abort ; nothing to choose
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "For whom" "Choose who will use ${PRODUCT} on this computer."
  Push $0
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 10u 10u 90% 12u "For &all users"
  Pop $ForAll
  ${NSD_CreateRadioButton} 10u 30u 90% 12u "Only for &me"
  Pop $0
  ${If} $Scope == machine
    ${NSD_Check} $ForAll
  ${Else}
    ${NSD_Check} $0
  ${EndIf}
  ${NSD_CreateLabel} 10u 60u 90% 50u "$Windows$\n$\n$Advice"
  Pop $0
  Pop $0
  nsDialogs::Show
FunctionEnd
Function ScopeLeave
  Push $0
  ${NSD_GetState} $ForAll $0
  StrCpy $Scope user
  ${If} $0 = ${BST_CHECKED}
    StrCpy $Scope machine
  ${EndIf}
  Pop $0
  Call UseScope
  Call FindOld
FunctionEnd

; Makes $INSTDIR and knows afterwards which folder above it is new.
Function Begin
  System::Store "S"
  ${Note} "into $INSTDIR, for $Scope"
  StrCpy $2 $OldDir
  Call Recover
  StrCpy $OldDir $2
  StrCpy $FirstMade ""
  StrCpy $0 $INSTDIR
  ${DoWhile} $0 != ""
    ${If} ${FileExists} "$0\*.*"
      ${ExitDo}
    ${EndIf}
    StrCpy $FirstMade $0
    ${GetParent} $0 $0
  ${Loop}
  StrCpy $Begun 1
  ClearErrors
  CreateDirectory "$INSTDIR"
  ${If} ${Errors}
    ${Fail} ${EXIT_WRITE} "cannot make the folder $INSTDIR. Choose one you may write to."
  ${EndIf}
  Call OpenJournal
  ${If} $FirstMade != ""
    StrCpy $Line "A $FirstMade"
    Call WriteJournal
  ${EndIf}
  ${If} $OldDir == ""
    Call AdoptRecord
  ${EndIf}
  RMDir /r "$INSTDIR\${OLD}" ; of a setup that was killed while sweeping
  ${If} $OldDir != ""
    RMDir /r "$OldDir\${OLD}"
  ${EndIf}
  ClearErrors
  FileOpen $List "$INSTDIR\${NEW}\files" w
  System::Store "L"
FunctionEnd

; A version of this scope that lies in $INSTDIR though the registry has forgotten it.
Function AdoptRecord
  StrCpy $File "$INSTDIR\${RECORD}"
  Call PushLines
  ${Do}
    Pop $Line
    ${If} $Line == "S $Scope"
      StrCpy $OldDir $INSTDIR
    ${EndIf}
  ${LoopUntil} $Line == ""
FunctionEnd

; The folders of $Path (a file below $INSTDIR) that are not there.
Function MakeFolders
  System::Store "S"
  StrCpy $0 0
  ${Do}
    StrCpy $1 $Path 1 $0
    ${If} $1 == "\"
      StrCpy $2 $Path $0
      ${IfNot} ${FileExists} "$INSTDIR\$2\*.*"
        ${If} ${FileExists} "$INSTDIR\$2"
          ${Fail} ${EXIT_FOLDER} "$INSTDIR\$2 is in the way: a file where a folder is needed, and not ours."
        ${EndIf}
        StrCpy $Line "D $2"
        Call WriteJournal
        FileWriteUTF16LE $Record "D $2$\r$\n"
        CreateDirectory "$INSTDIR\$2"
      ${EndIf}
    ${EndIf}
    IntOp $0 $0 + 1
  ${LoopUntil} $1 == ""
  System::Store "L"
FunctionEnd

; The head of the new record: what the folders of the old one were, if they stay.
Function BeginRecord
  ClearErrors
  FileOpen $Record "$INSTDIR\${NEW}\${RECORD}" w
  FileWriteUTF16LE $Record "V ${VERSION}$\r$\nS $Scope$\r$\n"
  ${If} $FirstMade != ""
    FileWriteUTF16LE $Record "A $FirstMade$\r$\n"
  ${EndIf}
  ${If} $OldDir == $INSTDIR
    FileOpen $Handle "$OldDir\${RECORD}" r
    ${Do}
      FileReadUTF16LE $Handle $Line
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      Call SplitLine
      ${If} $Kind == "A"
      ${OrIf} $Kind == "D"
        FileWriteUTF16LE $Record $Line
      ${EndIf}
    ${Loop}
    FileClose $Handle
    ClearErrors
  ${EndIf}
FunctionEnd

Function PlaceNew
  FileClose $List
  StrCpy $List ""
  StrCpy $File "$INSTDIR\${NEW}\files"
  Call PushLines
  ${Do}
    Pop $Line
    ${If} $Line == ""
      ${ExitDo}
    ${EndIf}
    Call SplitLine
    ${If} ${FileExists} "$INSTDIR\$Path"
      ${Fail} ${EXIT_FOLDER} "$INSTDIR\$Path is there already and not ours. Move it away, or choose another folder."
    ${EndIf}
    Call MakeFolders
    ClearErrors
    FileWriteUTF16LE $Record "F $Path$\r$\n"
    StrCpy $Line "N $Path"
    Call WriteJournal
    Rename "$INSTDIR\${NEW}\$Path" "$INSTDIR\$Path"
    ${If} ${Errors}
      ${Fail} ${EXIT_WRITE} "cannot write $INSTDIR\$Path"
    ${EndIf}
  ${Loop}
  FileClose $Record
  StrCpy $Record ""
  StrCpy $Path "${RECORD}"
  StrCpy $Line "N $Path"
  Call WriteJournal
  ClearErrors
  Rename "$INSTDIR\${NEW}\$Path" "$INSTDIR\$Path"
  ${If} ${Errors}
    ${Fail} ${EXIT_WRITE} "cannot write $INSTDIR\$Path"
  ${EndIf}
FunctionEnd

Function WriteRegistry
  System::Store "S"
  StrCpy $0 ""
  StrCpy $1 0
  !insertmacro ForEachComponent ListIfSelected
  StrCpy $0 $0 "" 1
  StrCpy $Line "R"
  Call SaveRegistry
  Call WriteJournal
  Call DeleteRegistry
  ClearErrors
  WriteRegStr SHCTX "${KEY_SDK}" InstallDir $INSTDIR
  WriteRegStr SHCTX "${KEY_SDK}" Version "${VERSION}"
  WriteRegStr SHCTX "${KEY_SDK}" Components $0
  WriteRegStr SHCTX "${KEY_REMOVE}" DisplayName "${PRODUCT} ${VERSION}"
  WriteRegStr SHCTX "${KEY_REMOVE}" DisplayVersion "${VERSION}"
  WriteRegStr SHCTX "${KEY_REMOVE}" DisplayIcon "$INSTDIR\${REMOVER}"
  WriteRegStr SHCTX "${KEY_REMOVE}" Publisher miclient
  WriteRegStr SHCTX "${KEY_REMOVE}" InstallLocation $INSTDIR
  WriteRegStr SHCTX "${KEY_REMOVE}" UninstallString '"$INSTDIR\${REMOVER}"'
  WriteRegStr SHCTX "${KEY_REMOVE}" QuietUninstallString '"$INSTDIR\${REMOVER}" /S'
  WriteRegDWORD SHCTX "${KEY_REMOVE}" EstimatedSize $1
  WriteRegDWORD SHCTX "${KEY_REMOVE}" NoModify 1
  WriteRegDWORD SHCTX "${KEY_REMOVE}" NoRepair 1
  ${If} ${SectionIsSelected} ${SEC_register}
  ${AndIf} ${SectionIsSelected} ${SEC_cmake}
    WriteRegStr SHCTX "${KEY_CMAKE}" "${PRODUCT}" "$INSTDIR\lib\cmake\MIClient"
  ${EndIf}
  ${If} ${Errors}
    ${Fail} ${EXIT_WRITE} "cannot write to the registry, keys ${KEY_SDK}, ${KEY_REMOVE}, ${KEY_CMAKE}"
  ${EndIf}
  ${Note} "components: $0"
  System::Store "L"
FunctionEnd

Function Commit
  ClearErrors
  WriteUninstaller "$INSTDIR\${NEW}\${REMOVER}"
  FileWriteUTF16LE $List "F ${REMOVER}$\r$\n"
  ${If} ${Errors}
    ${Fail} ${EXIT_WRITE} "cannot write $INSTDIR\${NEW}\${REMOVER}: is the disk full?"
  ${EndIf}
  Call BeginRecord
  ${If} $OldDir != ""
    ${Note} "replacing version $OldVersion in $OldDir"
    Call SetOldAside
  ${EndIf}
  Call PlaceNew
  Call WriteRegistry
  FileClose $Journal
  StrCpy $Journal ""
  Delete "$INSTDIR\${NEW}\journal"
  StrCpy $Begun 0
  DeleteRegKey SHCTX "${KEY_SAVED}"
  StrCpy $File ""
  ${If} $OldDir != ""
    StrCpy $File "$OldDir\${OLD}\${RECORD}"
  ${Else}
    StrCpy $OldDir $INSTDIR
  ${EndIf}
  Call SweepOld
  ${If} $OldDir != $INSTDIR
    Push $INSTDIR
    StrCpy $INSTDIR $OldDir
    Call RemoveMadeFolders
    Pop $INSTDIR
  ${EndIf}
  ${Note} "done"
FunctionEnd

; Also where NSIS itself gave up, which says so only in a box.
Function .onInstFailed
  ${If} $ExitCode = 0
    StrCpy $ExitCode ${EXIT_WRITE}
    StrCpy $Text "cannot write the files into $INSTDIR: is the disk full?"
    Call Complain
  ${EndIf}
  ${If} $Begun == 1
    Call RollBack
  ${EndIf}
  SetErrorLevel $ExitCode
FunctionEnd

Function un.TakeArgument
  System::Store "S"
  !insertmacro TakeValue "/LOG="
  ${If} $R9 = 1
    Call un.OpenLog
    Goto taken
  ${EndIf}
  !insertmacro TakeValue "_?="
  ${If} $R9 = 0
  ${AndIf} $R3 S!= "/S"
  ${AndIf} $R3 S!= "/NCRC"
    ${Refuse} ${EXIT_ARGUMENT} "unknown argument $R3. Known: /S /LOG= _?="
  ${EndIf}
  taken:
  System::Store "L"
FunctionEnd

Function un.onInit
  StrCpy $ExitCode 0
  Call un.ReadArguments
  Call un.BeAlone
  StrCpy $Scope ""
  StrCpy $File "$INSTDIR\${RECORD}"
  Call un.PushLines
  ${Do}
    Pop $Line
    Call un.SplitLine
    ${If} $Kind == "S"
      StrCpy $Scope $Path
    ${EndIf}
  ${LoopUntil} $Line == ""
  ${If} $Scope == ""
    ${Refuse} ${EXIT_FOLDER} "$INSTDIR has no record of what was installed, ${RECORD}: nothing is removed."
  ${EndIf}
  Call un.ReadAdministrator
  ${If} $Scope == machine
  ${AndIf} $Administrator = 0
    ${Refuse} ${EXIT_ADMINISTRATOR} "it was installed for all users: start the uninstaller as an administrator."
  ${EndIf}
  Call un.UseScope
FunctionEnd

Function un.Remove
  ${Note} "from $INSTDIR"
  Call un.Recover
  Call un.OpenJournal
  StrCpy $OldDir $INSTDIR
  StrCpy $FirstMade ""
  Call un.SetOldAside
  Call un.SaveRegistry
  StrCpy $Line "R"
  Call un.WriteJournal
  Call un.DeleteRegistry
  FileClose $Journal
  StrCpy $Journal ""
  Delete "$INSTDIR\${NEW}\journal"
  StrCpy $Begun 0
  DeleteRegKey SHCTX "${KEY_SAVED}"
  StrCpy $File "$INSTDIR\${OLD}\${RECORD}"
  Call un.SweepOld
  ; The process that was started here has to end before its file can go, unless it is this one (_?=).
  Push $0
  ${For} $0 1 50
    Delete "$INSTDIR\${REMOVER}"
    ${IfNot} ${FileExists} "$INSTDIR\${REMOVER}"
    ${OrIf} $EXEDIR == $INSTDIR
      ${ExitFor}
    ${EndIf}
    Sleep 100
  ${Next}
  Pop $0
  Call un.RemoveMadeFolders
  ${Note} "done"
FunctionEnd

Function un.onUninstFailed
  ${If} $ExitCode = 0
    StrCpy $ExitCode ${EXIT_WRITE}
  ${EndIf}
  ${If} $Begun == 1
    Call un.RollBack
  ${EndIf}
  SetErrorLevel $ExitCode
FunctionEnd
