/* The forwarder against a kernel32 that fails on demand: its imports are defined here, so the
   linker does not take the real ones. */

#include <mi.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "mic_test.h"

#ifdef _WIN64
#    define IMPORT(name, bytes) __asm__("__imp_" #    name)
#else
#    define IMPORT(name, bytes) __asm__("__imp__" #    name "@" #    bytes)
#endif

#define LOADS_MAX 8

enum { MODULE_NOT_FOUND = 126, NO_ENTRY = 127, BAD_PARAMETER = 87, BAD_IMAGE = 193 };

static struct {
    unsigned long last_error;
    unsigned int directory_length;
    /* What each call of LoadLibraryExW answers: an error, or 0 for success. */
    unsigned long load_errors[LOADS_MAX];
    int loads;
    wchar_t path[300];
    unsigned long flags[LOADS_MAX];
    int frees;
    int without_initialize, without_tables, without_heap;
    int tables_come_late;
    int allocations;
    /* Calls that another thread makes, start to end, while the one before is where it says. */
    int overtakes_loading, overtakes_tables, overtaken;
} kernel;

static void overtake(int *is_due)
{
    MI_Application application;

    if (*is_due) {
        *is_due = 0;
        MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, &application), MI_RESULT_OK);
        MIC_CHECK_INT(application.reserved1, 99);
        kernel.overtaken++;
    }
}

static MI_ErrorCategory MI_CALL fake_MapError(const MI_Char *type, MI_Uint32 error)
{
    (void)type;
    return (MI_ErrorCategory)error;
}

static const MI_UtilitiesFT fake_utilities = {.MapErrorToMiErrorCategory = fake_MapError};
static const MI_ClientFT_V1 fake_client = {.utilitiesFT = &fake_utilities};
static const MI_ClientFT_V1 *fake_variable;
static int fake_module;

static MI_Result MI_MAIN_CALL fake_initialize(MI_Uint32 flags, const MI_Char *id,
                                              MI_Instance **error, MI_Application *application)
{
    (void)flags;
    (void)id;
    (void)error;
    application->reserved1 = 99;
    fake_variable = &fake_client;
    return MI_RESULT_OK;
}

static unsigned int __stdcall fake_GetSystemDirectoryW(wchar_t *buffer, unsigned int size)
{
    static const wchar_t directory[] = L"Q:\\Sys";

    if (kernel.directory_length != 0) {
        return kernel.directory_length;
    }
    if (size > wcslen(directory)) {
        wcscpy(buffer, directory);
    }
    return (unsigned int)wcslen(directory);
}

static void *__stdcall fake_LoadLibraryExW(const wchar_t *path, void *reserved, unsigned long flags)
{
    int call = kernel.loads++;

    MIC_CHECK(reserved == NULL);
    MIC_REQUIRE(call < LOADS_MAX);
    wcscpy(kernel.path, path);
    kernel.flags[call] = flags;
    overtake(&kernel.overtakes_loading);
    kernel.last_error = kernel.load_errors[call];
    return kernel.load_errors[call] == 0 ? &fake_module : NULL;
}

static void *__stdcall fake_GetProcAddress(void *module, const char *name)
{
    MI_Result(MI_MAIN_CALL * initialize)(MI_Uint32, const MI_Char *, MI_Instance **,
                                         MI_Application *) = fake_initialize;
    void *address;

    MIC_CHECK(module == &fake_module);
    if (strcmp(name, "MI_Application_InitializeV1") == 0 && !kernel.without_initialize) {
        memcpy(&address, &initialize, sizeof(address));
        return address;
    }
    if (strcmp(name, "mi_clientFT_V1") == 0 && !kernel.without_tables) {
        overtake(&kernel.overtakes_tables);
        fake_variable = kernel.tables_come_late ? NULL : &fake_client;
        return &fake_variable;
    }
    kernel.last_error = NO_ENTRY;
    return NULL;
}

static int __stdcall fake_FreeLibrary(void *module)
{
    MIC_CHECK(module == &fake_module);
    kernel.frees++;
    kernel.last_error = 4711;
    return 1;
}

