#include "base/secret.h"

#include <string.h>

#include "base/mem.h"

void mic_wipe(void *bytes, size_t size)
{
    if (size > 0) {
        memset(bytes, 0, size);
        /* The bytes count as read here, so the memset stays. */
        __asm__ __volatile__("" : : "r"(bytes) : "memory");
    }
}

int mic_secret_init(struct mic_secret *secret, const char *text)
{
    secret->data = NULL;
    secret->size = 0;
    if (!text) {
        return 0;
    }
    secret->data = mic_strdup(text);
    if (!secret->data) {
        return -1;
    }
    secret->size = strlen(text);
    return 0;
}

void mic_secret_fini(struct mic_secret *secret)
{
    if (secret->data) {
        mic_wipe(secret->data, secret->size);
        mic_free(secret->data);
    }
    secret->data = NULL;
    secret->size = 0;
}
