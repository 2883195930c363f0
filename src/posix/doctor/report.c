#include "doctor/report.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void mic_check_init(struct mic_check *check, const char *name)
{
    memset(check, 0, sizeof(*check));
    check->name = name;
    check->phase = "";
}

void mic_check_say(struct mic_check *check, enum mic_check_status status, const char *format, ...)
{
    va_list arguments;

    check->status = status;
    check->remedy[0] = '\0';
    va_start(arguments, format);
    (void)vsnprintf(check->text, sizeof(check->text), format, arguments);
    va_end(arguments);
}

void mic_check_fail(struct mic_check *check, enum mic_check_status status,
                    const struct mic_err *err)
{
    mic_check_say(check, status, "%s", err->message);
    mic_check_remedy(check, "%s", err->remedy);
    check->phase = mic_phase_name(err->phase);
    check->code = err->hresult;
}

void mic_check_remedy(struct mic_check *check, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(check->remedy, sizeof(check->remedy), format, arguments);
    va_end(arguments);
}

static struct mic_fact *add(struct mic_check *check, const char *name, enum mic_fact_kind kind)
{
    struct mic_fact *fact;

    assert(check->fact_count < MIC_FACTS_MAX);
    fact = &check->facts[check->fact_count++];
    fact->name = name;
    fact->kind = kind;
    return fact;
}

void mic_check_text(struct mic_check *check, const char *name, const char *text)
{
    struct mic_fact *fact = add(check, name, MIC_FACT_TEXT);

    (void)snprintf(fact->text, sizeof(fact->text), "%s", text);
}

void mic_check_number(struct mic_check *check, const char *name, int64_t number)
{
    add(check, name, MIC_FACT_NUMBER)->number = number;
}

void mic_check_truth(struct mic_check *check, const char *name, bool truth)
{
    add(check, name, MIC_FACT_TRUTH)->number = truth;
}

void mic_check_list(struct mic_check *check, const char *name)
{
    add(check, name, MIC_FACT_LIST)->text[0] = '\0';
}

void mic_check_element(struct mic_check *check, const char *text)
{
    struct mic_fact *fact = &check->facts[check->fact_count - 1];
    size_t used = strlen(fact->text);

    if (used + strlen(text) + 2 <= sizeof(fact->text)) {
        (void)snprintf(fact->text + used, sizeof(fact->text) - used, "%s%s", used > 0 ? "\n" : "",
                       text);
    }
}
