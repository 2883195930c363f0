#include "given.h"

#include <stdarg.h>
#include <string.h>
#include <windows.h>

#include "standin/record.h"

struct given given;

static MI_Instance plain_instance;
static MI_Class plain_class;

__attribute__((constructor)) static void keep_bootstrap_tables(void)
{
    given.boot = mi_clientFT_V1;
}

/* Finds the stand-in where the library under test must find it: in the system directory. */
static struct standin *find_standin(void)
{
    wchar_t path[MAX_PATH + 16];
    standin_control_fn control;
    FARPROC entry;
    HMODULE module;

    GetSystemDirectoryW(path, MAX_PATH);
    wcscat(path, L"\\mi.dll");
    module = LoadLibraryW(path);
    entry = module ? GetProcAddress(module, "standin_control") : NULL;
    if (entry == NULL) {
        return NULL;
    }
    memcpy(&control, &entry, sizeof(control));
    return control();
}

static void fill_inputs(void)
{
    given.class_decl.name = TEXT_IN("class");
    given.interval.days = 11;
    given.interval.hours = 12;
    given.interval.minutes = 13;
    given.interval.seconds = 14;
    given.interval.microseconds = 15;
    given.datetime.isTimestamp = 1;
    given.datetime.u.timestamp.year = 2031;
    given.datetime.u.timestamp.month = 2;
    given.datetime.u.timestamp.day = 3;
    given.datetime.u.timestamp.microseconds = 987654;
    given.datetime.u.timestamp.utc = -90;
    given.credentials.authenticationType = MI_AUTH_TYPE_BASIC;
    given.credentials.credentials.usernamePassword.domain = TEXT_IN("domain");
    given.credentials.credentials.usernamePassword.username = TEXT_IN("user");
    given.credentials.credentials.usernamePassword.password = TEXT_IN("password");
    given.value.string = given.text;
    wcscpy(given.text, TEXT_IN("text"));
    given.instance = &plain_instance;
    given.class_object = &plain_class;
    given.classes[0] = &plain_class;
}

static void make_objects(void)
{
    MIC_REQUIRE(MI_Application_Initialize(0, NULL, NULL, &given.application) == MI_RESULT_OK);
    given.instance = given.standin->instance;
    given.class_object = given.standin->class_object;
    given.property_set = given.standin->property_set;
    given.filter = given.standin->filter;
    MI_Application_NewSession(&given.application, NULL, NULL, NULL, NULL, NULL, &given.session);
    MI_Session_TestConnection(&given.session, 0, NULL, &given.operation);
    MI_Application_NewHostedProvider(&given.application, L"n", L"p", given_main, NULL,
                                     &given.hosted_provider);
    MI_Application_NewDestinationOptions(&given.application, &given.destination_options);
    MI_Application_NewOperationOptions(&given.application, MI_FALSE, &given.operation_options);
    MI_Application_NewSubscriptionDeliveryOptions(
        &given.application, MI_SubscriptionDeliveryType_Pull, &given.subscription_options);
    MI_Application_NewSerializer(&given.application, 0, given.text, &given.serializer);
    MI_Application_NewDeserializer(&given.application, 0, given.text, &given.deserializer);
    MI_Class_GetMethodAt(given.class_object, 0, NULL, &given.qualifier_set, &given.parameter_set);
}

void given_open(void)
{
    if (given.standin == NULL) {
        given.standin = find_standin();
        MIC_REQUIRE(given.standin != NULL);
        fill_inputs();
        make_objects();
    }
    given_result(MI_RESULT_OK);
}

void given_open_boot(void)
{
    if (given.standin == NULL) {
        given.standin = find_standin();
        fill_inputs();
    }
    given_result(MI_RESULT_OK);
}

void given_result(MI_Result result)
{
    if (given.standin != NULL) {
        given.standin->log[0] = '\0';
        given.standin->result = result;
    }
}

void given_logged(struct mic_test_place place, const char *name, const char *types, ...)
{
    char expected[2000];
    char actual[2000] = "";
    va_list arguments;
    char *end;

    if (given.standin == NULL) {
        return;
    }
    va_start(arguments, types);
    record_line(expected, sizeof(expected), name, types, arguments);
    va_end(arguments);
    end = strchr(given.standin->log, '\n');
    if (end != NULL && (size_t)(end - given.standin->log) < sizeof(actual)) {
        memcpy(actual, given.standin->log, (size_t)(end - given.standin->log));
        memmove(given.standin->log, end + 1, strlen(end + 1) + 1);
    }
    mic_test_check_text(actual, expected, "call recorded by mi.dll", place);
}

void given_log_ends(struct mic_test_place place)
{
    if (given.standin != NULL) {
        mic_test_check_text(given.standin->log, "", "further calls", place);
    }
}

void given_check_zero(const void *bytes, size_t size, const char *text, struct mic_test_place place)
{
    const unsigned char *byte = bytes;

    for (size_t i = 0; i < size; i++) {
        if (byte[i] != 0) {
            mic_test_fail(place, "%s is not zeroed", text);
            return;
        }
    }
}

void given_check_error(MI_Instance *error, struct mic_test_place place)
{
    const MI_Char *name = NULL;

    mic_test_require(error != NULL && error->ft != NULL, "an extended error", place);
    MI_Instance_GetClassName(error, &name);
    mic_test_check_wide(name, L"MSFT_WmiError", "class of the extended error", place);
    mic_test_check_int(MI_Instance_Delete(error), MI_RESULT_OK, "MI_Instance_Delete", place);
}

void MI_CALL given_completion(void *context)
{
    int *count = context;

    ++*count;
}

MI_Module *MI_MAIN_CALL given_main(MI_Server *server)
{
    (void)server;
    return NULL;
}

MI_Result MI_CALL given_class_needed(void *context, const MI_Char *server_name,
                                     const MI_Char *namespace_name, const MI_Char *class_name,
                                     MI_Class **class_object)
{
    (void)context;
    MIC_CHECK_TEXT(server_name, STANDIN_TEXT("server"));
    MIC_CHECK_TEXT(namespace_name, STANDIN_TEXT("namespace"));
    MIC_CHECK_TEXT(class_name, STANDIN_TEXT("class"));
    *class_object = given.class_object;
    return MI_RESULT_ACCESS_DENIED;
}
