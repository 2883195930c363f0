/** Making the lines. */
#ifndef MIC_DOCTOR_REPORT_H
#define MIC_DOCTOR_REPORT_H

#include "base/compiler.h"
#include "doctor/doctor.h"

/** @param name  one of names.def's; lives on */
void mic_check_init(struct mic_check *check, const char *name);
/** Status, text; no remedy. */
void mic_check_say(struct mic_check *check, enum mic_check_status status, const char *format, ...)
    MIC_PRINTF(3, 4);
/** Status, and the error's text, phase, code and remedy. */
void mic_check_fail(struct mic_check *check, enum mic_check_status status,
                    const struct mic_err *err);
void mic_check_remedy(struct mic_check *check, const char *format, ...) MIC_PRINTF(2, 3);

/** At most MIC_FACTS_MAX of them. */
void mic_check_text(struct mic_check *check, const char *name, const char *text);
void mic_check_number(struct mic_check *check, const char *name, int64_t number);
void mic_check_truth(struct mic_check *check, const char *name, bool truth);
/** A list, empty so far; its elements follow. */
void mic_check_list(struct mic_check *check, const char *name);
void mic_check_element(struct mic_check *check, const char *text);

#endif
