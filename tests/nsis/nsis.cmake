# The installers under Wine. Included by tests/win32/CMakeLists.txt, whose functions it uses.
set(nsis_folder ${PROJECT_SOURCE_DIR}/tests/nsis)
add_executable(nsis_probe ${nsis_folder}/probe.c)
target_compile_options(nsis_probe PRIVATE -municode)
target_link_options(nsis_probe PRIVATE -municode)
target_link_libraries(nsis_probe PRIVATE version mic_flags)

set(entry MI_Application_InitializeV1)
if(CMAKE_SIZEOF_VOID_P EQUAL 8)
  set(nsis_target amd64-unicode)
  set(other_triple i686-w64-mingw32)
else()
  set(nsis_target x86-unicode)
  set(other_triple x86_64-w64-mingw32)
endif()
add_library(nsis_longer_export SHARED ${nsis_folder}/entry.c)
target_compile_definitions(nsis_longer_export PRIVATE NAME=${entry}0)
find_program(MIC_OTHER_BITNESS_CC ${other_triple}-gcc)
set(other_bitness ${CMAKE_CURRENT_BINARY_DIR}/nsis-other-bitness.dll)
if(MIC_OTHER_BITNESS_CC)
  add_custom_command(OUTPUT ${other_bitness}
    COMMAND ${MIC_OTHER_BITNESS_CC} -shared -static-libgcc -DNAME=${entry} -o ${other_bitness} ${nsis_folder}/entry.c
    DEPENDS ${nsis_folder}/entry.c)
  add_custom_target(nsis_other_bitness ALL DEPENDS ${other_bitness})
else()
  set(other_bitness "")
endif()

function(add_nsis_test name)
  add_test(NAME nsis.${name} COMMAND ${nsis_folder}/${name}.sh ${ARGN})
  set_tests_properties(nsis.${name} PROPERTIES
    LABELS nsis SKIP_RETURN_CODE 77 TIMEOUT 900 FIXTURES_REQUIRED wine RESOURCE_LOCK wine
    ENVIRONMENT "LC_ALL=C.UTF-8;MIC_WINE_PREFIX=${wine_prefix};WINE=${scripts}/run-wine.sh;\
PROBE=$<TARGET_FILE:nsis_probe>;TARGET=${nsis_target};PACKAGING=${PROJECT_SOURCE_DIR}/packaging/nsis;\
MI_DLL=$<TARGET_FILE:mi_standin>;NO_EXPORT=$<TARGET_FILE:mi_noexport>;\
LONGER_EXPORT=$<TARGET_FILE:nsis_longer_export>;OTHER_BITNESS=${other_bitness}")
endfunction()
add_nsis_test(runtime)
add_nsis_test(sdk)
add_nsis_test(sdk_failures)
add_nsis_test(sdk_versions)
add_nsis_test(names)
set_tests_properties(nsis.names PROPERTIES FIXTURES_REQUIRED "" RESOURCE_LOCK "")
if(CMAKE_SIZEOF_VOID_P EQUAL 4)
  add_nsis_test(sdk_x86)
endif()
if(TARGET mi AND MIC_MAKENSIS)
  add_nsis_test(installed ${cpu} ${sdk} $<TARGET_FILE:mi_standin> $<TARGET_FILE:mi>)
  set_tests_properties(nsis.installed PROPERTIES FIXTURES_REQUIRED "wine;sdk")
endif()
