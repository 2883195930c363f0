#include "auth/der.h"

/* Behind the first one. */
static unsigned length_bytes(size_t size)
{
    unsigned count = 0;

    if (size < 128) {
        return 0;
    }
    for (; size > 0; size >>= 8) {
        count++;
    }
    return count;
}

size_t mic_der_size(size_t size)
{
    return 2 + length_bytes(size) + size;
}

void mic_der_put_head(struct mic_buf *out, unsigned tag, size_t size)
{
    unsigned count = length_bytes(size);

    mic_buf_append_char(out, (char)tag);
    if (count == 0) {
        mic_buf_append_char(out, (char)size);
        return;
    }
    mic_buf_append_char(out, (char)(0x80 | count));
    while (count-- > 0) {
        mic_buf_append_char(out, (char)(size >> (8 * count) & 0xff));
    }
}

static bool take_length(struct mic_str *rest, size_t *length)
{
    unsigned first, bytes;

    if (rest->size == 0) {
        return false;
    }
    first = (unsigned char)rest->data[0];
    rest->data++;
    rest->size--;
    if (first < 0x80) {
        *length = first;
        return first <= rest->size;
    }
    bytes = first & 0x7f;
    if (bytes == 0 || bytes > 4 || bytes > rest->size) {
        return false;
    }
    *length = 0;
    for (unsigned i = 0; i < bytes; i++) {
        *length = *length << 8 | (unsigned char)rest->data[i];
    }
    rest->data += bytes;
    rest->size -= bytes;
    return *length <= rest->size;
}

bool mic_der_take(struct mic_str *rest, unsigned *tag, struct mic_str *content)
{
    size_t length;

    if (rest->size == 0) {
        return false;
    }
    *tag = (unsigned char)rest->data[0];
    rest->data++;
    rest->size--;
    if (!take_length(rest, &length)) {
        return false;
    }
    *content = (struct mic_str){rest->data, length};
    rest->data += length;
    rest->size -= length;
    return true;
}
