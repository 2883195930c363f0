#include "negotiate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "auth.h"
#include "credssp.h"
#include "iov.h"
#include "sabotage.h"

#define SOAP_TYPE   "application/soap+xml;charset=UTF-8"
#define NTLM_DOMAIN "PEER"
#define PIECE       16384 /* text of a TLS record */

/* What a client may call it, and how its messages are marked then. */
static const struct scheme {
    const char *name, *protocol, *type;
} schemes[] = {
    {"Negotiate", "application/HTTP-SPNEGO-session-encrypted", PEER_SEALED_AS("SPNEGO")},
    {"Kerberos", "application/HTTP-Kerberos-session-encrypted", PEER_SEALED_AS("Kerberos")},
    {"CredSSP", "application/HTTP-CredSSP-session-encrypted", PEER_SEALED_AS("CredSSP")},
};

/* One connection's logon. */
struct peer_gss {
    gss_ctx_id_t context;
    const struct scheme *scheme;
    struct peer_credssp *credssp; /* NULL: another scheme */
    bool is_ntlm;
    OM_uint32 flags;
    bool is_done;
    bool seals_reply;
    char user[64];
    unsigned long legs;
    struct peer_buf last; /* the last sealed answer, for those that come twice */
};

static char ntlm_bytes[] = "\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a";
static gss_OID_desc ntlm_oid = {10, ntlm_bytes};

/* ---- accounts ---- */

/* NTLM_USER_FILE of gss-ntlmssp: DOMAIN:USER:PASSWORD, a line for each. */
bool peer_negotiate_start(struct peer *peer)
{
    const struct peer_config *config = &peer->config;
    char path[] = "/tmp/mi-peer-users-XXXXXX";
    FILE *file;
    int fd;

    if (config->user == NULL || config->password == NULL) {
        return true;
    }
    fd = mkstemp(path);
    file = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (file == NULL) {
        fprintf(stderr, "mi-peer: cannot write %s\n", path);
        return false;
    }
    fprintf(file, NTLM_DOMAIN ":%s:%s\n", config->user, config->password);
    for (unsigned i = 1; i <= config->more_users; i++) {
        fprintf(file, NTLM_DOMAIN ":%s%u:%s%u\n", config->user, i, config->password, i);
    }
    fclose(file);
    peer->user_file = peer_xstrdup(path);
    return setenv("NTLM_USER_FILE", path, 1) == 0;
}

void peer_negotiate_stop(struct peer *peer)
{
    if (peer->user_file != NULL) {
        unlink(peer->user_file);
        free(peer->user_file);
        peer->user_file = NULL;
    }
}

const char *peer_negotiate_lacks(const char *mechanism)
{
    gss_OID_set all = GSS_C_NO_OID_SET;
    OM_uint32 minor;
    int is_there = 0;

    if (strcmp(mechanism, "kerberos") == 0) {
        return NULL;
    }
    if (strcmp(mechanism, "ntlm") != 0) {
        return "mi-peer knows no such mechanism";
    }
    if (gss_indicate_mechs(&minor, &all) == GSS_S_COMPLETE) {
        gss_test_oid_set_member(&minor, &ntlm_oid, all, &is_there);
        gss_release_oid_set(&minor, &all);
    }
    return is_there ? NULL : "GSSAPI has no NTLM mechanism here (package gss-ntlmssp)";
}

/* ---- channel bindings ---- */

static size_t hash_certificate(const X509 *certificate, unsigned char *hash)
{
    unsigned int len = 0;
    int digest = NID_undef;
    unsigned char *der = NULL;
    int der_len;

    X509_get_signature_info((X509 *)(uintptr_t)certificate, &digest, NULL, NULL, NULL);
    if (digest == NID_md5 || digest == NID_sha1) {
        digest = NID_sha256;
    }
    der_len = i2d_X509((X509 *)(uintptr_t)certificate, &der);
    if (der_len <= 0 ||
        EVP_Digest(der, (size_t)der_len, hash, &len, EVP_get_digestbynid(digest), NULL) != 1) {
        len = 0;
    }
    OPENSSL_free(der);
    return len;
}

