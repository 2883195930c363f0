/** The function tables, each at the foot of the file that bears its name, and how handles are
 * filled. */
#ifndef MIC_API_TABLES_H
#define MIC_API_TABLES_H

#include <mi.h>

#include "base/err.h"
#include "engine/op.h"
#include "engine/session.h"

extern const MI_ApplicationFT mic_application_ft;
extern const MI_HostedProviderFT mic_hosted_provider_ft;
extern const MI_SessionFT mic_session_ft;
extern const MI_OperationFT mic_operation_ft;

/** session_ft.c: give @p session a handle. The session belongs to it from here on, also on failure.
 */
MI_Result mic_session_open_handle(struct mic_session *session, MI_Session *handle);

/** operation_ft.c: make an operation, fill the handle, start. Whatever goes wrong, the outcome
 * reaches the application through @p operation or its callback. */
void mic_operation_start(const struct mic_op_start *start, MI_Operation *operation);
/** The same without any operation: an error table in the handle, or the callback at once. */
void mic_operation_refuse(enum mic_result_kind kind, const MI_OperationCallbacks *callbacks,
                          MI_Result result, MI_Operation *operation);

#endif
