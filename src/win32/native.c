/* Loads the system's mi.dll on first use and hands out its tables as they are; no handle is
 * wrapped. */

#include "win32/native.h"

#include <string.h>

#include "win32/kernel32.h"

#define SYSTEM_DIRECTORY_MAX 260

typedef MI_Result(MI_MAIN_CALL *initialize_fn)(MI_Uint32 flags, const MI_Char *application_id,
                                               MI_Instance **extended_error,
                                               MI_Application *application);

/* Both are set once mi.dll is loaded and never change again. Racing threads store the same values,
   so no lock is needed: one held around LoadLibrary could deadlock with the loader's own. */
static initialize_fn native_initialize;
static const MI_ClientFT_V1 *const *native_tables;

const MI_ClientFT_V1 *mi_clientFT_V1 = &mic_bootstrap_tables;

/* Code compiled against a header that declares these dllimport reaches them through pointers that
   an import library would define. */
#define TEXT_OF_(x)        #x
#define TEXT_OF(x)         TEXT_OF_(x)
#define IMPORT_ALIAS(name) __asm__("__imp_" TEXT_OF(__USER_LABEL_PREFIX__) #name)
extern const void *const mic_import_tables IMPORT_ALIAS(mi_clientFT_V1);
extern const initialize_fn mic_import_initialize IMPORT_ALIAS(MI_Application_InitializeV1);
const void *const mic_import_tables = &mi_clientFT_V1;
const initialize_fn mic_import_initialize = MI_Application_InitializeV1;

/* The full path, because for a bare name the loader answers with any mi.dll the process has loaded
   already, and some programs ship one of their own. */
static void *load_module(void)
{
    static const wchar_t name[] = L"\\mi.dll";
    wchar_t path[SYSTEM_DIRECTORY_MAX + sizeof(name) / sizeof(name[0])];
    unsigned int length = GetSystemDirectoryW(path, SYSTEM_DIRECTORY_MAX);
    void *module;

    if (length == 0 || length >= SYSTEM_DIRECTORY_MAX) {
        SetLastError(MIC_ERROR_MOD_NOT_FOUND);
        return NULL;
    }
    memcpy(path + length, name, sizeof(name));
    module = LoadLibraryExW(path, NULL, MIC_LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (module == NULL && GetLastError() == MIC_ERROR_INVALID_PARAMETER) {
        /* Windows 7 and 2008 R2 before KB2533623 do not know the flag. */
        module = LoadLibraryExW(path, NULL, MIC_LOAD_WITH_ALTERED_SEARCH_PATH);
    }
    return module;
}

static void publish_tables(const MI_ClientFT_V1 *tables)
{
    if (tables != NULL) {
        __atomic_store_n(&mi_clientFT_V1, tables, __ATOMIC_RELEASE);
    }
}

/* The entry point of mi.dll; NULL with GetLastError() when there is none. A success is kept for
   ever, and so is the library: its instances outlive the application that made them. A failure is
   not kept: the missing update may be installed while this process runs. */
static initialize_fn load_native(void)
{
    initialize_fn initialize = __atomic_load_n(&native_initialize, __ATOMIC_ACQUIRE);
    void *module;
    void *entry;
    const MI_ClientFT_V1 *const *tables;

    if (initialize != NULL) {
        return initialize;
    }
    module = load_module();
    if (module == NULL) {
        return NULL;
    }
    entry = GetProcAddress(module, "MI_Application_InitializeV1");
    tables = GetProcAddress(module, "mi_clientFT_V1");
    if (entry == NULL || tables == NULL) {
        FreeLibrary(module);
        SetLastError(MIC_ERROR_PROC_NOT_FOUND);
        return NULL;
    }
    memcpy(&initialize, &entry, sizeof(initialize));
    publish_tables(*tables);
    __atomic_store_n(&native_tables, tables, __ATOMIC_RELEASE);
    __atomic_store_n(&native_initialize, initialize, __ATOMIC_RELEASE);
    return initialize;
}

static const MI_ClientFT_V1 *mic_native_tables(void)
{
    if (load_native() == NULL) {
        return NULL;
    }
    if (*native_tables == NULL) {
        SetLastError(MIC_ERROR_PROC_NOT_FOUND);
    }
    return *native_tables;
}

MI_Result MI_MAIN_CALL MI_Application_InitializeV1(MI_Uint32 flags, const MI_Char *applicationID,
                                                   MI_Instance **extendedError,
                                                   MI_Application *application)
{
    initialize_fn initialize = load_native();
    MI_Result result;

    if (initialize != NULL) {
        result = initialize(flags, applicationID, extendedError, application);
        publish_tables(*native_tables);
        return result;
    }
    if (application == NULL) {
        mic_clear_output(extendedError, sizeof(MI_Instance *));
        return MI_RESULT_INVALID_PARAMETER;
    }
    mic_clear_output(application, sizeof(*application));
    mic_missing_error_report(extendedError);
    return MI_RESULT_NOT_SUPPORTED;
}