/* RFC 5929: what a client on this very connection knows. @return false: not asked for */
static bool make_bindings(const struct peer_conn *conn,
                          struct gss_channel_bindings_struct *bindings, unsigned char data[128])
{
    const struct peer_config *config = &conn->peer->config;
    static const char prefix[] = "tls-server-end-point:";
    size_t len = sizeof prefix - 1;

    if (conn->ssl == NULL ||
        (!config->strict_bindings && !config->false_bindings && !config->relaxed_bindings)) {
        return false;
    }
    memset(bindings, 0, sizeof *bindings);
    memcpy(data, prefix, len);
    len += hash_certificate(SSL_get_certificate(conn->ssl), data + len);
    if (config->false_bindings) {
        data[len - 1] ^= 1;
    }
    bindings->application_data.length = len;
    bindings->application_data.value = data;
    return true;
}

/* ---- legs ---- */

static void log_status(struct peer_conn *conn, OM_uint32 major, OM_uint32 minor)
{
    static const int kinds[] = {GSS_C_GSS_CODE, GSS_C_MECH_CODE};

    for (size_t i = 0; i < 2; i++) {
        gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
        OM_uint32 more = 0, ignored;

        gss_display_status(&ignored, i == 0 ? major : minor, kinds[i], &ntlm_oid, &more, &text);
        peer_log(conn->peer, "conn=%lu gss=%s why=\"%.*s\"", conn->number,
                 i == 0 ? "major" : "minor", (int)text.length,
                 text.value != NULL ? (const char *)text.value : "");
        gss_release_buffer(&ignored, &text);
    }
}

static void forget_context(struct peer_gss *gss)
{
    OM_uint32 minor;

    if (gss->context != GSS_C_NO_CONTEXT) {
        gss_delete_sec_context(&minor, &gss->context, GSS_C_NO_BUFFER);
    }
    gss->context = GSS_C_NO_CONTEXT;
    peer_credssp_free(gss->credssp);
    gss->credssp = NULL;
    gss->is_done = false;
}

/* Without the domain, whatever side it is on. */
static void take_name(struct peer_gss *gss, gss_name_t name)
{
    gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor;

    if (gss_display_name(&minor, name, &text, NULL) == GSS_S_COMPLETE) {
        const char *from = text.value;
        const char *backslash = memchr(from, '\\', text.length);
        size_t len = text.length;

        if (backslash != NULL) {
            len -= (size_t)(backslash + 1 - from);
            from = backslash + 1;
        }
        snprintf(gss->user, sizeof gss->user, "%.*s", (int)len, from);
        gss->user[strcspn(gss->user, "@")] = '\0';
    }
    gss_release_buffer(&minor, &text);
}

static void put_token(const struct peer_gss *gss, const gss_buffer_desc *token,
                      struct peer_response *response)
{
    struct peer_buf text = {0};

    if (token->length == 0) {
        return;
    }
    peer_buf_reserve(&text, token->length * 2 + 8);
    EVP_EncodeBlock((unsigned char *)text.data, token->value, (int)token->length);
    peer_printf(&response->headers, "WWW-Authenticate: %s %s\r\n", gss->scheme->name, text.data);
    peer_buf_free(&text);
}

/* Which the server proves itself with. */
static void put_last_token(const struct peer_conn *conn, gss_buffer_t token,
                           struct peer_response *response)
{
    char fault[64] = "";

    peer_sabotage_of_logon(conn->peer->sabotage, BREAK_LAST_TOKEN, fault);
    if (strcmp(fault, "none") == 0) {
        return;
    }
    if (strcmp(fault, "flip") == 0 && token->length > 0) {
        ((unsigned char *)token->value)[token->length - 1] ^= 1;
    }
    put_token(conn->gss, token, response);
}

