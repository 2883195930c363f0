/* Which proxy a session goes through: options, environment, and what no_proxy leaves out. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/no_proxy.h"
#include "engine/proxy.h"
#include "fail_alloc.h"
#include "mic_test.h"

/* ---- no_proxy ---- */

static const struct {
    const char *list, *host;
    unsigned port;
    bool matches;
} rows[] = {
    {NULL, "host", 1, false},
    {"", "host", 1, false},
    {" , ,\t", "host", 1, false},
    {"*", "host", 1, true},
    {"other, * ", "::1", 1, true},
    {"*:5985", "host", 5985, true},
    {"*:5985", "host", 5986, false},
    /* names */
    {"host", "host", 1, true},
    {"HOST", "host", 1, true},
    {"host", "HOST.", 1, true},
    {"host.", "host", 1, true},
    {"host", "ghost", 1, false},
    {"host", "host.example", 1, false},
    {"example.org", "example.org", 1, true},
    {"example.org", "a.b.example.org", 1, true},
    {"example.org", "notexample.org", 1, false},
    {".example.org", "example.org", 1, true},
    {".example.org", "a.example.org", 1, true},
    {".example.org", "notexample.org", 1, false},
    {"*.example.org", "a.example.org", 1, true},
    {"*.example.org", "notexample.org", 1, false},
    {"*example.org", "myexample.org", 1, false},
    {".", "host", 1, false},
    {"..", "host", 1, false},
    {"*.", "host", 1, false},
    {"a,b,host", "host", 1, true},
    {"a b\thost", "host", 1, true},
    {"a;host", "host", 1, true},
    {"http://host", "host", 1, false},
    /* ports */
    {"host:80", "host", 80, true},
    {"host:80", "host", 81, false},
    {"host:", "host", 80, false},
    {"host:x", "host", 80, false},
    {"host:99999999999", "host", 80, false},
    {".example.org:5985", "a.example.org", 5985, true},
    {".example.org:5985", "a.example.org", 5986, false},
    {"10.0.0.1:5985", "10.0.0.1", 5985, true},
    {"10.0.0.1:5985", "10.0.0.1", 80, false},
    {"[2001:db8::1]:5985", "2001:db8::1", 5985, true},
    {"[2001:db8::1]:5985", "2001:db8::1", 80, false},
    /* addresses: the same however written, never a name's tail */
    {"10.0.0.1", "10.0.0.1", 1, true},
    {"0.0.1", "10.0.0.1", 1, false},
    {".1", "10.0.0.1", 1, false},
    {"10.0.0.1", "10.0.0.12", 1, false},
    {"2001:db8::1", "2001:DB8:0:0::1", 1, true},
    {"[2001:db8::1]", "2001:db8::1", 1, true},
    {"[2001:db8::1", "2001:db8::1", 1, false},
    {"[2001:db8::1]x", "2001:db8::1", 1, false},
    {"::ffff:10.0.0.1", "10.0.0.1", 1, true},
    {"10.0.0.1", "::ffff:a00:1", 1, true},
    {"fe80::1", "fe80::1%eth0", 1, true},
    /* ranges */
    {"10.0.0.0/8", "10.255.1.2", 1, true},
    {"10.0.0.0/8", "11.0.0.1", 1, false},
    {"10.1.2.3/8", "10.9.9.9", 1, true},
    {"192.168.4.0/22", "192.168.7.255", 1, true},
    {"192.168.4.0/22", "192.168.8.0", 1, false},
    {"10.0.0.1/32", "10.0.0.1", 1, true},
    {"10.0.0.1/32", "10.0.0.0", 1, false},
    {"0.0.0.0/0", "8.8.8.8", 1, true},
    {"0.0.0.0/0", "2001:db8::1", 1, false},
    {"::/0", "2001:db8::1", 1, true},
    {"::/0", "8.8.8.8", 1, false},
    {"fd00::/8", "fdff::1", 1, true},
    {"fd00::/8", "fe00::1", 1, false},
    {"2001:db8:8000::/33", "2001:db8:ffff::1", 1, true},
    {"2001:db8:8000::/33", "2001:db8:7fff::1", 1, false},
    {"10.0.0.0/33", "10.0.0.0", 1, false},
    {"10.0.0.0/", "10.0.0.0", 1, false},
    {"10.0.0.0/-1", "10.0.0.0", 1, false},
    {"/8", "10.0.0.0", 1, false},
    {"::/129", "::2", 1, false},
    {"10.0.0.0/8", "host", 1, false},
};

