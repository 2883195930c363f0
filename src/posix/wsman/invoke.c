/* Invoke: a method's name is the action, its parameters are an instance (DSP0227 9.2, MS-WSMV
 * 3.1.4.11). The class is asked for first: it tells which parameters there are, before the method
 * runs, and what comes out. */
#include <string.h>

#include "model/value.h"
#include "wsman/dialogue.h"
#include "wsman/instance_write.h"

/* Of the entry that describes the results; no class can have this name. */
#define RESULT_ENTRY "the method's results"
#define RETURN_VALUE "ReturnValue"

MI_Result mic_invoke_take(struct mic_exchange *exchange, const struct mic_request *request,
                          struct mic_err *err)
{
    if (request->method == NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT, "no method was named");
    }
    MI_Result result =
        mic_request_copy_name(exchange, request->method, "method", &exchange->method, err);
    if (result == MI_RESULT_OK && request->parameters != NULL) {
        result = mic_request_clone(request->parameters, &exchange->parameters, err);
    }
    return result;
}

static const MI_Instance *parameters_of(const struct mic_exchange *exchange)
{
    const struct mic_instance *parameters =
        exchange->ordered != NULL ? exchange->ordered : exchange->parameters;

    return parameters == NULL ? NULL : &parameters->public_instance;
}

/* ---- the declaration ---- */

static const MI_MethodDecl *find_method(const MI_ClassDecl *decl, const char *name)
{
    for (MI_Uint32 i = 0; i < decl->numMethods; i++) {
        if (mic_text_equal_nocase(decl->methods[i]->name, name)) {
            return decl->methods[i];
        }
    }
    return NULL;
}

static const MI_ParameterDecl *find_parameter(const MI_MethodDecl *method, const char *name)
{
    for (MI_Uint32 i = 0; i < method->numParameters; i++) {
        if (mic_text_equal_nocase(method->parameters[i]->name, name)) {
            return method->parameters[i];
        }
    }
    return NULL;
}

/* As on Windows a parameter the method does not have is refused before anything is sent. */
static MI_Result check_parameters(const struct mic_exchange *exchange, const MI_MethodDecl *method,
                                  struct mic_err *err)
{
    MI_Uint32 count = 0;
    const MI_Instance *parameters = parameters_of(exchange);
    MI_Result result =
        parameters == NULL ? MI_RESULT_OK : mic_element_count(parameters, &count, err);

    for (MI_Uint32 i = 0; result == MI_RESULT_OK && i < count; i++) {
        struct mic_element element;
        result = mic_element_get(parameters, i, &element, err);
        if (result == MI_RESULT_OK && find_parameter(method, element.name) == NULL) {
            mic_err_set(err, MIC_E_ARGUMENT, "the method %s of class %s has no parameter %s",
                        exchange->method, exchange->class_name, element.name);
            err->hresult = MIC_CODE_WRONG_METADATA;
            err->category = MI_ERRORCATEGORY_METADATA_ERROR;
            result = err->result;
        }
    }
    return result;
}

/* In the order of their declaration: Windows does not care, servers that check a call against its
 * schema do. The values stay where they are. */
static bool order_parameters(struct mic_exchange *exchange, const MI_MethodDecl *method)
{
    const struct mic_instance *given = exchange->parameters;

    if (given == NULL) {
        return true;
    }
    struct mic_instance *ordered =
        mic_instance_new_in(&exchange->own, given->class_name, NULL, given->count);
    for (MI_Uint32 i = 0; ordered != NULL && i < method->numParameters; i++) {
        int index = mic_instance_find(given, mic_str_from(method->parameters[i]->name), 0);
        const struct mic_property *property = index < 0 ? NULL : &given->properties[index];
        if (property != NULL && (property->flags & MI_FLAG_NULL) == 0 &&
            !mic_instance_append(ordered, property->name, property->type, &property->value, 0)) {
            return false;
        }
    }
    exchange->ordered = ordered;
    return ordered != NULL;
}

static MI_PropertyDecl *add_result(struct mic_arena *arena, MI_PropertyDecl **list,
                                   MI_Uint32 *count, const char *name, MI_Uint32 type,
                                   const char *class_name)
{
    MI_PropertyDecl *decl = mic_arena_calloc(arena, 1, sizeof(*decl));

    if (decl == NULL) {
        return NULL;
    }
    decl->name = mic_arena_strdup(arena, name);
    decl->className = class_name == NULL ? NULL : mic_arena_strdup(arena, class_name);
    if (decl->name == NULL || (class_name != NULL && decl->className == NULL)) {
        return NULL;
    }
    decl->flags = MI_FLAG_PROPERTY | MI_FLAG_OUT;
    decl->type = type;
    list[(*count)++] = decl;
    return decl;
}

