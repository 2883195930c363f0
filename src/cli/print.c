#include "cli/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/console.h"
#include "cli/csv.h"
#include "cli/output.h"
#include "cli/text.h"
#include "cli/value.h"
#include "cli/xml.h"

/* A table chooses its columns and widths by its first rows. */
enum { COLUMNS_MAX = 8, ROWS_MEASURED = 64, COLUMN_WIDTH_MAX = 40, COUNT_EVERY = 100 };

struct column {
    MI_Char *name; /* of the first instance */
    struct text title;
    size_t width;
};

/* How a format is written. */
struct format {
    void (*add)(struct printer *printer, const MI_Instance *instance);
    void (*end)(struct printer *printer); /* NULL: nothing to do */
};

struct printer {
    const struct format *format;
    bool is_live, is_listing;
    MI_Application *maker;
    struct output *output;
    struct text text; /* reused */
    unsigned long count;
    bool shows_count; /* a running count on stderr */
    size_t width;     /* of the terminal, 0: no limit */
    struct column columns[COLUMNS_MAX];
    int column_count;
    MI_Instance *held[ROWS_MEASURED];
    int held_count, held_max;
    bool table_started;
    struct csv *csv;
};

static bool is_plain(MI_Type type)
{
    return ((unsigned)type & MI_ARRAY) == 0 && type != MI_INSTANCE && type != MI_REFERENCE;
}

static bool has_value_in_a_row(const struct printer *printer, const MI_Char *name)
{
    for (int r = 0; r < printer->held_count; r++) {
        MI_Uint32 flags = 0;
        if (MI_Instance_GetElement(printer->held[r], name, NULL, NULL, &flags, NULL) ==
                MI_RESULT_OK &&
            (flags & MI_FLAG_NULL) == 0) {
            return true;
        }
    }
    return false;
}

enum rank { RANK_KEY, RANK_NAME, RANK_OTHER, RANK_NEVER };

/* Keys first, then Name, then what has a value somewhere, in the order of the class. */
static enum rank rank_of(const struct printer *printer, const MI_Char *name, MI_Type type,
                         MI_Uint32 flags)
{
    struct text utf8 = {NULL, 0, 0};
    bool is_name;

    if ((flags & MI_FLAG_KEY) != 0) {
        return RANK_KEY;
    }
    if (!is_plain(type) || !has_value_in_a_row(printer, name)) {
        return RANK_NEVER;
    }
    text_add_mi(&utf8, name);
    is_name = strcmp(text_of(&utf8), "Name") == 0;
    text_free(&utf8);
    return is_name ? RANK_NAME : RANK_OTHER;
}

static MI_Char *copy_name(const MI_Char *name)
{
    size_t count = 0;
    MI_Char *copy;

    while (name[count] != 0) {
        count++;
    }
    copy = text_memory((count + 1) * sizeof(*copy));
    memcpy(copy, name, (count + 1) * sizeof(*copy));
    return copy;
}

static void choose_columns(struct printer *printer)
{
    const MI_Instance *first = printer->held[0];
    MI_Uint32 count = 0;

    (void)MI_Instance_GetElementCount(first, &count);
    for (int rank = RANK_KEY; rank < RANK_NEVER; rank++) {
        for (MI_Uint32 i = 0; i < count && printer->column_count < COLUMNS_MAX; i++) {
            const MI_Char *name = NULL;
            MI_Type type = MI_BOOLEAN;
            MI_Uint32 flags = 0;
            if (MI_Instance_GetElementAt(first, i, &name, NULL, &type, &flags) == MI_RESULT_OK &&
                name != NULL && rank_of(printer, name, type, flags) == (enum rank)rank) {
                struct column *column = &printer->columns[printer->column_count++];
                column->name = copy_name(name);
                text_add_shown_mi(&column->title, name);
            }
        }
    }
}

static void cell_of(const MI_Instance *instance, const struct column *column, struct text *out)
{
    MI_Value value;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0;

    text_clear(out);
    if (MI_Instance_GetElement(instance, column->name, &value, &type, &flags, NULL) ==
        MI_RESULT_OK) {
        value_add_text(out, type, flags, &value);
    }
}

