# Windows (x86_64) from Linux with the distribution's MinGW-w64; tests run through tests/win32/run-wine.sh.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR AMD64)

set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)

# Windows 7 and 2008 R2 are the oldest systems with native MI; Debian's MinGW defaults to Windows 10.
set(CMAKE_C_FLAGS_INIT "-D_WIN32_WINNT=0x0601")
set(CMAKE_CXX_FLAGS_INIT "-D_WIN32_WINNT=0x0601")
# Programs must start on a Windows that has no MinGW runtime DLLs; equal sources give equal programs.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static -Wl,--no-insert-timestamp")
set(CMAKE_EXE_LINKER_FLAGS_RELEASE_INIT "-s")
set(CMAKE_SHARED_LINKER_FLAGS_INIT "-static-libgcc")

set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
# ONLY would hide an installed MIClient package outside the root path.
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)

get_filename_component(MIC_RUN_WINE "${CMAKE_CURRENT_LIST_DIR}/../tests/win32/run-wine.sh" ABSOLUTE)
if(EXISTS "${MIC_RUN_WINE}")
  set(CMAKE_CROSSCOMPILING_EMULATOR "${MIC_RUN_WINE}")
endif()
