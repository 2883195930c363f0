/* Any bytes as the value of WWW-Authenticate: all parts lie inside it, in order, and it comes to an
 * end. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "http/challenge.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool held)
{
    if (!held) {
        abort();
    }
}

static bool is_inside(struct mic_str part, const char *begin, const char *end)
{
    return part.size == 0 || (part.data >= begin && part.data + part.size <= end);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *text = (const char *)bytes;
    struct mic_str rest = {text, size};
    struct mic_http_challenge challenge;
    struct mic_buf value;
    size_t count = 0;

    mic_buf_init(&value);
    while (mic_http_challenge_next(&rest, &challenge)) {
        require(challenge.scheme.size > 0);
        require(is_inside(challenge.scheme, text, text + size));
        require(is_inside(challenge.token, text, text + size));
        require(is_inside(challenge.parameters, text, text + size));
        require(challenge.token.size == 0 || challenge.parameters.size == 0);
        require(rest.data >= challenge.scheme.data + challenge.scheme.size);
        require(++count <= size);
        mic_buf_clear(&value);
        (void)mic_http_challenge_parameter(&challenge, "realm", &value);
        require(value.size <= challenge.parameters.size);
    }
    require(rest.size == 0);
    mic_buf_fini(&value);
    return 0;
}
