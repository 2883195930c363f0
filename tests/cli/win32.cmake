# mi.exe under Wine. Included by tests/win32/CMakeLists.txt, whose functions it uses.
set(cli_folder ${PROJECT_SOURCE_DIR}/tests/cli/win32)
add_mi_dll(mi_played played ${cli_folder}/played.c ${cli_folder}/verbs.c
  ${cli_folder}/classes.c ${cli_folder}/push.c ${cli_folder}/played.def)
set(peer_folder ${PROJECT_SOURCE_DIR}/tests/peer)
set(common_folder ${PROJECT_SOURCE_DIR}/src/common)
add_mi_dll(mi_served served ${cli_folder}/served.c ${cli_folder}/served_instance.c ${cli_folder}/served_class.c
  ${peer_folder}/model.c ${peer_folder}/testdata.c ${peer_folder}/util.c
  ${common_folder}/datetime.c ${common_folder}/utf.c ${cli_folder}/played.def)
target_include_directories(mi_served PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests)
add_executable(on_console ${cli_folder}/on_console.c)
target_link_libraries(on_console PRIVATE shell32 mic_flags)
add_executable(json-check ${cli_folder}/../json_check.c)
target_link_libraries(json-check PRIVATE mi_parts mic_flags)
add_wine_test(windows LABEL cli MI_DLL $<TARGET_FILE:mi_played>
  ENVIRONMENT "LC_ALL=C.UTF-8"
  COMMAND ${cli_folder}/run.sh ${scripts}/run-wine.sh $<TARGET_FILE:mi>
          $<TARGET_FILE:on_console> $<TARGET_FILE:json-check>)
add_wine_test(windows_without_mi_dll LABEL cli MI_DLL none
  ENVIRONMENT "LC_ALL=C.UTF-8"
  COMMAND ${cli_folder}/run.sh ${scripts}/run-wine.sh $<TARGET_FILE:mi>
          $<TARGET_FILE:on_console> $<TARGET_FILE:json-check>)
set(only "")
if(CMAKE_SIZEOF_VOID_P EQUAL 4)
  set(only "^(jsonl|missing|values)_|^(list_unicode|few_table|class_mof)$") # what pointers or an emulator could change
endif()
add_wine_test(windows_same LABEL cli MI_DLL $<TARGET_FILE:mi_served>
  COMMAND ${cli_folder}/same.sh ${scripts}/run-wine.sh $<TARGET_FILE:mi> "${only}")
if(MIC_BUILD_EXAMPLES)
  add_wine_test(windows_examples LABEL cli MI_DLL $<TARGET_FILE:mi_played>
    ENVIRONMENT "LC_ALL=C.UTF-8"
    COMMAND ${cli_folder}/examples.sh ${scripts}/run-wine.sh ${PROJECT_BINARY_DIR}/examples)
  add_wine_test(windows_sample LABEL cli MI_DLL $<TARGET_FILE:mi_played>
    ENVIRONMENT "LC_ALL=C.UTF-8"
    COMMAND ${cli_folder}/by-clang.sh ${PROJECT_SOURCE_DIR} ${cpu} $<TARGET_FILE:miclient>
            ${scripts}/run-wine.sh)
endif()
set_tests_properties(cli.windows cli.windows_same cli.windows_without_mi_dll PROPERTIES TIMEOUT 600) # many programs each
if(TEST cli.windows_examples)
  set_tests_properties(cli.windows_examples cli.windows_sample PROPERTIES TIMEOUT 600)
endif()

# The program as a file: what it needs and what Windows shows of it.
add_test(NAME cli.windows_imports
  COMMAND ${scripts}/check-program.sh ${CMAKE_OBJDUMP} $<TARGET_FILE:mi>)
set_tests_properties(cli.windows_imports PROPERTIES LABELS cli)
add_executable(file_version ${scripts}/file_version.c)
target_link_libraries(file_version PRIVATE version mic_flags)
add_wine_test(windows_version LABEL cli MI_DLL none
  COMMAND ${scripts}/expect.sh 0 "^number=${PROJECT_VERSION}.0" $<TARGET_FILE:file_version>
          Z:$<TARGET_FILE:mi>)
