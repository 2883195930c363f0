/** A scheme that seals, made for the tests: each byte is turned over, and a token of eight bytes
 * holds a number and a sum. It logs on in two legs, or has done so. */
#ifndef FAKE_SEAL_H
#define FAKE_SEAL_H

#include <stdint.h>
#include <string.h>

#include "auth/auth.h"
#include "base/mem.h"

#define FAKE_SEAL_TYPE "application/HTTP-FAKE-session-encrypted"
#define FAKE_TURN      0x5a

struct fake_seal {
    struct mic_auth base;
    unsigned leg; /* 2: logged on */
    uint32_t sent, received;
};

static const struct mic_auth_scheme fake_seal_scheme;

static inline void fake_put_u32(char out[4], uint32_t value)
{
    for (unsigned i = 0; i < 4; i++) {
        out[i] = (char)(value >> (8 * i) & 0xff);
    }
}

static inline uint32_t fake_get_u32(const char *in)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < 4; i++) {
        value |= (uint32_t)(unsigned char)in[i] << (8 * i);
    }
    return value;
}

static inline uint32_t fake_sum(const char *plain, size_t size)
{
    uint32_t sum = 1;

    for (size_t i = 0; i < size; i++) {
        sum = sum * 31 + (unsigned char)plain[i];
    }
    return sum;
}

/** What both sides do. */
static inline void fake_seal_bytes(uint32_t number, const char *plain, size_t size,
                                   struct mic_buf *out)
{
    char head[12];

    fake_put_u32(head, 8);
    fake_put_u32(head + 4, number);
    fake_put_u32(head + 8, fake_sum(plain, size));
    mic_buf_append(out, head, sizeof(head));
    for (size_t i = 0; i < size; i++) {
        mic_buf_append_char(out, (char)(plain[i] ^ FAKE_TURN));
    }
}

static inline bool fake_unseal_bytes(uint32_t number, const char *sealed, size_t size,
                                     struct mic_buf *out)
{
    size_t before = out->size;

    if (size < 12 || fake_get_u32(sealed) != 8 || fake_get_u32(sealed + 4) != number) {
        return false;
    }
    for (size_t i = 12; i < size; i++) {
        mic_buf_append_char(out, (char)(sealed[i] ^ FAKE_TURN));
    }
    if (!out->failed && fake_sum(out->data + before, size - 12) != fake_get_u32(sealed + 8)) {
        out->size = before;
        return false;
    }
    return true;
}

static MI_Result fake_seal(struct mic_auth *auth, const char *plain, size_t size,
                           struct mic_buf *out, struct mic_err *err)
{
    struct fake_seal *fake = (struct fake_seal *)(void *)auth;

    (void)err;
    fake_seal_bytes(fake->sent++, plain, size, out);
    return MI_RESULT_OK;
}

static MI_Result fake_unseal(struct mic_auth *auth, const char *sealed, size_t size,
                             struct mic_buf *out, struct mic_err *err)
{
    struct fake_seal *fake = (struct fake_seal *)(void *)auth;

    if (!fake_unseal_bytes(fake->received++, sealed, size, out)) {
        return mic_err_set(err, MIC_E_SEAL, "the seal is broken");
    }
    return MI_RESULT_OK;
}

static struct mic_auth *fake_seal_open(const struct mic_auth_settings *settings,
                                       struct mic_str channel_binding, struct mic_err *err)
{
    struct fake_seal *fake = mic_calloc(1, sizeof(*fake));

    (void)settings;
    (void)channel_binding;
    if (fake == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory");
        return NULL;
    }
    fake->base.scheme = &fake_seal_scheme;
    return &fake->base;
}

/* "Fake one" -> 401 two -> "Fake three" -> anything. It asks for the body with its second leg,
 * which it may not have where messages are sealed. */
static enum mic_auth_step fake_seal_step(struct mic_auth *auth, unsigned http_status,
                                         const struct mic_str *challenge,
                                         struct mic_buf *authorization, struct mic_err *err)
{
    struct fake_seal *fake = (struct fake_seal *)(void *)auth;

    (void)err;
    if (http_status == 0 && fake->leg == 2) {
        return MIC_AUTH_DONE;
    }
    if (http_status == 0) {
        mic_buf_append_text(authorization, "Fake one");
        return MIC_AUTH_SEND_LEG;
    }
    if (http_status == 401) {
        if (fake->leg > 0 || challenge == NULL || !mic_str_equal(*challenge, MIC_STR("two"))) {
            return MIC_AUTH_FAILED;
        }
        fake->leg = 1;
        mic_buf_append_text(authorization, "Fake three");
        return MIC_AUTH_SEND;
    }
    fake->leg = 2;
    return MIC_AUTH_DONE;
}

static void fake_seal_close(struct mic_auth *auth)
{
    mic_free(auth);
}

static const struct mic_auth_scheme fake_seal_scheme = {
    .auth_type = "Fake",
    .wire_name = "Fake",
    .seal_protocol = FAKE_SEAL_TYPE,
    .open = fake_seal_open,
    .step = fake_seal_step,
    .seal = fake_seal,
    .unseal = fake_unseal,
    .close = fake_seal_close,
};

/** The same, five bytes at a time. */
static const struct mic_auth_scheme fake_piece_scheme = {
    .auth_type = "Fake",
    .wire_name = "Fake",
    .seal_protocol = FAKE_SEAL_TYPE,
    .seal_piece = 5,
    .open = fake_seal_open,
    .step = fake_seal_step,
    .seal = fake_seal,
    .unseal = fake_unseal,
    .close = fake_seal_close,
};

#endif
