/* A product's program, built from the SDK alone by every compiler; it wants no C library. Prints
   what it found and ends with 0 where mi.dll is, 7 where it is missing, 1 otherwise. */

#include <mi.h>

#define IMPORT(result) __declspec(dllimport) result __stdcall
IMPORT(void *) GetStdHandle(unsigned long which);
IMPORT(int)
WriteFile(void *file, const void *bytes, unsigned long size, unsigned long *written, void *later);
IMPORT(void *) CreateEventW(void *security, int manual, int set, const wchar_t *name);
IMPORT(int) SetEvent(void *event);
IMPORT(unsigned long) WaitForSingleObject(void *object, unsigned long milliseconds);
IMPORT(int) CloseHandle(void *object);
IMPORT(void) ExitProcess(unsigned int status);

#define STDOUT         ((unsigned long)-11)
#define WAIT_MS        30000UL
#define MISSING_STATUS 7

int consumer(void);

static struct {
    void *done;
    int instances;
    int finals;
} seen;

static void say(const char *text)
{
    unsigned long written, length = 0;

    while (text[length] != '\0') {
        length++;
    }
    (void)WriteFile(GetStdHandle(STDOUT), text, length, &written, NULL);
}

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance,
                                MI_Boolean more, MI_Result result, const MI_Char *text,
                                const MI_Instance *details,
                                MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    (void)operation;
    (void)result;
    (void)text;
    (void)details;
    (void)acknowledge;
    if (context != &seen) {
        ExitProcess(1);
    }
    seen.instances += instance != NULL;
    if (!more) {
        seen.finals++;
        (void)SetEvent(seen.done);
    }
}

/* The error object of the library, which has no mi.dll to make one. */
static int missing(MI_Instance *error)
{
    MI_Value value;
    MI_Type type;

    if (error == NULL ||
        MI_Instance_GetElement(error, MI_T("Message"), &value, &type, NULL, NULL) != MI_RESULT_OK ||
        type != MI_STRING || value.string == NULL || value.string[0] == 0) {
        say("mi.dll: missing, and nothing says so\n");
        return 1;
    }
    (void)MI_Instance_Delete(error);
    say("mi.dll: missing\n");
    return MISSING_STATUS;
}

static int enumerate(MI_Session *session)
{
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    MI_Operation operation = MI_OPERATION_NULL;

    seen.done = CreateEventW(NULL, 1, 0, NULL);
    callbacks.callbackContext = &seen;
    callbacks.instanceResult = on_instance;
    MI_Session_EnumerateInstances(session, 0, NULL, MI_T("root/cimv2"), MI_T("C"), MI_FALSE,
                                  &callbacks, &operation);
    if (WaitForSingleObject(seen.done, WAIT_MS) != 0) {
        return 1;
    }
    (void)MI_Operation_Close(&operation);
    (void)CloseHandle(seen.done);
    return seen.instances > 0 && seen.finals == 1 ? 0 : 1;
}

int consumer(void)
{
    MI_Application application;
    MI_Session session;
    MI_Instance *error = NULL;
    MI_Result result = MI_Application_Initialize(0, MI_T("consumer"), &error, &application);
    int status;

    if (result == MI_RESULT_NOT_SUPPORTED) {
        return missing(error);
    }
    if (result != MI_RESULT_OK ||
        MI_Application_NewSession(&application, NULL, MI_T("server"), NULL, NULL, NULL, &session) !=
            MI_RESULT_OK) {
        say("mi.dll: it failed\n");
        return 1;
    }
    status = enumerate(&session);
    (void)MI_Session_Close(&session, NULL, NULL);
    (void)MI_Application_Close(&application);
    say(status == 0 ? "mi.dll: there, and calls back\n" : "mi.dll: callbacks went wrong\n");
    return status;
}
