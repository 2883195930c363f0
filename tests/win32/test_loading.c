/* When and from where mi.dll is loaded. Each case needs a process of its own: CTest runs them one
   by one, with the system's mi.dll set as the case's comment says. */

#include <mi.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

#include "mic_test.h"
#include "standin/standin.h"

#define RACING_THREADS   8
#define RACING_PROCESSES 20

static struct standin *control_of(HMODULE module)
{
    standin_control_fn control;
    FARPROC entry = module ? GetProcAddress(module, "standin_control") : NULL;

    if (entry == NULL) {
        return NULL;
    }
    memcpy(&control, &entry, sizeof(control));
    return control();
}

static void system_path(wchar_t *path)
{
    GetSystemDirectoryW(path, MAX_PATH);
    wcscat(path, L"\\mi.dll");
}

/* The stand-in of the system directory, if the process has it loaded. */
static struct standin *loaded_standin(void)
{
    wchar_t path[MAX_PATH + 16];

    system_path(path);
    return control_of(GetModuleHandleW(path));
}

static bool is_unused(const struct standin *standin)
{
    return standin != NULL && standin->log[0] == '\0';
}

static struct {
    HANDLE start;
    volatile LONG failures;
} race;

static DWORD WINAPI race_initialize(LPVOID context)
{
    MI_Application application;
    MI_Instance *error = NULL;

    (void)context;
    WaitForSingleObject(race.start, INFINITE);
    if (MI_Application_Initialize(0, NULL, &error, &application) != MI_RESULT_OK ||
        application.ft == NULL || error != NULL) {
        InterlockedIncrement(&race.failures);
    }
    return 0;
}

static DWORD WINAPI race_utilities(LPVOID context)
{
    MI_Char type[] = L"WIN32";

    (void)context;
    WaitForSingleObject(race.start, INFINITE);
    if (MI_Utilities_MapErrorToMiErrorCategory(type, 1) != MI_ERRORCATEGORY_QUOTA_EXCEEDED) {
        InterlockedIncrement(&race.failures);
    }
    return 0;
}

/* mi.dll: stand-in */
MIC_TEST(race_once, threads_agree_on_one_library)
{
    HANDLE threads[RACING_THREADS];

    MIC_REQUIRE(loaded_standin() == NULL);
    race.start = CreateEventW(NULL, TRUE, FALSE, NULL);
    for (int i = 0; i < RACING_THREADS; i++) {
        threads[i] =
            CreateThread(NULL, 0, i % 2 == 0 ? race_initialize : race_utilities, NULL, 0, NULL);
        MIC_REQUIRE(threads[i] != NULL);
    }
    SetEvent(race.start);
    WaitForMultipleObjects(RACING_THREADS, threads, TRUE, INFINITE);
    MIC_CHECK_INT(race.failures, 0);
    MIC_REQUIRE(loaded_standin() != NULL);
    MIC_CHECK_INT(loaded_standin()->loads, 1);
}

/* mi.dll: stand-in */
MIC_TEST(race, first_calls_of_eight_threads_succeed_in_every_process)
{
    wchar_t program[MAX_PATH];
    wchar_t command[MAX_PATH + 32];
    int failures = 0;

    GetModuleFileNameW(NULL, program, MAX_PATH);
    for (int i = 0; i < RACING_PROCESSES; i++) {
        STARTUPINFOW startup = {.cb = sizeof(startup)};
        PROCESS_INFORMATION process;
        DWORD status = 1;

        _snwprintf(command, MAX_PATH + 32, L"\"%ls\" race_once", program);
        MIC_REQUIRE(
            CreateProcessW(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process));
        WaitForSingleObject(process.hProcess, INFINITE);
        GetExitCodeProcess(process.hProcess, &status);
        CloseHandle(process.hProcess);
        CloseHandle(process.hThread);
        failures += status != 0;
    }
    MIC_CHECK_INT(failures, 0);
}

/* mi.dll: stand-in */
MIC_TEST(early, program_starts_without_loading_it)
{
    MIC_CHECK(loaded_standin() == NULL);
    MIC_CHECK(mi_clientFT_V1 != NULL);
    MIC_CHECK(mi_clientFT_V1->serializerFT != NULL);
}

/* mi.dll: stand-in */
MIC_TEST(early, utilities_work_before_initialize)
{
    MI_Char type[] = L"WIN32";
    const MI_ClientFT_V1 *before = mi_clientFT_V1;

    MIC_CHECK_INT(MI_Utilities_MapErrorToMiErrorCategory(type, 1), MI_ERRORCATEGORY_QUOTA_EXCEEDED);
    MIC_CHECK(mi_clientFT_V1 != before);
    MIC_REQUIRE(loaded_standin() != NULL);
}