static bool declare_results(struct mic_arena *arena, const MI_MethodDecl *method,
                            MI_ClassDecl *decl)
{
    MI_PropertyDecl **list =
        mic_arena_calloc(arena, (size_t)method->numParameters + 1, sizeof(*list));

    if (list == NULL || add_result(arena, list, &decl->numProperties, RETURN_VALUE,
                                   method->returnType, NULL) == NULL) {
        return false;
    }
    for (MI_Uint32 i = 0; i < method->numParameters; i++) {
        const MI_ParameterDecl *parameter = method->parameters[i];
        bool is_out = (parameter->flags & MI_FLAG_OUT) != 0;
        if (is_out && add_result(arena, list, &decl->numProperties, parameter->name,
                                 parameter->type, parameter->className) == NULL) {
            return false;
        }
    }
    decl->properties = (MI_PropertyDecl const *const *)list;
    decl->flags = MI_FLAG_CLASS;
    decl->name = mic_arena_strdup(arena, method->name);
    return decl->name != NULL;
}

/* What comes out of the method, as a class, so that it is read like any instance. */
static struct mic_class *result_class(const MI_MethodDecl *method)
{
    struct mic_arena arena;
    struct mic_class *cls = NULL;

    mic_arena_init(&arena, 1024);
    MI_ClassDecl *decl = mic_arena_calloc(&arena, 1, sizeof(*decl));
    if (decl != NULL && declare_results(&arena, method, decl)) {
        cls = mic_class_new(&arena, decl, NULL, NULL, NULL);
    }
    mic_arena_fini(&arena);
    return cls;
}

static MI_Result use_method(struct mic_exchange *exchange, const MI_MethodDecl *method,
                            struct mic_err *err)
{
    MI_Result result = check_parameters(exchange, method, err);

    if (result != MI_RESULT_OK) {
        return result;
    }
    struct mic_class_entry *entry = mic_class_table_get(&exchange->classes, MIC_STR(RESULT_ENTRY));
    struct mic_class *cls =
        entry == NULL || !order_parameters(exchange, method) ? NULL : result_class(method);
    if (cls == NULL) {
        return mic_item_no_memory(err);
    }
    mic_class_entry_set(entry, cls);
    mic_class_unref(cls);
    return MI_RESULT_OK;
}

MI_Result mic_invoke_prepare(struct mic_exchange *exchange, struct mic_err *err)
{
    struct mic_class_entry *entry;
    MI_Result result = mic_item_class(exchange, mic_str_from(exchange->class_name), &entry, err);

    if (result != MI_RESULT_OK || exchange->wanted_class != NULL || entry == NULL) {
        return result;
    }
    const MI_MethodDecl *method = find_method(entry->cls->public_class.classDecl, exchange->method);
    /* The server may know it all the same: one that runs a method of a subclass, for one. */
    return method == NULL ? MI_RESULT_OK : use_method(exchange, method, err);
}

/* ---- messages ---- */

static bool is_sent(const struct mic_element *element)
{
    return (element->flags & MI_FLAG_NULL) == 0;
}

MI_Result mic_invoke_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                           struct mic_err *err)
{
    struct mic_buf uri, name;

    mic_buf_init(&uri);
    mic_buf_init(&name);
    mic_exchange_uri(exchange, &uri);
    mic_buf_append_text(&name, exchange->method);
    mic_buf_append_text(&name, "_INPUT");
    const struct mic_instance_form form = {mic_buf_text(&uri), mic_exchange_family(exchange),
                                           exchange->name_space, exchange->has_xs_dates,
                                           &exchange->has_dates};
    MI_Result result = mic_instance_write(writer, &form, mic_str_from(mic_buf_text(&name)),
                                          parameters_of(exchange), is_sent, err);
    writer->out->failed |= uri.failed || name.failed;
    mic_buf_fini(&uri);
    mic_buf_fini(&name);
    return result;
}

/* Method_OUTPUT; openwsman's and OMI's elements have other names: whatever is there it is. */
MI_Result mic_invoke_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                          struct mic_err *err)
{
    struct mic_class_entry *entry = mic_class_table_find(&exchange->classes, MIC_STR(RESULT_ENTRY));

    return mic_item_read_as(exchange, element, entry, exchange->method, exchange->name_space, err);
}
