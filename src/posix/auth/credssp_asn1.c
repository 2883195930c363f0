#include "auth/credssp_asn1.h"

#include "auth/der.h"
#include "base/mem.h"
#include "base/secret.h"
#include "common/utf.h"

enum { TAG_INTEGER = 0x02, TAG_OCTETS = 0x04, TAG_SEQUENCE = 0x30, TAG_CONTEXT = 0xa0 };

enum field { FIELD_VERSION, FIELD_TOKENS, FIELD_AUTH, FIELD_KEY, FIELD_ERROR, FIELD_NONCE };

#define CRED_TYPE_PASSWORD 1
#define SIZE_LIMIT         ((size_t)0x1000000) /* of a structure; a token is far below */

/* ---- writing: sizes first, so that nothing is built to be copied ---- */

/* An INTEGER below 128 as field @p number. */
static void put_small(struct mic_buf *out, unsigned number, unsigned value)
{
    mic_der_put_head(out, TAG_CONTEXT | number, mic_der_size(1));
    mic_der_put_head(out, TAG_INTEGER, 1);
    mic_buf_append_char(out, (char)value);
}

static size_t octets_size(struct mic_str content)
{
    return content.data == NULL ? 0 : mic_der_size(mic_der_size(content.size));
}

static void put_octets(struct mic_buf *out, unsigned number, struct mic_str content)
{
    if (content.data != NULL) {
        mic_der_put_head(out, TAG_CONTEXT | number, mic_der_size(content.size));
        mic_der_put_head(out, TAG_OCTETS, content.size);
        mic_buf_append_str(out, content);
    }
}

static size_t tokens_size(struct mic_str token)
{
    return token.data == NULL ? 0 : mic_der_size(mic_der_size(mic_der_size(octets_size(token))));
}

/* NegoData: a list of one. */
static void put_tokens(struct mic_buf *out, struct mic_str token)
{
    size_t size = octets_size(token);

    if (token.data != NULL) {
        mic_der_put_head(out, TAG_CONTEXT | FIELD_TOKENS, mic_der_size(mic_der_size(size)));
        mic_der_put_head(out, TAG_SEQUENCE, mic_der_size(size));
        mic_der_put_head(out, TAG_SEQUENCE, size);
        put_octets(out, 0, token);
    }
}

void mic_ts_request_write(struct mic_buf *out, const struct mic_ts_request *request)
{
    size_t size = mic_der_size(mic_der_size(1)) + tokens_size(request->token) +
                  octets_size(request->auth_info) + octets_size(request->key_auth) +
                  octets_size(request->nonce);

    mic_der_put_head(out, TAG_SEQUENCE, size);
    put_small(out, FIELD_VERSION, request->version);
    put_tokens(out, request->token);
    put_octets(out, FIELD_AUTH, request->auth_info);
    put_octets(out, FIELD_KEY, request->key_auth);
    put_octets(out, FIELD_NONCE, request->nonce);
}

/* ---- writing credentials ---- */

static bool count_units(struct mic_str text, size_t *bytes)
{
    size_t count = text.size == 0 ? 0 : mic_utf8_to_utf16(text.data, text.size, NULL, 0);

    *bytes = 2 * count;
    return count <= SIZE_LIMIT;
}

/* UTF-16, little endian, without an end (2.2.1.2.1). */
static void put_text(struct mic_buf *out, unsigned number, struct mic_str text, size_t bytes)
{
    uint16_t *units = mic_calloc(bytes / 2 + 1, sizeof(*units));

    mic_der_put_head(out, TAG_CONTEXT | number, mic_der_size(bytes));
    mic_der_put_head(out, TAG_OCTETS, bytes);
    if (units == NULL) {
        out->failed = true;
        return;
    }
    if (bytes > 0) {
        (void)mic_utf8_to_utf16(text.data, text.size, units, bytes / 2);
    }
    for (size_t i = 0; i < bytes / 2; i++) {
        mic_buf_append_char(out, (char)(units[i] & 0xff));
        mic_buf_append_char(out, (char)(units[i] >> 8));
    }
    mic_wipe(units, bytes);
    mic_free(units);
}

