#include "cli/csv.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cli/output.h"
#include "cli/value.h"

struct csv {
    MI_Instance *first; /* its properties are the columns */
    MI_Uint32 count;
    bool has_told;
};

struct csv *csv_new(void)
{
    struct csv *csv = text_memory(sizeof(*csv));

    memset(csv, 0, sizeof(*csv));
    return csv;
}

static void add_name(struct text *out, const MI_Char *name)
{
    struct text utf8 = {NULL, 0, 0};

    text_add_mi(&utf8, name);
    text_add_csv(out, text_of(&utf8), utf8.size);
    text_free(&utf8);
}

static const MI_Char *column_name(const struct csv *csv, MI_Uint32 index)
{
    const MI_Char *name = NULL;

    (void)MI_Instance_GetElementAt(csv->first, index, &name, NULL, NULL, NULL);
    return name;
}

/* Arrays and embedded instances are JSON inside their field. */
static void add_value(struct text *out, MI_Type type, const MI_Value *value)
{
    struct text plain = {NULL, 0, 0};

    if (((unsigned)type & MI_ARRAY) != 0 || type == MI_INSTANCE) {
        value_add_json(&plain, type, 0, value);
    } else {
        value_add_plain(&plain, type, value);
    }
    text_add_csv(out, text_of(&plain), plain.size);
    text_free(&plain);
}

static void add_header(struct csv *csv, struct text *out)
{
    (void)MI_Instance_GetElementCount(csv->first, &csv->count);
    text_add(out, "__CLASS");
    for (MI_Uint32 i = 0; i < csv->count; i++) {
        text_add(out, ",");
        add_name(out, column_name(csv, i));
    }
    text_add(out, "\r\n");
}

static void tell_missing(struct csv *csv, const MI_Instance *instance)
{
    const MI_Char *name = NULL, *class_name = NULL;
    struct text line = {NULL, 0, 0};
    MI_Uint32 count = 0;

    (void)MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count && !csv->has_told; i++) {
        if (MI_Instance_GetElementAt(instance, i, &name, NULL, NULL, NULL) == MI_RESULT_OK &&
            MI_Instance_GetElement(csv->first, name, NULL, NULL, NULL, NULL) != MI_RESULT_OK) {
            csv->has_told = true;
        }
    }
    if (csv->has_told) {
        (void)MI_Instance_GetClassName(instance, &class_name);
        text_add(&line, "mi: the columns are those of the first instance; '");
        text_add_shown_mi(&line, name);
        text_add(&line, "' of ");
        text_add_shown_mi(&line, class_name);
        text_add(&line, " and perhaps more has none\n");
        tell("%s", text_of(&line));
    }
    text_free(&line);
}

void csv_add(struct csv *csv, struct text *out, const MI_Instance *instance)
{
    const MI_Char *name = NULL;

    if (csv->first == NULL) {
        if (MI_Instance_Clone(instance, &csv->first) != MI_RESULT_OK) {
            return;
        }
        add_header(csv, out);
    } else if (!csv->has_told) {
        tell_missing(csv, instance);
    }
    (void)MI_Instance_GetClassName(instance, &name);
    add_name(out, name);
    for (MI_Uint32 i = 0; i < csv->count; i++) {
        MI_Value value;
        MI_Type type = MI_BOOLEAN;
        MI_Uint32 flags = 0;
        text_add(out, ",");
        if (MI_Instance_GetElement(instance, column_name(csv, i), &value, &type, &flags, NULL) ==
                MI_RESULT_OK &&
            (flags & MI_FLAG_NULL) == 0) {
            add_value(out, type, &value);
        }
    }
    text_add(out, "\r\n");
}

void csv_free(struct csv *csv)
{
    if (csv->first != NULL) {
        MI_Instance_Delete(csv->first);
    }
    free(csv);
}
