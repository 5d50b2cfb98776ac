@echo off
rem Stint from a terminal: without words it opens the app, with words it is the terminal program.
setlocal
set "ELECTRON_RUN_AS_NODE="
if "%~1"=="" goto app
if "%~1"=="--quick-entry" goto app
if "%~1"=="--hidden" goto app
set "ELECTRON_RUN_AS_NODE=1"
"%~dp0stint-app.exe" "%~dp0resources\app.asar\dist\main\cli.js" %*
exit /b %ERRORLEVEL%
:app
start "" "%~dp0stint-app.exe" %*
