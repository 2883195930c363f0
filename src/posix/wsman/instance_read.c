#include "wsman/instance_read.h"

#include <string.h>

#include "base/base64.h"
#include "base/mem.h"
#include "model/value.h"
#include "wsman/epr.h"

#define NO_TYPE ((MI_Type)0xFFFF)

/* One instance being read. */
struct reading {
    struct mic_instance_reader *shared;
    struct mic_arena *arena;
    struct mic_class_entry *entry; /* with a class, or NULL */
    struct mic_instance *instance;
    struct mic_xml_cursor all; /* its properties */
    uint32_t
        *chain; /* by element from all.at: the next of the same name, 0: none; NULL: not made */
    const char *name_space;
    uint32_t epoch;
    bool marks_are_sought, has_marks; /* has a NULL array marked as such (m:IsNullArray) */
    struct mic_err *err;
};

static MI_Result read_instance(const struct reading *outer, const struct mic_xml_cursor *element,
                               struct mic_instance **out);

static MI_Result no_memory(struct mic_err *err)
{
    return mic_err_set(err, MIC_E_MEMORY, "out of memory while reading an instance");
}

void mic_instance_reader_init(struct mic_instance_reader *reader, struct mic_class_table *classes)
{
    *reader = (struct mic_instance_reader){.classes = classes};
}

void mic_instance_reader_fini(struct mic_instance_reader *reader)
{
    mic_free(reader->seen);
}

void mic_instance_reader_forget_names(struct mic_instance_reader *reader)
{
    if (reader->seen_size > 0) {
        memset(reader->seen, 0, reader->seen_size * sizeof(reader->seen[0]));
    }
}

static bool make_room(struct mic_instance_reader *reader, uint32_t names)
{
    uint32_t size = reader->seen_size < 64 ? 64 : reader->seen_size;

    if (names <= reader->seen_size) {
        return true;
    }
    while (size < names) {
        size *= 2;
    }
    struct mic_seen_name *grown = mic_realloc(reader->seen, size * sizeof(grown[0]));
    if (grown == NULL) {
        return false;
    }
    memset(grown + reader->seen_size, 0, (size - reader->seen_size) * sizeof(grown[0]));
    reader->seen = grown;
    reader->seen_size = size;
    return true;
}

/* ---- xsi:type ---- */

struct type_row {
    struct mic_str name;
    MI_Type type;
};

#define ROW(name, type)                                                                            \
    {                                                                                              \
        {name, sizeof(name) - 1}, type                                                             \
    }

/* cim:* of DSP0230 and their xs:* equals; base64Binary becomes an array of bytes. */
static const struct type_row types[] = {
    ROW("cimString", MI_STRING),
    ROW("cimUnsignedInt", MI_UINT32),
    ROW("cimUnsignedShort", MI_UINT16),
    ROW("cimBoolean", MI_BOOLEAN),
    ROW("cimUnsignedByte", MI_UINT8),
    ROW("cimByte", MI_SINT8),
    ROW("cimShort", MI_SINT16),
    ROW("cimInt", MI_SINT32),
    ROW("cimUnsignedLong", MI_UINT64),
    ROW("cimLong", MI_SINT64),
    ROW("cimFloat", MI_REAL32),
    ROW("cimDouble", MI_REAL64),
    ROW("cimChar16", MI_CHAR16),
    ROW("cimDateTime", MI_DATETIME),
    ROW("cimReference", MI_REFERENCE),
    ROW("cimBase64Binary", MI_UINT8A),
    ROW("cimHexBinary", MI_UINT8A),
    ROW("string", MI_STRING),
    ROW("unsignedInt", MI_UINT32),
    ROW("unsignedShort", MI_UINT16),
    ROW("boolean", MI_BOOLEAN),
    ROW("unsignedByte", MI_UINT8),
    ROW("byte", MI_SINT8),
    ROW("short", MI_SINT16),
    ROW("int", MI_SINT32),
    ROW("unsignedLong", MI_UINT64),
    ROW("long", MI_SINT64),
    ROW("float", MI_REAL32),
    ROW("double", MI_REAL64),
    ROW("dateTime", MI_DATETIME),
    ROW("duration", MI_DATETIME),
    ROW("base64Binary", MI_UINT8A),
    ROW("hexBinary", MI_UINT8A),
};

