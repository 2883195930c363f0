#include <string.h>

#include "engine/destination.h"
#include "mic_test.h"

struct good {
    const char *text, *host;
    unsigned port;
    bool https;
    const char *path, *url;
};

static const struct good goods[] = {
    {NULL, "localhost", 5985, false, "/wsman", "http://localhost:5985/wsman"},
    {"", "localhost", 5985, false, "/wsman", "http://localhost:5985/wsman"},
    {".", "localhost", 5985, false, "/wsman", "http://localhost:5985/wsman"},
    {"server", "server", 5985, false, "/wsman", "http://server:5985/wsman"},
    {"server.example.org:80", "server.example.org", 80, false, "/wsman",
     "http://server.example.org:80/wsman"},
    {"10.0.0.1:65535", "10.0.0.1", 65535, false, "/wsman", "http://10.0.0.1:65535/wsman"},
    {"[::1]", "::1", 5985, false, "/wsman", "http://[::1]:5985/wsman"},
    {"[::1]:7", "::1", 7, false, "/wsman", "http://[::1]:7/wsman"},
    {"::1", "::1", 5985, false, "/wsman", "http://[::1]:5985/wsman"},
    {"fe80::1%eth0", "fe80::1%eth0", 5985, false, "/wsman", "http://[fe80::1]:5985/wsman"},
    {"[fe80::1%25eth0]:99", "fe80::1%eth0", 99, false, "/wsman", "http://[fe80::1]:99/wsman"},
    {"http://server", "server", 5985, false, "/wsman", "http://server:5985/wsman"},
    {"HTTPS://server/", "server", 5986, true, "/wsman", "https://server:5986/wsman"},
    {"https://server:443/a/b?c=d", "server", 443, true, "/a/b?c=d", "https://server:443/a/b?c=d"},
    {"https://[2001:db8::7]:1/x", "2001:db8::7", 1, true, "/x", "https://[2001:db8::7]:1/x"},
};

MIC_TEST(destination, forms_are_understood)
{
    struct mic_bag *bag = mic_bag_new();
    for (size_t i = 0; i < sizeof(goods) / sizeof(goods[0]); i++) {
        struct mic_destination to;
        struct mic_err err;
        mic_err_init(&err);
        if (mic_destination_init(&to, goods[i].text, bag, &err) != MI_RESULT_OK) {
            MIC_FAIL("%s: %s", goods[i].text, err.message);
            continue;
        }
        MIC_CHECK_TEXT(to.host, goods[i].host);
        MIC_CHECK_INT(to.port, goods[i].port);
        MIC_CHECK(to.https == goods[i].https);
        MIC_CHECK_TEXT(to.path, goods[i].path);
        MIC_CHECK_TEXT(to.url, goods[i].url);
        mic_destination_fini(&to);
    }
    mic_bag_free(bag);
}

static const char *const bads[] = {
    "ser ver",
    "server:",
    "server:0",
    "server:65536",
    "server:+80",
    "server:80x",
    "server:80:90",
    "[::1",
    "[]",
    "[server]",
    "[::1]x",
    "[::1]:",
    "http://",
    "http:///wsman",
    "ftp://server",
    "://server",
    "server/wsman",
    "http://u:p@host",
    "u@host",
    "http://server/a b",
    "http://server/#x",
    "a\r\nb",
    "\"",
    "\xc3\x28",
    "fe80::1%",
    "http://server:port/",
};

MIC_TEST(destination, what_does_not_parse_is_an_invalid_parameter)
{
    struct mic_bag *bag = mic_bag_new();
    for (size_t i = 0; i < sizeof(bads) / sizeof(bads[0]); i++) {
        struct mic_destination to;
        struct mic_err err;
        mic_err_init(&err);
        if (mic_destination_init(&to, bads[i], bag, &err) != MI_RESULT_INVALID_PARAMETER ||
            err.message[0] == '\0') {
            MIC_FAIL("%s is taken", bads[i]);
        }
        MIC_CHECK(to.host == NULL && to.url == NULL);
        mic_destination_fini(&to);
    }
    mic_bag_free(bag);
}

