#include <string.h>

#include "auth/auth.h"
#include "auth/gss.h"
#include "fail_alloc.h"
#include "mic_test.h"

static struct mic_auth_settings settings_of(const char *auth_type, const char *user,
                                            const struct mic_secret *password)
{
    return (struct mic_auth_settings){
        .auth_type = auth_type,
        .user = user,
        .password = password,
        .host = "server",
        .port = 5986,
        .https = true,
        .privacy = true,
    };
}

static void expect_refused(const struct mic_auth_settings *settings, enum mic_err_code code,
                           const char *words)
{
    struct mic_err err;

    mic_err_init(&err);
    MIC_CHECK(mic_auth_find(settings, &err) == NULL);
    MIC_CHECK_INT(err.code, code);
    if (strstr(err.message, words) == NULL && strstr(err.remedy, words) == NULL) {
        MIC_CHECK_TEXT(err.message, words);
    }
}

MIC_TEST(auth, refuses_types_without_delegation_where_it_must_be)
{
    static const char *const types[] = {MI_AUTH_TYPE_NONE, MI_AUTH_TYPE_BASIC,
                                        MI_AUTH_TYPE_CLIENT_CERTS, MI_AUTH_TYPE_NTLM};

    for (size_t i = 0; i < MIC_COUNT(types); i++) {
        struct mic_auth_settings settings = settings_of(types[i], "user", NULL);

        settings.delegation = MIC_DELEGATE_ALWAYS;
        expect_refused(&settings, MIC_E_NOT_SUPPORTED, "has no delegation");
        settings.delegation = MIC_DELEGATE_AS_POLICY;
        settings.certificate = "client.pem";
        struct mic_err err;
        mic_err_init(&err);
        (void)mic_auth_find(&settings, &err);
        MIC_CHECK(strstr(err.message, "delegation") == NULL);
    }
}

MIC_TEST(auth, names_what_works_when_a_scheme_does_not)
{
    static const char *const types[] = {
        MI_AUTH_TYPE_DIGEST,
        "Nonsense",
    };

    for (size_t i = 0; i < MIC_COUNT(types); i++) {
        struct mic_auth_settings settings = settings_of(types[i], "u", NULL);

        expect_refused(&settings, MIC_E_NOT_SUPPORTED, "Basic");
        expect_refused(&settings, MIC_E_NOT_SUPPORTED, types[i]);
    }
}

MIC_TEST(auth, takes_the_callers_ticket_without_credentials_or_says_how_to_give_some)
{
    struct mic_auth_settings settings = settings_of(NULL, NULL, NULL);
    struct mic_err err;

    mic_err_init(&err);
    if (mic_gss_check(&err) == MI_RESULT_OK) {
        MIC_CHECK(mic_auth_find(&settings, &err) == &mic_auth_negotiate);
        return;
    }
    expect_refused(&settings, MIC_E_NOT_SUPPORTED,
                   "MI_DestinationOptions_AddDestinationCredentials");
    settings.auth_type = MI_AUTH_TYPE_KERBEROS;
    expect_refused(&settings, MIC_E_NOT_SUPPORTED, "MIC_GSSAPI");
}

MIC_TEST(auth, wants_a_user_where_the_type_says_so)
{
    struct mic_auth_settings settings = settings_of(MI_AUTH_TYPE_NEGO_WITH_CREDS, NULL, NULL);

    expect_refused(&settings, MIC_E_ARGUMENT, "no user name");
}

MIC_TEST(auth, refuses_basic_in_clear_text_without_consent)
{
    struct mic_auth_settings settings = settings_of("basic", "u", NULL);
    struct mic_err err;

    settings.https = false;
    expect_refused(&settings, MIC_E_PRIVACY, "SetPacketPrivacy");
    settings.privacy = false;
    mic_err_init(&err);
    MIC_CHECK(mic_auth_find(&settings, &err) == &mic_auth_basic);
    settings.https = true;
    settings.privacy = true;
    MIC_CHECK(mic_auth_find(&settings, &err) == &mic_auth_basic);
}

MIC_TEST(auth, refuses_what_basic_cannot_carry)
{
    struct mic_secret password;
    struct mic_auth_settings settings = settings_of(MI_AUTH_TYPE_BASIC, NULL, NULL);

    expect_refused(&settings, MIC_E_ARGUMENT, "no user name");
    settings.user = "a:b";
    expect_refused(&settings, MIC_E_ARGUMENT, "colon");
    settings.user = "a";
    settings.domain = "d:e";
    expect_refused(&settings, MIC_E_ARGUMENT, "colon");
    settings.domain = NULL;
    settings.user = "a\r\nb";
    expect_refused(&settings, MIC_E_ARGUMENT, "control character");
    settings.user = "a";
    MIC_REQUIRE(mic_secret_init(&password, "pass\nword") == 0);
    settings.password = &password;
    expect_refused(&settings, MIC_E_ARGUMENT, "control character");
    mic_secret_fini(&password);
}

