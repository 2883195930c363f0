/** Tracing, asked for through the environment, read once per application:
 *  MI_TRACE=area:level[,area:level...]  areas http wsman auth engine tls or all; level 1 phases
 * with milliseconds, 2 headers, 3 bodies. Goes to stderr, or to the file named by MI_TRACE_FILE.
 *  MI_TRACE_WIRE=folder writes each decrypted message as NNNN-out.xml and NNNN-in.xml.
 *  Secrets never reach a trace: writers replace them before they call. */
#ifndef MIC_BASE_TRACE_H
#define MIC_BASE_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

enum mic_trace_area {
    MIC_TRACE_ENGINE,
    MIC_TRACE_HTTP,
    MIC_TRACE_TLS,
    MIC_TRACE_AUTH,
    MIC_TRACE_WSMAN,
    MIC_TRACE_AREAS
};

/** One per application, shared by its threads. NULL is a valid trace that writes nothing. */
struct mic_trace;

/** @return NULL when nothing is asked for, which is not an error, or when out of memory. */
struct mic_trace *mic_trace_new(void);
void mic_trace_free(struct mic_trace *trace);
bool mic_trace_on(const struct mic_trace *trace, enum mic_trace_area area, int level);
/** One line: time since the trace began in ms, area, @p who ("a1 s2 o5 c3"; NULL: none), text. */
void mic_trace_line(struct mic_trace *trace, enum mic_trace_area area, int level, const char *who,
                    const char *format, ...) MIC_PRINTF(5, 6);
/** @return whether messages are asked for, so that collecting one is worth it. */
bool mic_trace_wants_messages(const struct mic_trace *trace);
/** One message to the wire folder, when there is one. @p direction "out" or "in". */
void mic_trace_message(struct mic_trace *trace, const char *direction, const char *bytes,
                       size_t size);

#endif
