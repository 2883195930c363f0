/** The report of `mi doctor`: what finds the facts is the platform's (doctor_posix.c,
 *  doctor_win32.c), what shows them is cmd_doctor.c. */
#ifndef MI_CLI_DOCTOR_H
#define MI_CLI_DOCTOR_H

#include "cli/args.h"
#include "cli/text.h"

enum doctor_status { DOCTOR_OK, DOCTOR_WARN, DOCTOR_FAIL, DOCTOR_SKIP };

struct doctor_report {
    struct output *output;
    enum output_format format; /* TABLE, LIST, JSON or JSONL */
    struct text facts;         /* of the line under way, as members of a JSON object */
    bool has_lines, has_failed;
};

/** A line's facts, then the line. Names are of ASCII letters, digits, '_' and '.'. */
void doctor_fact_text(struct doctor_report *report, const char *name, const char *value);
void doctor_fact_number(struct doctor_report *report, const char *name, long long value);
void doctor_fact_truth(struct doctor_report *report, const char *name, bool value);
/** @p values has a line for each element. */
void doctor_fact_list(struct doctor_report *report, const char *name, const char *values);
/** @param phase   of what failed, "": nothing has
 *  @param remedy  "": nothing is to be done */
void doctor_line(struct doctor_report *report, const char *name, enum doctor_status status,
                 const char *phase, const char *text, const char *remedy);

/** Fill the report. @return -1, or the exit status; the reason has been told */
int doctor_examine(const struct arguments *arguments, struct doctor_report *report);

#endif