static void expect_basic(const char *domain, const char *user, const char *password,
                         const char *expected)
{
    struct mic_secret secret;
    struct mic_auth_settings settings = settings_of(MI_AUTH_TYPE_BASIC, user, NULL);
    const struct mic_auth_scheme *scheme;
    struct mic_auth *auth;
    struct mic_buf value;
    struct mic_err err;

    mic_err_init(&err);
    mic_buf_init(&value);
    MIC_REQUIRE(mic_secret_init(&secret, password) == 0);
    settings.domain = domain;
    settings.password = &secret;
    scheme = mic_auth_find(&settings, &err);
    MIC_REQUIRE(scheme != NULL);
    auth = scheme->open(&settings, MIC_STR(""), &err);
    MIC_REQUIRE(auth != NULL);
    for (int i = 0; i < 2; i++) { /* the same before each request */
        mic_buf_clear(&value);
        MIC_CHECK_INT(scheme->step(auth, 0, NULL, &value, &err), MIC_AUTH_SEND);
        MIC_CHECK_TEXT(mic_buf_text(&value), expected);
        MIC_CHECK_INT(scheme->step(auth, 200, NULL, &value, &err), MIC_AUTH_DONE);
    }
    MIC_CHECK_INT(scheme->step(auth, 401, NULL, &value, &err), MIC_AUTH_FAILED);
    MIC_CHECK_INT(err.code, MIC_E_NONE);
    scheme->close(auth);
    mic_buf_fini(&value);
    mic_secret_fini(&secret);
}

MIC_TEST(auth, writes_basic_credentials_in_utf8_with_the_domain)
{
    expect_basic(NULL, "Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    expect_basic("", "test", "123\xc2\xa3", "Basic dGVzdDoxMjPCow=="); /* RFC 7617 2.1 */
    expect_basic("DOM", "user", "pw", "Basic RE9NXHVzZXI6cHc=");
    expect_basic(NULL, "", "", "Basic Og==");
    expect_basic(NULL, "user", "a:b", "Basic dXNlcjphOmI=");
}

MIC_TEST(auth, sends_nothing_for_none)
{
    struct mic_auth_settings settings = settings_of("none", NULL, NULL);
    const struct mic_auth_scheme *scheme;
    struct mic_auth *auth;
    struct mic_buf value;
    struct mic_err err;

    mic_err_init(&err);
    mic_buf_init(&value);
    settings.https = false;
    scheme = mic_auth_find(&settings, &err);
    MIC_REQUIRE(scheme == &mic_auth_none);
    auth = scheme->open(&settings, MIC_STR(""), &err);
    MIC_REQUIRE(auth != NULL);
    MIC_CHECK_INT(scheme->step(auth, 0, NULL, &value, &err), MIC_AUTH_SEND);
    MIC_CHECK_INT(scheme->step(auth, 500, NULL, &value, &err), MIC_AUTH_DONE);
    MIC_CHECK_INT(scheme->step(auth, 401, NULL, &value, &err), MIC_AUTH_FAILED);
    MIC_CHECK_INT(value.size, 0);
    scheme->close(auth);
    mic_buf_fini(&value);
}

static bool log_on(void *context)
{
    const struct mic_auth_settings *settings = context;
    struct mic_buf value;
    struct mic_err err;
    struct mic_auth *auth;
    bool ok = false;

    mic_err_init(&err);
    mic_buf_init(&value);
    auth = mic_auth_basic.open(settings, MIC_STR(""), &err);
    if (auth != NULL) {
        ok = mic_auth_basic.step(auth, 0, NULL, &value, &err) == MIC_AUTH_SEND;
        mic_auth_basic.close(auth);
    }
    MIC_CHECK(ok || err.code == MIC_E_MEMORY);
    mic_buf_fini(&value);
    return ok;
}

MIC_TEST(auth, refuses_client_certificates_without_https_or_a_certificate)
{
    static const char *const types[] = {MI_AUTH_TYPE_CLIENT_CERTS, MI_AUTH_TYPE_ISSUER_CERT};

    for (size_t i = 0; i < MIC_COUNT(types); i++) {
        struct mic_auth_settings settings = settings_of(types[i], NULL, NULL);
        struct mic_err err;

        settings.certificate = "client.pem";
        settings.https = false;
        expect_refused(&settings, MIC_E_ARGUMENT, "needs HTTPS");
        settings.https = true;
        settings.certificate = NULL;
        expect_refused(&settings, MIC_E_ARGUMENT, "MI_DestinationOptions_SetCertFile");
        settings.certificate = "client.pem";
        mic_err_init(&err);
        MIC_CHECK(mic_auth_find(&settings, &err) == &mic_auth_certificate);
    }
}

MIC_TEST(auth, says_with_every_request_that_the_certificate_counts)
{
    struct mic_auth_settings settings = settings_of(MI_AUTH_TYPE_CLIENT_CERTS, NULL, NULL);
    struct mic_buf authorization;
    struct mic_auth *auth;
    struct mic_err err;

    settings.https = true;
    settings.certificate = "CN=a";
    mic_err_init(&err);
    mic_buf_init(&authorization);
    auth = mic_auth_certificate.open(&settings, (struct mic_str){"", 0}, &err);
    MIC_REQUIRE(auth != NULL);
    for (int i = 0; i < 2; i++) {
        mic_buf_clear(&authorization);
        MIC_CHECK_INT(auth->scheme->step(auth, 0, NULL, &authorization, &err), MIC_AUTH_SEND);
        MIC_CHECK_TEXT(mic_buf_text(&authorization),
                       "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual");
        MIC_CHECK_INT(auth->scheme->step(auth, 200, NULL, &authorization, &err), MIC_AUTH_DONE);
    }
    MIC_CHECK_INT(auth->scheme->step(auth, 401, NULL, &authorization, &err), MIC_AUTH_FAILED);
    MIC_CHECK_INT(err.code, MIC_E_NONE);
    auth->scheme->close(auth);
    mic_buf_fini(&authorization);
}

MIC_TEST(auth, says_so_when_memory_runs_out)
{
    struct mic_auth_settings settings = settings_of(MI_AUTH_TYPE_BASIC, "user", NULL);

    MIC_CHECK(mic_fail_alloc_each(log_on, &settings) >= 3);
}
