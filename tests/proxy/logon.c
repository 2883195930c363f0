#include "proxy.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <openssl/evp.h>

static void put_offers(const struct proxy *proxy, char *out, size_t size)
{
    char list[128];
    char *rest = list, *name;
    size_t used = 0;

    snprintf(list, sizeof(list), "%s", proxy->offer);
    out[0] = '\0';
    while ((name = strsep(&rest, ",")) != NULL && used < size) {
        used += (size_t)snprintf(out + used, size - used, "Proxy-Authenticate: %s%s\r\n", name,
                                 strcmp(name, "Basic") == 0 ? " realm=\"mi-proxy\"" : "");
    }
}

static enum verdict judge_basic(const struct proxy *proxy, const char *value, char user[NAME_SIZE])
{
    for (unsigned i = 0; i < proxy->user_count; i++) {
        char plain[2 * NAME_SIZE + 2];
        char coded[4 * NAME_SIZE];
        int size =
            snprintf(plain, sizeof(plain), "%s:%s", proxy->users[i].name, proxy->users[i].password);

        EVP_EncodeBlock((unsigned char *)coded, (const unsigned char *)plain, size);
        if (strcmp(coded, value) == 0) {
            snprintf(user, NAME_SIZE, "%s", proxy->users[i].name);
            return LOGON_DONE;
        }
    }
    return LOGON_REFUSED;
}

/* "Proxy-Authorization: SCHEME VALUE". @return false when there is none */
static bool find_field(const char *head, char scheme[16], char *value, size_t size)
{
    const char *field = strcasestr(head, "\r\nProxy-Authorization: ");
    size_t scheme_size, value_size;

    if (field == NULL) {
        return false;
    }
    field += strlen("\r\nProxy-Authorization: ");
    scheme_size = strcspn(field, " \r");
    value_size = strcspn(field + scheme_size + 1, "\r");
    if (scheme_size >= 16 || value_size >= size) {
        return false;
    }
    snprintf(scheme, 16, "%.*s", (int)scheme_size, field);
    snprintf(value, size, "%.*s", (int)value_size, field + scheme_size + 1);
    return true;
}

enum verdict logon_judge(struct proxy *proxy, struct gss **gss, const char *head, char *out,
                         size_t size, char user[NAME_SIZE])
{
    char scheme[16], value[8192], answer[8192];
    enum verdict verdict = LOGON_REFUSED;

    if (proxy->offer == NULL) {
        return LOGON_DONE;
    }
    if (!find_field(head, scheme, value, sizeof(value))) {
        put_offers(proxy, out, size);
        return LOGON_NONE;
    }
    if (strstr(proxy->offer, scheme) == NULL) {
        verdict = LOGON_REFUSED;
    } else if (strcmp(scheme, "Basic") == 0) {
        verdict = judge_basic(proxy, value, user);
    } else {
        verdict = gss_take(gss, value, answer, sizeof(answer), user);
    }
    if (verdict == LOGON_GO_ON) {
        snprintf(out, size, "Proxy-Authenticate: %s %s\r\n", scheme, answer);
    } else if (verdict == LOGON_REFUSED) {
        put_offers(proxy, out, size);
    }
    return verdict;
}
