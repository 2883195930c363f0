/** What lies between this machine and a Windows host, looked at phase by phase with the
 * connections, logons and checks that a session would use. Only Identify and one Get are ever
 * asked; a password leaves only inside TLS that passed the caller's checks, or inside a scheme that
 * does not show it. Not part of the library: `mi` links it beside the layers. */
#ifndef MIC_DOCTOR_DOCTOR_H
#define MIC_DOCTOR_DOCTOR_H

#include <mi.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum mic_check_status { MIC_CHECK_OK, MIC_CHECK_WARN, MIC_CHECK_FAIL, MIC_CHECK_SKIP };

enum mic_fact_kind { MIC_FACT_TEXT, MIC_FACT_NUMBER, MIC_FACT_TRUTH, MIC_FACT_LIST };

struct mic_fact {
    const char *name;
    enum mic_fact_kind kind;
    int64_t number; /* NUMBER, TRUTH */
    char text[400]; /* TEXT; LIST: a line per element */
};

#define MIC_FACTS_MAX 12

/** One line of the report. */
struct mic_check {
    const char *name; /* "http.port" ...: doctor/names.def */
    enum mic_check_status status;
    const char *phase; /* of what failed, "" otherwise */
    uint32_t code;     /* error_Code of what failed; 0: none */
    char text[1024];
    char remedy[320]; /* "": nothing is to be done */
    unsigned fact_count;
    struct mic_fact facts[MIC_FACTS_MAX];
};

/** Called on the caller's thread, a line as soon as it is known. */
typedef void mic_doctor_tell(void *context, const struct mic_check *check);

/** Each phase ends within the timeout of the options, ten seconds where there is none.
 *  @param host     as for MI_Application_NewSession; NULL: this machine
 *  @param options  of this library; borrowed
 *  @return MI_RESULT_OK when the walk was made, whatever it found; else @p err: the arguments are
 * wrong or memory is out */
MI_Result mic_doctor_run(const char *host, const MI_DestinationOptions *options,
                         mic_doctor_tell *tell, void *context, struct mic_err *err);

#endif
