; Inno Setup 6.3 or newer: iscc installer\windows\caseworker.iss, after "py start.py package" has made dist\taet-paa.
; For one user, without administrator's rights; an administrator may install for everybody with /ALLUSERS.
; Silent: TaetPaa-Setup.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART [/ALLUSERS] [/TASKS=""] [/LOG=file]
; Uninstalling leaves %LOCALAPPDATA%\Taet paa, where the encrypted store lies.

#define Program "Tæt på"
#define Folder "Taet paa"
#define Window "Taet paa.exe"
#define Console "caseworker.exe"
#define Suffix ".taetpaa"
#define Kind "TaetPaa.Handover"
#define Root SourcePath + "\..\.."
#define Source Root + "\dist\taet-paa"
#define Version ReadIni(Root + "\build\version.ini", "package", "version", "0")

[Setup]
AppId={{6B0D7B5E-6C0E-4B0B-9C39-7C6B6F0A9E11}
AppName={#Program}
AppVersion={#Version}
AppPublisher={#Program}
DefaultDirName={autopf}\{#Folder}
DefaultGroupName={#Program}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.19045
OutputDir={#Root}\dist
OutputBaseFilename=TaetPaa-Setup
SetupIconFile={#Root}\build\icons\taet-paa.ico
UninstallDisplayIcon={app}\{#Window}
UninstallDisplayName={#Program}
Compression=lzma2/max
SolidCompression=yes
ChangesAssociations=yes
CloseApplications=yes
RestartApplications=no
WizardStyle=modern

[Languages]
Name: "da"; MessagesFile: "compiler:Languages\Danish.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; an older version's modules must not be found beside the newer one's
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\{#Program}"; Filename: "{app}\{#Window}"; AppUserModelID: "dk.taetpaa.caseworker"
Name: "{autodesktop}\{#Program}"; Filename: "{app}\{#Window}"; Tasks: desktop

[Registry]
Root: HKA; Subkey: "Software\Classes\{#Suffix}"; ValueType: string; ValueData: "{#Kind}"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\{#Suffix}\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\{#Kind}"; ValueType: string; ValueData: "Krypteret overdragelse af en sag"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#Kind}\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Window},0"
Root: HKA; Subkey: "Software\Classes\{#Kind}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" app ""%1"""

[Run]
Filename: "{app}\{#Window}"; Description: "{cm:LaunchProgram,{#Program}}"; Flags: nowait postinstall skipifsilent
