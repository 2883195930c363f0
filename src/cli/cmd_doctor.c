#include <string.h>

#include "cli/doctor.h"
#include "cli/output.h"

enum { EXIT_SICK = 1 };

static const char *const words[] = {
    [DOCTOR_OK] = "OK", [DOCTOR_WARN] = "WARN", [DOCTOR_FAIL] = "FAIL", [DOCTOR_SKIP] = "SKIP"};

/* ---- facts ---- */

static void add_name(struct text *out, const char *name)
{
    text_format(out, "%s\"%s\":", out->size > 0 ? "," : "", name);
}

void doctor_fact_text(struct doctor_report *report, const char *name, const char *value)
{
    add_name(&report->facts, name);
    text_add_json(&report->facts, value, strlen(value));
}

void doctor_fact_number(struct doctor_report *report, const char *name, long long value)
{
    add_name(&report->facts, name);
    text_format(&report->facts, "%lld", value);
}

void doctor_fact_truth(struct doctor_report *report, const char *name, bool value)
{
    add_name(&report->facts, name);
    text_add(&report->facts, value ? "true" : "false");
}

void doctor_fact_list(struct doctor_report *report, const char *name, const char *values)
{
    const char *comma = "";

    add_name(&report->facts, name);
    text_add(&report->facts, "[");
    while (*values != '\0') {
        size_t size = strcspn(values, "\n");

        text_add(&report->facts, comma);
        text_add_json(&report->facts, values, size);
        comma = ",";
        values += size + (values[size] == '\n');
    }
    text_add(&report->facts, "]");
}

/* ---- lines ---- */

static bool is_json(const struct doctor_report *report)
{
    return report->format == OUTPUT_JSON || report->format == OUTPUT_JSONL;
}

static void add_member(struct text *out, const char *name, const char *value)
{
    add_name(out, name);
    text_add_json(out, value, strlen(value));
}

static void add_object(struct text *out, const struct doctor_report *report, const char *name,
                       enum doctor_status status, const char *phase, const char *text,
                       const char *remedy)
{
    struct text object = {NULL, 0, 0};

    add_member(&object, "check", name);
    add_member(&object, "status", words[status]);
    add_member(&object, "text", text);
    if (phase[0] != '\0') {
        add_member(&object, "phase", phase);
    }
    if (remedy[0] != '\0') {
        add_member(&object, "remedy", remedy);
    }
    text_format(&object, ",\"facts\":{%s}", text_of(&report->facts));
    text_format(out, "{%s}", text_of(&object));
    text_free(&object);
}

/* Control characters and line ends of a server's are shown, not obeyed. */
static void add_row(struct text *out, const char *name, enum doctor_status status, const char *text,
                    const char *remedy)
{
    text_format(out, "%-5s %-23s ", words[status], name);
    text_add_shown(out, text, strlen(text));
    text_add(out, "\n");
    if (remedy[0] != '\0') {
        text_format(out, "%29s -> ", "");
        text_add_shown(out, remedy, strlen(remedy));
        text_add(out, "\n");
    }
}

void doctor_line(struct doctor_report *report, const char *name, enum doctor_status status,
                 const char *phase, const char *text, const char *remedy)
{
    struct text out = {NULL, 0, 0};

    if (is_json(report)) {
        text_add(&out, report->format == OUTPUT_JSONL ? "" : report->has_lines ? ",\n" : "\n");
        add_object(&out, report, name, status, phase, text, remedy);
        text_add(&out, report->format == OUTPUT_JSONL ? "\n" : "");
    } else {
        add_row(&out, name, status, text, remedy);
    }
    report->has_lines = true;
    report->has_failed = report->has_failed || status == DOCTOR_FAIL;
    text_clear(&report->facts);
    (void)output_put(report->output, &out);
    (void)output_flush(report->output);
    text_free(&out);
}

static void begin(const struct doctor_report *report, const char *host)
{
    struct text out = {NULL, 0, 0};

    if (report->format == OUTPUT_JSON) {
        text_add(&out, "{\"host\":");
        text_add_json(&out, host, strlen(host));
        text_add(&out, ",\"checks\":[");
    }
    (void)output_put(report->output, &out);
    text_free(&out);
}

static void end(const struct doctor_report *report, bool has_failed)
{
    struct text out = {NULL, 0, 0};

    if (report->format == OUTPUT_JSON) {
        text_format(&out, "],\"result\":\"%s\"}\n", has_failed ? "FAIL" : "OK");
    }
    (void)output_put(report->output, &out);
    text_free(&out);
}

static int run(const struct arguments *given, struct output *output)
{
    struct arguments arguments = *given;
    struct doctor_report report = {.output = output, .format = given->format};
    int status;

    if (given->operands.count > 0) {
        if (given->host != NULL) {
            tell("mi: name the host once, as HOST or with --host\n");
            return EXIT_USAGE;
        }
        arguments.host = given->operands.at[0];
    }
    if (given->format == OUTPUT_XML) {
        tell("mi: doctor writes text, json and jsonl, not xml\n");
        return EXIT_USAGE;
    }
    begin(&report, arguments.host != NULL ? arguments.host : "localhost");
    status = doctor_examine(&arguments, &report);
    end(&report, report.has_failed || status >= 0);
    text_free(&report.facts);
    return status < 0 && report.has_failed ? EXIT_SICK : status < 0 ? 0 : status;
}

const struct verb verb_doctor = {
    .name = "doctor",
    .operands = "[HOST]",
    .summary = "Phase by phase, what stands between this machine and a host, and what to do.",
    .examples = "  mi doctor server -u 'DOMAIN\\user' --auth Negotiate\n",
    .max_operands = 1,
    .has_no_csv = true,
    .run = run,
};
