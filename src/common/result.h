/** Names and texts of result codes, categories and types. */
#ifndef MIC_COMMON_RESULT_H
#define MIC_COMMON_RESULT_H

#include <mi.h>

/** "MI_RESULT_NOT_FOUND"; NULL for a number that is none. */
const char *mic_result_name(MI_Result result);
/** One sentence; "unknown result" for a number that is none. */
const char *mic_result_text(MI_Result result);
/** "uint32", "string[]" (MOF names); NULL for a number that is none. */
const char *mic_type_name(MI_Type type);
const char *mic_category_name(unsigned category);

#endif
