/* mi.dll makes the connection and tells of it what TestConnection does: whether it came about. */
#include <string.h>

#include "cli/connect.h"
#include "cli/doctor.h"
#include "cli/failure.h"

static void take_text(const MI_Instance *instance, const MI_Char *property, struct text *out)
{
    MI_Value value;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0;

    if (instance != NULL &&
        MI_Instance_GetElement(instance, property, &value, &type, &flags, NULL) == MI_RESULT_OK &&
        type == MI_STRING && (flags & MI_FLAG_NULL) == 0) {
        text_add_mi(out, value.string);
    }
}

static void tell_identity(struct doctor_report *report, const MI_Instance *instance)
{
    static const struct {
        const MI_Char *property;
        const char *fact;
    } facts[] = {{MI_T("ProductVendor"), "vendor"},
                 {MI_T("ProductVersion"), "version"},
                 {MI_T("ProtocolVersion"), "protocol"}};
    struct text text = {NULL, 0, 0};

    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        struct text value = {NULL, 0, 0};

        take_text(instance, facts[i].property, &value);
        if (value.size > 0) {
            doctor_fact_text(report, facts[i].fact, text_of(&value));
            text_format(&text, "%s%s", text.size > 0 ? " " : "", text_of(&value));
        }
        text_free(&value);
    }
    doctor_line(report, "identify", DOCTOR_OK, "",
                text.size > 0 ? text_of(&text) : "the server answers", "");
    text_free(&text);
}

static void tell_failure(struct doctor_report *report, MI_Result result, const MI_Char *message)
{
    struct text text = {NULL, 0, 0};

    text_add_mi(&text, message);
    text_trim(&text);
    if (text.size == 0) {
        text_format(&text, "MI_Result %u", (unsigned)result);
    }
    doctor_line(report, "identify", DOCTOR_FAIL, "", text_of(&text),
                "See winrm quickconfig on the host; mi doctor on another system says more.");
    text_free(&text);
}

static void test_connection(struct connection *connection, struct doctor_report *report)
{
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance = NULL, *details = NULL;
    const MI_Char *message = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_FAILED, got;

    MI_Session_TestConnection(&connection->session, 0, NULL, &operation);
    got = MI_Operation_GetInstance(&operation, &instance, &more, &result, &message, &details);
    if (got == MI_RESULT_OK && result == MI_RESULT_OK) {
        tell_identity(report, instance);
    } else {
        tell_failure(report, got != MI_RESULT_OK ? got : result, message);
    }
    MI_Operation_Close(&operation);
}

int doctor_examine(const struct arguments *arguments, struct doctor_report *report)
{
    static const char *const others[] = {
        "name",  "http.port", "https.port", "tls",     "certificate", "schemes", "clock.server",
        "logon", "clock.kdc", "spn",        "sealing", "cleartext",   "binding", "envelope"};
    struct connection connection;
    int status = connection_open(arguments, &connection);

    if (status >= 0) {
        return status;
    }
    test_connection(&connection, report);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        doctor_line(report, others[i], DOCTOR_SKIP, "", "mi.dll does not tell", "");
    }
    connection_close(&connection);
    return status;
}
