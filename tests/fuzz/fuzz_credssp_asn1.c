/* Any bytes as a TSRequest: read or refused; what is read lies inside, and DER being what it is,
 * written again gives the same bytes. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "auth/credssp_asn1.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool held)
{
    if (!held) {
        abort();
    }
}

static void require_inside(struct mic_str part, struct mic_str whole)
{
    require(part.data == NULL ||
            (part.data >= whole.data && part.data + part.size <= whole.data + whole.size));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct mic_str whole = {(const char *)bytes, size};
    struct mic_ts_request request;
    struct mic_buf again;

    if (!mic_ts_request_read(whole, &request)) {
        return 0;
    }
    require_inside(request.token, whole);
    require_inside(request.auth_info, whole);
    require_inside(request.key_auth, whole);
    require_inside(request.nonce, whole);
    if (request.has_error || request.version > 127) {
        return 0;
    }
    mic_buf_init(&again);
    mic_ts_request_write(&again, &request);
    require(!again.failed && again.size == size && memcmp(again.data, bytes, size) == 0);
    mic_buf_fini(&again);
    return 0;
}
