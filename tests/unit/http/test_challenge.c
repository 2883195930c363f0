#include <string.h>

#include "http/challenge.h"
#include "mic_test.h"

static void expect(const char *value, const char *expected)
{
    struct mic_str rest = mic_str_from(value);
    struct mic_http_challenge challenge;
    struct mic_buf text;

    mic_buf_init(&text);
    while (mic_http_challenge_next(&rest, &challenge)) {
        mic_buf_append_str(&text, challenge.scheme);
        if (challenge.token.size > 0) {
            mic_buf_append_char(&text, '<');
            mic_buf_append_str(&text, challenge.token);
            mic_buf_append_char(&text, '>');
        }
        if (challenge.parameters.size > 0) {
            mic_buf_append_char(&text, '{');
            mic_buf_append_str(&text, challenge.parameters);
            mic_buf_append_char(&text, '}');
        }
        mic_buf_append_char(&text, ' ');
    }
    MIC_CHECK_TEXT(mic_buf_text(&text), expected);
    mic_buf_fini(&text);
}

MIC_TEST(challenge, splits_schemes_tokens_and_parameters)
{
    expect("", "");
    expect(" , ,, ", "");
    expect("Negotiate", "Negotiate ");
    expect("Negotiate, Kerberos,Basic realm=\"WSMAN\"",
           "Negotiate Kerberos Basic{realm=\"WSMAN\"} ");
    expect("Negotiate oYG2MIGzoAMKAQE=", "Negotiate<oYG2MIGzoAMKAQE=> ");
    expect("Negotiate  a+/b==  , Basic realm=x", "Negotiate<a+/b==> Basic{realm=x} ");
    expect("Basic realm=\"a, Digest b=c\", charset=\"UTF-8\", NTLM",
           "Basic{realm=\"a, Digest b=c\", charset=\"UTF-8\"} NTLM ");
    expect("Digest realm=\"x\" , nonce = \"y\",qop=auth,Negotiate abc=",
           "Digest{realm=\"x\" , nonce = \"y\",qop=auth} Negotiate<abc=> ");
    expect("Basic realm=\"a\\\"b\"", "Basic{realm=\"a\\\"b\"} ");
    expect("Basic realm=\"never ends", "Basic{realm=\"never ends} ");
    expect("CredSSP, Negotiate", "CredSSP Negotiate ");
}

MIC_TEST(challenge, skips_what_it_cannot_read)
{
    expect("\"quoted\", Basic realm=x", "Basic{realm=x} ");
    expect("@@@, Negotiate", "Negotiate ");
    expect("Negotiate @@, Basic", "Negotiate Basic ");
    expect("Basic realm=x y, Negotiate", "Basic{realm=x} Negotiate ");
    expect("a=b, Negotiate", "Negotiate ");
}

MIC_TEST(challenge, gives_a_parameter_unquoted)
{
    struct mic_str rest = mic_str_from("Basic REALM=\"a\\\"b\\\\c\", charset=utf-8");
    struct mic_http_challenge challenge;
    struct mic_buf value;

    mic_buf_init(&value);
    MIC_REQUIRE(mic_http_challenge_next(&rest, &challenge));
    MIC_CHECK(mic_http_challenge_parameter(&challenge, "realm", &value));
    MIC_CHECK_TEXT(mic_buf_text(&value), "a\"b\\c");
    mic_buf_clear(&value);
    MIC_CHECK(mic_http_challenge_parameter(&challenge, "Charset", &value));
    MIC_CHECK_TEXT(mic_buf_text(&value), "utf-8");
    MIC_CHECK(!mic_http_challenge_parameter(&challenge, "nonce", &value));
    mic_buf_fini(&value);
}
