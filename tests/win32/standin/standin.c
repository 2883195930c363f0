#include "standin_internal.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>

#include "record.h"

static const MI_ClassDecl class_decl = {
    .flags = MI_FLAG_CLASS | MI_FLAG_EXTENDED,
    .name = L"Standin",
    .size = sizeof(MI_Instance),
};
static MI_Instance instance = {.ft = &standin_instance_ft.parent, .classDecl = &class_decl};
static MI_Class class_object = {.ft = &standin_class_ft, .classDecl = &class_decl};
static MI_PropertySet property_set = {.ft = &standin_property_set_ft};
static MI_Filter filter = {.ft = &standin_filter_ft};

static const MI_ClientFT_V1 client_ft = {
    .applicationFT = &standin_application_ft,
    .sessionFT = &standin_session_ft,
    .operationFT = &standin_operation_ft,
    .hostedProviderFT = &standin_hosted_provider_ft,
    .serializerFT = &standin_serializer_ft,
    .deserializerFT = &standin_deserializer_ft,
    .subscribeDeliveryOptionsFT = &standin_subscription_options_ft,
    .destinationOptionsFT = &standin_destination_options_ft,
    .operationOptionsFT = &standin_operation_options_ft,
    .utilitiesFT = &standin_utilities_ft,
};

const MI_ClientFT_V1 *mi_clientFT_V1 = &client_ft;

struct standin standin = {
    .result = MI_RESULT_OK,
    .instance = &instance,
    .class_object = &class_object,
    .property_set = &property_set,
    .filter = &filter,
};

static CRITICAL_SECTION log_lock;

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved);
BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved)
{
    (void)module;
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) {
        InitializeCriticalSection(&log_lock);
        standin.loads++;
    }
    return TRUE;
}

struct standin *standin_control(void);
struct standin *standin_control(void)
{
    return &standin;
}

MI_Result record(const char *name, const char *types, ...)
{
    char line[2000];
    va_list arguments;
    size_t used;

    va_start(arguments, types);
    record_line(line, sizeof(line), name, types, arguments);
    va_end(arguments);
    EnterCriticalSection(&log_lock);
    used = strlen(standin.log);
    (void)snprintf(standin.log + used, sizeof(standin.log) - used, "%s\n", line);
    LeaveCriticalSection(&log_lock);
    return standin.result;
}

MI_Result MI_MAIN_CALL MI_Application_InitializeV1(MI_Uint32 flags, const MI_Char *applicationID,
                                                   MI_Instance **extendedError,
                                                   MI_Application *application)
{
    ANSWER(extendedError, NULL);
    if (application == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(application, 0, sizeof(*application));
    application->reserved1 = 1;
    application->ft = &standin_application_ft;
    if (standin.result != MI_RESULT_OK) {
        ANSWER(extendedError, standin.instance);
    }
    return record("MI_Application_InitializeV1", "usop", flags, applicationID, extendedError,
                  application);
}

MI_Char *standin_text(const MI_Char *text)
{
    MI_Char *writable;

    memcpy(&writable, &text, sizeof(writable));
    return writable;
}

void out_value(MI_Value *value, const MI_Char *text)
{
    if (value != NULL) {
        memset(value, 0, sizeof(*value));
        value->string = standin_text(text);
    }
}

void out_interval(MI_Interval *interval, MI_Uint32 number)
{
    if (interval != NULL) {
        memset(interval, 0, sizeof(*interval));
        interval->days = number;
    }
}

void out_datetime(MI_Datetime *datetime, MI_Uint32 number)
{
    if (datetime != NULL) {
        memset(datetime, 0, sizeof(*datetime));
        datetime->isTimestamp = MI_TRUE;
        datetime->u.timestamp.year = number;
    }
}

void out_credentials(MI_UserCredentials *credentials)
{
    if (credentials != NULL) {
        credentials->authenticationType = MI_AUTH_TYPE_BASIC;
        credentials->credentials.usernamePassword.domain = STANDIN_TEXT("domain");
        credentials->credentials.usernamePassword.username = STANDIN_TEXT("username");
        credentials->credentials.usernamePassword.password = L"******";
    }
}

void out_buffer(MI_Char *buffer, const MI_Char *text)
{
    if (buffer != NULL) {
        wcscpy(buffer, text);
    }
}

void out_bytes(MI_Uint8 *buffer)
{
    if (buffer != NULL) {
        buffer[0] = STANDIN_BYTE;
    }
}