/* mi.dll: stand-in */
MIC_TEST(forward, initialize_passes_arguments_and_result)
{
    MI_Application application;
    MI_Instance *error = NULL;
    struct standin *standin;

    MIC_CHECK_INT(MI_Application_Initialize(7, L"caf\u00e9", &error, &application), MI_RESULT_OK);
    standin = loaded_standin();
    MIC_REQUIRE(standin != NULL);
    MIC_CHECK(strstr(standin->log, "MI_Application_InitializeV1(7, \"caf\\u00e9\", set, ") != NULL);
    MIC_CHECK(error == NULL);
    standin->result = MI_RESULT_SERVER_LIMITS_EXCEEDED;
    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, &error, &application),
                  MI_RESULT_SERVER_LIMITS_EXCEEDED);
    MIC_CHECK(error == standin->instance);
    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, NULL), MI_RESULT_INVALID_PARAMETER);
}

/* mi.dll: stand-in */
MIC_TEST(forward, native_tables_reach_the_caller_unwrapped)
{
    MI_Application application;
    wchar_t path[MAX_PATH + 16];
    FARPROC entry;
    const MI_ClientFT_V1 **variable;

    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, &application), MI_RESULT_OK);
    system_path(path);
    entry = GetProcAddress(GetModuleHandleW(path), "mi_clientFT_V1");
    memcpy(&variable, &entry, sizeof(variable));
    MIC_REQUIRE(variable != NULL);
    MIC_CHECK(mi_clientFT_V1 == *variable);
    MIC_CHECK(application.ft == (*variable)->applicationFT);
}

/* mi.dll: stand-in */
MIC_TEST(forward, instances_outlive_their_application)
{
    MI_Application application;
    MI_Instance *instance = NULL;
    const MI_Char *name = NULL;

    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, &application), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Application_NewInstance(&application, L"c", NULL, &instance), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Application_Close(&application), MI_RESULT_OK);
    MIC_REQUIRE(loaded_standin() != NULL);
    MIC_CHECK_INT(MI_Instance_GetClassName(instance, &name), MI_RESULT_OK);
    MIC_CHECK_TEXT(name, STANDIN_TEXT("className"));
    MIC_CHECK_INT(MI_Instance_Delete(instance), MI_RESULT_OK);
}

/* mi.dll: none; MIC_STANDIN names the one to install */
MIC_TEST(later, failure_is_forgotten_once_the_library_is_there)
{
    MI_Application application;
    MI_Char type[] = L"WIN32";
    wchar_t from[MAX_PATH];
    wchar_t path[MAX_PATH + 16];

    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, &application), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(MI_Utilities_MapErrorToMiErrorCategory(type, 1), MI_ERRORCATEGORY_NOT_SPECIFIED);
    MIC_REQUIRE(GetEnvironmentVariableW(L"MIC_STANDIN", from, MAX_PATH) > 0);
    system_path(path);
    MIC_REQUIRE(CopyFileW(from, path, FALSE));
    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, &application), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Utilities_MapErrorToMiErrorCategory(type, 1), MI_ERRORCATEGORY_QUOTA_EXCEEDED);
}

/* mi.dll: without the exports; MIC_STANDIN names the one to install */
MIC_TEST(replaced, library_without_exports_is_let_go)
{
    MI_Application application;
    wchar_t from[MAX_PATH];
    wchar_t path[MAX_PATH + 16];

    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, &application), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(GetLastError(), ERROR_PROC_NOT_FOUND);
    system_path(path);
    MIC_CHECK(GetModuleHandleW(path) == NULL);
    MIC_REQUIRE(GetEnvironmentVariableW(L"MIC_STANDIN", from, MAX_PATH) > 0);
    MIC_REQUIRE(CopyFileW(from, path, FALSE));
    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, &application), MI_RESULT_OK);
}

/* mi.dll: none, but a stand-in beside the program */
MIC_TEST(beside, library_next_to_the_program_is_not_loaded)
{
    MI_Application application;

    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, &application), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(GetLastError(), ERROR_MOD_NOT_FOUND);
    MIC_CHECK(GetModuleHandleW(L"mi.dll") == NULL);
}

/* mi.dll: none, but a stand-in beside the program */
MIC_TEST(beside, library_the_program_has_loaded_already_is_not_taken)
{
    MI_Application application;
    struct standin *local = control_of(LoadLibraryW(L"mi.dll"));

    MIC_REQUIRE(local != NULL);
    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, &application), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK(is_unused(local));
}

/* mi.dll: stand-in, and a second one beside the program */
MIC_TEST(both, library_of_the_system_wins)
{
    MI_Application application;
    wchar_t program[MAX_PATH];
    struct standin *local;

    GetModuleFileNameW(NULL, program, MAX_PATH);
    wcscpy(wcsrchr(program, L'\\'), L"\\mi.dll");
    local = control_of(LoadLibraryW(program));
    MIC_REQUIRE(local != NULL);
    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, &application), MI_RESULT_OK);
    MIC_REQUIRE(loaded_standin() != NULL);
    MIC_CHECK(loaded_standin() != local);
    MIC_CHECK(is_unused(local));
    MIC_CHECK(loaded_standin()->log[0] != 0);
}
