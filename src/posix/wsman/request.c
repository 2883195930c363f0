/* What the application asked for, checked and copied. */
#include <string.h>

#include "common/utf.h"
#include "wsman/dialogue.h"
#include "wsman/value_text.h"

#define DEFAULT_NAME_SPACE "root/cimv2"
#define NAME_MAX_SIZE      4096

static MI_Result check_text(const char *text, const char *what, struct mic_err *err)
{
    size_t size = strlen(text), bad_at = 0;

    if (size > NAME_MAX_SIZE) {
        return mic_err_set(err, MIC_E_ARGUMENT, "the %s is longer than %d bytes", what,
                           NAME_MAX_SIZE);
    }
    if (!mic_utf8_is_valid(text, size, &bad_at)) {
        return mic_err_set(err, MIC_E_ARGUMENT, "the %s is not valid UTF-8 at byte %zu", what,
                           bad_at);
    }
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)text[i] < 0x20) {
            return mic_err_set(err, MIC_E_ARGUMENT, "the %s holds a control character at byte %zu",
                               what, i);
        }
    }
    return MI_RESULT_OK;
}

static MI_Result take_name_space(struct mic_exchange *exchange, const char *name_space,
                                 struct mic_err *err)
{
    exchange->has_name_space = name_space != NULL && name_space[0] != '\0';
    if (!exchange->has_name_space) {
        name_space = DEFAULT_NAME_SPACE;
    }
    MI_Result result = check_text(name_space, "namespace", err);
    if (result != MI_RESULT_OK) {
        return result;
    }
    char *copy = mic_arena_strdup(&exchange->own, name_space);
    if (copy == NULL) {
        return mic_item_no_memory(err);
    }
    for (char *at = copy; *at != '\0'; at++) {
        if (*at == '\\') {
            *at = '/';
        }
    }
    if (copy[0] == '/') {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "the namespace \"%.200s\" begins with a separator: it names no host and "
                           "looks like root/cimv2",
                           copy);
    }
    exchange->name_space = copy;
    return MI_RESULT_OK;
}

MI_Result mic_request_copy_name(struct mic_exchange *exchange, const char *name, const char *what,
                                const char **out, struct mic_err *err)
{
    MI_Result result = check_text(name, what, err);

    if (result != MI_RESULT_OK) {
        return result;
    }
    if (!mic_name_is_legal(name)) {
        return mic_err_set(err, MIC_E_ARGUMENT, "\"%.200s\" is no legal name of a %s", name, what);
    }
    *out = mic_arena_strdup(&exchange->own, name);
    return *out == NULL ? mic_item_no_memory(err) : MI_RESULT_OK;
}

MI_Result mic_request_clone(const MI_Instance *instance, struct mic_instance **out,
                            struct mic_err *err)
{
    if (mic_instance_copy(NULL, instance, 0, out) != MI_RESULT_OK) {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "the instance given cannot be read, or holds others too deep");
    }
    return MI_RESULT_OK;
}

MI_Result mic_request_keep_instance(struct mic_exchange *exchange, const MI_Instance *instance,
                                    const char *role, struct mic_err *err)
{
    if (instance == NULL || instance->ft == NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT, "no instance %s was given", role);
    }
    return mic_request_clone(instance, &exchange->instance, err);
}

static MI_Result take_class(struct mic_exchange *exchange, const struct mic_request *request,
                            bool is_optional, struct mic_err *err)
{
    const char *name = request->class_name;

    if (name == NULL && request->instance != NULL &&
        exchange->row->resource == MIC_RESOURCE_CLASS) {
        const MI_Char *own = NULL;
        if (request->instance->ft->GetClassName(request->instance, &own) == MI_RESULT_OK) {
            name = own;
        }
    }
    if (name != NULL) {
        return mic_request_copy_name(exchange, name, "class", &exchange->class_name, err);
    }
    return is_optional ? MI_RESULT_OK : mic_err_set(err, MIC_E_ARGUMENT, "no class name was given");
}

