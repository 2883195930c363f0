/* QueryInstances: an Enumerate with a filter (DSP0226 8.2, MS-WSMV 3.1.4.1.34). */
#include <string.h>

#include "wsman/dialogue.h"
#include "wsman/query.h"
#include "wsman/uris.h"
#include "wsman/value_text.h"

struct dialect_row {
    const char *name, *uri;
};

static const struct dialect_row dialects[] = {
    {MI_QUERY_DIALECT_WQL, MIC_URI_DIALECT_WQL},
    {MI_QUERY_DIALECT_CQL, MIC_URI_DIALECT_CQL},
    {MI_QUERY_DIALECT_SELECTOR, MIC_URI_DIALECT_SELECTOR},
};

const char *mic_query_dialect(const char *name)
{
    for (size_t i = 0; i < MIC_COUNT(dialects); i++) {
        if (mic_text_equal_nocase(name, dialects[i].name)) {
            return dialects[i].uri;
        }
    }
    return strchr(name, ':') != NULL ? name : NULL;
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* The next word outside of quotes; empty at the end. */
static struct mic_str next_word(const char **at)
{
    char quote = '\0';

    for (; **at != '\0'; (*at)++) {
        if (quote != '\0') {
            if (**at == '\\' && (*at)[1] != '\0') {
                (*at)++;
            } else if (**at == quote) {
                quote = '\0';
            }
        } else if (**at == '"' || **at == '\'') {
            quote = **at;
        } else if (is_word(**at)) {
            break;
        }
    }
    const char *begin = *at;
    while (is_word(**at)) {
        (*at)++;
    }
    return (struct mic_str){begin, (size_t)(*at - begin)};
}

struct mic_str mic_query_class(const char *query)
{
    struct mic_str word;

    do {
        word = next_word(&query);
    } while (word.size > 0 && !mic_str_equal_nocase(word, MIC_STR("FROM")));
    return word.size > 0 ? next_word(&query) : word;
}

static MI_Result take_dialect(struct mic_exchange *exchange, const struct mic_request *request,
                              struct mic_err *err)
{
    if (request->dialect == NULL || request->query == NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT, "a query needs a dialect and an expression");
    }
    const char *uri = mic_query_dialect(request->dialect);
    if (uri == NULL) {
        char quoted[80];
        mic_err_quote(mic_str_from(request->dialect), quoted, sizeof(quoted));
        mic_err_set(err, MIC_E_NOT_SUPPORTED,
                    "\"%s\" is no query dialect: WQL, CQL, selectorFilter or a dialect's URI",
                    quoted);
        err->result = MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED;
        return err->result;
    }
    exchange->filter.dialect = mic_arena_strdup(&exchange->own, uri);
    exchange->filter.expression = mic_arena_strdup(&exchange->own, request->query);
    if (exchange->filter.dialect == NULL || exchange->filter.expression == NULL) {
        return mic_item_no_memory(err);
    }
    return MI_RESULT_OK;
}

MI_Result mic_query_take(struct mic_exchange *exchange, const struct mic_request *request,
                         struct mic_err *err)
{
    if (request->dialect == NULL && request->query == NULL && exchange->custom_uri != NULL) {
        return MI_RESULT_OK; /* all of what the resource URI names */
    }
    MI_Result result = take_dialect(exchange, request, err);
    if (result != MI_RESULT_OK) {
        return result;
    }
    if (strcmp(exchange->filter.dialect, MIC_URI_DIALECT_SELECTOR) == 0) {
        return exchange->custom_uri != NULL
                   ? MI_RESULT_OK
                   : mic_err_set(err, MIC_E_ARGUMENT,
                                 "the selector dialect filters the instances of one class: name "
                                 "it with the resource URI option");
    }
    struct mic_str name = mic_query_class(exchange->filter.expression);
    if (name.size > 0 && exchange->class_name == NULL) {
        exchange->class_name = mic_arena_str(&exchange->own, name);
        return exchange->class_name == NULL ? mic_item_no_memory(err) : MI_RESULT_OK;
    }
    return MI_RESULT_OK;
}

static struct mic_str unquoted(struct mic_str value)
{
    value = mic_str_trim(value);
    if (value.size > 1 && (value.data[0] == '"' || value.data[0] == '\'') &&
        value.data[value.size - 1] == value.data[0]) {
        value.data++;
        value.size -= 2;
    }
    return value;
}

/* {name=value;name=value}, the braces and quotes optional, as the selectors they stand for. */
static MI_Result write_selectors(const char *expression, struct mic_xml_writer *writer,
                                 struct mic_err *err)
{
    struct mic_str left = mic_str_trim(mic_str_from(expression));

    if (left.size > 1 && left.data[0] == '{' && left.data[left.size - 1] == '}') {
        left.data++;
        left.size -= 2;
    }
    mic_xml_open(writer, MIC_XN_W_SELECTOR_SET);
    while (left.size > 0) {
        const char *semicolon = memchr(left.data, ';', left.size);
        size_t size = semicolon == NULL ? left.size : (size_t)(semicolon - left.data);
        const char *equals = memchr(left.data, '=', size);
        if (equals == NULL) {
            mic_err_set(err, MIC_E_ARGUMENT,
                        "a selector filter is name=value, several divided by semicolons");
            err->result = MI_RESULT_INVALID_QUERY;
            return err->result;
        }
        size_t name_size = (size_t)(equals - left.data);
        mic_xml_open(writer, MIC_XN_W_SELECTOR);
        mic_xml_attr(writer, MIC_XN_ATTR_NAME,
                     mic_str_trim((struct mic_str){left.data, name_size}));
        mic_xml_text(writer, unquoted((struct mic_str){equals + 1, size - name_size - 1}));
        mic_xml_close(writer, MIC_XN_W_SELECTOR);
        size += semicolon != NULL;
        left.data += size;
        left.size -= size;
    }
    mic_xml_close(writer, MIC_XN_W_SELECTOR_SET);
    return MI_RESULT_OK;
}

MI_Result mic_query_write_filter(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                                 struct mic_err *err)
{
    const struct mic_filter *filter = &exchange->filter;
    MI_Result result = MI_RESULT_OK;

    if (filter->dialect == NULL) {
        return MI_RESULT_OK;
    }
    mic_xml_open(writer, MIC_XN_W_FILTER);
    mic_xml_attr(writer, MIC_XN_ATTR_DIALECT, mic_str_from(filter->dialect));
    if (strcmp(filter->dialect, MIC_URI_DIALECT_SELECTOR) == 0) {
        result = write_selectors(filter->expression, writer, err);
    } else {
        mic_xml_text(writer, mic_str_from(filter->expression));
    }
    mic_xml_close(writer, MIC_XN_W_FILTER);
    return result == MI_RESULT_OK ? mic_write_status(writer, "query", "text", err) : result;
}