MIC_TEST(no_proxy, items_match_as_documented)
{
    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        if (mic_no_proxy_matches(rows[i].list, rows[i].host, (uint16_t)rows[i].port) !=
            rows[i].matches) {
            MIC_FAIL("\"%s\" and %s port %u", rows[i].list, rows[i].host, rows[i].port);
        }
    }
}

MIC_TEST(no_proxy, loopback_is_known_by_name_and_address)
{
    static const char *const yes[] = {"localhost", "LOCALHOST.", "a.localhost", "127.0.0.1",
                                      "127.9.9.9", "::1",        "0:0::1",      "::ffff:127.0.0.1"};
    static const char *const no[] = {"local", "localhost.example", "notlocalhost", "128.0.0.1",
                                     "::2",   "127.example",       "::",           "10.0.0.1"};

    for (size_t i = 0; i < MIC_COUNT(yes); i++) {
        if (!mic_host_is_loopback(yes[i]) || mic_host_is_loopback(no[i])) {
            MIC_FAIL("%s or %s", yes[i], no[i]);
        }
    }
}

/* ---- its text ---- */

static const struct {
    const char *text, *host;
    unsigned port;
    const char *user, *password;
} goods[] = {
    {"proxy", "proxy", 80, NULL, NULL},
    {"proxy:3128", "proxy", 3128, NULL, NULL},
    {"http://proxy", "proxy", 80, NULL, NULL},
    {"HTTP://Proxy.Example.:8080/", "Proxy.Example.", 8080, NULL, NULL},
    {"10.0.0.1:65535", "10.0.0.1", 65535, NULL, NULL},
    {"[::1]:3128", "::1", 3128, NULL, NULL},
    {"http://[2001:db8::7]/", "2001:db8::7", 80, NULL, NULL},
    {"[fe80::1%25eth0]:99", "fe80::1%eth0", 99, NULL, NULL},
    {"[fe80::1%eth0]:99", "fe80::1%eth0", 99, NULL, NULL},
    {"http://user:secret@proxy:3128", "proxy", 3128, "user", "secret"},
    {"user@proxy", "proxy", 80, "user", ""},
    {"http://user:@[::1]:1", "::1", 1, "user", ""},
    {"http://a%40b:p%3a%2F%40%25%zz%4@proxy:1", "proxy", 1, "a@b", "p:/@%%zz%4"},
    {"http://us:er@in:pa@ss@proxy:1", "proxy", 1, "us", "er@in:pa@ss"},
    {"http://DOM%5cuser:p%C3%B6@proxy:1", "proxy", 1, "DOM\\user", "p\xc3\xb6"},
};

MIC_TEST(proxy, forms_are_understood)
{
    for (size_t i = 0; i < MIC_COUNT(goods); i++) {
        struct mic_proxy proxy;
        struct mic_err err;

        mic_err_init(&err);
        if (mic_proxy_read(&proxy, goods[i].text, "x", true, &err) != MI_RESULT_OK) {
            MIC_FAIL("%s: %s", goods[i].text, err.message);
            continue;
        }
        MIC_CHECK_TEXT(proxy.host, goods[i].host);
        MIC_CHECK_INT(proxy.port, goods[i].port);
        MIC_CHECK_TEXT(proxy.user, goods[i].user);
        MIC_CHECK_TEXT(proxy.password.data, goods[i].password);
        mic_proxy_fini(&proxy);
        MIC_CHECK(proxy.host == NULL && proxy.user == NULL && proxy.password.data == NULL);
    }
}

