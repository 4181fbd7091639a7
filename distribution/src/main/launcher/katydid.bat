@echo off
rem Starts Katydid. KATYDID_JAVA_HOME or JAVA_HOME names a JDK 25 or newer; KATYDID_JAVA_OPTS adds JVM flags.
setlocal
set "HOME_DIR=%~dp0.."
set "LIB=%HOME_DIR%\lib"
set "JAVA_EXE=java.exe"
if defined JAVA_HOME set "JAVA_EXE=%JAVA_HOME%\bin\java.exe"
if defined KATYDID_JAVA_HOME set "JAVA_EXE=%KATYDID_JAVA_HOME%\bin\java.exe"
set "CLASS_PATH=@CLASS_PATH_BAT@"
rem Whoever names a collector gets that one. Else it is G1, which keeps its pauses short with many users.
set "COLLECTOR=-XX:+UseG1GC -Xms64m"
set "GIVEN=%KATYDID_JAVA_OPTS%"
if defined GIVEN if not "%GIVEN:-XX:+Use=%"=="%GIVEN%" set "COLLECTOR="
"%JAVA_EXE%" @FLAGS@ %COLLECTOR% %KATYDID_JAVA_OPTS% "-Dkatydid.home=%HOME_DIR%" -cp "%CLASS_PATH%" io.katydid.launcher.Main %*
exit /b %ERRORLEVEL%
