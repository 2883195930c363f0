#include "cli/class_print.h"

#include "cli/text.h"
#include "cli/value.h"
#include "cli/xml.h"
#include "common/result.h"

static const char *type_text(MI_Type type)
{
    const char *name = mic_type_name(type);
    return name != NULL ? name : "unknown";
}

/* As MOF writes it: arrays in braces, no value as NULL. */
static void add_mof_value(struct text *out, MI_Type type, MI_Uint32 flags, const MI_Value *value)
{
    struct text json = {NULL, 0, 0};

    value_add_json(&json, type, flags, value);
    if (((unsigned)type & MI_ARRAY) != 0 && (flags & MI_FLAG_NULL) == 0) {
        json.data[0] = '{';
        json.data[json.size - 1] = '}';
    }
    text_add(out, (flags & MI_FLAG_NULL) != 0 ? "NULL" : text_of(&json));
    text_free(&json);
}

/* [Key, Description("...")] in front of what it qualifies. @p is_key: though no qualifier says it,
 * as some servers leave qualifiers out. */
static void add_qualifiers(struct text *out, const MI_QualifierSet *set, bool is_key,
                           const char *indent)
{
    MI_Uint32 count = 0, index = 0;
    const char *before = "[";
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0;
    MI_Value value;

    if (is_key && MI_QualifierSet_GetQualifier(set, MI_T("Key"), &type, &flags, &value, &index) !=
                      MI_RESULT_OK) {
        text_format(out, "%s[Key", indent);
        before = ", ";
    }
    (void)MI_QualifierSet_GetQualifierCount(set, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        const MI_Char *name = NULL;
        if (MI_QualifierSet_GetQualifierAt(set, i, &name, &type, &flags, &value) != MI_RESULT_OK) {
            continue;
        }
        text_format(out, "%s%s", before[0] == '[' ? indent : "", before);
        text_add_shown_mi(out, name);
        if (type != MI_BOOLEAN || !value.boolean) {
            bool is_array = ((unsigned)type & MI_ARRAY) != 0;
            text_add(out, is_array ? "" : "(");
            add_mof_value(out, type, flags & MI_FLAG_NULL, &value);
            text_add(out, is_array ? "" : ")");
        }
        before = ", ";
    }
    text_add(out, before[0] == ',' ? "]\n" : "");
}

/* "uint32[]" is written behind the name in MOF: uint32 Name[]. */
static void add_declaration(struct text *out, MI_Type type, const MI_Char *reference_class,
                            const MI_Char *name)
{
    MI_Type element = (MI_Type)((unsigned)type & ~(unsigned)MI_ARRAY);
    if (element == MI_REFERENCE) {
        text_add_shown_mi(out, reference_class);
        text_add(out, " REF ");
    } else if (element == MI_INSTANCE && reference_class != NULL) {
        text_add_shown_mi(out, reference_class);
        text_add(out, " ");
    } else {
        text_format(out, "%s ", type_text(element));
    }
    text_add_shown_mi(out, name);
    if (((unsigned)type & MI_ARRAY) != 0) {
        text_add(out, "[]");
    }
}

static void add_properties(struct text *out, const MI_Class *cls)
{
    MI_Uint32 count = 0;
    (void)MI_Class_GetElementCount(cls, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        const MI_Char *name = NULL;
        MI_Char *reference_class = NULL;
        MI_Value value;
        MI_Boolean has_value = MI_FALSE;
        MI_Type type = MI_BOOLEAN;
        MI_QualifierSet set;
        MI_Uint32 flags = 0;
        if (MI_Class_GetElementAt(cls, i, &name, &value, &has_value, &type, &reference_class, &set,
                                  &flags) != MI_RESULT_OK) {
            continue;
        }
        add_qualifiers(out, &set, (flags & MI_FLAG_KEY) != 0, "    ");
        text_add(out, "    ");
        add_declaration(out, type, reference_class, name);
        if (has_value) {
            text_add(out, " = ");
            add_mof_value(out, type, 0, &value);
        }
        text_add(out, ";\n");
    }
}

static void add_parameters(struct text *out, const MI_ParameterSet *parameters)
{
    MI_Uint32 count = 0;
    (void)MI_ParameterSet_GetParameterCount(parameters, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        const MI_Char *name = NULL;
        MI_Char *reference_class = NULL;
        MI_Type type = MI_BOOLEAN;
        MI_QualifierSet set;
        if (MI_ParameterSet_GetParameterAt(parameters, i, &name, &type, &reference_class, &set) !=
            MI_RESULT_OK) {
            continue;
        }
        text_add(out, i > 0 ? ",\n" : "\n");
        add_qualifiers(out, &set, false, "        ");
        text_add(out, "        ");
        add_declaration(out, type, reference_class, name);
    }
}

static void add_methods(struct text *out, const MI_Class *cls)
{
    MI_Uint32 count = 0;
    (void)MI_Class_GetMethodCount(cls, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        const MI_Char *name = NULL;
        MI_QualifierSet set, return_set;
        MI_ParameterSet parameters;
        MI_Type type = MI_BOOLEAN;
        if (MI_Class_GetMethodAt(cls, i, &name, &set, &parameters) != MI_RESULT_OK) {
            continue;
        }
        add_qualifiers(out, &set, false, "    ");
        (void)MI_ParameterSet_GetMethodReturnType(&parameters, &type, &return_set);
        text_format(out, "    %s ", type_text(type));
        text_add_shown_mi(out, name);
        text_add(out, "(");
        add_parameters(out, &parameters);
        text_add(out, ");\n");
    }
}

