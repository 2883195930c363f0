/** What the contract tests share. They use the public API alone, so that the same sources say on
 * every platform what an application may rely on. */
#ifndef MIC_TESTS_CONTRACT_H
#define MIC_TESTS_CONTRACT_H

#include <mi.h>
#include <stdint.h>
#include <string.h>

#include "mic_test.h"

#define CONTRACT_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/** Ends the test when the library cannot start. */
static inline void contract_open(MI_Application *application)
{
    MIC_REQUIRE(MI_Application_Initialize(0, MI_T("contract"), NULL, application) == MI_RESULT_OK);
}

static inline void contract_close(MI_Application *application)
{
    MIC_CHECK_INT(MI_Application_Close(application), MI_RESULT_OK);
}

/** MI_Value has pointers to what it never changes. */
static inline MI_Char *contract_text(const MI_Char *text)
{
    return (MI_Char *)(uintptr_t)text;
}

static inline MI_Value contract_string(const MI_Char *text)
{
    MI_Value value;

    memset(&value, 0, sizeof(value));
    value.string = contract_text(text);
    return value;
}

static inline MI_Value contract_uint32(MI_Uint32 number)
{
    MI_Value value;

    memset(&value, 0, sizeof(value));
    value.uint32 = number;
    return value;
}

static inline MI_Value contract_instance(MI_Instance *instance)
{
    MI_Value value;

    memset(&value, 0, sizeof(value));
    value.instance = instance;
    return value;
}

/** A dynamic instance of X_Free. */
static inline MI_Instance *contract_dynamic(MI_Application *application)
{
    MI_Instance *instance = NULL;

    MIC_REQUIRE(MI_Application_NewInstance(application, MI_T("X_Free"), NULL, &instance) ==
                MI_RESULT_OK);
    return instance;
}

#endif