static const struct {
    const char *text;
    MI_Result result;
    const char *words;
} bads[] = {
    {"https://u:hidden@proxy:3128", MI_RESULT_NOT_SUPPORTED, "over HTTPS"},
    {"socks5h://u:hidden@proxy:1080", MI_RESULT_NOT_SUPPORTED, "SOCKS"},
    {"://proxy", MI_RESULT_NOT_SUPPORTED, "none of HTTP"},
    {"", MI_RESULT_INVALID_PARAMETER, "no host name"},
    {"http://", MI_RESULT_INVALID_PARAMETER, "no host name"},
    {":3128", MI_RESULT_INVALID_PARAMETER, "no host name"},
    {"proxy:", MI_RESULT_INVALID_PARAMETER, "no port"},
    {"proxy:0", MI_RESULT_INVALID_PARAMETER, "no port"},
    {"proxy:65536", MI_RESULT_INVALID_PARAMETER, "no port"},
    {"proxy:0x50", MI_RESULT_INVALID_PARAMETER, "no port"},
    {"proxy:80x", MI_RESULT_INVALID_PARAMETER, "no port"},
    {"proxy:+80", MI_RESULT_INVALID_PARAMETER, "no port"},
    {"::1", MI_RESULT_INVALID_PARAMETER, "brackets"},
    {"[::1", MI_RESULT_INVALID_PARAMETER, "closing bracket"},
    {"[]", MI_RESULT_INVALID_PARAMETER, "no IPv6 address"},
    {"[proxy]:1", MI_RESULT_INVALID_PARAMETER, "no IPv6 address"},
    {"[::1]x", MI_RESULT_INVALID_PARAMETER, "no port"},
    {"[fe80::1%]:1", MI_RESULT_INVALID_PARAMETER, "no IPv6 address"},
    {"http://proxy/path", MI_RESULT_INVALID_PARAMETER, "path"},
    {"http://u:hid/den@proxy", MI_RESULT_INVALID_PARAMETER, "path"},
    {"pro xy:1", MI_RESULT_INVALID_PARAMETER, "no host name"},
    {"pro\r\nxy:1", MI_RESULT_INVALID_PARAMETER, "no host name"},
    {"\xc3\x28:1", MI_RESULT_INVALID_PARAMETER, "no host name"},
    {"http://:hidden@proxy:1", MI_RESULT_INVALID_PARAMETER, "user name"},
    {"http://u%00:hidden@proxy:1", MI_RESULT_INVALID_PARAMETER, "user name"},
    {"http://u:hidden%00@proxy:1", MI_RESULT_INVALID_PARAMETER, "user name"},
    {"http://u:hidden@proxy:x", MI_RESULT_INVALID_PARAMETER, "no port"},
};

MIC_TEST(proxy, what_does_not_parse_says_where_and_why_and_no_password)
{
    for (size_t i = 0; i < MIC_COUNT(bads); i++) {
        struct mic_proxy proxy;
        struct mic_err err;

        mic_err_init(&err);
        if (mic_proxy_read(&proxy, bads[i].text, "https_proxy", true, &err) != bads[i].result ||
            strstr(err.message, bads[i].words) == NULL ||
            strstr(err.message, "The proxy in https_proxy ") == NULL ||
            strstr(err.message, "hid") != NULL || strstr(err.remedy, "no_proxy") == NULL) {
            MIC_FAIL("%s: %s", bads[i].text, err.message);
        }
        MIC_CHECK(proxy.host == NULL && proxy.user == NULL && proxy.password.data == NULL);
    }
}

/* ---- the choice ---- */

static const char *const *variables; /* "name=value" ... NULL */

static char *look_up(const char *name)
{
    for (const char *const *p = variables; *p != NULL; p++) {
        size_t size = strlen(name);

        if (strncmp(*p, name, size) == 0 && (*p)[size] == '=') {
            return (char *)(uintptr_t)(*p + size + 1);
        }
    }
    return NULL;
}

