#include "every_type.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "mic_test.h"

/* ---- making ---- */

struct filling {
    MI_Application *application;
    MI_Instance *instance;
    enum every_type which;
};

static void put(const struct filling *filling, const char *name, MI_Type type, MI_Value value)
{
    MI_Result result = MI_Instance_SetElement(filling->instance, name, &value, type, 0);
    if (result == MI_RESULT_NO_SUCH_PROPERTY) {
        result = MI_Instance_AddElement(filling->instance, name, &value, type, 0);
    }
    if (result != MI_RESULT_OK) {
        MIC_FAIL("%s: %d", name, (int)result);
    }
}

/* A scalar, and an array of it twice; of ODD the empty array. */
#define BOTH(filling, suffix, c_type, mi, field, usual, lowest, highest, odd)                      \
    do {                                                                                           \
        c_type choices[] = {usual, lowest, highest, odd};                                          \
        c_type one = choices[(filling)->which];                                                    \
        c_type list[2] = {one, choices[0]};                                                        \
        MI_Value value;                                                                            \
        memset(&value, 0, sizeof(value));                                                          \
        value.field = one;                                                                         \
        put(filling, "v_" suffix, mi, value);                                                      \
        memset(&value, 0, sizeof(value));                                                          \
        value.field##a.data = list;                                                                \
        value.field##a.size = (filling)->which == EVERY_ODD ? 0 : 2;                               \
        put(filling, "a_" suffix, (MI_Type)(mi | MI_ARRAY), value);                                \
    } while (0)

static void fill_numbers(const struct filling *filling)
{
    BOTH(filling, "boolean", MI_Boolean, MI_BOOLEAN, boolean, MI_TRUE, MI_FALSE, MI_TRUE, MI_TRUE);
    BOTH(filling, "uint8", MI_Uint8, MI_UINT8, uint8, 7, 0, UINT8_MAX, 1);
    BOTH(filling, "sint8", MI_Sint8, MI_SINT8, sint8, -7, INT8_MIN, INT8_MAX, 1);
    BOTH(filling, "uint16", MI_Uint16, MI_UINT16, uint16, 777, 0, UINT16_MAX, 1);
    BOTH(filling, "sint16", MI_Sint16, MI_SINT16, sint16, -777, INT16_MIN, INT16_MAX, 1);
    BOTH(filling, "uint32", MI_Uint32, MI_UINT32, uint32, 77777, 0, UINT32_MAX, 1);
    BOTH(filling, "sint32", MI_Sint32, MI_SINT32, sint32, -77777, INT32_MIN, INT32_MAX, 1);
    BOTH(filling, "uint64", MI_Uint64, MI_UINT64, uint64, 7777777777u, 0, UINT64_MAX, 1);
    BOTH(filling, "sint64", MI_Sint64, MI_SINT64, sint64, -7777777777, INT64_MIN, INT64_MAX, 1);
}

static void fill_reals(const struct filling *filling)
{
    BOTH(filling, "real32", MI_Real32, MI_REAL32, real32, 0.1f, -FLT_MAX, FLT_MIN, (float)INFINITY);
    BOTH(filling, "real64", MI_Real64, MI_REAL64, real64, 0.1, -DBL_MAX, DBL_MIN,
         (double)-INFINITY);
    BOTH(filling, "char16", MI_Char16, MI_CHAR16, char16, 'A', ' ', 0x20AC, 0x00E4);
}

static void fill_strings(const struct filling *filling)
{
    static char usual[] = "usual", lowest[] = " leading and trailing \t",
                highest[] = "<&>\"'\r\n]]> \xf0\x9f\x98\x80 \xc3\xa4", odd[] = "";
    BOTH(filling, "string", MI_Char *, MI_STRING, string, usual, lowest, highest, odd);
}

static MI_Datetime timestamp(MI_Uint32 year, MI_Uint32 microseconds, MI_Sint32 utc)
{
    MI_Datetime date;
    memset(&date, 0, sizeof(date));
    date.isTimestamp = 1;
    date.u.timestamp = (MI_Timestamp){year, 2, 3, 4, 5, 6, microseconds, utc};
    return date;
}

static MI_Datetime interval(MI_Uint32 days, MI_Uint32 microseconds)
{
    MI_Datetime date;
    memset(&date, 0, sizeof(date));
    date.u.interval.days = days;
    date.u.interval.hours = 1;
    date.u.interval.seconds = 3;
    date.u.interval.microseconds = microseconds;
    return date;
}

