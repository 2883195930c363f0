/** Error numbers of other systems and what they mean here (MI_Result and MI_ErrorCategory). */
#ifndef MIC_MODEL_ERROR_MAP_H
#define MIC_MODEL_ERROR_MAP_H

#include <mi.h>
#include <stdbool.h>

/** An HRESULT: those of WS-Management (0x8033xxxx), WMI (0x8004xxxx) and Win32 (0x8007xxxx).
 *  @return false for one not known: FAILED and NOT_SPECIFIED are given then */
bool mic_error_from_hresult(MI_Uint32 hresult, MI_Result *result, MI_ErrorCategory *category);
/** A code of an MI_RESULT_TYPE_*: MI, HRESULT, WIN32, ERRNO, WINRM, compared without case. WINRM
 * numbers below 0x80000000 are Win32's.
 *  @return false when the type or the code is not known: FAILED and NOT_SPECIFIED are given then */
bool mic_error_from_code(const char *type, MI_Uint32 code, MI_Result *result,
                         MI_ErrorCategory *category);
/** Is @p type one of MI_RESULT_TYPE_*? */
bool mic_error_type_is_known(const char *type);

#endif
