#include "doctor/doctor.h"

#include <string.h>

#include "cli/connect.h"
#include "cli/doctor.h"
#include "cli/failure.h"

static const enum doctor_status statuses[] = {
    [MIC_CHECK_OK] = DOCTOR_OK,
    [MIC_CHECK_WARN] = DOCTOR_WARN,
    [MIC_CHECK_FAIL] = DOCTOR_FAIL,
    [MIC_CHECK_SKIP] = DOCTOR_SKIP,
};

static void add_fact(struct doctor_report *report, const struct mic_fact *fact)
{
    switch (fact->kind) {
    case MIC_FACT_TEXT:
        doctor_fact_text(report, fact->name, fact->text);
        break;
    case MIC_FACT_NUMBER:
        doctor_fact_number(report, fact->name, (long long)fact->number);
        break;
    case MIC_FACT_TRUTH:
        doctor_fact_truth(report, fact->name, fact->number != 0);
        break;
    case MIC_FACT_LIST:
        doctor_fact_list(report, fact->name, fact->text);
        break;
    }
}

static void on_check(void *context, const struct mic_check *check)
{
    struct doctor_report *report = context;
    /* What a certificate lacks has a remedy of its own, which is rarely to look away. */
    bool has_hint =
        check->remedy[0] != '\0' && strncmp(check->name, "certificate", strlen("certificate")) != 0;
    const char *hint = has_hint ? failure_hint(check->code) : NULL;
    struct text remedy = {NULL, 0, 0};

    for (unsigned i = 0; i < check->fact_count; i++) {
        add_fact(report, &check->facts[i]);
    }
    text_add(&remedy, check->remedy);
    if (hint != NULL) {
        text_format(&remedy, " (%s)", hint);
    }
    doctor_line(report, check->name, statuses[check->status], check->phase, check->text,
                text_of(&remedy));
    text_free(&remedy);
}

int doctor_examine(const struct arguments *arguments, struct doctor_report *report)
{
    struct connection connection;
    MI_DestinationOptions options;
    struct mic_err err;
    int status = connection_prepare(arguments, &connection, &options);

    if (status >= 0) {
        return status;
    }
    mic_err_init(&err);
    if (mic_doctor_run(arguments->host, &options, on_check, report, &err) != MI_RESULT_OK) {
        status = failure_report("doctor", err.result, err.message, NULL);
    }
    MI_DestinationOptions_Delete(&options);
    connection_close(&connection);
    return status;
}
