/* A logon of a scheme's object with a GSSAPI acceptor, in one process: what HTTP would carry is
 * handed over. */
#ifndef GSS_TALK_H
#define GSS_TALK_H

#include <string.h>

#include "auth/auth.h"
#include "base/base64.h"
#include "gss_server.h"
#include "kdc.h"
#include "mic_test.h"

struct talk {
    struct mic_auth_settings settings;
    struct mic_secret password;
    const char *binding; /* the client's */
    const struct mic_auth_scheme *scheme;
    struct mic_auth *auth;
    struct gss_server server;
    struct mic_err err;
    unsigned legs;
};

static inline void talk_init(struct talk *talk, const char *auth_type, const char *user,
                             const char *password)
{
    memset(talk, 0, sizeof(*talk));
    mic_err_init(&talk->err);
    MIC_REQUIRE(mic_secret_init(&talk->password, password) == 0);
    talk->settings = (struct mic_auth_settings){
        .auth_type = auth_type,
        .user = user,
        .password = password != NULL ? &talk->password : NULL,
        .host = "localhost",
        .port = 5985,
        .privacy = true,
    };
    talk->binding = "";
}

static inline void talk_fini(struct talk *talk)
{
    if (talk->auth != NULL) {
        talk->scheme->close(talk->auth);
    }
    gss_server_fini(&talk->server);
    mic_secret_fini(&talk->password);
    memset(talk, 0, sizeof(*talk));
}

static inline bool talk_open(struct talk *talk)
{
    talk->scheme = mic_auth_find(&talk->settings, &talk->err);
    talk->auth = talk->scheme == NULL
                     ? NULL
                     : talk->scheme->open(&talk->settings, mic_str_from(talk->binding), &talk->err);
    return talk->auth != NULL;
}

/* The token of a header's value to the server; its answer, in base64, to @p challenge.
 * @return whether the server took it */
static inline bool talk_server(struct talk *talk, struct mic_buf *header, struct mic_buf *challenge)
{
    struct mic_str rest = {header->data, header->size};
    size_t name = strlen(talk->scheme->wire_name) + 1;
    gss_buffer_desc answer;
    OM_uint32 minor;
    struct mic_buf token;
    bool ok;

    mic_buf_init(&token);
    MIC_REQUIRE(rest.size > name && rest.data[name - 1] == ' ');
    MIC_CHECK(memcmp(rest.data, talk->scheme->wire_name, name - 1) == 0);
    rest.data += name;
    rest.size -= name;
    if (!mic_base64_decode(&token, rest)) { /* a test of what happens without memory */
        return mic_err_set(&talk->err, MIC_E_MEMORY, "out of memory") == MI_RESULT_OK;
    }
    ok = gss_server_take(&talk->server, token.data, token.size, &answer);
    mic_buf_clear(challenge);
    mic_base64_encode(challenge, answer.value, answer.length);
    gss_release_buffer(&minor, &answer);
    mic_buf_fini(&token);
    if (challenge->failed) {
        mic_err_set(&talk->err, MIC_E_MEMORY, "out of memory");
    }
    return ok;
}

/* To its end. @return the last step */
static inline enum mic_auth_step talk_log_on(struct talk *talk)
{
    struct mic_buf header, challenge;
    enum mic_auth_step step = MIC_AUTH_FAILED;
    struct mic_str token;

    mic_buf_init(&header);
    mic_buf_init(&challenge);
    if (talk->auth != NULL || talk_open(talk)) {
        step = talk->scheme->step(talk->auth, 0, NULL, &header, &talk->err);
    }
    if (step == MIC_AUTH_AGAIN) {
        step = talk->scheme->step(talk->auth, 0, NULL, &header, &talk->err);
    }
    while (step == MIC_AUTH_SEND || step == MIC_AUTH_SEND_LEG) {
        bool is_good = talk_server(talk, &header, &challenge);
        if (talk->err.code != MIC_E_NONE) {
            step = MIC_AUTH_FAILED;
            break;
        }
        unsigned status = is_good && talk->server.is_complete ? 200 : 401;

        talk->legs++;
        mic_buf_clear(&header);
        token = (struct mic_str){challenge.data, challenge.size};
        step = talk->scheme->step(talk->auth, status, &token, &header, &talk->err);
    }
    mic_buf_fini(&header);
    mic_buf_fini(&challenge);
    return step;
}

static inline void talk_expect_done(struct talk *talk)
{
    enum mic_auth_step step = talk_log_on(talk);

    if (!MIC_CHECK_INT(step, MIC_AUTH_DONE)) {
        MIC_FAIL("%s", talk->err.message);
    }
    MIC_REQUIRE(step == MIC_AUTH_DONE);
}

static inline bool has(const char *text, const char *words)
{
    return MIC_CHECK(strstr(text, words) != NULL) || MIC_FAIL("\"%s\" is not in: %s", words, text);
}

/* Negotiate went on to NTLM, which the server refused too. */
static inline bool has_tried_ntlm(const struct talk *talk)
{
    return talk->err.code == MIC_E_LOGON && talk->scheme == &mic_auth_negotiate &&
           strstr(talk->err.message, "NTLM") != NULL;
}

/* The logon fails in the phase of that name, with these words and this remedy. */
static inline void talk_expect_failed(struct talk *talk, enum mic_err_code code, const char *words,
                                      const char *remedy)
{
    MIC_CHECK_INT(talk_log_on(talk), MIC_AUTH_FAILED);
    MIC_CHECK(talk->err.code == code || has_tried_ntlm(talk));
    MIC_CHECK_INT(talk->err.phase, MIC_PHASE_LOGON);
    has(talk->err.message, words);
    has(talk->err.remedy, remedy);
    MIC_CHECK(strstr(talk->err.message, KDC_PASSWORD) == NULL);
}

#endif
