/* Any bytes as an NTLM challenge: read or refused; what is read lies inside, and an answer can be
 * made of it. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "auth/ntlm.h"
#include "auth/ntlm_message.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool held)
{
    if (!held) {
        abort();
    }
}

static void answer(struct mic_str message)
{
    static char text[] = "secret";
    const struct mic_secret password = {text, sizeof(text) - 1};
    const struct mic_auth_settings settings = {.auth_type = MI_AUTH_TYPE_NTLM,
                                               .user = "user",
                                               .password = &password,
                                               .host = "server",
                                               .port = 5985,
                                               .privacy = true};
    struct mic_err err;
    struct mic_ntlm *ntlm;
    struct mic_buf token;

    mic_err_init(&err);
    mic_buf_init(&token);
    ntlm = mic_ntlm_new(&settings, MIC_STR("tls-server-end-point:x"), &err);
    require(ntlm != NULL && mic_ntlm_begin(ntlm, &token, &err) == MI_RESULT_OK);
    mic_buf_clear(&token);
    require(mic_ntlm_answer(ntlm, message, &token, &err) == MI_RESULT_OK);
    require(token.size > 88 && memcmp(token.data, "NTLMSSP", 8) == 0);
    mic_ntlm_free(ntlm);
    mic_buf_fini(&token);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct mic_str message = {(const char *)bytes, size};
    struct mic_ntlm_challenge challenge;
    struct mic_err err;

    mic_err_init(&err);
    if (mic_ntlm_read_challenge(message, mic_ntlm_wanted_flags(true), &challenge, &err) !=
        MI_RESULT_OK) {
        require(err.code == MIC_E_LOGON_PROTOCOL && err.message[0] != '\0');
        return 0;
    }
    require(challenge.pairs.size == 0 ||
            (challenge.pairs.data >= message.data &&
             challenge.pairs.data + challenge.pairs.size + 4 <= message.data + size));
    answer(message);
    return 0;
}
