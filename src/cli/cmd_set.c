#include <stdio.h>
#include <string.h>

#include "cli/change.h"
#include "cli/object.h"

/* Without a class --key says what the keys are. */
static bool is_named(const struct words *words, const char *name)
{
    for (int i = 0; i < words->count; i++) {
        if (text_equal_nocase(words->at[i], name)) {
            return true;
        }
    }
    return false;
}

static bool has_value(const void *context, const char *name)
{
    const struct assignment *found = assignments_find(context, name);
    return found != NULL && found->count > 0;
}

static int check_keys(const struct change *change, const struct schema *schema)
{
    const struct words *keys = &change->arguments->keys;
    struct text name = {NULL, 0, 0};
    int status = -1;

    if (change->cls == NULL && keys->count == 0) {
        return schema_report(schema, change->assignments.at[0].name, MI_STRING,
                             "the server gives no class, so say which are keys: --key NAME");
    }
    for (int i = 0; i < keys->count && status < 0; i++) {
        if (!has_value(&change->assignments, keys->at[i])) {
            status = schema_report(schema, keys->at[i], MI_STRING, "is a key, but has no value");
        }
    }
    if (status < 0 && schema_find_missing_key(schema, has_value, &change->assignments, &name)) {
        struct member member;
        (void)schema_find(schema, text_of(&name), &member);
        status = schema_report(schema, text_of(&name), member.type, "is a key, but has no value");
    }
    text_free(&name);
    return status;
}

/* Keys and others apart, as only the keys are keys where no class says so. */
static int fill(struct change *change, const struct schema *schema)
{
    const struct words *keys = &change->arguments->keys;
    int status = -1;

    for (int i = 0; i < change->assignments.count && status < 0; i++) {
        const struct assignments one = {&change->assignments.at[i], 1};
        bool is_key = change->cls == NULL && is_named(keys, one.at->name);
        status = object_fill(&change->connection, schema, &one, is_key, change->object);
    }
    return status;
}

static int start(struct change *change)
{
    struct schema schema;
    int status = object_fetch_class(&change->connection, change->class_name, &change->cls);

    (void)schema_open(change->class_name, NULL, change->cls, &schema);
    if (status < 0) {
        status = check_keys(change, &schema);
    }
    if (status < 0) {
        status = object_new(&change->connection, change->class_name, &change->object);
    }
    if (status < 0) {
        status = fill(change, &schema);
    }
    if (status < 0) {
        MI_Session_ModifyInstance(&change->connection.session, change->connection.flags,
                                  &change->dialog.options, change->connection.name_space,
                                  change->object, &change->dialog.callbacks, &change->operation);
    }
    return status;
}

static int run(const struct arguments *arguments, struct output *output)
{
    struct change change = {.arguments = NULL};

    return change_properties(arguments, &change, start, output);
}

const struct verb verb_set = {
    .name = "set",
    .operands = "CLASS key=value... property=value...",
    .summary = "Write properties of an instance. The class says which of them are keys.",
    .examples = "  mi set Win32_LogicalDisk DeviceID=D: VolumeName=data -H server -u admin "
                "--https\n",
    .min_operands = 2,
    .max_operands = -1,
    .run = run,
};