/* The part behind the prefix, which may be undeclared (Windows' own requests). */
static struct mic_str xsi_type(const struct mic_xml_cursor *element)
{
    struct mic_str type = {"", 0};

    if ((mic_xml_node(element)->flags & MIC_XML_HAS_TYPE) != 0 &&
        mic_xml_attribute(element, MIC_XN_XSI_TYPE, &type)) {
        type = mic_str_trim(type);
        const char *colon = memchr(type.data, ':', type.size);
        if (colon != NULL) {
            type.size -= (size_t)(colon + 1 - type.data);
            type.data = colon + 1;
        }
    }
    return type;
}

static MI_Type explicit_type(const struct mic_xml_cursor *element)
{
    struct mic_str name = xsi_type(element);

    for (size_t i = 0; name.size > 0 && i < MIC_COUNT(types); i++) {
        if (mic_str_equal(types[i].name, name)) {
            return types[i].type;
        }
    }
    return NO_TYPE;
}

/* The class xsi:type names; empty when none. */
static struct mic_str typed_class(const struct mic_xml_cursor *element)
{
    struct mic_str type = xsi_type(element);

    type.size = mic_str_ends_with(type, MIC_STR("_Type")) ? type.size - 5 : 0;
    return type;
}

struct mic_str mic_instance_class_name(const struct mic_xml_cursor *element)
{
    struct mic_str type = typed_class(element);

    return type.size > 0 ? type : mic_xml_local(element);
}

bool mic_instance_is_error(const struct mic_xml_cursor *element)
{
    struct mic_str value;
    return mic_xml_node(element)->attr_count > 0 &&
           mic_xml_attribute(element, MIC_XN_B_IS_CIM_ERROR, &value) &&
           (mic_str_equal_nocase(value, MIC_STR("true")) || mic_str_equal(value, MIC_STR("1")));
}

/* ---- one value ---- */

static bool digits_to_u64(struct mic_str text, MI_Uint64 max, MI_Uint64 *out)
{
    MI_Uint64 value = 0;

    if (text.size == 0 || text.size > 19) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        unsigned digit = (unsigned)(unsigned char)text.data[i] - '0';
        if (digit > 9) {
            return false;
        }
        value = value * 10 + digit;
    }
    *out = value;
    return value <= max;
}

/* The usual forms of numbers and booleans without a detour; everything else takes the long way. */
static bool quick_value(MI_Type type, struct mic_str text, MI_Value *value)
{
    MI_Uint64 number;

    switch ((int)type) {
    case MI_BOOLEAN:
        if (text.size == 4 && memcmp(text.data, "true", 4) == 0) {
            value->boolean = MI_TRUE;
            return true;
        }
        value->boolean = MI_FALSE;
        return text.size == 5 && memcmp(text.data, "false", 5) == 0;
    case MI_UINT8:
        if (!digits_to_u64(text, UINT8_MAX, &number)) {
            return false;
        }
        value->uint8 = (MI_Uint8)number;
        return true;
    case MI_UINT16:
        if (!digits_to_u64(text, UINT16_MAX, &number)) {
            return false;
        }
        value->uint16 = (MI_Uint16)number;
        return true;
    case MI_UINT32:
        if (!digits_to_u64(text, UINT32_MAX, &number)) {
            return false;
        }
        value->uint32 = (MI_Uint32)number;
        return true;
    case MI_UINT64:
        return digits_to_u64(text, UINT64_MAX, &value->uint64);
    case MI_SINT32:
        if (!digits_to_u64(text, INT32_MAX, &number)) {
            return false;
        }
        value->sint32 = (MI_Sint32)number;
        return true;
    case MI_SINT64:
        if (!digits_to_u64(text, INT64_MAX, &number)) {
            return false;
        }
        value->sint64 = (MI_Sint64)number;
        return true;
    default:
        return false;
    }
}

