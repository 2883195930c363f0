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

static MI_Result take_class(struct mic_exchange *exchange, const struct mic_request *request,
                            bool has_uri, struct mic_err *err)
{
    const char *name = request->class_name;

    if (name == NULL && request->instance != NULL) {
        const MI_Char *own = NULL;
        if (request->instance->ft->GetClassName(request->instance, &own) == MI_RESULT_OK) {
            name = own;
        }
    }
    if (name == NULL) {
        if (has_uri || exchange->row->resource == MIC_RESOURCE_NONE ||
            exchange->row->resource == MIC_RESOURCE_ALL) {
            return MI_RESULT_OK;
        }
        return mic_err_set(err, MIC_E_ARGUMENT, "no class name was given");
    }
    MI_Result result = check_text(name, "class name", err);
    if (result != MI_RESULT_OK) {
        return result;
    }
    if (!mic_name_is_legal(name)) {
        return mic_err_set(err, MIC_E_ARGUMENT, "\"%.200s\" is no legal class name", name);
    }
    exchange->class_name = mic_arena_strdup(&exchange->own, name);
    return exchange->class_name == NULL ? mic_item_no_memory(err) : MI_RESULT_OK;
}

static MI_Result take_uri(struct mic_exchange *exchange, const struct mic_request *request,
                          struct mic_err *err)
{
    const char *uri = mic_bag_string(request->options, "__MI_OPERATIONOPTIONS_RESOURCE_URI", NULL);
    const char *prefix =
        mic_bag_string(request->options, "__MI_OPERATIONOPTIONS_RESOURCE_URI_PREFIX", NULL);
    struct mic_buf text;

    if (uri != NULL && prefix != NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "a resource URI and a resource URI prefix were both given");
    }
    MI_Result result = take_class(exchange, request, uri != NULL, err);
    if (result != MI_RESULT_OK || (uri == NULL && prefix == NULL)) {
        return result;
    }
    result = check_text(uri != NULL ? uri : prefix, "resource URI", err);
    if (result != MI_RESULT_OK) {
        return result;
    }
    mic_buf_init(&text);
    if (uri != NULL) {
        mic_buf_append_text(&text, uri);
    } else {
        mic_buf_append_text(&text, prefix);
        if (text.size > 0 && text.data[text.size - 1] != '/') {
            mic_buf_append_char(&text, '/');
        }
        mic_buf_append_text(&text, exchange->class_name != NULL ? exchange->class_name : "*");
    }
    exchange->custom_uri =
        text.failed ? NULL : mic_arena_strdup(&exchange->own, mic_buf_text(&text));
    mic_buf_fini(&text);
    return exchange->custom_uri == NULL ? mic_item_no_memory(err) : MI_RESULT_OK;
}

static MI_Result take_keys(struct mic_exchange *exchange, const struct mic_request *request,
                           struct mic_err *err)
{
    struct mic_xml_writer writer;

    if (!exchange->row->has_keys) {
        return MI_RESULT_OK;
    }
    mic_xml_writer_init(&writer, &exchange->keys);
    MI_Result result = mic_epr_write_keys(&writer, request->instance, err);
    return result != MI_RESULT_OK ? result : mic_write_status(&writer, "key", "text", err);
}

MI_Result mic_request_take(struct mic_exchange *exchange, const struct mic_request *request,
                           struct mic_err *err)
{
    const char *name_space = request->name_space;
    MI_Result result = MI_RESULT_OK;

    if (exchange->row->check != NULL) {
        result = exchange->row->check(request, err);
    }
    if (result == MI_RESULT_OK && name_space == NULL && request->instance != NULL) {
        const MI_Char *own = NULL;
        if (request->instance->ft->GetNameSpace(request->instance, &own) == MI_RESULT_OK) {
            name_space = own;
        }
    }
    if (result == MI_RESULT_OK) {
        result = take_name_space(exchange, name_space, err);
    }
    if (result == MI_RESULT_OK) {
        result = take_uri(exchange, request, err);
    }
    if (result == MI_RESULT_OK) {
        result = take_keys(exchange, request, err);
    }
    if (result == MI_RESULT_OK) {
        result = mic_options_prepare(exchange, request, err);
    }
    if (result == MI_RESULT_OK && exchange->row->prepare != NULL) {
        result = exchange->row->prepare(exchange, request, err);
    }
    return result;
}
