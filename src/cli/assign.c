#include "cli/assign.h"

#include <stdlib.h>
#include <string.h>

#include "cli/output.h"
#include "cli/text.h"
#include "common/result.h"

static int refuse(const char *before, const char *operand, const char *after)
{
    struct text line = {NULL, 0, 0};

    text_add(&line, before);
    text_add_shown(&line, operand, strlen(operand));
    tell("mi: %s%s\n", text_of(&line), after);
    text_free(&line);
    return EXIT_USAGE;
}

static struct assignment *find(const struct assignments *assignments, const char *name)
{
    for (int i = 0; i < assignments->count; i++) {
        if (text_equal_nocase(assignments->at[i].name, name)) {
            return &assignments->at[i];
        }
    }
    return NULL;
}

const struct assignment *assignments_find(const struct assignments *assignments, const char *name)
{
    return find(assignments, name);
}

/* @p room: for how many values. @return the new one, or the one that has this name */
static struct assignment *add(struct assignments *out, const char *name, size_t size, int room)
{
    char *copy = text_memory(size + 1);
    struct assignment *known;

    memcpy(copy, name, size);
    copy[size] = '\0';
    known = find(out, copy);
    if (known != NULL) {
        free(copy);
        return known;
    }
    out->at[out->count] = (struct assignment){.name = copy};
    out->at[out->count].values = text_memory((size_t)room * sizeof(char *));
    return &out->at[out->count++];
}

static bool find_type(const char *text, size_t size, MI_Type *out)
{
    for (unsigned type = MI_BOOLEAN; type <= MI_INSTANCEA; type++) {
        const char *name = mic_type_name((MI_Type)type);
        if (name != NULL && strlen(name) == size && memcmp(name, text, size) == 0) {
            *out = (MI_Type)type;
            return true;
        }
    }
    return false;
}

/* @p equals: the end of `name` or `name:type` @return as assignments_read */
static int add_operand(struct assignments *out, const char *operand, const char *equals, int room)
{
    const char *colon = memchr(operand, ':', (size_t)(equals - operand));
    const char *end = colon != NULL ? colon : equals;
    MI_Type type = MI_STRING;
    struct assignment *assignment;

    if (colon != NULL && !find_type(colon + 1, (size_t)(equals - colon) - 1, &type)) {
        return refuse("'", operand,
                      "': behind the colon stands no type such as uint32 or string[]");
    }
    assignment = add(out, operand, (size_t)(end - operand), room);
    if (colon != NULL) {
        assignment->has_type = true;
        assignment->type = type;
    }
    assignment->values[assignment->count++] = equals + 1;
    return -1;
}

static void make_room(struct assignments *out, int more)
{
    size_t count = (size_t)out->count + (size_t)more;
    struct assignment *at = text_memory(count * sizeof(*at));

    if (out->count > 0) {
        memcpy(at, out->at, (size_t)out->count * sizeof(*at));
    }
    free(out->at);
    out->at = at;
}

int assignments_read(const char *const *operands, int count, const char *form,
                     struct assignments *out)
{
    int status = -1;

    *out = (struct assignments){NULL, 0};
    make_room(out, count);
    for (int i = 0; i < count && status < 0; i++) {
        const char *equals = strchr(operands[i], '=');
        if (equals == NULL || strchr(":=", operands[i][0]) != NULL) {
            struct text after = {NULL, 0, 0};
            text_format(&after, "' is not %s", form);
            status = refuse("'", operands[i], text_of(&after));
            text_free(&after);
        } else {
            status = add_operand(out, operands[i], equals, count);
        }
    }
    return status;
}

static int add_option(struct assignments *out, const char *name, bool is_null)
{
    int before = out->count;
    struct assignment *assignment = add(out, name, strlen(name), 0);

    if (out->count == before) {
        return refuse("'", name, "' is given twice");
    }
    assignment->is_null = is_null;
    assignment->is_empty = !is_null;
    return -1;
}

int assignments_add_options(const struct arguments *arguments, struct assignments *out)
{
    int status = -1;

    make_room(out, arguments->nulls.count + arguments->empties.count);
    for (int i = 0; i < arguments->nulls.count && status < 0; i++) {
        status = add_option(out, arguments->nulls.at[i], true);
    }
    for (int i = 0; i < arguments->empties.count && status < 0; i++) {
        status = add_option(out, arguments->empties.at[i], false);
    }
    return status;
}

int assignments_check_single(const struct assignments *assignments)
{
    for (int i = 0; i < assignments->count; i++) {
        if (assignments->at[i].count > 1) {
            return refuse("'", assignments->at[i].name, "' is given twice");
        }
    }
    return -1;
}

void assignments_free(struct assignments *assignments)
{
    for (int i = 0; i < assignments->count; i++) {
        free(assignments->at[i].name);
        free(assignments->at[i].values);
    }
    free(assignments->at);
    *assignments = (struct assignments){NULL, 0};
}
