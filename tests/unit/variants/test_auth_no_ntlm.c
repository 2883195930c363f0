/* The authentication of a build with MIC_NTLM=OFF and MIC_GSSAPI=OFF: this program is linked with
 * ntlm_none.c and gss_none.c in the place of ntlm.c and gss.c. */
#include <string.h>

#include "auth/auth.h"
#include "mic_test.h"

static void expect_refused(const char *auth_type)
{
    struct mic_auth_settings settings = {
        .auth_type = auth_type, .user = "u", .host = "h", .privacy = true};
    struct mic_err err;

    mic_err_init(&err);
    MIC_CHECK(mic_auth_find(&settings, &err) == NULL);
    MIC_CHECK_INT(err.code, MIC_E_NOT_SUPPORTED);
    MIC_CHECK(strstr(err.message, auth_type) != NULL);
    MIC_CHECK(strstr(err.message, "MIC_NTLM=OFF") != NULL);
    MIC_CHECK(strstr(err.remedy, "Kerberos") != NULL);
    mic_err_init(&err);
    MIC_CHECK(mic_auth_ntlm.open(&settings, MIC_STR(""), &err) == NULL);
    MIC_CHECK_INT(err.code, MIC_E_NOT_SUPPORTED);
}

MIC_TEST(auth_no_ntlm, refuses_the_types_that_need_it_before_any_network)
{
    expect_refused(MI_AUTH_TYPE_NTLM);
    expect_refused(MI_AUTH_TYPE_NEGO_WITH_CREDS);
}

MIC_TEST(auth_no_ntlm, names_what_the_build_lacks_for_kerberos)
{
    static const char *const types[] = {MI_AUTH_TYPE_KERBEROS, MI_AUTH_TYPE_NEGO_NO_CREDS,
                                        MI_AUTH_TYPE_DEFAULT, NULL};

    for (size_t i = 0; i < MIC_COUNT(types); i++) {
        struct mic_auth_settings settings = {.auth_type = types[i], .host = "h", .privacy = true};
        struct mic_err err;

        mic_err_init(&err);
        MIC_CHECK(mic_auth_find(&settings, &err) == NULL);
        MIC_CHECK_INT(err.code, MIC_E_NOT_SUPPORTED);
        MIC_CHECK(strstr(err.remedy,
                         types[i] != NULL ? "MIC_GSSAPI" : "AddDestinationCredentials") != NULL);
    }
}

MIC_TEST(auth_no_ntlm, has_all_else)
{
    struct mic_auth_settings settings = {
        .auth_type = MI_AUTH_TYPE_BASIC, .user = "u", .host = "h", .https = true};
    struct mic_err err;

    mic_err_init(&err);
    MIC_CHECK(mic_auth_find(&settings, &err) == &mic_auth_basic);
}
