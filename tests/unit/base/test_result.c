#include <string.h>

#include "common/result.h"
#include "mic_test.h"

MIC_TEST(result, every_code_of_the_header_has_name_and_text)
{
    int named = 0;

    for (int i = 0; i <= MI_RESULT_SERVER_IS_SHUTTING_DOWN; i++) {
        const char *name = mic_result_name((MI_Result)i);

        if (name) {
            named++;
            MIC_CHECK(strncmp(name, "MI_RESULT_", 10) == 0);
            MIC_CHECK(strcmp(mic_result_text((MI_Result)i), "unknown result") != 0);
        }
    }
    MIC_CHECK_INT(named, 27);
    MIC_CHECK_TEXT(mic_result_name(MI_RESULT_NOT_FOUND), "MI_RESULT_NOT_FOUND");
}

MIC_TEST(result, a_number_that_is_none_has_no_name)
{
    MIC_CHECK(mic_result_name((MI_Result)18) == NULL);
    MIC_CHECK(mic_result_name((MI_Result)-1) == NULL);
    MIC_CHECK(mic_result_name((MI_Result)1000) == NULL);
    MIC_CHECK_TEXT(mic_result_text((MI_Result)1000), "unknown result");
}

MIC_TEST(result, types_have_their_mof_names)
{
    for (int i = 0; i < 32; i++) {
        const char *name = mic_type_name((MI_Type)i);

        MIC_REQUIRE(name != NULL);
        MIC_CHECK_INT(strstr(name, "[]") != NULL, (i & MI_ARRAY) != 0);
    }
    MIC_CHECK_TEXT(mic_type_name(MI_REAL64A), "real64[]");
    MIC_CHECK_TEXT(mic_type_name(MI_CHAR16), "char16");
    MIC_CHECK(mic_type_name((MI_Type)32) == NULL);
}

MIC_TEST(result, categories_have_names)
{
    MIC_CHECK_TEXT(mic_category_name(MI_ERRORCATEGORY_CONNECTION_ERROR), "CONNECTION_ERROR");
    MIC_CHECK_TEXT(mic_category_name(MI_ERRORCATEGORY_NOT_ENABLED), "NOT_ENABLED");
    MIC_CHECK_TEXT(mic_category_name(MI_ERRORCATEGORY_OPERATION_STOPPED), "OPERATION_STOPPED");
    MIC_CHECK(mic_category_name(32) == NULL);
}