/* An error token says more than a bare refusal. */
static enum peer_negotiated refuse_leg(struct peer_conn *conn, const gss_buffer_desc *token,
                                       struct peer_response *response)
{
    put_token(conn->gss, token, response);
    forget_context(conn->gss);
    peer_count(conn->peer, CNT_AUTH_FAILURES);
    peer_auth_refuse(conn->peer, response);
    return NEGOTIATE_REPLY;
}

/* The logon is done: what comes of its request. */
static enum peer_negotiated finish_logon(struct peer_conn *conn, bool is_bound,
                                         const struct peer_request *request,
                                         struct peer_response *response)
{
    struct peer_gss *gss = conn->gss;

    gss->is_done = true;
    peer_count(conn->peer, CNT_LOGONS);
    if (is_bound) {
        peer_count(conn->peer, CNT_LOGONS_BOUND);
    }
    peer_log(conn->peer, "conn=%lu logon user=%s flags=0x%x bound=%d", conn->number, gss->user,
             (unsigned)gss->flags, is_bound);
    if (request->body_len > 0) {
        return NEGOTIATE_PASS;
    }
    response->status = 200;
    return NEGOTIATE_REPLY;
}

static bool is_ntlm(gss_OID mechanism)
{
    return mechanism->length == ntlm_oid.length &&
           memcmp(mechanism->elements, ntlm_oid.elements, ntlm_oid.length) == 0;
}

static enum peer_negotiated accept_leg(struct peer_conn *conn, const struct peer_request *request,
                                       gss_buffer_t token, struct peer_response *response)
{
    struct peer_gss *gss = conn->gss;
    static const gss_buffer_desc no_token = GSS_C_EMPTY_BUFFER;
    struct gss_channel_bindings_struct bindings;
    unsigned char data[128];
    bool is_bound = make_bindings(conn, &bindings, data);
    gss_buffer_desc out = GSS_C_EMPTY_BUFFER;
    gss_name_t name = GSS_C_NO_NAME;
    enum peer_negotiated result;
    OM_uint32 minor, ignored;
    gss_OID mechanism = GSS_C_NO_OID;
    gss_cred_id_t delegated = GSS_C_NO_CREDENTIAL;
    OM_uint32 major =
        gss_accept_sec_context(&minor, &gss->context, GSS_C_NO_CREDENTIAL, token,
                               is_bound ? &bindings : GSS_C_NO_CHANNEL_BINDINGS, &name, &mechanism,
                               &out, &gss->flags, NULL, &delegated);

    if (GSS_ERROR(major)) {
        log_status(conn, major, minor);
        result = refuse_leg(conn, &out, response);
    } else if ((major & GSS_S_CONTINUE_NEEDED) != 0) {
        response->status = 401;
        put_token(gss, &out, response);
        result = NEGOTIATE_REPLY;
    } else if (conn->peer->config.strict_bindings && is_bound &&
               (gss->flags & GSS_C_CHANNEL_BOUND_FLAG) == 0) {
        /* The mechanisms take a client that is bound to nothing. */
        peer_log(conn->peer, "conn=%lu logon=unbound flags=0x%x", conn->number,
                 (unsigned)gss->flags);
        result = refuse_leg(conn, &no_token, response);
    } else {
        gss->is_ntlm = is_ntlm(mechanism);
        put_last_token(conn, &out, response);
        take_name(gss, name);
        if (delegated != GSS_C_NO_CREDENTIAL) {
            peer_count(conn->peer, CNT_LOGONS_DELEGATED);
        }
        result = finish_logon(conn, is_bound, request, response);
    }
    gss_release_buffer(&ignored, &out);
    gss_release_name(&ignored, &name);
    gss_release_cred(&ignored, &delegated);
    return result;
}

static enum peer_negotiated take_credssp(struct peer_conn *conn, const struct peer_request *request,
                                         const gss_buffer_desc *token,
                                         struct peer_response *response)
{
    struct peer_gss *gss = conn->gss;
    enum peer_negotiated result = NEGOTIATE_REPLY;
    struct peer_buf records = {0};
    gss_buffer_desc out;
    enum peer_credssp_end end;