static const struct {
    const char *destination;
    const char *variables[4];
    const char *host; /* NULL: no proxy */
} choices[] = {
    {"http://server", {NULL}, NULL},
    {"http://server", {"http_proxy=a:1", "https_proxy=b:1", "all_proxy=c:1"}, "a"},
    {"https://server", {"http_proxy=a:1", "https_proxy=b:1", "all_proxy=c:1"}, "b"},
    {"https://server", {"HTTPS_PROXY=b:1", "all_proxy=c:1", NULL}, "b"},
    {"https://server", {"HTTPS_PROXY=b:1", "https_proxy=a:1", NULL}, "a"},
    {"http://server", {"HTTP_PROXY=a:1", NULL}, NULL},
    {"http://server", {"HTTP_PROXY=a:1", "ALL_PROXY=c:1", NULL}, "c"},
    {"http://server", {"https_proxy=a:1", NULL}, NULL},
    {"https://server", {"http_proxy=a:1", NULL}, NULL},
    {"https://server", {"https_proxy=", "all_proxy=c:1", NULL}, "c"},
    {"http://server", {"http_proxy=a:1", "no_proxy=server", NULL}, NULL},
    {"http://server", {"http_proxy=a:1", "NO_PROXY=server", NULL}, NULL},
    {"http://server", {"http_proxy=a:1", "no_proxy=server:80", NULL}, "a"},
    {"http://server", {"http_proxy=a:1", "no_proxy=server:5985", NULL}, NULL},
    {"http://server", {"http_proxy=a:1", "no_proxy=x", "NO_PROXY=server"}, "a"},
    {"http://server", {"http_proxy=socks5://a:1", "no_proxy=server", NULL}, NULL},
    {NULL, {"http_proxy=a:1", NULL}, NULL},
    {"localhost", {"http_proxy=a:1", NULL}, NULL},
    {"127.0.0.1", {"http_proxy=a:1", NULL}, NULL},
    {"https://[::1]", {"https_proxy=a:1", NULL}, NULL},
    {"[fe80::1%lo]", {"http_proxy=a:1", NULL}, NULL},
    {"[2001:db8::1]", {"http_proxy=a:1", NULL}, "a"},
};

static MI_Result choose(const char *text, const struct mic_bag *bag, struct mic_proxy *proxy,
                        struct mic_err *err)
{
    struct mic_destination to;
    MI_Result result;

    mic_err_init(err);
    MIC_REQUIRE(mic_destination_init(&to, text, bag, err) == MI_RESULT_OK);
    result = mic_proxy_choose(proxy, &to, bag, look_up, err);
    mic_destination_fini(&to);
    return result;
}

MIC_TEST(proxy, the_environment_chooses_by_the_destination)
{
    for (size_t i = 0; i < MIC_COUNT(choices); i++) {
        const char *list[5] = {choices[i].variables[0], choices[i].variables[1],
                               choices[i].variables[2], choices[i].variables[3], NULL};
        struct mic_proxy proxy;
        struct mic_err err;

        variables = list;
        if (choose(choices[i].destination, NULL, &proxy, &err) != MI_RESULT_OK) {
            MIC_FAIL("%u: %s", (unsigned)i, err.message);
        }
        if (!MIC_CHECK_TEXT(proxy.host, choices[i].host)) {
            MIC_FAIL("in row %u", (unsigned)i);
        }
        mic_proxy_fini(&proxy);
    }
}

static void set_text(struct mic_bag *bag, const char *name, const char *text)
{
    MI_Value value = {.string = (char *)(uintptr_t)text};

    MIC_REQUIRE(mic_bag_set(bag, name, MI_STRING, &value, 0) == MI_RESULT_OK);
}