static unsigned long __stdcall fake_GetLastError(void)
{
    return kernel.last_error;
}

static void __stdcall fake_SetLastError(unsigned long error)
{
    kernel.last_error = error;
}

static void *__stdcall fake_GetProcessHeap(void)
{
    return &kernel;
}

static void *__stdcall fake_HeapAlloc(void *heap, unsigned long flags, size_t size)
{
    MIC_CHECK(heap == &kernel);
    kernel.last_error = 4712;
    if (kernel.without_heap) {
        return NULL;
    }
    kernel.allocations++;
    return (flags & 8) != 0 ? calloc(1, size) : malloc(size);
}

static int __stdcall fake_HeapFree(void *heap, unsigned long flags, void *memory)
{
    (void)flags;
    MIC_CHECK(heap == &kernel);
    kernel.allocations--;
    free(memory);
    return 1;
}

#define FAKE(result, name, bytes, ...)                                                             \
    extern result(__stdcall *import_##name)(__VA_ARGS__) IMPORT(name, bytes);                      \
    result(__stdcall *import_##name)(__VA_ARGS__) = fake_##name

FAKE(unsigned int, GetSystemDirectoryW, 8, wchar_t *, unsigned int);
FAKE(void *, LoadLibraryExW, 12, const wchar_t *, void *, unsigned long);
FAKE(void *, GetProcAddress, 8, void *, const char *);
FAKE(int, FreeLibrary, 4, void *);
FAKE(unsigned long, GetLastError, 0, void);
FAKE(void, SetLastError, 4, unsigned long);
FAKE(void *, GetProcessHeap, 0, void);
FAKE(void *, HeapAlloc, 12, void *, unsigned long, size_t);
FAKE(int, HeapFree, 12, void *, unsigned long, void *);

static MI_Result initialize(MI_Instance **error)
{
    MI_Application application;

    return MI_Application_Initialize(0, NULL, error, &application);
}

/* Failures are not kept, so these cases can share a process; the successful ones cannot. */
static void given_failures(unsigned long first, unsigned long second)
{
    memset(&kernel, 0, sizeof(kernel));
    kernel.load_errors[0] = first;
    kernel.load_errors[1] = second;
}

MIC_TEST(kernel, library_is_asked_for_by_its_full_path_in_the_system_directory_only)
{
    given_failures(MODULE_NOT_FOUND, 0);
    MIC_CHECK_INT(initialize(NULL), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(kernel.loads, 1);
    MIC_CHECK_TEXT((const wchar_t *)kernel.path, L"Q:\\Sys\\mi.dll");
    MIC_CHECK_INT(kernel.flags[0], 0x800);
    MIC_CHECK_INT(kernel.last_error, MODULE_NOT_FOUND);
}

MIC_TEST(kernel, windows_7_without_the_search_flag_gets_a_second_try)
{
    given_failures(BAD_PARAMETER, MODULE_NOT_FOUND);
    MIC_CHECK_INT(initialize(NULL), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(kernel.loads, 2);
    MIC_CHECK_TEXT((const wchar_t *)kernel.path, L"Q:\\Sys\\mi.dll");
    MIC_CHECK_INT(kernel.flags[1], 0x8);
    MIC_CHECK_INT(kernel.last_error, MODULE_NOT_FOUND);
}

MIC_TEST(kernel, other_errors_are_not_retried_and_are_named)
{
    MI_Instance *error = NULL;
    MI_Value value;

    given_failures(BAD_IMAGE, 0);
    MIC_CHECK_INT(initialize(&error), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(kernel.loads, 1);
    MIC_CHECK_INT(kernel.last_error, BAD_IMAGE);
    MIC_REQUIRE(error != NULL);
    MI_Instance_GetElement(error, L"Message", &value, NULL, NULL, NULL);
    MIC_CHECK(wcsstr(value.string, L"Q:\\Sys\\mi.dll could not be loaded (Windows error 193)") !=
              NULL);
    MIC_CHECK_INT(MI_Instance_Delete(error), MI_RESULT_OK);
    MIC_CHECK_INT(kernel.allocations, 0);
}

MIC_TEST(kernel, library_without_the_entry_point_is_released)
{
    given_failures(0, 0);
    kernel.without_initialize = 1;
    MIC_CHECK_INT(initialize(NULL), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(kernel.frees, 1);
    MIC_CHECK_INT(kernel.last_error, NO_ENTRY);
}

MIC_TEST(kernel, library_without_the_tables_is_released)
{
    given_failures(0, 0);
    kernel.without_tables = 1;
    MIC_CHECK_INT(initialize(NULL), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(kernel.frees, 1);
    MIC_CHECK_INT(kernel.last_error, NO_ENTRY);
}

MIC_TEST(kernel, unknown_system_directory_means_no_library)
{
    given_failures(0, 0);
    kernel.directory_length = 5000;
    MIC_CHECK_INT(initialize(NULL), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(kernel.loads, 0);
    MIC_CHECK_INT(kernel.last_error, MODULE_NOT_FOUND);
}

MIC_TEST(kernel, without_memory_there_is_no_error_object)
{
    MI_Instance *error = (MI_Instance *)(void *)&kernel;

    given_failures(MODULE_NOT_FOUND, 0);
    kernel.without_heap = 1;
    MIC_CHECK_INT(initialize(&error), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK(error == NULL);
    MIC_CHECK_INT(kernel.last_error, MODULE_NOT_FOUND);
}

MIC_TEST(kernel, error_clone_without_memory_is_a_limit)
{
    MI_Instance *error = NULL;
    MI_Instance *copy = NULL;

    given_failures(MODULE_NOT_FOUND, 0);
    MIC_CHECK_INT(initialize(&error), MI_RESULT_NOT_SUPPORTED);
    kernel.without_heap = 1;
    MIC_CHECK_INT(MI_Instance_Clone(error, &copy), MI_RESULT_SERVER_LIMITS_EXCEEDED);
    MIC_CHECK(copy == NULL);
    MI_Instance_Delete(error);
    MIC_CHECK_INT(kernel.allocations, 0);
}

/* A suite and a process of its own, because success is kept. */
MIC_TEST(kernel_success, library_is_loaded_once_and_never_released)
{
    MI_Application application;
    MI_Char type[] = L"WIN32";

    given_failures(BAD_PARAMETER, 0);
    kernel.tables_come_late = 1;
    MIC_CHECK_INT(MI_Utilities_MapErrorToMiErrorCategory(type, 30), MI_ERRORCATEGORY_NOT_SPECIFIED);
    MIC_CHECK_INT(kernel.loads, 2);
    for (int i = 0; i < 3; i++) {
        MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, &application), MI_RESULT_OK);
        MIC_CHECK_INT(application.reserved1, 99);
    }
    MIC_CHECK_INT(MI_Utilities_MapErrorToMiErrorCategory(type, 30),
                  MI_ERRORCATEGORY_QUOTA_EXCEEDED);
    MIC_CHECK(mi_clientFT_V1 == &fake_client);
    MIC_CHECK_INT(kernel.loads, 2);
    MIC_CHECK_INT(kernel.frees, 0);
}

/* What racing threads do, in the one order that is hardest, and without a thread. */
MIC_TEST(kernel_race, calls_that_overtake_one_another_agree)
{
    given_failures(0, 0);
    kernel.overtakes_loading = 1;
    kernel.overtakes_tables = 1;
    MIC_CHECK_INT(initialize(NULL), MI_RESULT_OK);
    MIC_CHECK_INT(kernel.overtaken, 2);
    MIC_CHECK_INT(kernel.loads, 3);
    MIC_CHECK_INT(kernel.frees, 0);
    MIC_CHECK(mi_clientFT_V1 == &fake_client);
    MIC_CHECK_INT(initialize(NULL), MI_RESULT_OK);
    MIC_CHECK_INT(kernel.loads, 3);
}
