#include "engine/no_proxy.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/num.h"
#include "base/str.h"

/* An address: IPv4 as its IPv6 form, so that both ways to write it are the same. */
struct address {
    unsigned char bytes[16];
    bool is_v4;
};

static const unsigned char v4_head[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static bool read_address(struct mic_str text, struct address *out)
{
    char copy[INET6_ADDRSTRLEN + 1];
    struct in_addr v4;

    if (text.size == 0 || text.size >= sizeof(copy) || memchr(text.data, '\0', text.size) != NULL) {
        return false;
    }
    memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    if (inet_pton(AF_INET, copy, &v4) == 1) {
        memcpy(out->bytes, v4_head, sizeof(v4_head));
        memcpy(out->bytes + sizeof(v4_head), &v4, 4);
    } else if (inet_pton(AF_INET6, copy, out->bytes) != 1) {
        return false;
    }
    out->is_v4 = memcmp(out->bytes, v4_head, sizeof(v4_head)) == 0;
    return true;
}

static bool has_prefix(const struct address *address, const struct address *range, uint32_t bits)
{
    size_t whole = bits / 8;
    unsigned rest = bits % 8;

    return memcmp(address->bytes, range->bytes, whole) == 0 &&
           (rest == 0 || (address->bytes[whole] ^ range->bytes[whole]) >> (8 - rest) == 0);
}

static bool range_matches(struct mic_str item, size_t slash, const struct address *address)
{
    struct address range;
    uint32_t bits;

    if (!read_address((struct mic_str){item.data, slash}, &range) ||
        !mic_parse_u32((struct mic_str){item.data + slash + 1, item.size - slash - 1}, &bits) ||
        range.is_v4 != address->is_v4 || bits > (range.is_v4 ? 32 : 128)) {
        return false;
    }
    return has_prefix(address, &range, range.is_v4 ? bits + 96 : bits);
}

static struct mic_str without_last_dot(struct mic_str name)
{
    if (name.size > 1 && name.data[name.size - 1] == '.') {
        name.size--;
    }
    return name;
}

static bool name_matches(struct mic_str item, struct mic_str host)
{
    struct mic_str tail;

    if (mic_str_starts_with(item, MIC_STR("*."))) {
        item.data++;
        item.size--;
    }
    if (item.size > 0 && item.data[0] == '.') {
        item.data++;
        item.size--;
    }
    item = without_last_dot(item);
    if (item.size == 0 || item.size > host.size) {
        return false;
    }
    tail = (struct mic_str){host.data + host.size - item.size, item.size};
    return mic_str_equal_nocase(tail, item) && (tail.data == host.data || tail.data[-1] == '.');
}

/* Take ":port" and brackets off. @return false when it is for another port, or malformed */
static bool take_port(struct mic_str *item, uint16_t port)
{
    const char *colon = memchr(item->data, ':', item->size);
    struct mic_str text = {NULL, 0};
    uint32_t wanted;

    if (item->data[0] == '[') {
        const char *close = memchr(item->data, ']', item->size);
        const char *end = item->data + item->size;

        if (close == NULL || (close + 1 < end && close[1] != ':')) {
            return false;
        }
        if (close + 1 < end) {
            text = (struct mic_str){close + 2, (size_t)(end - close - 2)};
        }
        *item = (struct mic_str){item->data + 1, (size_t)(close - item->data - 1)};
        if (close + 1 == end) {
            return true;
        }
    } else {
        size_t before = colon != NULL ? (size_t)(colon - item->data) : item->size;

        if (colon == NULL || memchr(colon + 1, ':', item->size - before - 1) != NULL) {
            return true; /* no port, or a bare IPv6 address */
        }
        text = (struct mic_str){colon + 1, item->size - before - 1};
        item->size = before;
    }
    return mic_parse_u32(text, &wanted) && wanted == port;
}

static bool item_matches(struct mic_str item, struct mic_str host, uint16_t port)
{
    const char *slash = memchr(item.data, '/', item.size);
    struct address address, other;
    bool is_address = read_address(host, &address);

    if (slash != NULL) {
        return is_address && range_matches(item, (size_t)(slash - item.data), &address);
    }
    if (!take_port(&item, port)) {
        return false;
    }
    if (mic_str_equal(item, MIC_STR("*"))) {
        return true;
    }
    if (is_address) {
        return read_address(item, &other) &&
               memcmp(address.bytes, other.bytes, sizeof(address.bytes)) == 0;
    }
    return name_matches(item, host);
}

static bool is_between(char c)
{
    return c == ',' || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ';';
}

/* A zone says through which interface, not who. */
static struct mic_str bare_host(const char *host)
{
    return without_last_dot((struct mic_str){host, strcspn(host, "%")});
}

bool mic_no_proxy_matches(const char *list, const char *host, uint16_t port)
{
    struct mic_str name = bare_host(host);
    const char *p = list != NULL ? list : "";

    while (*p != '\0') {
        const char *start = p;

        while (*p != '\0' && !is_between(*p)) {
            p++;
        }
        if (p > start && item_matches((struct mic_str){start, (size_t)(p - start)}, name, port)) {
            return true;
        }
        p += *p != '\0' ? 1 : 0;
    }
    return false;
}

bool mic_host_is_loopback(const char *host)
{
    static const struct address v6 = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, false};
    struct mic_str name = bare_host(host);
    struct address address;

    if (!read_address(name, &address)) {
        return name_matches(MIC_STR("localhost"), name);
    }
    return address.is_v4 ? address.bytes[12] == 127
                         : memcmp(address.bytes, v6.bytes, sizeof(v6.bytes)) == 0;
}
