#include "cli/object.h"

#include <stdio.h>
#include <string.h>

#include "cli/drain.h"
#include "cli/failure.h"
#include "cli/path.h"
#include "cli/text.h"
#include "cli/typed.h"

int object_fetch_class(struct connection *connection, const char *class_name, MI_Class **out)
{
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Char *name;

    *out = NULL;
    if (connection->arguments->no_types) {
        return -1;
    }
    name = text_to_mi(class_name);
    MI_Session_GetClass(&connection->session, 0, NULL, connection->name_space, name, NULL,
                        &operation);
    text_release_mi(name, class_name);
    return drain_class(&operation, class_name, connection->arguments->verbosity > 0, out);
}

int object_new(struct connection *connection, const char *class_name, MI_Instance **out)
{
    const MI_Char *name = text_to_mi(class_name);
    MI_Result result = MI_Application_NewInstance(&connection->application, name, NULL, out);

    text_release_mi(name, class_name);
    return result == MI_RESULT_OK ? -1 : failure_report(class_name, result, NULL, NULL);
}

/* "'10GB' is not a whole number from 0 to 255" */
static int refuse_value(const struct schema *schema, const struct assignment *assignment,
                        MI_Type type, int index)
{
    const char *text = assignment->values[index];
    struct text line = {NULL, 0, 0};
    int status;

    if (((unsigned)type & ~(unsigned)MI_ARRAY) != MI_INSTANCE) {
        text_add(&line, "'");
        text_add_shown(&line, text, strlen(text));
        text_add(&line, "' is not ");
    }
    text_add(&line, typed_wants(type));
    status = schema_report(schema, assignment->name, type, text_of(&line));
    text_free(&line);
    return status;
}

static int find_member(const struct schema *schema, const struct assignment *assignment,
                       bool are_keys, struct member *out)
{
    bool is_many = assignment->count > 1 || assignment->is_empty;

    if (schema->cls == NULL) {
        *out = (struct member){
            .type = is_many ? MI_STRINGA : MI_STRING, .is_key = are_keys, .is_in = true};
        out->type = assignment->has_type ? assignment->type : out->type;
    } else if (!schema_find(schema, assignment->name, out)) {
        return schema_report_unknown(schema, assignment->name);
    }
    if (assignment->has_type && assignment->type != out->type) {
        return schema_report(schema, assignment->name, out->type, "is declared with another type");
    }
    if (!out->is_in) {
        return schema_report(schema, assignment->name, out->type, "is an out parameter");
    }
    if (are_keys && !out->is_key) {
        return schema_report(schema, assignment->name, out->type, "is not a key");
    }
    if (is_many && ((unsigned)out->type & MI_ARRAY) == 0) {
        return schema_report(schema, assignment->name, out->type,
                             assignment->is_empty ? "is not an array"
                                                  : "is given twice, but is not an array");
    }
    return -1;
}

static int add_element(const struct schema *schema, const struct assignment *assignment,
                       const struct member *member, const MI_Value *value, MI_Instance *instance)
{
    const MI_Char *name = text_to_mi(assignment->name);
    MI_Uint32 flags =
        (assignment->is_null ? MI_FLAG_NULL : 0U) | (member->is_key ? MI_FLAG_KEY : 0U);
    MI_Result result = MI_Instance_AddElement(instance, name, assignment->is_null ? NULL : value,
                                              member->type, flags);

    text_release_mi(name, assignment->name);
    if (result == MI_RESULT_OK) {
        return -1;
    }
    return result == MI_RESULT_INVALID_PARAMETER
               ? schema_report(schema, assignment->name, member->type, "this cannot be a name")
               : failure_report(assignment->name, result, NULL, NULL);
}

static int set_one(struct connection *connection, const struct schema *schema,
                   const struct assignment *assignment, bool are_keys, MI_Instance *instance)
{
    struct member member;
    MI_Value value;
    int wrong, status = find_member(schema, assignment, are_keys, &member);

    if (status >= 0) {
        return status;
    }
    if (assignment->is_null) {
        return add_element(schema, assignment, &member, NULL, instance);
    }
    wrong = typed_read(&connection->application, member.type, assignment->values, assignment->count,
                       &value);
    if (wrong >= 0) {
        return refuse_value(schema, assignment, member.type, wrong);
    }
    status = add_element(schema, assignment, &member, &value, instance);
    typed_free(member.type, assignment->values, &value);
    return status;
}

int object_fill(struct connection *connection, const struct schema *schema,
                const struct assignments *assignments, bool are_keys, MI_Instance *instance)
{
    int status = -1;

    for (int i = 0; i < assignments->count && status < 0; i++) {
        status = set_one(connection, schema, &assignments->at[i], are_keys, instance);
    }
    return status;
}

static bool has_path(const struct assignments *keys)
{
    for (int i = 0; i < keys->count; i++) {
        if (keys->at[i].count > 0 && path_is(keys->at[i].values[0])) {
            return true;
        }
    }
    return false;
}

int object_new_keys(struct connection *connection, const char *class_name,
                    const struct assignments *keys, MI_Instance **out)
{
    struct schema schema;
    MI_Class *cls = NULL;
    int status = -1;

    if (has_path(keys)) {
        status = object_fetch_class(connection, class_name, &cls);
    }
    if (status < 0) {
        status = object_new(connection, class_name, out);
    }
    if (status < 0) {
        (void)schema_open(class_name, NULL, cls, &schema);
        status = object_fill(connection, &schema, keys, true, *out);
    }
    if (cls != NULL) {
        MI_Class_Delete(cls);
    }
    return status;
}