    if (gss->credssp == NULL) {
        gss->credssp = peer_credssp_new(conn->peer, conn->number);
    }
    end = gss->credssp == NULL
              ? CREDSSP_REJECTED
              : peer_credssp_take(gss->credssp, token->value, token->length, &records);
    out.length = records.len;
    out.value = records.data;
    switch (end) {
    case CREDSSP_GO_ON:
        response->status = 401;
        put_token(gss, &out, response);
        if (out.length == 0) {
            peer_puts(&response->headers, "WWW-Authenticate: CredSSP\r\n");
        }
        break;
    case CREDSSP_DONE:
        gss->flags = GSS_C_CONF_FLAG;
        snprintf(gss->user, sizeof gss->user, "%s", peer_credssp_user(gss->credssp));
        result = finish_logon(conn, false, request, response);
        break;
    case CREDSSP_REFUSED:
        result = refuse_leg(conn, &out, response);
        break;
    case CREDSSP_REJECTED:
        peer_count(conn->peer, CNT_REJECTED);
        result = NEGOTIATE_CLOSE;
        break;
    }
    peer_buf_free(&records);
    return result;
}

static enum peer_negotiated take_leg(struct peer_conn *conn, const struct peer_request *request,
                                     const struct scheme *scheme, const char *text,
                                     struct peer_response *response)
{
    struct peer_buf raw = {0};
    gss_buffer_desc token;
    enum peer_negotiated result;

    if (conn->gss == NULL) {
        conn->gss = peer_xmalloc(sizeof *conn->gss);
        memset(conn->gss, 0, sizeof *conn->gss);
    }
    conn->gss->scheme = scheme;
    peer_count(conn->peer, CNT_LEGS);
    if (conn->gss->is_done || !peer_auth_decode(text, &raw)) {
        response->status = 400; /* a second logon on a connection, or no base64 */
        peer_count(conn->peer, CNT_REJECTED);
        peer_buf_free(&raw);
        return NEGOTIATE_REPLY;
    }
    token.length = raw.len;
    token.value = raw.data;
    pthread_mutex_lock(&conn->peer->logon_lock);
    result = strcmp(scheme->name, "CredSSP") == 0 ? take_credssp(conn, request, &token, response)
                                                  : accept_leg(conn, request, &token, response);
    pthread_mutex_unlock(&conn->peer->logon_lock);
    peer_buf_free(&raw);
    return result;
}

/* ---- sealed messages ---- */

static bool take_text(const char **at, const char *end, const char *text)
{
    size_t len = strlen(text);

    if ((size_t)(end - *at) < len || memcmp(*at, text, len) != 0) {
        return false;
    }
    *at += len;
    return true;
}

struct sealed {
    const char *data; /* token and ciphertext */
    size_t len, token_len, plain_len;
};

/* The one form that a client may send, byte for byte. @return false: it is another */
static bool find_sealed(const struct peer_conn *conn, const struct peer_request *request,
                        struct sealed *sealed)
{
    static const char tail[] = "--Encrypted Boundary--\r\n";
    const char *at = request->body;
    const char *end = at + request->body_len;
    const unsigned char *count;
    size_t n = 0;

    sealed->plain_len = 0;
    if (!take_text(&at, end, "--Encrypted Boundary\r\nContent-Type: ") ||
        !take_text(&at, end, conn->gss->scheme->protocol) ||
        !take_text(&at, end, "\r\nOriginalContent: type=" SOAP_TYPE ";Length=")) {
        return false;
    }
    for (; at < end && n < 9 && *at >= '0' && *at <= '9'; n++) {
        sealed->plain_len = sealed->plain_len * 10 + (size_t)(*at++ - '0');
    }
    if (n == 0 ||
        !take_text(&at, end,
                   "\r\n--Encrypted Boundary\r\nContent-Type: application/octet-stream\r\n") ||
        (size_t)(end - at) < 4 + sizeof tail - 1) {
        return false;
    }
    count = (const unsigned char *)at;
    sealed->token_len = (size_t)count[0] | (size_t)count[1] << 8;
    sealed->data = at + 4;
    sealed->len = (size_t)(end - sealed->data) - (sizeof tail - 1);
    return count[2] == 0 && count[3] == 0 &&
           memcmp(sealed->data + sealed->len, tail, sizeof tail - 1) == 0 &&
           sealed->len == sealed->token_len + sealed->plain_len &&
           (!conn->gss->is_ntlm || sealed->token_len == 16);
}