static void measure(struct printer *printer)
{
    struct text cell = {NULL, 0, 0};
    size_t used = 0;
    int fit = 0;

    for (int i = 0; i < printer->column_count; i++) {
        struct column *column = &printer->columns[i];
        size_t width = text_width(text_of(&column->title));
        for (int r = 0; r < printer->held_count; r++) {
            cell_of(printer->held[r], column, &cell);
            size_t cell_width = text_width(text_of(&cell));
            width = cell_width > width ? cell_width : width;
        }
        column->width = width > COLUMN_WIDTH_MAX ? COLUMN_WIDTH_MAX : width;
        used += column->width + (i > 0 ? 2 : 0);
        if (i == 0 || printer->width == 0 || used <= printer->width) {
            fit = i + 1;
        } else {
            used -= column->width + 2;
            break;
        }
    }
    for (int i = fit; i < printer->column_count; i++) {
        text_free(&printer->columns[i].title);
        free(printer->columns[i].name);
        printer->columns[i].name = NULL;
    }
    printer->column_count = fit;
    if (fit > 0 && printer->width > used) {
        printer->columns[fit - 1].width += printer->width - used; /* nothing is right of it */
    }
    text_free(&cell);
}

/* On a terminal a long value is cut; elsewhere it only pushes the next columns. */
static void add_cell(const struct printer *printer, int index, const char *cell, struct text *out)
{
    size_t width = printer->columns[index].width;
    size_t used = text_width(cell);

    if (used > width && printer->width != 0) {
        size_t bytes = 0;
        for (size_t characters = 0; cell[bytes] != '\0'; bytes++) {
            characters += ((unsigned char)cell[bytes] & 0xC0U) != 0x80U;
            if (characters == width) {
                break;
            }
        }
        text_append(out, cell, bytes);
        text_add(out, "\xE2\x80\xA6");
        used = width;
    } else {
        text_add(out, cell);
    }
    if (index < printer->column_count - 1) {
        text_format(out, "%*s", (int)(used < width ? width - used + 2 : 2), "");
    }
}

static void add_row(struct printer *printer, const MI_Instance *instance)
{
    struct text cell = {NULL, 0, 0};

    for (int i = 0; i < printer->column_count; i++) {
        cell_of(instance, &printer->columns[i], &cell);
        add_cell(printer, i, text_of(&cell), &printer->text);
    }
    text_free(&cell);
    text_trim(&printer->text);
    text_add(&printer->text, "\n");
}

static void add_heading(struct printer *printer)
{
    struct text *out = &printer->text;

    for (int i = 0; i < printer->column_count; i++) {
        add_cell(printer, i, text_of(&printer->columns[i].title), out);
    }
    text_add(out, "\n");
    for (int i = 0; i < printer->column_count; i++) {
        bool last = i == printer->column_count - 1;
        size_t title = text_width(text_of(&printer->columns[i].title));
        size_t width = last ? title : printer->columns[i].width;
        for (size_t w = 0; w < width; w++) {
            text_add(out, "-");
        }
        text_add(out, last ? "\n" : "  ");
    }
}

static void start_table(struct printer *printer)
{
    if (printer->table_started || printer->held_count == 0) {
        return;
    }
    printer->table_started = true;
    choose_columns(printer);
    measure(printer);
    add_heading(printer);
    for (int r = 0; r < printer->held_count; r++) {
        add_row(printer, printer->held[r]);
        MI_Instance_Delete(printer->held[r]);
    }
    printer->held_count = 0;
}

static void add_to_table(struct printer *printer, const MI_Instance *instance)
{
    MI_Instance *copy = NULL;

    if (!printer->table_started && MI_Instance_Clone(instance, &copy) == MI_RESULT_OK) {
        printer->held[printer->held_count++] = copy;
        if (printer->held_count == printer->held_max) {
            start_table(printer);
        }
        return;
    }
    start_table(printer);
    add_row(printer, instance);
}

static void add_to_list(struct printer *printer, const MI_Instance *instance)
{
    struct text name = {NULL, 0, 0};
    const MI_Char *mi_name = NULL;
    MI_Uint32 count = 0;
    size_t width = 0;

    text_add(&printer->text, printer->count > 1 ? "\n" : "");
    (void)MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        text_clear(&name);
        if (MI_Instance_GetElementAt(instance, i, &mi_name, NULL, NULL, NULL) == MI_RESULT_OK) {
            text_add_shown_mi(&name, mi_name);
            width = text_width(text_of(&name)) > width ? text_width(text_of(&name)) : width;
        }
    }
    width = width > COLUMN_WIDTH_MAX ? COLUMN_WIDTH_MAX : width;
    for (MI_Uint32 i = 0; i < count; i++) {
        MI_Value value;
        MI_Type type = MI_BOOLEAN;
        MI_Uint32 flags = 0;
        if (MI_Instance_GetElementAt(instance, i, &mi_name, &value, &type, &flags) !=
            MI_RESULT_OK) {
            continue;
        }
        text_clear(&name);
        text_add_shown_mi(&name, mi_name);
        size_t used = text_width(text_of(&name));
        text_format(&printer->text, "%s%*s :", text_of(&name),
                    (int)(used < width ? width - used : 0), "");
        text_clear(&name);
        value_add_text(&name, type, flags, &value);
        text_add(&printer->text, name.size > 0 ? " " : "");
        text_append(&printer->text, text_of(&name), name.size);
        text_add(&printer->text, "\n");
    }
    text_free(&name);
}

