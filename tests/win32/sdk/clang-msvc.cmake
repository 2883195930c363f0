# Toolchain: clang for MSVC's ABI with lld-link, for programs without a C library. SDK_TARGET is x86_64,
# i686 or aarch64; SDK_KERNEL32 is the folder of kernel32.lib.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES SDK_TARGET SDK_KERNEL32 SDK_SOURCE)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_C_COMPILER clang)
set(CMAKE_C_COMPILER_TARGET ${SDK_TARGET}-pc-windows-msvc)
set(CMAKE_RC_COMPILER llvm-rc)
set(CMAKE_AR llvm-ar)
set(CMAKE_LINKER lld-link)
set(CMAKE_MT llvm-mt)
set(CMAKE_MSVC_RUNTIME_LIBRARY "")
set(CMAKE_C_FLAGS_INIT "-isystem ${SDK_SOURCE}/src/win32/freestanding")
set(CMAKE_C_STANDARD_LIBRARIES "-L${SDK_KERNEL32} -lkernel32" CACHE STRING "")
