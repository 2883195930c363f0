/** One error per failed call, filled once by the place that finds the fault and passed on
 * untouched. */
#ifndef MIC_BASE_ERR_H
#define MIC_BASE_ERR_H

#include <mi.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/str.h"

/** What was being done; the words an error text starts with. */
enum mic_phase {
    MIC_PHASE_NONE,
    MIC_PHASE_ARGUMENT,
    MIC_PHASE_RESOLVE,
    MIC_PHASE_CONNECT,
    MIC_PHASE_PROXY,
    MIC_PHASE_TLS,
    MIC_PHASE_LOGON,
    MIC_PHASE_AUTHORISATION,
    MIC_PHASE_HTTP,
    MIC_PHASE_SOAP,
    MIC_PHASE_DECODE
};

/** Rows of err_codes.def. */
enum mic_err_code {
#define MIC_E(name, result, hresult, category, cause, phase, remedy) MIC_E_##name,
#include "base/err_codes.def"
#undef MIC_E
    MIC_E_COUNT
};

struct mic_err {
    enum mic_err_code code;
    MI_Result result;
    uint32_t hresult;  /* error_Code of the CIM_Error, error_Type HRESULT */
    uint32_t category; /* MI_ErrorCategory */
    uint16_t cause;    /* CIM_Error.ProbableCause */
    enum mic_phase phase;
    uint32_t native;    /* errno, HTTP status, X.509 reason ...; 0: none. Said in the message too */
    char message[1024]; /* UTF-8; cut at a character border */
    char remedy[320];
};

/** Nothing set yet. */
void mic_err_init(struct mic_err *err);
/** Fill from the row of @p code with this message. @p err may be NULL.
 *  @return the row's MI_Result, for `return mic_err_set(...)`. */
MI_Result mic_err_set(struct mic_err *err, enum mic_err_code code, const char *format, ...)
    MIC_PRINTF(3, 4);
/** The same with errno's text behind the message (thread-safe) and `native` set. */
MI_Result mic_err_set_errno(struct mic_err *err, enum mic_err_code code, int error_number,
                            const char *format, ...) MIC_PRINTF(4, 5);
/** Replace the remedy of the row by a better one. */
void mic_err_remedy(struct mic_err *err, const char *format, ...) MIC_PRINTF(2, 3);
/** What to do when nothing came of @p phase in time. */
const char *mic_err_silence_remedy(enum mic_phase phase);
/** Set phase and remedy of an error that tells of that. */
void mic_err_silence(struct mic_err *err, enum mic_phase phase);
/** A copy of @p text fit for a message: printable, valid UTF-8, at most @p size bytes with zero. */
void mic_err_quote(struct mic_str text, char *out, size_t size);
/** "resolve", "connect", "TLS", ... */
const char *mic_phase_name(enum mic_phase phase);

#endif