static void add_to_array(struct printer *printer, const MI_Instance *instance)
{
    text_add(&printer->text, printer->count == 1 ? "[\n" : ",\n");
    instance_add_json(&printer->text, instance);
}

static void end_array(struct printer *printer)
{
    text_add(&printer->text, printer->count > 0 ? "\n]\n" : "[]\n");
}

static void add_json_line(struct printer *printer, const MI_Instance *instance)
{
    instance_add_json(&printer->text, instance);
    text_add(&printer->text, "\n");
}

static void add_to_csv(struct printer *printer, const MI_Instance *instance)
{
    csv_add(printer->csv, &printer->text, instance);
}

static void add_to_xml(struct printer *printer, const MI_Instance *instance)
{
    if (printer->count == 1) {
        xml_begin(&printer->text);
    }
    xml_add_instance(&printer->text, instance);
}

static void end_xml(struct printer *printer)
{
    if (printer->count == 0) {
        xml_begin(&printer->text);
    }
    xml_end(&printer->text);
}

static const struct format formats[] = {
    [OUTPUT_TABLE] = {add_to_table, start_table},
    [OUTPUT_LIST] = {add_to_list, NULL},
    [OUTPUT_JSON] = {add_to_array, end_array},
    [OUTPUT_JSONL] = {add_json_line, NULL},
    [OUTPUT_CSV] = {add_to_csv, NULL},
    [OUTPUT_XML] = {add_to_xml, end_xml},
};

struct printer *printer_new(const struct arguments *arguments, const struct printing *printing,
                            struct output *output)
{
    struct printer *printer = text_memory(sizeof(*printer));

    memset(printer, 0, sizeof(*printer));
    printer->format = &formats[arguments->format_given ? arguments->format : printing->usual];
    printer->is_live = printing->is_live;
    printer->is_listing = printing->is_listing;
    printer->maker = printing->maker;
    printer->held_max = printing->is_live ? 1 : ROWS_MEASURED;
    printer->csv = csv_new();
    printer->output = output;
    if (printer->format == &formats[OUTPUT_CSV]) {
        console_keep_line_ends();
    }
    printer->width = console_columns();
    printer->shows_count = printing->is_listing && arguments->verbosity == 0 &&
                           console_is_terminal(stderr) && !console_is_terminal(stdout);
    return printer;
}

/* A copy without what is NULL; NULL when it cannot be made. */
static MI_Instance *without_nulls(MI_Application *maker, const MI_Instance *instance)
{
    const MI_Char *name = NULL;
    MI_Instance *out = NULL;
    MI_Uint32 count = 0;

    (void)MI_Instance_GetClassName(instance, &name);
    if (MI_Application_NewInstance(maker, name, NULL, &out) != MI_RESULT_OK) {
        return NULL;
    }
    (void)MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        MI_Value value;
        MI_Type type = MI_BOOLEAN;
        MI_Uint32 flags = 0;
        if (MI_Instance_GetElementAt(instance, i, &name, &value, &type, &flags) == MI_RESULT_OK &&
            (flags & MI_FLAG_NULL) == 0) {
            (void)MI_Instance_AddElement(out, name, &value, type, flags & MI_FLAG_KEY);
        }
    }
    return out;
}

bool printer_add(struct printer *printer, const MI_Instance *instance)
{
    MI_Instance *reduced = printer->maker != NULL ? without_nulls(printer->maker, instance) : NULL;

    printer->count++;
    printer->format->add(printer, reduced != NULL ? reduced : instance);
    if (reduced != NULL) {
        MI_Instance_Delete(reduced);
    }
    if (printer->shows_count && printer->count % COUNT_EVERY == 0) {
        tell("\r%lu instances", printer->count);
    }
    return output_put(printer->output, &printer->text) &&
           (!printer->is_live || output_flush(printer->output));
}

void printer_abandon(struct printer *printer)
{
    for (int i = 0; i < printer->column_count; i++) {
        text_free(&printer->columns[i].title);
        free(printer->columns[i].name);
    }
    csv_free(printer->csv);
    text_free(&printer->text);
    free(printer);
}

void printer_end(struct printer *printer, bool complete)
{
    if (printer->format->end != NULL) {
        printer->format->end(printer);
    }
    (void)output_put(printer->output, &printer->text);
    (void)output_flush(printer->output);
    if (printer->shows_count && printer->count >= COUNT_EVERY) {
        tell("\r%lu instances\n", printer->count);
    } else if (printer->count == 0 && complete && printer->is_listing &&
               console_is_terminal(stderr)) {
        tell("mi: no instances\n");
    }
    printer_abandon(printer);
}
