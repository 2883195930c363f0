/* Who is asking. Schemes of one leg are rows in the table at the foot; Negotiate, whose logon is
 * the connection's, is in negotiate.c. */
#include "auth.h"

#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "mutual.h"
#include "negotiate.h"

bool peer_auth_decode(const char *text, struct peer_buf *out)
{
    size_t len = strlen(text);
    int n;

    if (len == 0 || len % 4 != 0 || len > 65536) {
        return false;
    }
    peer_buf_reserve(out, len);
    n = EVP_DecodeBlock((unsigned char *)out->data, (const unsigned char *)text, (int)len);
    if (n < 0) {
        return false;
    }
    out->len = (size_t)n;
    for (size_t i = len; i > 0 && text[i - 1] == '='; i--) {
        out->len--;
    }
    out->data[out->len] = '\0';
    return true;
}

static bool same_secret(const char *a, const char *b)
{
    size_t len = strlen(a);

    return len == strlen(b) && CRYPTO_memcmp(a, b, len) == 0;
}

static enum peer_auth check_basic(struct peer_conn *conn, const char *token)
{
    const struct peer_config *config = &conn->peer->config;
    struct peer_buf plain = {0};
    enum peer_auth result = AUTH_REFUSED;
    char *colon;

    if (!peer_auth_decode(token, &plain) || memchr(plain.data, '\0', plain.len) != NULL) {
        goto done;
    }
    colon = strchr(plain.data, ':');
    if (colon == NULL) {
        goto done;
    }
    *colon = '\0';
    if (config->no_auth ||
        (config->user != NULL && config->password != NULL && peer_ieq(plain.data, config->user) &&
         same_secret(colon + 1, config->password))) {
        size_t n =
            strlen(plain.data) < sizeof conn->user ? strlen(plain.data) : sizeof conn->user - 1;

        memcpy(conn->user, plain.data, n);
        conn->user[n] = '\0';
        result = AUTH_PASS;
    }
done:
    if (plain.data != NULL) {
        OPENSSL_cleanse(plain.data, plain.cap);
    }
    peer_buf_free(&plain);
    return result;
}

static const char *offer_of(const struct peer *peer)
{
    return peer->config.auth_offer != NULL ? peer->config.auth_offer : peer->dialect->offer;
}

bool peer_auth_offers(const struct peer *peer, const char *scheme)
{
    const char *at = offer_of(peer);
    size_t len = strlen(scheme);

    while (*at != '\0') {
        size_t part = strcspn(at, ",");

        if (part == len && strncasecmp(at, scheme, len) == 0) {
            return true;
        }
        at += part + (at[part] == ',');
    }
    return false;
}

void peer_auth_refuse(const struct peer *peer, struct peer_response *response)
{
    const char *at = offer_of(peer);

    response->status = 401;
    while (*at != '\0') {
        size_t part = strcspn(at, ",");

        if (part == 5 && strncasecmp(at, "Basic", 5) == 0) {
            peer_printf(&response->headers, "WWW-Authenticate: Basic realm=\"%s\"\r\n",
                        peer->dialect->realm);
        } else if (part > 0) {
            peer_printf(&response->headers, "WWW-Authenticate: %.*s\r\n", (int)part, at);
        }
        at += part + (at[part] == ',');
    }
    if (peer->dialect->id == DIALECT_OPENWSMAN) {
        response->content_type = "text/plain";
        peer_puts(&response->body, "Error: 401\r\n");
    }
}

/* The schemes that are checked here: name, and what reads the rest of the header. */
static const struct {
    const char *name;
    enum peer_auth (*check)(struct peer_conn *conn, const char *token);
} schemes[] = {
    {"Basic", check_basic},
};

enum peer_auth peer_auth_check(struct peer_conn *conn, const struct peer_request *request,
                               struct peer_response *response)
{
    const char *header = peer_http_header(request, "Authorization");
    struct peer *peer = conn->peer;

    conn->user[0] = '\0';
    if (peer_negotiate_is_done(conn)) {
        return AUTH_PASS;
    }
    if (header == NULL) {
        if (peer->config.no_auth) {
            return AUTH_PASS;
        }
        peer_count(peer, CNT_AUTH_CHALLENGES);
        peer_auth_refuse(peer, response);
        return AUTH_REFUSED;
    }
    if (strcmp(header, PEER_MUTUAL) == 0 && peer_mutual_check(conn) == AUTH_PASS) {
        return AUTH_PASS;
    }
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t len = strlen(schemes[i].name);

        if (strncasecmp(header, schemes[i].name, len) == 0 && header[len] == ' ' &&
            peer_auth_offers(peer, schemes[i].name)) {
            header += len + strspn(header + len, " ");
            if (schemes[i].check(conn, header) == AUTH_PASS) {
                return AUTH_PASS;
            }
            break;
        }
    }
    peer_count(peer, CNT_AUTH_FAILURES);
    peer_auth_refuse(peer, response);
    return AUTH_REFUSED;
}