static void fill_dates(const struct filling *filling)
{
    const MI_Datetime usual = timestamp(2026, 123456, 60), lowest = timestamp(1601, 0, -720),
                      highest = timestamp(9998, 999999, 720), odd = timestamp(2024, 1, -90);
    const MI_Datetime usual_span = interval(2, 5), lowest_span = interval(0, 0),
                      highest_span = interval(99999999, 999999), odd_span = interval(1, 1);
    BOTH(filling, "datetime", MI_Datetime, MI_DATETIME, datetime, usual, lowest, highest, odd);
    BOTH(filling, "interval", MI_Datetime, MI_DATETIME, datetime, usual_span, lowest_span,
         highest_span, odd_span);
}

static MI_Instance *embedded(const struct filling *filling, MI_Instance *inner)
{
    MI_Instance *instance = NULL;
    MI_Value value;
    MIC_REQUIRE(MI_Application_NewInstance(filling->application, "Peer_Embedded", NULL,
                                           &instance) == MI_RESULT_OK);
    memset(&value, 0, sizeof(value));
    value.string = (MI_Char *)(uintptr_t) "inner <text>";
    MIC_REQUIRE(MI_Instance_AddElement(instance, "Name", &value, MI_STRING, 0) == MI_RESULT_OK);
    value.uint32 = 42;
    MIC_REQUIRE(MI_Instance_AddElement(instance, "Value", &value, MI_UINT32, 0) == MI_RESULT_OK);
    value.datetime = timestamp(2025, 7, 0);
    MIC_REQUIRE(MI_Instance_AddElement(instance, "When", &value, MI_DATETIME, 0) == MI_RESULT_OK);
    if (inner != NULL) {
        value.instance = inner;
        MIC_REQUIRE(MI_Instance_AddElement(instance, "Inner", &value, MI_INSTANCE, 0) ==
                    MI_RESULT_OK);
    }
    return instance;
}

static MI_Instance *target(const struct filling *filling)
{
    MI_Instance *instance = NULL;
    MI_Value value;
    MIC_REQUIRE(MI_Application_NewInstance(filling->application, "Peer_Base", NULL, &instance) ==
                MI_RESULT_OK);
    memset(&value, 0, sizeof(value));
    value.string = (MI_Char *)(uintptr_t) "base-1 & co";
    MIC_REQUIRE(MI_Instance_AddElement(instance, "Name", &value, MI_STRING, MI_FLAG_KEY) ==
                MI_RESULT_OK);
    MIC_REQUIRE(MI_Instance_SetNameSpace(instance, "root/cimv2") == MI_RESULT_OK);
    return instance;
}

static void fill_objects(const struct filling *filling)
{
    MI_Instance *innermost = embedded(filling, NULL);
    MI_Instance *inner = embedded(filling, innermost), *to = target(filling);
    BOTH(filling, "instance", MI_Instance *, MI_INSTANCE, instance, inner, inner, inner, inner);
    BOTH(filling, "object", MI_Instance *, MI_INSTANCE, instance, inner, inner, inner, inner);
    BOTH(filling, "reference", MI_Instance *, MI_REFERENCE, reference, to, to, to, to);
    MI_Instance_Delete(innermost);
    MI_Instance_Delete(inner);
    MI_Instance_Delete(to);
}

void every_type_fill(MI_Application *application, MI_Instance *instance, enum every_type which)
{
    const struct filling filling = {application, instance, which};
    fill_numbers(&filling);
    fill_reals(&filling);
    fill_strings(&filling);
    fill_dates(&filling);
    fill_objects(&filling);
}

/* ---- comparing ---- */

static bool same(MI_Type type, const MI_Value *a, const MI_Value *b);

static size_t size_of(MI_Type element)
{
    static const size_t sizes[] = {
        [MI_BOOLEAN] = 1,
        [MI_UINT8] = 1,
        [MI_SINT8] = 1,
        [MI_UINT16] = 2,
        [MI_SINT16] = 2,
        [MI_UINT32] = 4,
        [MI_SINT32] = 4,
        [MI_UINT64] = 8,
        [MI_SINT64] = 8,
        [MI_REAL32] = 4,
        [MI_REAL64] = 8,
        [MI_CHAR16] = 2,
        [MI_DATETIME] = sizeof(MI_Datetime),
        [MI_STRING] = sizeof(MI_Char *),
        [MI_REFERENCE] = sizeof(MI_Instance *),
        [MI_INSTANCE] = sizeof(MI_Instance *),
    };
    return sizes[element];
}

