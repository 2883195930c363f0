# Compiler flags of everything in this tree; nothing here reaches a consumer.
include(CheckCCompilerFlag)

add_library(mic_flags INTERFACE)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG")
# OpenSSL's macros put file names into the code: they must not depend on where the tree stands.
check_c_compiler_flag(-fmacro-prefix-map=a=b MIC_HAVE_PREFIX_MAP)
if(MIC_HAVE_PREFIX_MAP)
  string(APPEND CMAKE_C_FLAGS_RELEASE " -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")
endif()

target_compile_options(mic_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wstrict-prototypes
  -Wmissing-prototypes -Wold-style-definition -Wpointer-arith -Wcast-qual -Wwrite-strings -Wundef
  -Wvla -Wimplicit-fallthrough -Wformat=2 -Wnull-dereference -Wdouble-promotion -Wswitch-enum
  -fno-common)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  target_compile_options(mic_flags INTERFACE
    -Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wcast-align=strict -Wjump-misses-init)
endif()
if(MIC_WERROR)
  target_compile_options(mic_flags INTERFACE -Werror)
endif()
if(NOT WIN32)
  target_compile_options(mic_flags INTERFACE -fvisibility=hidden)
  target_compile_definitions(mic_flags INTERFACE _GNU_SOURCE)
  if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT MIC_SANITIZE)
    target_compile_options(mic_flags INTERFACE -fstack-protector-strong)
    target_compile_definitions(mic_flags INTERFACE _FORTIFY_SOURCE=2)
  endif()
endif()
if(MIC_SANITIZE)
  target_compile_options(mic_flags INTERFACE
    -fsanitize=${MIC_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${MIC_SANITIZE})
  # The optimiser sees more NULL paths through the sanitizers' own checks than there are.
  target_compile_options(mic_flags INTERFACE -Wno-null-dereference)
endif()
if(MIC_FUZZ)
  target_compile_options(mic_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