const char *peer_negotiate_type(const struct peer_conn *conn)
{
    return conn->gss->scheme->type;
}

static void set_type(struct peer_request *request, const char *type)
{
    for (size_t i = 0; i < request->header_count; i++) {
        if (peer_ieq(request->names[i], "Content-Type")) {
            request->values[i] = type;
        }
    }
}

static OM_uint32 unwrap(const struct peer_gss *gss, const struct sealed *sealed, OM_uint32 *minor,
                        struct peer_buf *plain, int *has_privacy)
{
    gss_buffer_desc in = {sealed->len, (void *)(uintptr_t)sealed->data}, out = GSS_C_EMPTY_BUFFER;
    OM_uint32 major, ignored;

    if (!gss->is_ntlm) {
        return peer_iov_unwrap(gss->context, sealed->data, sealed->token_len, sealed->len, minor,
                               plain, has_privacy);
    }
    major = gss_unwrap(minor, gss->context, &in, &out, has_privacy, NULL);
    if (major == GSS_S_COMPLETE) {
        peer_put(plain, out.value, out.length);
    }
    gss_release_buffer(&ignored, &out);
    return major;
}

static void take_plain(struct peer_request *request, const struct peer_buf *plain)
{
    request->body = peer_dupn(&request->arena, plain->data, plain->len);
    request->body_len = plain->len;
    set_type(request, SOAP_TYPE);
}

/* Whether the type tells of one piece or of several goes by how many there are. */
static bool open_credssp(struct peer_conn *conn, struct peer_request *request, const char *type)
{
    struct peer_buf plain = {0};
    unsigned pieces = 0;
    bool good =
        peer_credssp_open(conn->gss->credssp, request->body, request->body_len, &plain, &pieces) &&
        (pieces > 1 ? peer_starts(type, "multipart/x-multi-encrypted;") &&
                          strcmp(type + strlen("multipart/x-multi-encrypted"),
                                 peer_negotiate_type(conn) + strlen("multipart/encrypted")) == 0
                    : strcmp(type, peer_negotiate_type(conn)) == 0);

    if (good) {
        take_plain(request, &plain);
    } else {
        peer_log(conn->peer, "conn=%lu sealed=bad why=\"form\" pieces=%u", conn->number, pieces);
    }
    peer_buf_free(&plain);
    return good;
}

/* @return false: not what the user of this connection sealed. An RC4 message counts its padding. */
static bool open_request(struct peer_conn *conn, struct peer_request *request, const char *type)
{
    struct sealed sealed;
    struct peer_buf plain = {0};
    OM_uint32 major, minor = 0;
    int has_privacy = 0;
    bool good;

    if (conn->gss->credssp != NULL) {
        return open_credssp(conn, request, type);
    }
    if (strcmp(type, peer_negotiate_type(conn)) != 0 || !find_sealed(conn, request, &sealed)) {
        peer_log(conn->peer, "conn=%lu sealed=bad why=\"form\"", conn->number);
        return false;
    }
    major = unwrap(conn->gss, &sealed, &minor, &plain, &has_privacy);
    good = major == GSS_S_COMPLETE && has_privacy &&
           (plain.len == sealed.plain_len ||
            (sealed.data[0] == 0x60 && plain.len + 1 == sealed.plain_len));
    if (good) {
        take_plain(request, &plain);
    } else {
        log_status(conn, major, minor);
    }
    peer_buf_free(&plain);
    return good;
}

static enum peer_negotiated take_message(struct peer_conn *conn, struct peer_request *request,
                                         struct peer_response *response)
{
    const char *type = peer_http_header(request, "Content-Type");
    struct peer *peer = conn->peer;

