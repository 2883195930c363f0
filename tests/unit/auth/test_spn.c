/* Service names that a caller gives. */
#include <string.h>

#include "auth/spn.h"
#include "mic_test.h"

MIC_TEST(spn, takes_a_class_or_a_whole_name)
{
    static const char *const good[] = {"HTTP",
                                       "WSMAN",
                                       "host",
                                       "HTTP/server.example.com",
                                       "HTTP/server.example.com:5985",
                                       "HTTP/server@EXAMPLE.COM",
                                       "HTTP@server",
                                       "svc/a/b",
                                       "HTTP/[fe80::1]"};
    struct mic_err err;

    MIC_CHECK_INT(mic_spn_check(NULL, &err), MI_RESULT_OK);
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        mic_err_init(&err);
        MIC_CHECK_INT(mic_spn_check(good[i], &err), MI_RESULT_OK);
    }
}

MIC_TEST(spn, refuses_what_is_none)
{
    static const char *const bad[] = {"",           "/",          "/host",    "HTTP/",
                                      "HTTP/ host", "HTTP/@R",    "HT TP",    "HTTP\\x",
                                      "HTTP/a@",    "HTTP/a@b@c", "HTTP/:80", "a\nb/c",
                                      "HTTP/a\tb",  "HTTP/\"a\"", "@host",    "HTTP/a@R/S"};
    struct mic_err err;
    char longest[2000];

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        mic_err_init(&err);
        if (mic_spn_check(bad[i], &err) != MI_RESULT_INVALID_PARAMETER) {
            MIC_FAIL("%s was taken", bad[i]);
        }
        MIC_CHECK(strstr(err.message, "__MI_DESTINATIONOPTIONS_SPN") != NULL);
    }
    memset(longest, 'a', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    MIC_CHECK_INT(mic_spn_check(longest, &err), MI_RESULT_INVALID_PARAMETER);
}

MIC_TEST(spn, is_written_without_its_realm)
{
    static const struct {
        const char *spn, *host, *written;
        bool port;
    } cases[] = {{NULL, "h", "HTTP/h", false},        {NULL, "h", "HTTP/h:7", true},
                 {"WSMAN", "h", "WSMAN/h", false},    {"WSMAN", "h", "WSMAN/h:7", true},
                 {"X/y", "h", "X/y", true},           {"X/y@Z", "h", "X/y", false},
                 {"X@y", "h", "X/y", false},          {NULL, "fe80::1%eth0", "HTTP/fe80::1", false},
                 {"X/y:9/z@R", "h", "X/y:9/z", false}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct mic_auth_settings settings = {
            .host = cases[i].host, .port = 7, .port_in_spn = cases[i].port, .spn = cases[i].spn};
        struct mic_buf out;

        mic_buf_init(&out);
        mic_spn_write(&settings, "HTTP", &out);
        mic_buf_append_char(&out, '\0');
        MIC_CHECK_TEXT(out.data, cases[i].written);
        mic_buf_fini(&out);
    }
}