/* Everything the first has is in the second, which its class may give more. */
static bool holds(const MI_Instance *part, const MI_Instance *whole)
{
    const MI_Char *name = NULL, *other = NULL;
    MI_Uint32 count = 0;
    if (part == NULL || whole == NULL) {
        return part == whole;
    }
    MI_Instance_GetClassName(part, &name);
    MI_Instance_GetClassName(whole, &other);
    MI_Instance_GetElementCount(part, &count);
    bool is_same = strcmp(name, other) == 0;
    for (MI_Uint32 i = 0; is_same && i < count; i++) {
        MI_Value a, b;
        MI_Type type, got;
        MI_Instance_GetElementAt(part, i, &name, &a, &type, NULL);
        is_same = MI_Instance_GetElement(whole, name, &b, &got, NULL, NULL) == MI_RESULT_OK &&
                  (got == type ? same(type, &a, &b) : got == MI_STRING);
    }
    return is_same;
}

static bool same_one(MI_Type type, const MI_Value *a, const MI_Value *b)
{
    if (type == MI_STRING) {
        return a->string == NULL ? b->string == NULL
                                 : b->string != NULL && strcmp(a->string, b->string) == 0;
    }
    if (type == MI_INSTANCE || type == MI_REFERENCE) {
        return holds(a->instance, b->instance);
    }
    return memcmp(a, b, size_of(type)) == 0;
}

static bool same(MI_Type type, const MI_Value *a, const MI_Value *b)
{
    MI_Type element = (MI_Type)(type & ~(unsigned)MI_ARRAY);
    if (type == element) {
        return same_one(type, a, b);
    }
    bool is_same = a->array.size == b->array.size;
    for (MI_Uint32 i = 0; is_same && i < a->array.size; i++) {
        MI_Value one, other;
        memset(&one, 0, sizeof(one));
        memset(&other, 0, sizeof(other));
        memcpy(&one, (const char *)a->array.data + i * size_of(element), size_of(element));
        memcpy(&other, (const char *)b->array.data + i * size_of(element), size_of(element));
        is_same = same_one(element, &one, &other);
    }
    return is_same;
}

bool every_type_same(const MI_Instance *sent, const MI_Instance *got, bool tells_empty,
                     const char *where)
{
    MI_Uint32 count = 0, wrong = 0;
    MI_Instance_GetElementCount(sent, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        const MI_Char *name;
        MI_Value a, b;
        MI_Type type, other = MI_BOOLEAN;
        MI_Uint32 flags = 0, other_flags = 0;
        MI_Instance_GetElementAt(sent, i, &name, &a, &type, &flags);
        if ((flags & MI_FLAG_NULL) != 0) {
            continue;
        }
        MI_Result result = MI_Instance_GetElement(got, name, &b, &other, &other_flags, NULL);
        if (!tells_empty && (type & MI_ARRAY) != 0 && a.array.size == 0) {
            MIC_CHECK((other_flags & MI_FLAG_NULL) != 0);
            continue;
        }
        if (result != MI_RESULT_OK || (other_flags & MI_FLAG_NULL) != 0 || type != other ||
            !same(type, &a, &b)) {
            MIC_FAIL("%s: %s came back otherwise (result %d, type %d for %d, flags %x)", where,
                     name, (int)result, (int)other, (int)type, (unsigned)other_flags);
            wrong++;
        }
    }
    return wrong == 0;
}

bool every_type_same_text(const MI_Instance *sent, const MI_Instance *got, const char *where)
{
    static const char *const names[] = {"v_string", "v_uint64", "v_sint64", "a_string"};
    bool is_same = true;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        MI_Value a, b;
        MI_Type type, other;
        char text[32] = "";
        MIC_REQUIRE(MI_Instance_GetElement(sent, names[i], &a, &type, NULL, NULL) == MI_RESULT_OK);
        bool is_array = (type & MI_ARRAY) != 0;
        if (is_array && a.array.size == 0) {
            continue;
        }
        if (MI_Instance_GetElement(got, names[i], &b, &other, NULL, NULL) != MI_RESULT_OK ||
            (other & MI_ARRAY) != (type & MI_ARRAY)) {
            MIC_FAIL("%s: %s did not come back", where, names[i]);
            is_same = false;
            continue;
        }
        if (type == MI_UINT64) {
            snprintf(text, sizeof(text), "%llu", (unsigned long long)a.uint64);
        } else if (type == MI_SINT64) {
            snprintf(text, sizeof(text), "%lld", (long long)a.sint64);
        }
        bool is_right = is_array            ? same(MI_STRINGA, &a, &b)
                        : type == MI_STRING ? strcmp(a.string, b.string) == 0
                                            : strcmp(text, b.string) == 0;
        if (!is_right) {
            MIC_FAIL("%s: %s came back otherwise", where, names[i]);
            is_same = false;
        }
    }
    return is_same;
}
