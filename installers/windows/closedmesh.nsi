; The setup program for one account: no administrator, nothing outside of the account.
;
;   makensis -INPUTCHARSET UTF8 -DVERSION=1.2.3 -DSOURCE=dist\closedmesh -DICON=x.ico -DOUT=setup.exe closedmesh.nsi
;
; Of the finished program:  /S  asks nothing    /D=DIR  installs there (last, without quotes)
;                           /INVITE="TEXT"  the mesh that a new home joins
; Codes: 0 done, 1 stopped by the person, 2 the program runs, or this is not a 64-bit Windows 10.

Unicode true
Target amd64-unicode
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh

!define APP ClosedMesh
!define WINDOW closedmesh-window.exe
!define TERMINAL closedmesh.exe
!define CLASSES Software\Classes\closedmesh
!define UNINSTALL Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}
!define RUN Software\Microsoft\Windows\CurrentVersion\Run

Name "${APP}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${APP}"
InstallDirRegKey HKCU "Software\${APP}" "InstallDir"
SetCompressor /SOLID lzma
ManifestDPIAware true
ManifestSupportedOS Win10
BrandingText "${APP} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${APP}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileDescription "${APP} setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "The authors of ClosedMesh, Apache-2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English
!insertmacro MUI_LANGUAGE German

LangString InUse ${LANG_ENGLISH} "ClosedMesh is running. Quit it from its tray icon, and end its service if you use one; then try again."
LangString InUse ${LANG_GERMAN} "ClosedMesh läuft. Beenden Sie es über sein Symbol, und seinen Dienst, falls Sie ihn nutzen; versuchen Sie es dann erneut."
LangString TooOld ${LANG_ENGLISH} "ClosedMesh needs a 64-bit Windows 10 or newer."
LangString TooOld ${LANG_GERMAN} "ClosedMesh braucht ein 64-Bit-Windows 10 oder neuer."
LangString Foreign ${LANG_ENGLISH} "This folder holds other files. Choose an empty one, or the one ClosedMesh is in."
LangString Foreign ${LANG_GERMAN} "In diesem Ordner liegen andere Dateien. Wählen Sie einen leeren oder den von ClosedMesh."

; Asks until neither program runs. A program that runs cannot be opened for writing.
!macro WaitUntilUnused PREFIX
Function ${PREFIX}WaitUntilUnused
  again:
    ClearErrors
    ${If} ${FileExists} "$INSTDIR\${WINDOW}"
      FileOpen $0 "$INSTDIR\${WINDOW}" a
      ${IfNot} ${Errors}
        FileClose $0
      ${EndIf}
    ${EndIf}
    ${IfNot} ${Errors}
    ${AndIf} ${FileExists} "$INSTDIR\${TERMINAL}"
      FileOpen $0 "$INSTDIR\${TERMINAL}" a
      ${IfNot} ${Errors}
        FileClose $0
      ${EndIf}
    ${EndIf}
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(InUse)" /SD IDCANCEL IDRETRY again
      SetErrorLevel 2
      Quit
    ${EndIf}
FunctionEnd
!macroend
!insertmacro WaitUntilUnused ""
!insertmacro WaitUntilUnused "un."

; Everything that belongs to the program, and nothing that a person put beside it.
!macro RemoveProgram
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${WINDOW}"
  Delete "$INSTDIR\${TERMINAL}"
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(TooOld)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

Section
  ; An update takes everything old away, so that no file of two versions meets; a folder that
  ; somebody else uses is not touched.
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${TERMINAL}"
    ${DirState} "$INSTDIR" $0
    ${If} $0 = 1
      MessageBox MB_OK|MB_ICONSTOP "$(Foreign)" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
  ${EndIf}
  Call WaitUntilUnused
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\${WINDOW}" "app"

  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/INVITE=" $1
  ${IfNot} ${Errors}
    FileOpen $2 "$INSTDIR\_internal\resources\invite.txt" w
    FileWrite $2 $1
    FileClose $2
  ${EndIf}

  WriteRegStr HKCU "Software\${APP}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${CLASSES}" "" "URL:ClosedMesh"
  WriteRegStr HKCU "${CLASSES}" "URL Protocol" ""
  WriteRegStr HKCU "${CLASSES}\DefaultIcon" "" "$INSTDIR\${WINDOW},0"
  WriteRegStr HKCU "${CLASSES}\shell\open\command" "" '"$INSTDIR\${WINDOW}" app "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${APP}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${WINDOW},0"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Section Uninstall
  ; The program itself forgets its service and its start at login; chats and models stay.
  ExecWait '"$INSTDIR\${TERMINAL}" service remove'
  Call un.WaitUntilUnused
  !insertmacro RemoveProgram
  DeleteRegValue HKCU "${RUN}" "closedmesh"
  DeleteRegKey HKCU "${CLASSES}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\${APP}"
  Delete "$SMPROGRAMS\${APP}.lnk"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