/* A terminated text of the tape as a value of its own. */
static char *tape_text(const struct mic_xml_cursor *element)
{
    return element->tape->text + mic_xml_node(element)->text;
}

/* The date in <p:X><cim:Datetime>...</cim:Datetime></p:X>, whatever prefix or none. */
static bool datetime_child(const struct mic_xml_cursor *element, struct mic_xml_cursor *child)
{
    static const struct mic_str names[] = {
        {"Datetime", 8}, {"Interval", 8}, {"CIM_DateTime", 12}, {"Date", 4}, {"Time", 4},
    };
    struct mic_xml_cursor inner = mic_xml_enter(element);

    if (!mic_xml_at(&inner) || mic_xml_node(&inner)->end != inner.end) {
        return false;
    }
    const struct mic_xml_name *name = mic_xml_name(&inner);
    if (name->ns != MIC_XNS_CIM && name->uri != NULL) {
        return false;
    }
    for (size_t i = 0; i < MIC_COUNT(names); i++) {
        if (mic_str_equal_nocase(names[i], mic_xml_local(&inner))) {
            *child = inner;
            return true;
        }
    }
    return false;
}

static MI_Result read_bytes(struct reading *reading, struct mic_str text, bool is_hex,
                            MI_Type *type, MI_Value *value);

static void take_text(const struct mic_xml_cursor *element, MI_Type *type, MI_Value *value)
{
    struct mic_xml_cursor date;

    *type = MI_STRING;
    value->string = tape_text(datetime_child(element, &date) ? &date : element);
}