static void set_text(struct mic_bag *bag, const char *name, char *text)
{
    MI_Value value = {.string = text};
    MIC_REQUIRE(mic_bag_set(bag, name, MI_STRING, &value, 0) == MI_RESULT_OK);
}

static void set_number(struct mic_bag *bag, const char *name, MI_Uint32 number)
{
    MI_Value value = {.uint32 = number};
    MIC_REQUIRE(mic_bag_set(bag, name, MI_UINT32, &value, 0) == MI_RESULT_OK);
}

static MI_Result parse(const char *text, const struct mic_bag *bag, struct mic_destination *to)
{
    struct mic_err err;
    return mic_destination_init(to, text, bag, &err);
}

MIC_TEST(destination, options_complete_it_and_contradictions_are_found)
{
    struct mic_destination to;
    struct mic_bag *bag = mic_bag_new();
    char https[] = "https", prefix[] = "other", odd[] = "carrier pigeon";
    set_text(bag, "__MI_DESTINATIONOPTIONS_TRANSPORT", https);
    MIC_REQUIRE(parse("server", bag, &to) == MI_RESULT_OK);
    MIC_CHECK_TEXT(to.url, "https://server:5986/wsman");
    mic_destination_fini(&to);
    MIC_CHECK_INT(parse("http://server", bag, &to), MI_RESULT_INVALID_PARAMETER);
    set_number(bag, "__MI_DESTINATIONOPTIONS_DESTINATION_PORT", 8443);
    set_text(bag, "__MI_DESTINATIONOPTIONS_HTTP_URL_PREFIX", prefix);
    MIC_REQUIRE(parse("https://server:8443/other", bag, &to) == MI_RESULT_OK);
    MIC_CHECK_TEXT(to.url, "https://server:8443/other");
    mic_destination_fini(&to);
    MIC_CHECK_INT(parse("server:8444", bag, &to), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(parse("https://server/wsman", bag, &to), MI_RESULT_INVALID_PARAMETER);
    set_number(bag, "__MI_DESTINATIONOPTIONS_DESTINATION_PORT", 70000);
    MIC_CHECK_INT(parse("server", bag, &to), MI_RESULT_INVALID_PARAMETER);
    set_number(bag, "__MI_DESTINATIONOPTIONS_DESTINATION_PORT", 1);
    set_text(bag, "__MI_DESTINATIONOPTIONS_TRANSPORT", odd);
    MIC_CHECK_INT(parse("server", bag, &to), MI_RESULT_INVALID_PARAMETER);
    mic_bag_free(bag);
}

MIC_TEST(destination, protocols_are_winrm_or_refused)
{
    struct mic_err err;
    MIC_CHECK_INT(mic_destination_check_protocol(NULL, &err), MI_RESULT_OK);
    MIC_CHECK_INT(mic_destination_check_protocol("winrm", &err), MI_RESULT_OK);
    MIC_CHECK_INT(mic_destination_check_protocol("MI_REMOTE_WSMAN", &err), MI_RESULT_OK);
    MIC_CHECK_INT(mic_destination_check_protocol("WMIDCOM", &err), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK(strstr(err.message, "WINRM") != NULL);
    MIC_CHECK_INT(mic_destination_check_protocol("", &err), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK(strstr(err.message, "WINRM") != NULL);
}

MIC_TEST(destination, encodings_not_built_are_refused)
{
    struct mic_destination to;
    struct mic_http_target target;
    struct mic_err err;
    struct mic_bag *bag = mic_bag_new();
    char utf8[] = "utf8", utf16[] = "UTF16";
    MIC_REQUIRE(parse("server", bag, &to) == MI_RESULT_OK);
    set_text(bag, "__MI_DESTINATIONOPTIONS_PACKET_ENCODING", utf8);
    MIC_CHECK_INT(mic_destination_target(&to, bag, &target, &err), MI_RESULT_OK);
    MIC_CHECK(target.check_ca && target.check_name && target.check_revocation && target.privacy);
    set_text(bag, "__MI_DESTINATIONOPTIONS_PACKET_ENCODING", utf16);
    MIC_CHECK_INT(mic_destination_target(&to, bag, &target, &err), MI_RESULT_NOT_SUPPORTED);
    mic_destination_fini(&to);
    mic_bag_free(bag);
}