bool mic_ts_password_write(struct mic_buf *out, const struct mic_ts_password *password)
{
    size_t domain, user, secret, fields, body;

    if (!count_units(password->domain, &domain) || !count_units(password->user, &user) ||
        !count_units(password->password, &secret)) {
        return false;
    }
    fields = mic_der_size(mic_der_size(domain)) + mic_der_size(mic_der_size(user)) +
             mic_der_size(mic_der_size(secret));
    body = mic_der_size(mic_der_size(1)) + mic_der_size(mic_der_size(mic_der_size(fields)));
    if (!mic_buf_reserve(out, mic_der_size(body))) {
        return false;
    }
    mic_der_put_head(out, TAG_SEQUENCE, body);
    put_small(out, 0, CRED_TYPE_PASSWORD);
    mic_der_put_head(out, TAG_CONTEXT | 1, mic_der_size(mic_der_size(fields)));
    mic_der_put_head(out, TAG_OCTETS, mic_der_size(fields));
    mic_der_put_head(out, TAG_SEQUENCE, fields);
    put_text(out, 0, password->domain, domain);
    put_text(out, 1, password->user, user);
    put_text(out, 2, password->password, secret);
    return !out->failed;
}

/* ---- reading ---- */

/* Shortest lengths only, as DER has them. */
static bool take(struct mic_str *rest, unsigned *tag, struct mic_str *content)
{
    const char *start = rest->data;

    return mic_der_take(rest, tag, content) && content->size < SIZE_LIMIT &&
           (size_t)(content->data - start) + content->size == mic_der_size(content->size);
}

/* All of @p bytes is one @p tag. */
static bool open_only(struct mic_str bytes, unsigned tag, struct mic_str *content)
{
    unsigned found;

    return take(&bytes, &found, content) && found == tag && bytes.size == 0;
}

/* As 32 bits, whether the writer took an NTSTATUS for signed or not. */
static bool read_integer(struct mic_str field, uint32_t *out)
{
    struct mic_str value;
    const unsigned char *at;
    uint32_t number;

    if (!open_only(field, TAG_INTEGER, &value) || value.size == 0 || value.size > 5) {
        return false;
    }
    at = (const unsigned char *)value.data;
    if (value.size > 1 && ((at[0] == 0 && at[1] < 0x80) || (at[0] == 0xff && at[1] >= 0x80))) {
        return false; /* not the shortest form */
    }
    if (value.size == 5 && at[0] != 0) {
        return false;
    }
    number = at[0] >= 0x80 ? UINT32_MAX : 0;
    for (size_t i = 0; i < value.size; i++) {
        number = number << 8 | at[i];
    }
    *out = number;
    return true;
}

/* NegoData is a list; more than one token has no meaning in it. */
static bool read_tokens(struct mic_str field, struct mic_str *token)
{
    struct mic_str list, item, inner;

    return open_only(field, TAG_SEQUENCE, &list) && open_only(list, TAG_SEQUENCE, &item) &&
           open_only(item, TAG_CONTEXT | 0, &inner) && open_only(inner, TAG_OCTETS, token);
}

static bool read_field(unsigned number, struct mic_str field, struct mic_ts_request *request)
{
    switch ((enum field)number) {
    case FIELD_VERSION:
        return read_integer(field, &request->version);
    case FIELD_TOKENS:
        return read_tokens(field, &request->token);
    case FIELD_AUTH:
        return open_only(field, TAG_OCTETS, &request->auth_info);
    case FIELD_KEY:
        return open_only(field, TAG_OCTETS, &request->key_auth);
    case FIELD_ERROR:
        request->has_error = true;
        return read_integer(field, &request->error);
    case FIELD_NONCE:
        return open_only(field, TAG_OCTETS, &request->nonce);
    }
    return false;
}

bool mic_ts_request_read(struct mic_str bytes, struct mic_ts_request *request)
{
    struct mic_str fields, field;
    unsigned tag, due = FIELD_VERSION;

    *request = (struct mic_ts_request){.version = 0};
    if (bytes.size > SIZE_LIMIT || !open_only(bytes, TAG_SEQUENCE, &fields) || fields.size == 0 ||
        (unsigned char)fields.data[0] != (TAG_CONTEXT | FIELD_VERSION)) {
        return false;
    }
    while (fields.size > 0) {
        if (!take(&fields, &tag, &field) || tag < (TAG_CONTEXT | due) ||
            tag > (TAG_CONTEXT | FIELD_NONCE) ||
            !read_field(tag & ~(unsigned)TAG_CONTEXT, field, request)) {
            return false;
        }
        due = (tag & ~(unsigned)TAG_CONTEXT) + 1;
    }
    return true;
}