    if (type != NULL && peer_istarts(type, "multipart/")) {
        if (conn->ssl != NULL || (conn->gss->flags & GSS_C_CONF_FLAG) == 0 ||
            !open_request(conn, request, type)) {
            peer_count(peer, CNT_SEALS_BAD);
            return NEGOTIATE_CLOSE;
        }
        conn->gss->seals_reply = true;
        peer_count(peer, CNT_SEALED);
        return NEGOTIATE_PASS;
    }
    if (conn->ssl == NULL && !peer->config.allow_clear) {
        peer_count(peer, CNT_CLEAR);
        peer_log(peer, "conn=%lu clear-text refused", conn->number);
        response->status = 500; /* as AllowUnencrypted=false has it */
        return NEGOTIATE_REPLY;
    }
    return NEGOTIATE_PASS;
}

enum peer_negotiated peer_negotiate_request(struct peer_conn *conn, struct peer_request *request,
                                            struct peer_response *response)
{
    const char *header = peer_http_header(request, "Authorization");
    enum peer_negotiated result = NEGOTIATE_PASS;

    if (conn->gss != NULL) {
        conn->gss->seals_reply = false;
    }
    for (size_t i = 0; header != NULL && i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t len = strlen(schemes[i].name);

        if (peer_istarts(header, schemes[i].name) && header[len] == ' ' &&
            peer_auth_offers(conn->peer, schemes[i].name)) {
            result = take_leg(conn, request, &schemes[i], header + len + 1, response);
            break;
        }
    }
    if (conn->gss != NULL &&
        peer_sabotage_ends_logon(conn->peer->sabotage, BREAK_LOGON_DROP, ++conn->gss->legs)) {
        peer_log(conn->peer, "conn=%lu dropped behind message %lu", conn->number, conn->gss->legs);
        return NEGOTIATE_CLOSE;
    }
    if (conn->gss != NULL && result == NEGOTIATE_REPLY &&
        peer_sabotage_ends_logon(conn->peer->sabotage, BREAK_LOGON_CLOSE, conn->gss->legs)) {
        response->close = true;
    }
    if (result == NEGOTIATE_PASS && conn->gss != NULL && conn->gss->is_done) {
        result = take_message(conn, request, response);
    }
    return result;
}

bool peer_negotiate_is_done(struct peer_conn *conn)
{
    if (conn->gss == NULL || !conn->gss->is_done) {
        return false;
    }
    memcpy(conn->user, conn->gss->user, sizeof conn->user);
    return true;
}

bool peer_negotiate_seals(const struct peer_conn *conn)
{
    return conn->gss != NULL && conn->gss->seals_reply;
}

/* The length of the token, the token, the ciphertext. @return how long the token is */
static size_t wrap(const struct peer_gss *gss, const char *text, size_t len, struct peer_buf *out)
{
    gss_buffer_desc in = {len, (void *)(uintptr_t)text}, sealed = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor;
    int has_privacy = 0;

    if (gss->credssp != NULL) {
        peer_credssp_wrap(gss->credssp, text, len, out);
        return out->len - 4 - len;
    }
    if (!gss->is_ntlm) {
        return peer_iov_wrap(gss->context, text, len, out);
    }
    if (gss_wrap(&minor, gss->context, 1, GSS_C_QOP_DEFAULT, &in, &has_privacy, &sealed) !=
            GSS_S_COMPLETE ||
        !has_privacy || sealed.length != len + 16) {
        fprintf(stderr, "mi-peer: cannot seal\n");
        abort();
    }
    peer_put(out, "\x10\0\0\0", 4);
    peer_put(out, sealed.value, sealed.length);
    gss_release_buffer(&minor, &sealed);
    return 16;
}