MIC_TEST(proxy, options_come_before_the_environment)
{
    static const char *const list[] = {"http_proxy=http://u:hidden@a:1", "no_proxy=there", NULL};
    static const char *const types[] = {"auto", "IE", "WinHTTP"};
    static const char key[] = "__MI_DESTINATIONOPTIONS_PROXY";
    static const char type[] = "__MI_DESTINATIONOPTIONS_PROXY_TYPE";
    struct mic_bag *bag = mic_bag_new();
    struct mic_proxy proxy;
    struct mic_err err;

    variables = list;
    for (size_t i = 0; i < MIC_COUNT(types); i++) {
        set_text(bag, type, types[i]);
        MIC_CHECK_INT(choose("server", bag, &proxy, &err), MI_RESULT_OK);
        MIC_CHECK_TEXT(proxy.host, "a");
        mic_proxy_fini(&proxy);
    }
    set_text(bag, type, "none");
    MIC_CHECK_INT(choose("server", bag, &proxy, &err), MI_RESULT_OK);
    MIC_CHECK(proxy.host == NULL);
    set_text(bag, key, "given:2");
    MIC_CHECK_INT(choose("server", bag, &proxy, &err), MI_RESULT_INVALID_PARAMETER);
    set_text(bag, type, "Auto");
    /* Given, it is for the hosts of no_proxy and for loopback too. */
    MIC_CHECK_INT(choose("there", bag, &proxy, &err), MI_RESULT_OK);
    MIC_CHECK_TEXT(proxy.host, "given");
    MIC_CHECK(proxy.user == NULL);
    mic_proxy_fini(&proxy);
    MIC_CHECK_INT(choose("localhost", bag, &proxy, &err), MI_RESULT_OK);
    MIC_CHECK_TEXT(proxy.host, "given");
    mic_proxy_fini(&proxy);
    MIC_CHECK_INT(choose("[fe80::1%lo]", bag, &proxy, &err), MI_RESULT_INVALID_PARAMETER);
    set_text(bag, key, "u:hidden@given:2");
    MIC_CHECK_INT(choose("server", bag, &proxy, &err), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(strstr(err.message, "hidden") == NULL);
    set_text(bag, type, "Pigeon");
    MIC_CHECK_INT(choose("server", bag, &proxy, &err), MI_RESULT_NOT_SUPPORTED);
    mic_bag_free(bag);
}

MIC_TEST(proxy, credentials_of_the_options_come_before_those_of_a_url)
{
    static const char *const list[] = {"http_proxy=http://u:hidden@a:1", NULL};
    MI_UserCredentials given = {.authenticationType = MI_AUTH_TYPE_NTLM,
                                .credentials.usernamePassword = {"dom", "who", "pass"}};
    struct mic_bag *bag = mic_bag_new();
    struct mic_http_target target;
    struct mic_proxy proxy;
    struct mic_err err;

    variables = list;
    memset(&target, 0, sizeof(target));
    MIC_CHECK_INT(choose("server", bag, &proxy, &err), MI_RESULT_OK);
    MIC_CHECK_INT(mic_proxy_target(&proxy, bag, &target, &err), MI_RESULT_OK);
    MIC_CHECK_TEXT(target.proxy.auth_type, MI_AUTH_TYPE_BASIC);
    MIC_CHECK_TEXT(target.proxy.user, "u");
    MIC_CHECK_TEXT(target.proxy.password->data, "hidden");
    MIC_REQUIRE(mic_bag_add_credentials(bag, "__MI_DESTINATIONOPTIONS_PROXY_CREDENTIALS", &given) ==
                MI_RESULT_OK);
    MIC_CHECK_INT(mic_proxy_target(&proxy, bag, &target, &err), MI_RESULT_OK);
    MIC_CHECK_TEXT(target.proxy.auth_type, MI_AUTH_TYPE_NTLM);
    MIC_CHECK_TEXT(target.proxy.domain, "dom");
    MIC_CHECK_TEXT(target.proxy.user, "who");
    MIC_CHECK_TEXT(target.proxy.password->data, "pass");
    mic_proxy_fini(&proxy);
    mic_bag_free(bag);
}

static bool read_once(void *context)
{
    struct mic_proxy proxy;
    struct mic_err err;
    MI_Result result = mic_proxy_read(&proxy, context, "x", true, &err);

    mic_proxy_fini(&proxy);
    return result == MI_RESULT_OK;
}

MIC_TEST(proxy, survives_every_failed_allocation)
{
    static char name[] = "http://user:secret@proxy:1";
    static char address[] = "http://user:secret@[::1]:1";

    MIC_CHECK(mic_fail_alloc_each(read_once, name) >= 4);
    MIC_CHECK(mic_fail_alloc_each(read_once, address) >= 4);
}