/* Verbs that go to all classes, or may mean all, need not name one. */
static bool needs_class(const struct mic_exchange *exchange)
{
    return exchange->row->resource == MIC_RESOURCE_CLASS || exchange->verb == MIC_VERB_GET_CLASS;
}

/* The URI, or the prefix in front of the class's name or of the star that stands for all. */
static MI_Result build_uri(struct mic_exchange *exchange, const char *uri, const char *prefix,
                           struct mic_err *err)
{
    struct mic_buf text;
    const char *name = exchange->class_name != NULL ? exchange->class_name : "*";

    if (uri != NULL) {
        exchange->custom_uri = mic_arena_strdup(&exchange->own, uri);
        return exchange->custom_uri == NULL ? mic_item_no_memory(err) : MI_RESULT_OK;
    }
    mic_buf_init(&text);
    mic_family_uri(&(struct mic_family){.prefix = prefix}, NULL, name, &text);
    exchange->custom_uri =
        text.failed ? NULL : mic_arena_strdup(&exchange->own, mic_buf_text(&text));
    exchange->custom_prefix = mic_arena_strdup(&exchange->own, prefix);
    mic_buf_fini(&text);
    return exchange->custom_uri == NULL || exchange->custom_prefix == NULL ? mic_item_no_memory(err)
                                                                           : MI_RESULT_OK;
}

static MI_Result take_uri(struct mic_exchange *exchange, const struct mic_request *request,
                          struct mic_err *err)
{
    const char *uri = mic_bag_string(request->options, "__MI_OPERATIONOPTIONS_RESOURCE_URI", NULL);
    const char *prefix =
        mic_bag_string(request->options, "__MI_OPERATIONOPTIONS_RESOURCE_URI_PREFIX", NULL);

    if (uri != NULL && prefix != NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "a resource URI and a resource URI prefix were both given");
    }
    MI_Result result = take_class(exchange, request, uri != NULL || !needs_class(exchange), err);
    if (result != MI_RESULT_OK || (uri == NULL && prefix == NULL)) {
        return result;
    }
    result = check_text(uri != NULL ? uri : prefix, "resource URI", err);
    return result != MI_RESULT_OK ? result : build_uri(exchange, uri, prefix, err);
}

static MI_Result take_keys(struct mic_exchange *exchange, const struct mic_request *request,
                           struct mic_err *err)
{
    struct mic_xml_writer writer;

    mic_buf_clear(&exchange->keys);
    if (!exchange->row->has_keys || request->instance == NULL) {
        return MI_RESULT_OK;
    }
    const struct mic_family family = mic_exchange_family(exchange);
    mic_xml_writer_init(&writer, &exchange->keys);
    MI_Result result =
        mic_epr_write_keys(&writer, &family, request->instance, !exchange->row->is_written, err);
    return result != MI_RESULT_OK ? result : mic_write_status(&writer, "key", "text", err);
}

MI_Result mic_request_take(struct mic_exchange *exchange, const struct mic_request *request,
                           struct mic_err *err)
{
    const char *name_space = request->name_space;

    if (request->instance != NULL && request->instance->ft == NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT, "the instance given has no function table");
    }
    if (name_space == NULL && request->instance != NULL) {
        const MI_Char *own = NULL;
        if (request->instance->ft->GetNameSpace(request->instance, &own) == MI_RESULT_OK) {
            name_space = own;
        }
    }
    MI_Result result = take_name_space(exchange, name_space, err);
    if (result == MI_RESULT_OK) {
        result = take_uri(exchange, request, err);
    }
    if (result == MI_RESULT_OK && exchange->row->take != NULL) {
        result = exchange->row->take(exchange, request, err);
    }
    if (result == MI_RESULT_OK) {
        result = take_keys(exchange, request, err);
    }
    if (result == MI_RESULT_OK) {
        result = mic_options_prepare(exchange, request, err);
    }
    return result;
}
