#include "auth/spnego.h"

#include "auth/der.h"

enum {
    TAG_OCTETS = 0x04,
    TAG_OID = 0x06,
    TAG_ENUMERATED = 0x0a,
    TAG_SEQUENCE = 0x30,
    TAG_INITIAL = 0x60,
    TAG_CONTEXT = 0xa0
};

/* 1.2.840.113554.1.2.2, and what Windows 2000 made of it, 1.2.840.48018.1.2.2 */
#define OID_KRB5    "\x2a\x86\x48\x86\xf7\x12\x01\x02\x02"
#define OID_MS_KRB5 "\x2a\x86\x48\x82\xf7\x12\x01\x02\x02"
#define OID_SPNEGO  "\x06\x06\x2b\x06\x01\x05\x05\x02"

const struct mic_str mic_spnego_mechanisms = {"\x30\x0b\x06\x09" OID_KRB5, 13};

/* ---- writing ---- */

static void put(struct mic_buf *out, unsigned tag, struct mic_str content)
{
    mic_der_put_head(out, tag, content.size);
    mic_buf_append_str(out, content);
}

/* Put what @p inner holds into @p tag, in place. */
static void wrap(struct mic_buf *inner, unsigned tag)
{
    struct mic_buf outer;

    mic_buf_init(&outer);
    outer.failed = inner->failed;
    put(&outer, tag, (struct mic_str){inner->data, inner->size});
    mic_buf_fini(inner);
    *inner = outer;
}

static void put_field(struct mic_buf *out, unsigned number, unsigned tag, struct mic_str content)
{
    struct mic_buf field;

    if (content.size == 0) {
        return;
    }
    mic_buf_init(&field);
    put(&field, tag, content);
    wrap(&field, TAG_CONTEXT | number);
    mic_buf_append(out, field.data, field.size);
    out->failed = out->failed || field.failed;
    mic_buf_fini(&field);
}

static void move(struct mic_buf *out, struct mic_buf *part)
{
    mic_buf_append(out, part->data, part->size);
    out->failed = out->failed || part->failed;
    mic_buf_fini(part);
}

void mic_spnego_write_init(struct mic_buf *out, struct mic_str token)
{
    struct mic_buf fields, whole;

    mic_buf_init(&fields);
    mic_buf_init(&whole);
    put(&fields, TAG_CONTEXT | 0, mic_spnego_mechanisms);
    put_field(&fields, 2, TAG_OCTETS, token);
    wrap(&fields, TAG_SEQUENCE);
    wrap(&fields, TAG_CONTEXT | 0);
    mic_buf_append_str(&whole, MIC_STR(OID_SPNEGO));
    move(&whole, &fields);
    wrap(&whole, TAG_INITIAL);
    move(out, &whole);
}

void mic_spnego_write_reply(struct mic_buf *out, struct mic_str token, struct mic_str mic)
{
    struct mic_buf fields;

    mic_buf_init(&fields);
    put_field(&fields, 2, TAG_OCTETS, token);
    put_field(&fields, 3, TAG_OCTETS, mic);
    wrap(&fields, TAG_SEQUENCE);
    wrap(&fields, TAG_CONTEXT | 1);
    move(out, &fields);
}

/* ---- reading ---- */

/* All of @p bytes is one @p tag. */
static bool open_only(struct mic_str bytes, unsigned tag, struct mic_str *content)
{
    unsigned found;

    return mic_der_take(&bytes, &found, content) && found == tag && bytes.size == 0;
}

static bool read_state(struct mic_str field, struct mic_spnego_reply *reply)
{
    struct mic_str value;

    if (!open_only(field, TAG_ENUMERATED, &value) || value.size != 1 ||
        (unsigned char)value.data[0] > MIC_SPNEGO_REQUEST_MIC) {
        return false;
    }
    reply->state = (enum mic_spnego_state)value.data[0];
    return true;
}

static bool read_field(unsigned tag, struct mic_str field, struct mic_spnego_reply *reply)
{
    switch (tag) {
    case TAG_CONTEXT | 0:
        return read_state(field, reply);
    case TAG_CONTEXT | 1:
        return open_only(field, TAG_OID, &reply->mechanism);
    case TAG_CONTEXT | 2:
        return open_only(field, TAG_OCTETS, &reply->token);
    case TAG_CONTEXT | 3:
        return open_only(field, TAG_OCTETS, &reply->mic);
    default:
        return false;
    }
}

bool mic_spnego_read(struct mic_str bytes, struct mic_spnego_reply *reply)
{
    struct mic_str body, fields, field;
    unsigned tag, last = 0;

    *reply = (struct mic_spnego_reply){.state = MIC_SPNEGO_UNSAID};
    if (!open_only(bytes, TAG_CONTEXT | 1, &body) || !open_only(body, TAG_SEQUENCE, &fields)) {
        return false;
    }
    while (fields.size > 0) {
        if (!mic_der_take(&fields, &tag, &field) || tag <= last || !read_field(tag, field, reply)) {
            return false;
        }
        last = tag;
    }
    return true;
}

bool mic_spnego_is_kerberos(struct mic_str mechanism)
{
    return mechanism.size == 0 || mic_str_equal(mechanism, MIC_STR(OID_KRB5)) ||
           mic_str_equal(mechanism, MIC_STR(OID_MS_KRB5));
}
