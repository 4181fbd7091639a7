@echo off
rem Starts Katydid. KATYDID_JAVA_HOME or JAVA_HOME names a JDK 25 or newer; KATYDID_JAVA_OPTS adds JVM flags.
setlocal
set "HOME_DIR=%~dp0.."
set "LIB=%HOME_DIR%\lib"
set "JAVA_EXE=java.exe"
if defined JAVA_HOME set "JAVA_EXE=%JAVA_HOME%\bin\java.exe"
if defined KATYDID_JAVA_HOME set "JAVA_EXE=%KATYDID_JAVA_HOME%\bin\java.exe"
set "CLASS_PATH=@CLASS_PATH_BAT@"
"%JAVA_EXE%" @FLAGS@ %KATYDID_JAVA_OPTS% "-Dkatydid.home=%HOME_DIR%" -cp "%CLASS_PATH%" io.katydid.launcher.Main %*
exit /b %ERRORLEVEL%
