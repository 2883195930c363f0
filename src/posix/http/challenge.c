#include "http/challenge.h"

#include <string.h>

static bool is_alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_token_char(char c)
{
    return is_alphanumeric(c) || (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool is_token68_char(char c)
{
    return is_alphanumeric(c) || (c != '\0' && strchr("-._~+/", c) != NULL);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void advance(struct mic_str *text, size_t size)
{
    text->data += size;
    text->size -= size;
}

static void skip_blanks(struct mic_str *text)
{
    while (text->size > 0 && is_blank(text->data[0])) {
        advance(text, 1);
    }
}

static void skip_blanks_and_commas(struct mic_str *text)
{
    while (text->size > 0 && (is_blank(text->data[0]) || text->data[0] == ',')) {
        advance(text, 1);
    }
}

static struct mic_str take_token(struct mic_str *text)
{
    struct mic_str token = {text->data, 0};

    while (token.size < text->size && is_token_char(text->data[token.size])) {
        token.size++;
    }
    advance(text, token.size);
    return token;
}

/* A token68 is a whole list element; else nothing is taken. */
static bool take_token68(struct mic_str *text, struct mic_str *token)
{
    struct mic_str rest = *text;

    *token = (struct mic_str){rest.data, 0};
    while (rest.size > 0 && is_token68_char(rest.data[0])) {
        advance(&rest, 1);
    }
    if (rest.data == token->data) {
        return false;
    }
    while (rest.size > 0 && rest.data[0] == '=') {
        advance(&rest, 1);
    }
    token->size = (size_t)(rest.data - token->data);
    skip_blanks(&rest);
    if (rest.size > 0 && rest.data[0] != ',') {
        return false;
    }
    *text = rest;
    return true;
}

/* A quoted-string with its quotes; one that does not end takes all that is left. */
static struct mic_str take_quoted(struct mic_str *text)
{
    struct mic_str quoted = {text->data, 1};

    while (quoted.size < text->size && text->data[quoted.size] != '"') {
        quoted.size += text->data[quoted.size] == '\\' && quoted.size + 1 < text->size ? 2U : 1U;
    }
    if (quoted.size < text->size) {
        quoted.size++;
    }
    advance(text, quoted.size);
    return quoted;
}

/* name = value; else nothing is taken. */
static bool take_parameter(struct mic_str *text, struct mic_str *name, struct mic_str *value)
{
    struct mic_str rest = *text;

    *name = take_token(&rest);
    skip_blanks(&rest);
    if (name->size == 0 || rest.size == 0 || rest.data[0] != '=') {
        return false;
    }
    advance(&rest, 1);
    skip_blanks(&rest);
    if (rest.size > 0 && rest.data[0] == '"') {
        *value = take_quoted(&rest);
    } else {
        *value = take_token(&rest);
    }
    *text = rest;
    return true;
}

static struct mic_str take_parameters(struct mic_str *text)
{
    struct mic_str all = {text->data, 0};
    struct mic_str rest = *text;
    struct mic_str name, value;

    while (take_parameter(&rest, &name, &value)) {
        all.size = (size_t)(rest.data - all.data);
        *text = rest;
        skip_blanks(&rest);
        if (rest.size > 0 && rest.data[0] != ',') {
            break;
        }
        skip_blanks_and_commas(&rest);
    }
    return all;
}

static void skip_element(struct mic_str *text)
{
    while (text->size > 0 && text->data[0] != ',') {
        if (text->data[0] == '"') {
            take_quoted(text);
        } else {
            advance(text, 1);
        }
    }
}

bool mic_http_challenge_next(struct mic_str *rest, struct mic_http_challenge *challenge)
{
    struct mic_str empty = {"", 0};

    for (;;) {
        skip_blanks_and_commas(rest);
        if (rest->size == 0) {
            return false;
        }
        challenge->token = empty;
        challenge->parameters = empty;
        challenge->scheme = take_token(rest);
        if (challenge->scheme.size > 0 &&
            (rest->size == 0 || rest->data[0] == ',' || is_blank(rest->data[0]))) {
            break;
        }
        skip_element(rest);
    }
    skip_blanks(rest);
    if (!take_token68(rest, &challenge->token)) {
        challenge->token = empty;
        challenge->parameters = take_parameters(rest);
    }
    skip_element(rest);
    return true;
}

bool mic_http_challenge_parameter(const struct mic_http_challenge *challenge, const char *name,
                                  struct mic_buf *value)
{
    struct mic_str rest = challenge->parameters;
    struct mic_str key, text;

    while (skip_blanks_and_commas(&rest), take_parameter(&rest, &key, &text)) {
        if (!mic_str_equal_nocase(key, mic_str_from(name))) {
            continue;
        }
        if (text.size == 0 || text.data[0] != '"') {
            mic_buf_append_str(value, text);
            return true;
        }
        for (size_t i = 1; i < text.size && text.data[i] != '"'; i++) {
            if (text.data[i] == '\\' && i + 1 < text.size) {
                i++;
            }
            mic_buf_append_char(value, text.data[i]);
        }
        return true;
    }
    return false;
}