/* DSP0004 7. */
static void add_mof(struct text *out, const MI_Class *cls)
{
    const MI_Char *name = NULL, *parent = NULL;
    MI_QualifierSet set;

    if (MI_Class_GetClassQualifierSet(cls, &set) == MI_RESULT_OK) {
        add_qualifiers(out, &set, false, "");
    }
    (void)MI_Class_GetClassName(cls, &name);
    text_add(out, "class ");
    text_add_shown_mi(out, name);
    if (MI_Class_GetParentClassName(cls, &parent) == MI_RESULT_OK && parent != NULL) {
        text_add(out, " : ");
        text_add_shown_mi(out, parent);
    }
    text_add(out, "\n{\n");
    add_properties(out, cls);
    add_methods(out, cls);
    text_add(out, "};\n");
}

static void add_json_member(struct text *out, const char *before, const MI_Char *value)
{
    text_add(out, before);
    text_add_json_mi(out, value);
}

static void add_json_properties(struct text *out, const MI_Class *cls)
{
    const MI_Char *name = NULL;
    MI_Uint32 count = 0;

    (void)MI_Class_GetElementCount(cls, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        MI_Char *reference_class = NULL;
        MI_Type type = MI_BOOLEAN;
        MI_Uint32 flags = 0;
        if (MI_Class_GetElementAt(cls, i, &name, NULL, NULL, &type, &reference_class, NULL,
                                  &flags) == MI_RESULT_OK) {
            add_json_member(out, i > 0 ? ",{\"name\":" : "{\"name\":", name);
            text_format(out, ",\"type\":\"%s\",\"key\":%s", type_text(type),
                        (flags & MI_FLAG_KEY) != 0 ? "true" : "false");
            if (reference_class != NULL) {
                add_json_member(out, ",\"class\":", reference_class);
            }
            text_add(out, "}");
        }
    }
}

static void add_json(struct text *out, const MI_Class *cls)
{
    const MI_Char *name = NULL, *parent = NULL;
    MI_Uint32 count = 0;

    (void)MI_Class_GetClassName(cls, &name);
    (void)MI_Class_GetParentClassName(cls, &parent);
    add_json_member(out, "{\"name\":", name);
    add_json_member(out, ",\"superclass\":", parent);
    text_add(out, ",\"properties\":[");
    add_json_properties(out, cls);
    text_add(out, "],\"methods\":[");
    (void)MI_Class_GetMethodCount(cls, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        if (MI_Class_GetMethodAt(cls, i, &name, NULL, NULL) == MI_RESULT_OK) {
            add_json_member(out, i > 0 ? "," : "", name);
        }
    }
    text_add(out, "]}");
}

static void add_text(const struct class_printer *printer, struct text *out, const MI_Class *cls)
{
    const MI_Char *name = NULL;

    if (!printer->names_only) {
        add_mof(out, cls);
        return;
    }
    (void)MI_Class_GetClassName(cls, &name);
    text_add_shown_mi(out, name);
    text_add(out, "\n");
}

static void add_json_class(const struct class_printer *printer, struct text *out,
                           const MI_Class *cls)
{
    const MI_Char *name = NULL;

    if (!printer->names_only) {
        add_json(out, cls);
        return;
    }
    (void)MI_Class_GetClassName(cls, &name);
    add_json_member(out, "{\"name\":", name);
    text_add(out, "}");
}

static void add_to_array(const struct class_printer *printer, struct text *out, const MI_Class *cls)
{
    if (!printer->is_single) {
        text_add(out, printer->count == 1 ? "[\n" : ",\n");
    }
    add_json_class(printer, out, cls);
}

static void end_array(const struct class_printer *printer, struct text *out)
{
    if (!printer->is_single) {
        text_add(out, printer->count > 0 ? "\n]\n" : "[]\n");
    } else if (printer->count > 0) {
        text_add(out, "\n");
    }
}

static void add_json_line(const struct class_printer *printer, struct text *out,
                          const MI_Class *cls)
{
    add_json_class(printer, out, cls);
    text_add(out, "\n");
}

static void add_to_xml(const struct class_printer *printer, struct text *out, const MI_Class *cls)
{
    if (printer->count == 1) {
        xml_begin(out);
    }
    xml_add_class(out, cls, printer->names_only);
}

static void end_xml(const struct class_printer *printer, struct text *out)
{
    if (printer->count == 0) {
        xml_begin(out);
    }
    xml_end(out);
}

static const struct {
    void (*add)(const struct class_printer *printer, struct text *out, const MI_Class *cls);
    void (*end)(const struct class_printer *printer, struct text *out);
} formats[] = {
    [OUTPUT_TABLE] = {add_text, NULL},         [OUTPUT_LIST] = {add_text, NULL},
    [OUTPUT_JSON] = {add_to_array, end_array}, [OUTPUT_JSONL] = {add_json_line, NULL},
    [OUTPUT_CSV] = {add_text, NULL},           [OUTPUT_XML] = {add_to_xml, end_xml},
};

bool class_printer_add(struct class_printer *printer, const MI_Class *cls)
{
    struct text text = {NULL, 0, 0};
    bool wanted;

    printer->count++;
    formats[printer->format].add(printer, &text, cls);
    wanted = output_put(printer->output, &text);
    text_free(&text);
    return wanted;
}

void class_printer_end(struct class_printer *printer)
{
    struct text text = {NULL, 0, 0};

    if (formats[printer->format].end != NULL) {
        formats[printer->format].end(printer, &text);
    }
    (void)output_put(printer->output, &text);
    (void)output_flush(printer->output);
    text_free(&text);
}
