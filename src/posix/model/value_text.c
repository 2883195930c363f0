#include "model/value.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/num.h"
#include "common/datetime.h"
#include "common/utf.h"

static bool boolean_from_text(struct mic_str text, MI_Boolean *out)
{
    if (mic_str_equal_nocase(text, MIC_STR("true")) || mic_str_equal(text, MIC_STR("1"))) {
        *out = MI_TRUE;
        return true;
    }
    *out = MI_FALSE;
    return mic_str_equal_nocase(text, MIC_STR("false")) || mic_str_equal(text, MIC_STR("0"));
}

/* Peers write the number or the character; one digit alone is taken as the character. */
static bool char16_from_text(struct mic_str text, MI_Char16 *out)
{
    struct mic_str trimmed = mic_str_trim(text);
    uint32_t code_point;
    uint64_t number;

    if (text.size > 0 && mic_utf8_decode(text.data, text.size, &code_point) == text.size) {
        *out = (MI_Char16)code_point;
        return code_point <= UINT16_MAX;
    }
    if (trimmed.size < 2 || !mic_parse_u64(trimmed, UINT16_MAX, &number)) {
        return false;
    }
    *out = (MI_Char16)number;
    return true;
}

static bool unsigned_from_text(MI_Type type, struct mic_str text, MI_Value *out)
{
    static const uint64_t limits[] = {
        [MI_UINT8] = UINT8_MAX,
        [MI_UINT16] = UINT16_MAX,
        [MI_UINT32] = UINT32_MAX,
        [MI_UINT64] = UINT64_MAX,
    };
    uint64_t number;

    if (!mic_parse_u64(text, limits[type], &number)) {
        return false;
    }
    if (type == MI_UINT8) {
        out->uint8 = (MI_Uint8)number;
    } else if (type == MI_UINT16) {
        out->uint16 = (MI_Uint16)number;
    } else if (type == MI_UINT32) {
        out->uint32 = (MI_Uint32)number;
    } else {
        out->uint64 = number;
    }
    return true;
}

static bool signed_from_text(MI_Type type, struct mic_str text, MI_Value *out)
{
    static const int64_t limits[] = {
        [MI_SINT8] = INT8_MAX,
        [MI_SINT16] = INT16_MAX,
        [MI_SINT32] = INT32_MAX,
        [MI_SINT64] = INT64_MAX,
    };
    uint64_t positive;
    int64_t number;

    if (!mic_parse_s64(text, -limits[type] - 1, limits[type], &number)) {
        /* Firmware writes hexadecimal, which only the unsigned reader knows. */
        if (!mic_parse_u64(text, (uint64_t)limits[type], &positive)) {
            return false;
        }
        number = (int64_t)positive;
    }
    if (type == MI_SINT8) {
        out->sint8 = (MI_Sint8)number;
    } else if (type == MI_SINT16) {
        out->sint16 = (MI_Sint16)number;
    } else if (type == MI_SINT32) {
        out->sint32 = (MI_Sint32)number;
    } else {
        out->sint64 = number;
    }
    return true;
}

static bool real_from_text(MI_Type type, struct mic_str text, MI_Value *out)
{
    double number;

    if (!mic_parse_double(text, &number)) {
        return false;
    }
    if (type == MI_REAL64) {
        out->real64 = number;
        return true;
    }
    out->real32 = (MI_Real32)number;
    /* A finite number that a float cannot hold is no real32. */
    return isfinite(out->real32) || !isfinite(number);
}

static bool parse(struct mic_arena *arena, MI_Type type, struct mic_str text, MI_Value *out)
{
    struct mic_str trimmed = mic_str_trim(text);

    switch (type) {
    case MI_BOOLEAN:
        return boolean_from_text(trimmed, &out->boolean);
    case MI_UINT8:
    case MI_UINT16:
    case MI_UINT32:
    case MI_UINT64:
        return unsigned_from_text(type, trimmed, out);
    case MI_SINT8:
    case MI_SINT16:
    case MI_SINT32:
    case MI_SINT64:
        return signed_from_text(type, trimmed, out);
    case MI_REAL32:
    case MI_REAL64:
        return real_from_text(type, trimmed, out);
    case MI_CHAR16:
        return char16_from_text(text, &out->char16);
    case MI_DATETIME:
        return mic_datetime_from_text(trimmed.data, trimmed.size, &out->datetime);
    case MI_STRING:
        out->string = mic_arena_str(arena, text);
        return out->string != NULL;
    case MI_REFERENCE:
    case MI_INSTANCE:
    case MI_BOOLEANA:
    case MI_UINT8A:
    case MI_SINT8A:
    case MI_UINT16A:
    case MI_SINT16A:
    case MI_UINT32A:
    case MI_SINT32A:
    case MI_UINT64A:
    case MI_SINT64A:
    case MI_REAL32A:
    case MI_REAL64A:
    case MI_CHAR16A:
    case MI_DATETIMEA:
    case MI_STRINGA:
    case MI_REFERENCEA:
    case MI_INSTANCEA:
        break;
    }
    return false;
}

bool mic_value_from_text(struct mic_arena *arena, MI_Type element_type, struct mic_str text,
                         MI_Value *out)
{
    MI_Value value;

    memset(&value, 0, sizeof(value));
    if (!parse(arena, element_type, text, &value)) {
        return false;
    }
    *out = value;
    return true;
}
