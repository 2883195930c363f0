#include "cli/schema.h"

#include <stdlib.h>
#include <string.h>

#include "cli/args.h"
#include "cli/output.h"
#include "cli/text.h"
#include "common/result.h"

enum { NAME_MAX_COMPARED = 63, NEAR_MAX = 3 };

int schema_open(const char *class_name, const char *method, const MI_Class *cls, struct schema *out)
{
    const MI_Char *name;
    MI_Result result;

    *out = (struct schema){.class_name = class_name, .method = method, .cls = cls};
    if (method == NULL || cls == NULL) {
        return -1;
    }
    name = text_to_mi(method);
    result = MI_Class_GetMethod(cls, name, NULL, &out->parameters, NULL);
    text_release_mi(name, method);
    return result == MI_RESULT_OK ? -1 : schema_report_unknown(out, NULL);
}

/* An absent In qualifier means in, unless Out is there (DSP0004, In). */
static bool is_in(const MI_QualifierSet *set)
{
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0, index = 0;
    MI_Value value;

    if (MI_QualifierSet_GetQualifier(set, MI_T("In"), &type, &flags, &value, &index) ==
        MI_RESULT_OK) {
        return type != MI_BOOLEAN || value.boolean;
    }
    return MI_QualifierSet_GetQualifier(set, MI_T("Out"), &type, &flags, &value, &index) !=
               MI_RESULT_OK ||
           (type == MI_BOOLEAN && !value.boolean);
}

bool schema_find(const struct schema *schema, const char *name, struct member *out)
{
    const MI_Char *mi_name = text_to_mi(name);
    MI_QualifierSet set;
    MI_Char *reference_class = NULL;
    MI_Uint32 flags = 0, index = 0;
    bool found;

    *out = (struct member){.type = MI_STRING, .is_in = true};
    if (schema->method != NULL) {
        found = MI_ParameterSet_GetParameter(&schema->parameters, mi_name, &out->type,
                                             &reference_class, &set, &index) == MI_RESULT_OK;
        out->is_in = !found || is_in(&set);
    } else {
        found = MI_Class_GetElement(schema->cls, mi_name, NULL, NULL, &out->type, NULL, NULL,
                                    &flags, NULL) == MI_RESULT_OK;
        out->is_key = (flags & MI_FLAG_KEY) != 0;
    }
    text_release_mi(mi_name, name);
    return found;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to insert, drop or change (Levenshtein), case apart. */
static size_t distance(const char *a, const char *b)
{
    size_t row[NAME_MAX_COMPARED + 1];
    size_t a_size = strlen(a), b_size = strlen(b);

    if (a_size > NAME_MAX_COMPARED || b_size > NAME_MAX_COMPARED) {
        return NAME_MAX_COMPARED;
    }
    for (size_t j = 0; j <= b_size; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a_size; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            char left[2] = {a[i - 1], '\0'}, right[2] = {b[j - 1], '\0'};
            size_t changed = diagonal + (text_equal_nocase(left, right) ? 0 : 1);
            diagonal = row[j];
            row[j] = least(least(row[j], row[j - 1]) + 1, changed);
        }
    }
    return row[b_size];
}

/* Name number i of what is asked for: a method, a parameter or a property. */
static bool name_at(const struct schema *schema, bool of_methods, MI_Uint32 i, struct text *out)
{
    const MI_Char *name = NULL;
    MI_Char *reference_class = NULL;
    MI_Type type = MI_BOOLEAN;
    MI_QualifierSet set;
    MI_Result result;

    if (of_methods) {
        result = MI_Class_GetMethodAt(schema->cls, i, &name, NULL, NULL);
    } else if (schema->method != NULL) {
        result = MI_ParameterSet_GetParameterAt(&schema->parameters, i, &name, &type,
                                                &reference_class, &set);
    } else {
        result = MI_Class_GetElementAt(schema->cls, i, &name, NULL, NULL, NULL, NULL, NULL, NULL);
    }
    text_clear(out);
    text_add_shown_mi(out, name);
    return result == MI_RESULT_OK;
}

static void add_near(struct text *out, const struct schema *schema, bool of_methods,
                     const char *wrong)
{
    size_t limit = strlen(wrong) / 3 + 1;
    struct text name = {NULL, 0, 0};
    int found = 0;

    for (size_t near = 0; near <= limit; near++) {
        for (MI_Uint32 i = 0; found < NEAR_MAX && name_at(schema, of_methods, i, &name); i++) {
            if (distance(wrong, text_of(&name)) == near) {
                text_add(out, found == 0 ? "; near: " : ", ");
                text_add(out, text_of(&name));
                found++;
            }
        }
    }
    if (found == 0) {
        text_format(out, "; 'mi class %s' shows them", schema->class_name);
    }
    text_free(&name);
}

static void add_place(struct text *out, const struct schema *schema, bool with_method)
{
    text_add(out, "mi: ");
    text_add_shown(out, schema->class_name, strlen(schema->class_name));
    if (with_method && schema->method != NULL) {
        text_add(out, ".");
        text_add_shown(out, schema->method, strlen(schema->method));
    }
}

int schema_report_unknown(const struct schema *schema, const char *name)
{
    bool of_methods = name == NULL;
    const char *wrong = of_methods ? schema->method : name;
    struct text line = {NULL, 0, 0};

    add_place(&line, schema, !of_methods);
    text_format(&line, " has no %s '",
                of_methods               ? "method"
                : schema->method != NULL ? "parameter"
                                         : "property");
    text_add_shown(&line, wrong, strlen(wrong));
    text_add(&line, "'");
    add_near(&line, schema, of_methods, wrong);
    tell("%s\n", text_of(&line));
    text_free(&line);
    return EXIT_USAGE;
}

int schema_report(const struct schema *schema, const char *name, MI_Type type, const char *what)
{
    const char *type_name = mic_type_name(type);
    struct text line = {NULL, 0, 0};

    add_place(&line, schema, true);
    text_add(&line, schema->method != NULL ? "(" : ".");
    text_add_shown(&line, name, strlen(name));
    text_add(&line, schema->method != NULL ? ")" : "");
    if (schema->cls != NULL && type_name != NULL) {
        text_format(&line, " (%s)", type_name);
    }
    tell("%s: %s\n", text_of(&line), what);
    text_free(&line);
    return EXIT_USAGE;
}

bool schema_find_missing_key(const struct schema *schema,
                             bool (*has)(const void *context, const char *name),
                             const void *context, struct text *out)
{
    MI_Uint32 flags = 0;

    for (MI_Uint32 i = 0; schema->cls != NULL; i++) {
        const MI_Char *name = NULL;
        if (MI_Class_GetElementAt(schema->cls, i, &name, NULL, NULL, NULL, NULL, NULL, &flags) !=
            MI_RESULT_OK) {
            break;
        }
        text_clear(out);
        text_add_mi(out, name);
        if ((flags & MI_FLAG_KEY) != 0 && !has(context, text_of(out))) {
            return true;
        }
    }
    return false;
}
