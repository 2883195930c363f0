/* Any bytes as a NegTokenResp: read or refused; what is read lies inside. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "auth/spnego.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require_inside(struct mic_str part, struct mic_str whole)
{
    if (part.size > 0 && (part.data < whole.data || part.size > whole.size ||
                          (size_t)(part.data - whole.data) > whole.size - part.size)) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct mic_str whole = {(const char *)bytes, size};
    struct mic_spnego_reply reply;

    if (mic_spnego_read(whole, &reply)) {
        require_inside(reply.mechanism, whole);
        require_inside(reply.token, whole);
        require_inside(reply.mic, whole);
        (void)mic_spnego_is_kerberos(reply.mechanism);
    }
    return 0;
}
