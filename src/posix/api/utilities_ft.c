#include <string.h>

#include "api/codec_tables.h"
#include "common/utf.h"
#include "model/cim_error.h"
#include "model/error_map.h"

static MI_ErrorCategory MI_CALL utilities_MapErrorToMiErrorCategory(const MI_Char *errorType,
                                                                    MI_Uint32 error)
{
    return mic_category_from_code(errorType, error);
}

static MI_Result MI_CALL utilities_CimErrorFromErrorCode(MI_Uint32 error, const MI_Char *errorType,
                                                         const MI_Char *errorMessage,
                                                         MI_Instance **cimError)
{
    if (cimError == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *cimError = NULL;
    if (!mic_error_type_is_known(errorType) ||
        (errorMessage != NULL && !mic_utf8_is_valid(errorMessage, strlen(errorMessage), NULL))) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *cimError = &mic_cim_error_from_code(error, errorType, errorMessage)->public_instance;
    return MI_RESULT_OK;
}

const MI_UtilitiesFT mic_utilities_ft = {
    .MapErrorToMiErrorCategory = utilities_MapErrorToMiErrorCategory,
    .CimErrorFromErrorCode = utilities_CimErrorFromErrorCode,
};
