/* A program as it is written for Windows alone: wide strings, L"...", wmain, callbacks that set
 * events. It builds there as it is. enumerate_async.c in the folder above does the same and builds
 * everywhere.
 *
 * list_async [COMPUTER [CLASS]] */
#include <windows.h>

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <wchar.h>

#include <mi.h>

typedef struct _ListContext {
    HANDLE finished; /* set by the last result */
    MI_Uint32 count;
    MI_Result result;
} ListContext;

static void PrintElement(const MI_Char *name, const MI_Value *value, MI_Type type, MI_Uint32 flags)
{
    if ((flags & MI_FLAG_NULL) == MI_FLAG_NULL) {
        wprintf(L"  %ls is NULL\n", name);
        return;
    }
    switch (type) {
    case MI_STRING:
        wprintf(L"  %ls = %ls\n", name, value->string);
        break;
    case MI_BOOLEAN:
        wprintf(L"  %ls = %ls\n", name, value->boolean ? L"TRUE" : L"FALSE");
        break;
    case MI_UINT16:
        wprintf(L"  %ls = %u\n", name, (unsigned)value->uint16);
        break;
    case MI_UINT32:
        wprintf(L"  %ls = %u\n", name, (unsigned)value->uint32);
        break;
    default:
        wprintf(L"  %ls has type %d\n", name, (int)type);
        break;
    }
}

static void PrintInstance(const MI_Instance *instance)
{
    const MI_Char *name = NULL;
    MI_Uint32 count = 0, index;

    if (MI_Instance_GetClassName(instance, &name) == MI_RESULT_OK) {
        wprintf(L"%ls\n", name);
    }
    if (MI_Instance_GetElementCount(instance, &count) != MI_RESULT_OK) {
        return;
    }
    for (index = 0; index < count; index++) {
        MI_Value value;
        MI_Type type;
        MI_Uint32 flags;

        if (MI_Instance_GetElementAt(instance, index, &name, &value, &type, &flags) ==
            MI_RESULT_OK) {
            PrintElement(name, &value, type, flags);
        }
    }
}

/* Comes on a thread of the API. The instance is there until the function returns. */
static void MI_CALL OnInstance(MI_Operation *operation, void *callbackContext,
                               const MI_Instance *instance, MI_Boolean moreResults,
                               MI_Result resultCode, const MI_Char *errorString,
                               const MI_Instance *errorDetails,
                               MI_Result(MI_CALL *resultAcknowledgement)(MI_Operation *operation))
{
    ListContext *context = (ListContext *)callbackContext;

    UNREFERENCED_PARAMETER(errorDetails);
    UNREFERENCED_PARAMETER(resultAcknowledgement);
    if (instance != NULL) {
        context->count++;
        PrintInstance(instance);
    }
    if (moreResults) {
        return;
    }
    context->result = resultCode;
    if (resultCode != MI_RESULT_OK && errorString != NULL) {
        fwprintf(stderr, L"%ls\n", errorString);
    }
    MI_Operation_Close(operation);
    SetEvent(context->finished);
}

static void MI_CALL OnSessionClosed(void *completionContext)
{
    SetEvent((HANDLE)completionContext);
}

static MI_Result ListInstances(MI_Session *session, const MI_Char *className)
{
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    ListContext context = {NULL, 0, MI_RESULT_FAILED};

    context.finished = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (context.finished == NULL) {
        return MI_RESULT_FAILED;
    }
    callbacks.callbackContext = &context;
    callbacks.instanceResult = OnInstance;
    MI_Session_EnumerateInstances(session, 0, NULL, L"root\\cimv2", className, MI_FALSE, &callbacks,
                                  &operation);
    WaitForSingleObject(context.finished, INFINITE);
    CloseHandle(context.finished);
    if (context.result == MI_RESULT_OK) {
        wprintf(L"%u instances\n", (unsigned)context.count);
    }
    return context.result;
}

int wmain(int argc, wchar_t **argv)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Result result;
    HANDLE closed;

    _setmode(_fileno(stdout), _O_U8TEXT);
    _setmode(_fileno(stderr), _O_U8TEXT);
    result = MI_Application_Initialize(0, NULL, NULL, &application);
    if (result != MI_RESULT_OK) {
        fwprintf(stderr, L"MI_Application_Initialize failed: %u\n", (unsigned)result);
        return 1;
    }
    result = MI_Application_NewSession(&application, L"WINRM", argc > 1 ? argv[1] : NULL, NULL,
                                       NULL, NULL, &session);
    if (result == MI_RESULT_OK) {
        result = ListInstances(&session, argc > 2 ? argv[2] : L"Win32_OperatingSystem");
        closed = CreateEventW(NULL, TRUE, FALSE, NULL);
        if (closed != NULL) {
            MI_Session_Close(&session, closed, OnSessionClosed);
            WaitForSingleObject(closed, INFINITE);
            CloseHandle(closed);
        }
    }
    if (result != MI_RESULT_OK) {
        fwprintf(stderr, L"failed: %u\n", (unsigned)result);
    }
    MI_Application_Close(&application);
    return result == MI_RESULT_OK ? 0 : 1;
}