/* With the TABs of the specification, which Windows sends and a client does not. */
static size_t put_piece(struct peer_conn *conn, const char *text, size_t len, struct peer_buf *out)
{
    struct peer_buf content = {0};
    size_t token_len = wrap(conn->gss, text, len, &content);
    size_t at;

    peer_printf(out,
                "--Encrypted Boundary\r\n"
                "\tContent-Type: %s\r\n"
                "\tOriginalContent: type=" SOAP_TYPE ";Length=%zu\r\n"
                "--Encrypted Boundary\r\n"
                "\tContent-Type: application/octet-stream\r\n",
                conn->gss->scheme->protocol, content.len - 4 - token_len);
    at = out->len + 4;
    peer_put(out, content.data, content.len);
    peer_puts(out, "--Encrypted Boundary--\r\n");
    peer_buf_free(&content);
    return at;
}

/* @return where the last piece begins */
static size_t put_block(struct peer_conn *conn, const char *text, size_t len, struct peer_buf *out)
{
    size_t most = conn->gss->credssp != NULL ? PIECE : len;
    size_t at;

    for (; len > most; len -= most, text += most) {
        put_piece(conn, text, most, out);
    }
    at = put_piece(conn, text, len, out);
    return at;
}

void peer_negotiate_seal(struct peer_conn *conn, const char *text, size_t len, struct peer_buf *out)
{
    put_block(conn, text, len, out);
}

/* @param at  of the last block's signature */
static void spoil(struct peer_conn *conn, const struct peer_plan *plan, size_t at,
                  struct peer_buf *body)
{
    size_t tail = strlen("--Encrypted Boundary--\r\n");

    if (plan->on[BREAK_SEAL_FLIP]) {
        uint64_t by = plan->number[BREAK_SEAL_FLIP];

        body->data[at + (size_t)(by % (body->len - tail - at))] ^= 1;
    }
    if (plan->on[BREAK_SEAL_CUT]) {
        memmove(body->data + body->len - tail - 1, body->data + body->len - tail, tail);
        body->len--;
    }
    if (plan->on[BREAK_SEAL_REPLAY] && conn->gss->last.len > 0) {
        body->len = 0;
        peer_put(body, conn->gss->last.data, conn->gss->last.len);
    }
}

/* Each chunk, which is an envelope, is a message of its own. */
static void seal_body(struct peer_conn *conn, const struct peer_plan *plan,
                      struct peer_response *response)
{
    struct peer_buf sealed = {0};
    size_t from = 0, at = 0;

    if (plan->on[BREAK_SEAL_REORDER]) {
        put_block(conn, "lost", 4, &sealed);
        sealed.len = 0;
    }
    for (size_t i = 0; i <= response->cut_count; i++) {
        size_t to = i < response->cut_count ? response->cuts[i] : response->body.len;

        if (to > from) {
            at = put_block(conn, response->body.data + from, to - from, &sealed);
        }
        if (i < response->cut_count) {
            response->cuts[i] = sealed.len;
        }
        from = to;
    }
    spoil(conn, plan, at, &sealed);
    if (plan->any) {
        response->cut_count = 0;
    }
    peer_buf_free(&conn->gss->last);
    peer_put(&conn->gss->last, sealed.data, sealed.len);
    peer_buf_free(&response->body);
    response->body = sealed;
}

void peer_negotiate_reply(struct peer_conn *conn, const struct peer_plan *plan,
                          struct peer_response *response)
{
    bool is_soap = response->content_type != NULL && response->body.len > 0 &&
                   (peer_istarts(response->content_type, "application/soap") ||
                    peer_istarts(response->content_type, "text/xml"));

    if (!peer_negotiate_seals(conn) || !is_soap || plan->on[BREAK_SEAL_NONE] ||
        plan->on[BREAK_KEEP_ALIVE]) {
        return;
    }
    response->content_type = conn->gss->credssp != NULL && response->body.len > PIECE
                                 ? "multipart/x-multi-encrypted;protocol=\"application/"
                                   "HTTP-CredSSP-session-encrypted\";boundary=\"Encrypted "
                                   "Boundary\""
                                 : peer_negotiate_type(conn);
    seal_body(conn, plan, response);
}

void peer_negotiate_end(struct peer_conn *conn)
{
    if (conn->gss != NULL) {
        forget_context(conn->gss);
        peer_buf_free(&conn->gss->last);
        free(conn->gss);
        conn->gss = NULL;
    }
}
