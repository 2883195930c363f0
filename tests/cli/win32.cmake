# mi.exe under Wine. Included by tests/win32/CMakeLists.txt, whose functions it uses.
set(cli_folder ${PROJECT_SOURCE_DIR}/tests/cli/win32)
add_mi_dll(mi_played played ${cli_folder}/played.c ${cli_folder}/verbs.c
  ${cli_folder}/classes.c ${cli_folder}/played.def)
add_wine_test(windows LABEL cli MI_DLL $<TARGET_FILE:mi_played>
  ENVIRONMENT "LC_ALL=C.UTF-8"
  COMMAND ${cli_folder}/run.sh ${scripts}/run-wine.sh $<TARGET_FILE:mi>)
add_wine_test(windows_without_mi_dll LABEL cli MI_DLL none
  ENVIRONMENT "LC_ALL=C.UTF-8"
  COMMAND ${cli_folder}/run.sh ${scripts}/run-wine.sh $<TARGET_FILE:mi>)
