/** The one place where an internal error becomes the CIM_Error instance an application reads. */
#ifndef MIC_MODEL_CIM_ERROR_H
#define MIC_MODEL_CIM_ERROR_H

#include "base/err.h"
#include "model/instance.h"

/** Class MSFT_WmiError (a CIM_Error): CIMStatusCode, CIMStatusCodeDescription, Message (phase,
 * cause and remedy in words), MessageID "HRESULT 0x%08x", OwningEntity, ErrorType,
 * ErrorSourceFormat, PerceivedSeverity, ProbableCause, ProbableCauseDescription, RecommendedActions
 * (the remedy), error_Code, error_Type, error_Category, error_WindowsErrorMessage. On the heap.
 *  @return a static instance that says so when out of memory; Delete on it does nothing */
struct mic_instance *mic_cim_error_new(const struct mic_err *err, const char *name_space);
/** For MI_Utilities_CimErrorFromErrorCode. */
struct mic_instance *mic_cim_error_from_code(MI_Uint32 code, const char *type, const char *message);
MI_ErrorCategory mic_category_from_code(const char *type, MI_Uint32 code);

#endif
