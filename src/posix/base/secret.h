/** A password: wiped when freed, never traced. */
#ifndef MIC_BASE_SECRET_H
#define MIC_BASE_SECRET_H

#include <stddef.h>

#include "base/compiler.h"

struct mic_secret {
    char *data;  /* terminated; NULL when there is none */
    size_t size; /* bytes without the terminator */
};

/** Overwrite memory in a way no optimiser removes. */
void mic_wipe(void *bytes, size_t size);

/** @return 0, or -1 when out of memory (the secret is then empty). NULL text: an empty secret. */
int mic_secret_init(struct mic_secret *secret, const char *text) MIC_MUST_CHECK;
void mic_secret_fini(struct mic_secret *secret);

#endif
