/* No block is given back with a password or a key in it. The program is linked with
 * --wrap=mic_free, and keeps a copy of each block as it was when freed. */
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "auth/auth.h"
#include "auth/digest.h"
#include "auth/md4.h"
#include "auth/ntlm_keys.h"
#include "auth/rc4.h"
#include "base/base64.h"
#include "base/mem.h"
#include "mic_test.h"

#define BLOCKS_MAX 1000

void __real_mic_free(void *block);
void __wrap_mic_free(void *block);

static struct {
    unsigned char *bytes;
    size_t size;
} freed[BLOCKS_MAX];
static size_t freed_count;
static bool is_watching;

void __wrap_mic_free(void *block)
{
    size_t size = block != NULL && is_watching ? malloc_usable_size(block) : 0;

    if (size > 0 && freed_count < BLOCKS_MAX) {
        freed[freed_count].bytes = malloc(size);
        if (freed[freed_count].bytes != NULL) {
            memcpy(freed[freed_count].bytes, block, size);
            freed[freed_count++].size = size;
        }
    }
    __real_mic_free(block);
}

static void forget_freed(void)
{
    while (freed_count > 0) {
        free(freed[--freed_count].bytes);
    }
}

static unsigned find_freed(const void *bytes, size_t size)
{
    unsigned found = 0;

    for (size_t i = 0; i < freed_count; i++) {
        found += memmem(freed[i].bytes, freed[i].size, bytes, size) != NULL;
    }
    return found;
}

#define PASSWORD   "geheimnis"
#define PASSWORD16 "g\0e\0h\0e\0i\0m\0n\0i\0s"

static const unsigned char challenge[] =
    "NTLMSSP\0\2\0\0\0\0\0\0\0\x30\0\0\0\x35\x82\x8a\xe2\1\2\3\4\5\6\7\x08\0\0\0\0\0\0\0\0"
    "\4\0\4\0\x30\0\0\0\0\0\0";

/* Log on and seal a message; @p sealed_key is the session key as it travelled, @p proof the
 * response. */
static void log_on(struct mic_buf *answer)
{
    struct mic_secret password;
    struct mic_auth_settings settings = {.auth_type = MI_AUTH_TYPE_NTLM,
                                         .user = "u",
                                         .password = &password,
                                         .host = "h",
                                         .privacy = true};
    struct mic_buf value, token, out;
    struct mic_auth *auth;
    struct mic_err err;

    mic_err_init(&err);
    mic_buf_init(&value);
    mic_buf_init(&token);
    mic_buf_init(&out);
    MIC_REQUIRE(mic_secret_init(&password, PASSWORD) == 0);
    mic_base64_encode(&token, challenge, sizeof(challenge));
    auth = mic_auth_ntlm.open(&settings, MIC_STR(""), &err);
    MIC_REQUIRE(auth != NULL);
    MIC_CHECK_INT(mic_auth_ntlm.step(auth, 0, NULL, &value, &err), MIC_AUTH_SEND_LEG);
    mic_buf_clear(&value);
    MIC_CHECK_INT(
        mic_auth_ntlm.step(auth, 401, &(struct mic_str){token.data, token.size}, &value, &err),
        MIC_AUTH_SEND_LEG);
    MIC_CHECK_TEXT(err.message, "");
    MIC_REQUIRE(mic_base64_decode(answer, (struct mic_str){value.data + 10, value.size - 10}));
    MIC_CHECK_INT(mic_auth_ntlm.step(auth, 200, NULL, &value, &err), MIC_AUTH_DONE);
    MIC_CHECK_INT(mic_auth_ntlm.seal(auth, "x", 1, &out, &err), MI_RESULT_OK);
    mic_auth_ntlm.close(auth);
    mic_secret_fini(&password);
    mic_buf_fini(&value);
    mic_buf_fini(&token);
    mic_buf_fini(&out);
}

static const char *field(const struct mic_buf *answer, size_t at)
{
    const unsigned char *b = (const unsigned char *)answer->data + at;

    return answer->data + ((size_t)b[4] | (size_t)b[5] << 8);
}

static void expect_no_key(const struct mic_buf *answer)
{
    struct mic_digest *digest = mic_digest_new(NULL, NULL);
    struct mic_str proof = {field(answer, 20), 16};
    unsigned char hash[16], owf[16], exchange[16], session[16], key[16];
    struct mic_rc4 rc4;

    MIC_REQUIRE(digest != NULL);
    mic_md4(PASSWORD16, sizeof(PASSWORD16), hash);
    MIC_REQUIRE(mic_ntlm_owf(digest, MIC_STR(PASSWORD), MIC_STR("u"), MIC_STR(""), owf) &&
                mic_digest_hmac(digest, owf, &proof, 1, exchange));
    mic_rc4_init(&rc4, exchange, 16);
    mic_rc4_apply(&rc4, field(answer, 52), session, 16);
    MIC_CHECK_INT(find_freed(hash, 16), 0);
    MIC_CHECK_INT(find_freed(owf, 16), 0);
    MIC_CHECK_INT(find_freed(exchange, 16), 0);
    MIC_CHECK_INT(find_freed(session, 16), 0);
    for (int side = MIC_NTLM_CLIENT; side <= MIC_NTLM_SERVER; side++) {
        MIC_REQUIRE(mic_ntlm_sign_key(digest, (enum mic_ntlm_side)side, session, key));
        MIC_CHECK_INT(find_freed(key, 16), 0);
        MIC_REQUIRE(mic_ntlm_seal_key(digest, (enum mic_ntlm_side)side, session, key));
        MIC_CHECK_INT(find_freed(key, 16), 0);
        mic_rc4_init(&rc4, key, 16); /* the server's state, which no message has moved */
        if (side == MIC_NTLM_SERVER) {
            MIC_CHECK_INT(find_freed(rc4.state, 64), 0);
        }
    }
    mic_digest_free(digest);
}

MIC_TEST(ntlm_secrets, are_gone_from_every_block_that_is_given_back)
{
    struct mic_buf answer;

    mic_buf_init(&answer);
    is_watching = true;
    log_on(&answer);
    is_watching = false;
    MIC_CHECK(freed_count > 10);
    MIC_CHECK_INT(find_freed(PASSWORD, sizeof(PASSWORD) - 1), 0);
    MIC_CHECK_INT(find_freed(PASSWORD16, sizeof(PASSWORD16)), 0);
    MIC_CHECK(find_freed(field(&answer, 20), 16) > 0); /* what travels is found: the search works */
    expect_no_key(&answer);
    forget_freed();
    mic_buf_fini(&answer);
}