static MI_Result read_text(struct reading *reading, const struct mic_xml_cursor *element,
                           MI_Type wanted, MI_Type *type, MI_Value *value)
{
    struct mic_str text = mic_xml_value(element);

    if (wanted == MI_STRING || wanted == NO_TYPE || wanted == MI_REFERENCE ||
        wanted == MI_INSTANCE) {
        take_text(element, type, value);
        return MI_RESULT_OK;
    }
    if (wanted == MI_UINT8A) {
        return read_bytes(reading, text, mic_str_ends_with(xsi_type(element), MIC_STR("exBinary")),
                          type, value);
    }
    *type = wanted;
    if (!quick_value(wanted, text, value) &&
        !mic_value_from_text(reading->arena, wanted, text, value)) {
        take_text(element, type, value);
    }
    return MI_RESULT_OK;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void decode_hex(struct mic_buf *out, struct mic_str text)
{
    for (size_t i = 0; i + 1 < text.size; i += 2) {
        int high = hex_digit(text.data[i]), low = hex_digit(text.data[i + 1]);
        if (high < 0 || low < 0) {
            mic_buf_clear(out);
            return;
        }
        mic_buf_append_char(out, (char)(high * 16 + low));
    }
}

static MI_Result read_bytes(struct reading *reading, struct mic_str text, bool is_hex,
                            MI_Type *type, MI_Value *value)
{
    struct mic_buf bytes;
    MI_Result result = MI_RESULT_OK;

    mic_buf_init(&bytes);
    if (is_hex) {
        decode_hex(&bytes, mic_str_trim(text));
    } else {
        (void)mic_base64_decode(&bytes, text);
    }
    *type = MI_UINT8A;
    value->uint8a.size = (MI_Uint32)bytes.size;
    value->uint8a.data =
        mic_arena_memdup(reading->arena, bytes.size > 0 ? bytes.data : "", bytes.size);
    if (value->uint8a.data == NULL || bytes.failed) {
        result = no_memory(reading->err);
    } else if (bytes.size == 0 && text.size > 0) {
        *type = MI_STRING; /* not what it says it is: the text is kept */
        value->string = mic_arena_str(reading->arena, text);
        result = value->string == NULL ? no_memory(reading->err) : MI_RESULT_OK;
    }
    mic_buf_fini(&bytes);
    return result;
}

static MI_Result read_nested(struct reading *reading, const struct mic_xml_cursor *element,
                             MI_Type *type, MI_Value *value)
{
    struct mic_instance *nested = NULL;
    struct mic_epr epr;
    MI_Result result;

    if (mic_epr_parse(element, &epr)) {
        *type = MI_REFERENCE;
        result = mic_epr_read(&epr, reading->arena, reading->shared->classes, reading->name_space,
                              &nested, reading->err);
    } else {
        *type = MI_INSTANCE;
        result = read_instance(reading, element, &nested);
    }
    if (result == MI_RESULT_OK) {
        value->instance = &nested->public_instance;
    }
    return result;
}

/* One element to one value. `declared`: what the class says of one element, NO_TYPE when nothing.
 */
static MI_Result read_value(struct reading *reading, const struct mic_xml_cursor *element,
                            MI_Type declared, MI_Type *type, MI_Value *value)
{
    const struct mic_xml_node *node = mic_xml_node(element);
    struct mic_xml_cursor date;

    if ((node->flags & MIC_XML_HAS_TYPE) != 0) {
        MI_Type said = explicit_type(element);
        if (said != NO_TYPE) {
            declared = said;
        } else if ((node->flags & MIC_XML_HAS_CHILD) == 0 && node->text_size == 0 &&
                   mic_str_ends_with(xsi_type(element), MIC_STR("_Type"))) {
            return read_nested(reading, element, type, value);
        }
    }
    if ((node->flags & MIC_XML_HAS_CHILD) == 0) {
        return read_text(reading, element, declared, type, value);
    }
    if (datetime_child(element, &date)) {
        if (declared == MI_STRING || (declared == NO_TYPE && reading->shared->only_strings)) {
            take_text(element, type, value);
            return MI_RESULT_OK;
        }
        return read_text(reading, &date, MI_DATETIME, type, value);
    }
    return read_nested(reading, element, type, value);
}

/* ---- arrays ---- */

static void zero_element(struct reading *reading, MI_Type type, MI_Value *value)
{
    memset(value, 0, sizeof(*value));
    if (type == MI_STRING) {
        value->string = reading->all.tape->text; /* offset 0: the empty text */
    }
}

/* The elements of one property: neighbours, or those on the chain. */
struct elements {
    struct mic_xml_cursor at;
    const uint32_t *chain;
    uint32_t begin;
};

static bool has_element(const struct elements *elements)
{
    return mic_xml_at(&elements->at);
}

static void next_element(struct elements *elements)
{
    if (elements->chain == NULL) {
        mic_xml_skip(&elements->at);
        return;
    }
    uint32_t next = elements->chain[elements->at.at - elements->begin];
    elements->at.at = next != 0 ? next : elements->at.end;
}

static MI_Type first_type(const struct reading *reading, struct elements elements)
{
    for (; has_element(&elements); next_element(&elements)) {
        struct mic_xml_cursor run = elements.at;
        const struct mic_xml_node *node = mic_xml_node(&run);
        if ((node->flags & MIC_XML_NIL) != 0) {
            continue;
        }
        MI_Type said = explicit_type(&run);
        struct mic_xml_cursor date;
        struct mic_epr epr;
        if (said != NO_TYPE && !MIC_TYPE_IS_ARRAY(said)) {
            return said;
        }
        if ((node->flags & MIC_XML_HAS_CHILD) == 0) {
            return mic_str_ends_with(xsi_type(&run), MIC_STR("_Type")) ? MI_INSTANCE : MI_STRING;
        }
        if (datetime_child(&run, &date)) {
            return reading->shared->only_strings ? MI_STRING : MI_DATETIME;
        }
        return mic_epr_parse(&run, &epr) ? MI_REFERENCE : MI_INSTANCE;
    }
    return MI_STRING;
}

/* The elements as one array. When one is no value of its type the whole becomes an array of texts.
 */
static MI_Result read_array(struct reading *reading, struct elements elements, MI_Uint32 count,
                            MI_Type element, MI_Type *type, MI_Value *value)
{
    size_t size = mic_type_size(element), bytes;
    MI_Uint32 done = 0;
    MI_Array *array = (MI_Array *)(void *)value;

    if (!mic_size_mul(count, size, &bytes)) {
        return no_memory(reading->err);
    }
    char *data = mic_arena_alloc(reading->arena, bytes);
    if (data == NULL) {
        return no_memory(reading->err);
    }
    for (struct elements at = elements; has_element(&at) && done < count; next_element(&at)) {
        MI_Value one;
        MI_Type got = element;
        if ((mic_xml_node(&at.at)->flags & MIC_XML_NIL) != 0) {
            zero_element(reading, element, &one);
        } else if (element == MI_STRING) {
            take_text(&at.at, &got, &one);
        } else {
            MI_Result result = read_value(reading, &at.at, element, &got, &one);
            if (result != MI_RESULT_OK) {
                return result;
            }
        }
        if (got != element) {
            return read_array(reading, elements, count, MI_STRING, type, value);
        }
        memcpy(data + done * size, &one, size);
        done++;
    }
    array->data = data;
    array->size = done;
    *type = (MI_Type)((unsigned)element | MI_ARRAY);
    return MI_RESULT_OK;
}

/* ---- properties ---- */

static MI_Result put(struct reading *reading, int index, const char *name, MI_Type type,
                     const MI_Value *value, MI_Uint32 flags)
{
    if (index >= 0) {
        mic_instance_put(reading->instance, (MI_Uint32)index, type, value);
        return MI_RESULT_OK;
    }
    return mic_instance_append(reading->instance, name, type, value, flags)
               ? MI_RESULT_OK
               : no_memory(reading->err);
}

static bool is_null_array(const struct mic_xml_cursor *element)
{
    struct mic_str value;

    return mic_xml_attribute(element, MIC_XN_P_IS_NULL_ARRAY, &value) &&
           (mic_str_equal_nocase(value, MIC_STR("true")) || mic_str_equal(value, MIC_STR("1")));
}

/* Does the server tell empty arrays from NULL ones? Only this reply and this instance are asked, so
 * that an object reads the same alone and among others. */
static bool has_precise_arrays(struct reading *reading)
{
    struct mic_xml_cursor at = reading->all;
    struct mic_str value;

    if (!reading->shared->is_precise && !reading->marks_are_sought) {
        reading->marks_are_sought = true;
        for (; mic_xml_at(&at) && !reading->has_marks; mic_xml_skip(&at)) {
            reading->has_marks = mic_xml_node(&at)->attr_count > 1 &&
                                 mic_xml_attribute(&at, MIC_XN_P_IS_NULL_ARRAY, &value);
        }
    }
    return reading->shared->is_precise || reading->has_marks;
}

/* xsi:nil standing alone. Under precise arrays an unmarked one is the empty array. */
static MI_Result read_nil(struct reading *reading, const struct mic_xml_cursor *element, int index,
                          MI_Type declared)
{
    bool is_null = is_null_array(element);
    MI_Value value;
    MI_Type type = explicit_type(element);

    memset(&value, 0, sizeof(value));
    if (index >= 0 && MIC_TYPE_IS_ARRAY(declared) && !is_null && has_precise_arrays(reading)) {
        return put(reading, index, NULL, declared, &value, 0);
    }
    if (index >= 0) {
        return MI_RESULT_OK;
    }
    if (type == NO_TYPE) {
        type = MI_STRING;
    }
    if (is_null) {
        type = (MI_Type)((unsigned)type | MI_ARRAY);
    }
    return put(reading, -1, mic_xml_name(element)->local, type, NULL, MI_FLAG_NULL);
}

/* One pass that ties elements of the same name together, so that gathering stays linear. */
static bool make_chain(struct reading *reading)
{
    struct mic_xml_cursor at = reading->all;

    reading->chain = mic_arena_calloc(reading->arena, at.end - at.at, sizeof(reading->chain[0]));
    if (reading->chain == NULL) {
        return false;
    }
    for (; mic_xml_at(&at); mic_xml_skip(&at)) {
        struct mic_seen_name *seen = &reading->shared->seen[mic_xml_node(&at)->name];
        if (seen->chain_epoch != reading->epoch) {
            seen->chain_epoch = reading->epoch;
            seen->first = at.at;
        } else {
            reading->chain[seen->last - reading->all.at] = at.at;
        }
        seen->last = at.at;
    }
    return true;
}

static struct elements chained(const struct reading *reading, uint32_t name)
{
    const struct mic_seen_name *seen = &reading->shared->seen[name];
    struct elements elements = {reading->all, reading->chain, reading->all.at};

    if (seen->chain_epoch == reading->epoch) {
        elements.at.at = seen->first;
        return elements;
    }
    /* An embedded instance has used the mark since. */
    while (mic_xml_at(&elements.at) && mic_xml_node(&elements.at)->name != name) {
        mic_xml_skip(&elements.at);
    }
    return elements;
}

/* The property's elements are not neighbours: collect them from the whole instance, once. */
static MI_Result gather(struct reading *reading, uint32_t name, MI_Type declared)
{
    const struct mic_xml_name *text = &reading->all.tape->names[name];
    struct mic_seen_name *seen = &reading->shared->seen[name];
    MI_Uint32 count = 0;
    int index = seen->index;
    MI_Type type;
    MI_Value value;

    if (seen->is_gathered) {
        return MI_RESULT_OK;
    }
    if (reading->chain == NULL && !make_chain(reading)) {
        return no_memory(reading->err);
    }
    seen->is_gathered = true;
    struct elements elements = chained(reading, name);
    for (struct elements at = elements; has_element(&at); next_element(&at)) {
        count++;
    }
    MI_Type element =
        declared == NO_TYPE ? first_type(reading, elements) : MIC_TYPE_ELEMENT(declared);
    MI_Result result = read_array(reading, elements, count, element, &type, &value);
    if (result != MI_RESULT_OK) {
        return result;
    }
    return put(reading, index, text->local, type, &value, 0);
}

/* The property `name`, `count` elements in a row beginning at `run`. */
static MI_Result read_property(struct reading *reading, const struct mic_xml_cursor *run,
                               MI_Uint32 count, int index, MI_Type declared)
{
    const struct mic_xml_node *node = mic_xml_node(run);
    MI_Type type = MI_STRING;
    MI_Value value;
    MI_Result result;

    if (count == 1 && (node->flags & MIC_XML_NIL) != 0) {
        return read_nil(reading, run, index, declared);
    }
    if (count > 1 || (declared != NO_TYPE && MIC_TYPE_IS_ARRAY(declared))) {
        struct elements elements = {*run, NULL, 0};
        MI_Type element =
            declared == NO_TYPE ? first_type(reading, elements) : MIC_TYPE_ELEMENT(declared);
        if (count == 1 && explicit_type(run) == MI_UINT8A) {
            result = read_value(reading, run, element, &type, &value);
        } else {
            result = read_array(reading, elements, count, element, &type, &value);
        }
    } else {
        result = read_value(reading, run, declared, &type, &value);
    }
    if (result != MI_RESULT_OK) {
        return result;
    }
    return put(reading, index, mic_xml_name(run)->local, type, &value, 0);
}

/* The usual property: one element, no attribute, no child, text that is a value of its type. False
 * when it is anything else, which takes the long way. */
static bool quick_property(struct reading *reading, const struct mic_xml_cursor *element, int index,
                           MI_Type declared)
{
    const struct mic_xml_node *node = mic_xml_node(element);
    MI_Value value;

    if (node->flags == MIC_XML_NIL && node->attr_count == 1 && index >= 0) {
        return !MIC_TYPE_IS_ARRAY(declared); /* stays what a new instance has: NULL */
    }
    if (node->flags != 0 || node->attr_count != 0) {
        return false;
    }
    if (index < 0) {
        value.string = element->tape->text + node->text;
        return declared == NO_TYPE &&
               mic_instance_append(reading->instance, mic_xml_name(element)->local, MI_STRING,
                                   &value, 0);
    }
    if (declared == MI_STRING) {
        value.string = element->tape->text + node->text;
    } else if (!quick_value(declared, mic_xml_value(element), &value)) {
        return false;
    }
    mic_instance_put(reading->instance, (MI_Uint32)index, declared, &value);
    return true;
}

/* One property: @p count elements of one name that stand together. */
static MI_Result read_run(struct reading *reading, const struct mic_xml_cursor *run,
                          MI_Uint32 count, int index, MI_Type declared)
{
    uint32_t name = mic_xml_node(run)->name;
    struct mic_seen_name *seen = &reading->shared->seen[name];

    if (seen->epoch == reading->epoch) {
        return gather(reading, name, declared);
    }
    /* The same property under another spelling: both are kept. */
    if (index >= 0 && (reading->instance->properties[index].flags & MI_FLAG_NULL) == 0) {
        index = -1;
    }
    seen->epoch = reading->epoch;
    seen->is_gathered = false;
    seen->index = index >= 0 ? index : (int32_t)reading->instance->count;
    if (count == 1 && quick_property(reading, run, index, declared)) {
        return MI_RESULT_OK;
    }
    return read_property(reading, run, count, index, declared);
}

static MI_Result read_properties(struct reading *reading)
{
    struct mic_xml_cursor at = reading->all;
    const struct mic_xml_tape *tape = at.tape;
    const MI_ClassDecl *decl =
        reading->entry == NULL ? NULL : reading->entry->cls->public_class.classDecl;
    MI_Uint32 hint = 0;

    while (mic_xml_at(&at)) {
        struct mic_xml_cursor run = at;
        uint32_t name = mic_xml_node(&at)->name;
        MI_Uint32 count = 0;
        int index = -1;
        MI_Type declared = NO_TYPE;

        do {
            count++;
            mic_xml_skip(&at);
        } while (mic_xml_at(&at) && mic_xml_node(&at)->name == name);
        if (tape->names[name].token == MIC_XN_CIM_LOCATION) {
            continue; /* the instance's own address, no property */
        }
        run.end = at.at;
        if (decl != NULL) {
            index = mic_class_entry_property(reading->entry, tape, name, hint);
        }
        if (index >= 0) {
            declared = (MI_Type)decl->properties[index]->type;
            hint = (MI_Uint32)index + 1;
        }
        MI_Result result = read_run(reading, &run, count, index, declared);
        if (result != MI_RESULT_OK) {
            return result;
        }
    }
    return MI_RESULT_OK;
}

MI_Result mic_instance_read(struct mic_instance_reader *reader,
                            const struct mic_xml_cursor *element, struct mic_arena *arena,
                            struct mic_class_entry *entry, const char *class_name,
                            const char *name_space, struct mic_instance **out, struct mic_err *err)
{
    struct reading reading = {
        .shared = reader,
        .arena = arena,
        .entry = entry != NULL && entry->cls != NULL ? entry : NULL,
        .all = mic_xml_enter(element),
        .name_space = name_space,
        .err = err,
    };
    struct mic_class *cls = reading.entry == NULL ? NULL : reading.entry->cls;

    if (!make_room(reader, element->tape->name_count)) {
        return no_memory(err);
    }
    reading.epoch = ++reader->epoch;
    if (reading.epoch == 0) { /* wrapped: no mark may look like one of this instance */
        memset(reader->seen, 0, reader->seen_size * sizeof(reader->seen[0]));
        reading.epoch = reader->epoch = 1;
    }
    uint32_t expected = reading.all.end - reading.all.at;
    reading.instance = mic_instance_new_in(arena, class_name, cls, expected < 64 ? expected : 64);
    if (reading.instance == NULL) {
        return no_memory(err);
    }
    mic_instance_set_namespace(reading.instance, name_space, NULL);
    MI_Result result = read_properties(&reading);
    if (result == MI_RESULT_OK) {
        *out = reading.instance;
    }
    return result;
}

/* What the class of the outer instance says an embedded one is; empty: nothing. */
static struct mic_str declared_class(const struct reading *outer,
                                     const struct mic_xml_cursor *element)
{
    const MI_PropertyDecl *decl = NULL;

    if (outer->entry != NULL) {
        int index =
            mic_class_entry_property(outer->entry, element->tape, mic_xml_node(element)->name, 0);
        decl = index < 0 ? NULL : outer->entry->cls->public_class.classDecl->properties[index];
    }
    return decl != NULL && MIC_TYPE_ELEMENT((MI_Type)decl->type) == MI_INSTANCE
               ? mic_str_from(decl->className)
               : (struct mic_str){"", 0};
}

/* An embedded instance: of the class its element names, else of the one it is declared as. */
static MI_Result read_instance(const struct reading *outer, const struct mic_xml_cursor *element,
                               struct mic_instance **out)
{
    struct mic_instance_reader *shared = outer->shared;
    struct mic_str typed = typed_class(element), declared = declared_class(outer, element);
    struct mic_str name = typed.size > 0 ? typed : declared;
    struct mic_class_entry *entry = NULL;

    if (shared->may_ask && name.size > 0) {
        MI_Result result = mic_class_table_choose(shared->classes, name, declared, true, &entry,
                                                  &shared->wanted_class, outer->err);
        if (result != MI_RESULT_OK || shared->wanted_class != NULL) {
            return result != MI_RESULT_OK ? result : MI_RESULT_FAILED;
        }
    }
    const char *class_name =
        mic_arena_str(outer->arena, name.size > 0 ? name : mic_xml_local(element));
    if (class_name == NULL) {
        return no_memory(outer->err);
    }
    return mic_instance_read(outer->shared, element, outer->arena, entry, class_name,
                             outer->name_space, out, outer->err);
}

MI_Result mic_instance_read_array(struct mic_instance_reader *reader,
                                  const struct mic_xml_cursor *siblings, struct mic_arena *arena,
                                  MI_Type element_type, const char *name_space, MI_Type *type,
                                  MI_Value *value, struct mic_err *err)
{
    struct reading reading = {
        .shared = reader, .arena = arena, .all = *siblings, .name_space = name_space, .err = err};
    struct elements elements = {.at = *siblings};
    MI_Uint32 count = 0;

    for (struct mic_xml_cursor at = *siblings; mic_xml_at(&at); mic_xml_skip(&at)) {
        count++;
    }
    memset(value, 0, sizeof(*value));
    return read_array(&reading, elements, count, element_type, type, value);
}

void mic_instance_mark_keys(struct mic_instance *instance, const struct mic_xml_cursor *selectors)
{
    struct mic_xml_cursor at = *selectors;
    struct mic_str name;

    for (; mic_xml_at(&at); mic_xml_skip(&at)) {
        if (!mic_epr_key(&at, &name)) {
            continue;
        }
        int index = mic_instance_find(instance, name, 0);
        if (index >= 0) {
            instance->properties[index].flags |= MI_FLAG_KEY;
        }
    }
}
