#include "credssp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gssapi/gssapi.h>

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "sabotage.h"

#define LOGON_FAILURE 0xC000006DUL
#define PIECE         16384

struct peer_credssp {
    struct peer *peer;
    unsigned long number;
    SSL *ssl;
    BIO *in, *out;
    bool is_shaken, is_final; /* the handshake is over; the first token behind it has come */
    gss_ctx_id_t context;
    bool is_logged_on, is_proved;
    unsigned version;
    char user[64];
    char fault[64]; /* what is to go wrong */
};

/* ---- TLS ---- */

static SSL_CTX *make_context(const struct peer_config *config)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());

    SSL_CTX_set_options(context, SSL_OP_NO_ENCRYPT_THEN_MAC); /* as SChannel */
    SSL_CTX_set_num_tickets(context, config->credssp_no_tickets ? 0 : 2);
    if (config->credssp_tls != NULL && strcmp(config->credssp_tls, "1.2") == 0) {
        SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
    } else if (config->credssp_tls != NULL && strcmp(config->credssp_tls, "1.1") == 0) {
        SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
    }
    if ((config->credssp_cipher != NULL &&
         SSL_CTX_set_cipher_list(context, config->credssp_cipher) != 1) ||
        SSL_CTX_use_certificate_file(context, PEER_CERT_DIR "/credssp.pem", SSL_FILETYPE_PEM) !=
            1 ||
        SSL_CTX_use_PrivateKey_file(context, PEER_CERT_DIR "/credssp.key", SSL_FILETYPE_PEM) != 1) {
        SSL_CTX_free(context);
        return NULL;
    }
    return context;
}

struct peer_credssp *peer_credssp_new(struct peer *peer, unsigned long conn_number)
{
    struct peer_credssp *credssp;
    SSL_CTX *context = make_context(&peer->config);

    if (context == NULL) {
        peer_log(peer, "conn=%lu credssp=no-tls", conn_number);
        return NULL;
    }
    credssp = peer_xmalloc(sizeof *credssp);
    memset(credssp, 0, sizeof *credssp);
    credssp->peer = peer;
    credssp->number = conn_number;
    credssp->ssl = SSL_new(context);
    credssp->in = BIO_new(BIO_s_mem());
    credssp->out = BIO_new(BIO_s_mem());
    SSL_set_bio(credssp->ssl, credssp->in, credssp->out);
    SSL_set_accept_state(credssp->ssl);
    SSL_CTX_free(context);
    peer_sabotage_of_logon(peer->sabotage, BREAK_CREDSSP, credssp->fault);
    return credssp;
}

void peer_credssp_free(struct peer_credssp *credssp)
{
    OM_uint32 minor;

    if (credssp != NULL) {
        if (credssp->context != GSS_C_NO_CONTEXT) {
            gss_delete_sec_context(&minor, &credssp->context, GSS_C_NO_BUFFER);
        }
        SSL_free(credssp->ssl);
        free(credssp);
    }
}

const char *peer_credssp_user(const struct peer_credssp *credssp)
{
    return credssp->user;
}

static void drain(struct peer_credssp *credssp, struct peer_buf *out)
{
    char bytes[4096];
    int n;

    while ((n = BIO_read(credssp->out, bytes, sizeof bytes)) > 0) {
        peer_put(out, bytes, (size_t)n);
    }
}

/* @return false: no record of this session, or part of one */
static bool read_records(struct peer_credssp *credssp, const void *bytes, size_t len,
                         struct peer_buf *plain)
{
    int n = 0;

    ERR_clear_error();
    BIO_write(credssp->in, bytes, (int)len);
    do {
        peer_buf_reserve(plain, PIECE);
        n = SSL_read(credssp->ssl, plain->data + plain->len, PIECE);
        plain->len += n > 0 ? (size_t)n : 0;
    } while (n > 0);
    return SSL_get_error(credssp->ssl, n) == SSL_ERROR_WANT_READ && BIO_pending(credssp->in) == 0 &&
           !SSL_has_pending(credssp->ssl);
}

static void write_records(struct peer_credssp *credssp, const struct peer_buf *plain,
                          struct peer_buf *out)
{
    ERR_clear_error();
    if (SSL_write(credssp->ssl, plain->data, (int)plain->len) != (int)plain->len) {
        fprintf(stderr, "mi-peer: cannot write TLS of CredSSP\n");
        abort();
    }
    drain(credssp, out);
}

/* The content of SubjectPublicKey, cut out of the encoded SubjectPublicKeyInfo. */
static void own_key(const struct peer_credssp *credssp, struct peer_buf *key)
{
    unsigned char *der = NULL;
    int len = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(SSL_get_certificate(credssp->ssl)), &der);
    const unsigned char *at = der;
    long size;
    int tag, class;

    ASN1_get_object(&at, &size, &tag, &class, len);            /* the whole */
    ASN1_get_object(&at, &size, &tag, &class, der + len - at); /* the algorithm */
    at += size;
    ASN1_get_object(&at, &size, &tag, &class, der + len - at); /* the bits, and how many are not */
    peer_put(key, at + 1, (size_t)size - 1);
    OPENSSL_free(der);
}

/* ---- ASN.1 ---- */

struct piece {
    const unsigned char *at;
    size_t len;
};

/* The next value; its tag must be this. */
static bool take(struct piece *from, int want_class, int want_tag, struct piece *out)
{
    const unsigned char *at = from->at;
    long size;
    int tag, class;

    if (from->len == 0 ||
        (ASN1_get_object(&at, &size, &tag, &class, (long)from->len) & 0x81) != 0 ||
        class != want_class || tag != want_tag) {
        return false;
    }
    out->at = at;
    out->len = (size_t)size;
    from->len -= (size_t)(at - from->at) + (size_t)size;
    from->at = at + size;
    return true;
}

static bool take_field(struct piece *from, int number, int inner, struct piece *out)
{
    struct piece field;

    return take(from, V_ASN1_CONTEXT_SPECIFIC, number, &field) &&
           take(&field, V_ASN1_UNIVERSAL, inner, out) && field.len == 0;
}

struct request {
    unsigned version;
    struct piece token, credentials, proof, nonce;
};

static bool read_request(const struct peer_buf *plain, struct request *request)
{
    struct piece whole = {(const unsigned char *)plain->data, plain->len};
    struct piece body, number, list, item;

    memset(request, 0, sizeof *request);
    if (!take(&whole, V_ASN1_UNIVERSAL, V_ASN1_SEQUENCE, &body) || whole.len != 0 ||
        !take_field(&body, 0, V_ASN1_INTEGER, &number) || number.len != 1) {
        return false;
    }
    request->version = number.at[0];
    if (take_field(&body, 1, V_ASN1_SEQUENCE, &list) &&
        !(take(&list, V_ASN1_UNIVERSAL, V_ASN1_SEQUENCE, &item) && list.len == 0 &&
          take_field(&item, 0, V_ASN1_OCTET_STRING, &request->token) && item.len == 0)) {
        return false;
    }
    take_field(&body, 2, V_ASN1_OCTET_STRING, &request->credentials);
    take_field(&body, 3, V_ASN1_OCTET_STRING, &request->proof);
    take_field(&body, 5, V_ASN1_OCTET_STRING, &request->nonce);
    return body.len == 0;
}

/* Put what @p buf holds into a tag. */
static void enclose(struct peer_buf *buf, int class, int tag, bool is_constructed)
{
    unsigned char head[16], *end = head;

    ASN1_put_object(&end, is_constructed, (int)buf->len, tag, class);
    peer_insert(buf, 0, (const char *)head, (size_t)(end - head));
}

static void add_field(struct peer_buf *body, int number, int inner, const void *bytes, size_t len,
                      int depth)
{
    struct peer_buf field = {0};

    peer_put(&field, bytes, len);
    enclose(&field, V_ASN1_UNIVERSAL, inner, false);
    if (depth > 0) { /* NegoData */
        enclose(&field, V_ASN1_CONTEXT_SPECIFIC, 0, true);
        enclose(&field, V_ASN1_UNIVERSAL, V_ASN1_SEQUENCE, true);
        enclose(&field, V_ASN1_UNIVERSAL, V_ASN1_SEQUENCE, true);
    }
    enclose(&field, V_ASN1_CONTEXT_SPECIFIC, number, true);
    peer_put(body, field.data, field.len);
    peer_buf_free(&field);
}

/* What is empty is left out. */
static void answer(struct peer_credssp *credssp, unsigned version, const gss_buffer_desc *token,
                   const gss_buffer_desc *proof, unsigned long error, struct peer_buf *out)
{
    struct peer_buf body = {0};
    unsigned char number = (unsigned char)version;
    unsigned char status[4] = {(unsigned char)(error >> 24), (unsigned char)(error >> 16),
                               (unsigned char)(error >> 8), (unsigned char)error};

    add_field(&body, 0, V_ASN1_INTEGER, &number, 1, 0);
    if (token != NULL && token->length > 0) {
        add_field(&body, 1, V_ASN1_OCTET_STRING, token->value, token->length, 1);
    }
    if (proof != NULL && proof->length > 0) {
        add_field(&body, 3, V_ASN1_OCTET_STRING, proof->value, proof->length, 0);
    }
    if (error != 0) {
        add_field(&body, 4, V_ASN1_INTEGER, status, sizeof status, 0);
    }
    enclose(&body, V_ASN1_UNIVERSAL, V_ASN1_SEQUENCE, true);
    if (strcmp(credssp->fault, "junk") == 0) {
        body.data[0] ^= 1;
    } else if (strcmp(credssp->fault, "short") == 0) {
        body.len--;
    }
    write_records(credssp, &body, out);
    peer_buf_free(&body);
}

/* ---- the moves ---- */

/* Versions 2 and 5 have no words for it. */
static enum peer_credssp_end refuse(struct peer_credssp *credssp, unsigned long status,
                                    const gss_buffer_desc *token, struct peer_buf *out)
{
    if (credssp->version != 2 && credssp->version != 5) {
        answer(credssp, credssp->peer->config.credssp_version, token, NULL, status, out);
    }
    return CREDSSP_REFUSED;
}

static enum peer_credssp_end reject(struct peer_credssp *credssp, const char *why)
{
    peer_log(credssp->peer, "conn=%lu credssp=rejected why=\"%s\"", credssp->number, why);
    return CREDSSP_REJECTED;
}

static void take_name(struct peer_credssp *credssp, gss_name_t name)
{
    gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor;

    if (gss_display_name(&minor, name, &text, NULL) == GSS_S_COMPLETE) {
        char whole[128];

        snprintf(whole, sizeof whole, "%.*s", (int)text.length, (const char *)text.value);
        snprintf(credssp->user, sizeof credssp->user, "%.63s", peer_after_last(whole, '\\'));
        credssp->user[strcspn(credssp->user, "@")] = '\0';
    }
    gss_release_buffer(&minor, &text);
}

static bool log_on(struct peer_credssp *credssp, const struct piece *token, gss_buffer_t reply)
{
    gss_buffer_desc in = {token->len, (void *)(uintptr_t)token->at};
    gss_name_t name = GSS_C_NO_NAME;
    gss_OID mechanism = GSS_C_NO_OID;
    OM_uint32 minor, ignored, flags = 0;
    OM_uint32 major = gss_accept_sec_context(&minor, &credssp->context, GSS_C_NO_CREDENTIAL, &in,
                                             GSS_C_NO_CHANNEL_BINDINGS, &name, &mechanism, reply,
                                             &flags, NULL, NULL);

    if (major == GSS_S_COMPLETE) {
        credssp->is_logged_on = (flags & GSS_C_CONF_FLAG) != 0;
        take_name(credssp, name);
        if (mechanism->length == 9) { /* krb5; NTLM's has ten */
            peer_count(credssp->peer, CNT_TICKETS);
        }
    }
    gss_release_name(&ignored, &name);
    return !GSS_ERROR(major);
}

static bool unwrap(struct peer_credssp *credssp, const struct piece *sealed, gss_buffer_t plain)
{
    gss_buffer_desc in = {sealed->len, (void *)(uintptr_t)sealed->at};
    OM_uint32 minor;
    int has_privacy = 0;

    return credssp->is_logged_on &&
           gss_unwrap(&minor, credssp->context, &in, plain, &has_privacy, NULL) == GSS_S_COMPLETE &&
           has_privacy;
}

/* What a side has to seal. */
static void make_proof(const struct peer_credssp *credssp, bool is_server,
                       const struct piece *nonce, struct peer_buf *out)
{
    struct peer_buf key = {0}, text = {0};
    unsigned char hash[32];

    own_key(credssp, &key);
    if (credssp->version < 5) {
        peer_put(out, key.data, key.len);
        out->data[0] = (char)(out->data[0] + (is_server ? 1 : 0));
    } else {
        peer_printf(&text, "CredSSP %s Binding Hash%c",
                    is_server ? "Server-To-Client" : "Client-To-Server", '\0');
        peer_put(&text, nonce->at, nonce->len);
        peer_put(&text, key.data, key.len);
        EVP_Digest(text.data, text.len, hash, NULL, EVP_sha256(), NULL);
        peer_put(out, hash, sizeof hash);
    }
    peer_buf_free(&key);
    peer_buf_free(&text);
}

static bool is_proof(const struct peer_credssp *credssp, const struct request *request,
                     const gss_buffer_desc *given)
{
    struct peer_buf due = {0};
    bool is;

    if (credssp->version >= 5 ? request->nonce.len != 32 : request->nonce.at != NULL) {
        return false;
    }
    make_proof(credssp, false, &request->nonce, &due);
    is = due.len == given->length && memcmp(due.data, given->value, due.len) == 0;
    peer_buf_free(&due);
    return is;
}

static enum peer_credssp_end send_proof(struct peer_credssp *credssp, const struct request *request,
                                        const gss_buffer_desc *reply, struct peer_buf *out)
{
    unsigned version = credssp->peer->config.credssp_version;
    struct peer_buf proof = {0};
    gss_buffer_desc in, sealed = GSS_C_EMPTY_BUFFER, unsealed;
    OM_uint32 minor;
    int has_privacy;

    make_proof(credssp, strcmp(credssp->fault, "proof-echo") != 0, &request->nonce, &proof);
    if (strcmp(credssp->fault, "proof-wrong") == 0) {
        proof.data[proof.len - 1] ^= 1;
    } else if (strcmp(credssp->fault, "proof-short") == 0) {
        proof.len--;
    } else if (strcmp(credssp->fault, "version-change") == 0) {
        version = version == 6 ? 5 : 6;
    }
    in.value = proof.data;
    in.length = proof.len;
    unsealed = in;
    gss_wrap(&minor, credssp->context, 1, GSS_C_QOP_DEFAULT, &in, &has_privacy, &sealed);
    if (strcmp(credssp->fault, "proof-missing") == 0) {
        answer(credssp, version, reply, NULL, 0, out);
    } else if (strcmp(credssp->fault, "proof-bare") == 0) {
        answer(credssp, version, reply, &unsealed, 0, out);
    } else {
        answer(credssp, version, reply, &sealed, 0, out);
    }
    gss_release_buffer(&minor, &sealed);
    peer_buf_free(&proof);
    credssp->is_proved = true;
    return CREDSSP_GO_ON;
}

static enum peer_credssp_end take_proof(struct peer_credssp *credssp, const struct request *request,
                                        const gss_buffer_desc *reply, struct peer_buf *out)
{
    gss_buffer_desc plain = GSS_C_EMPTY_BUFFER;
    bool good = unwrap(credssp, &request->proof, &plain) && is_proof(credssp, request, &plain);
    OM_uint32 minor;

    gss_release_buffer(&minor, &plain);
    if (!good) {
        peer_count(credssp->peer, CNT_PROOFS_BAD);
        return reject(credssp, "the client's proof of the key");
    }
    return send_proof(credssp, request, reply, out);
}

/* ---- credentials ---- */

/* UTF-16 of the basic plane. */
static char *text_of(struct peer_arena *arena, const struct piece *utf16)
{
    struct peer_buf text = {0};
    char *copy;

    for (size_t i = 0; i + 1 < utf16->len; i += 2) {
        unsigned c = (unsigned)utf16->at[i] | (unsigned)utf16->at[i + 1] << 8;

        if (c >= 0x800) {
            peer_putc(&text, (char)(0xe0 | c >> 12));
            peer_putc(&text, (char)(0x80 | (c >> 6 & 0x3f)));
        } else if (c >= 0x80) {
            peer_putc(&text, (char)(0xc0 | c >> 6));
        }
        peer_putc(&text, (char)(c >= 0x80 ? 0x80 | (c & 0x3f) : c));
    }
    copy = peer_dupn(arena, text.data != NULL ? text.data : "", text.len);
    peer_buf_free(&text);
    return copy;
}

static bool are_mine(const struct peer_credssp *credssp, const struct piece texts[3])
{
    const struct peer_config *config = &credssp->peer->config;
    struct peer_arena arena = {0};
    const char *domain = text_of(&arena, &texts[0]);
    const char *user = text_of(&arena, &texts[1]);
    const char *password = text_of(&arena, &texts[2]);
    char *bare = peer_dup(&arena, user);
    bool good;

    bare[strcspn(bare, "@")] = '\0';
    good =
        config->user != NULL && peer_istarts(bare, config->user) && peer_ieq(bare, credssp->user) &&
        strcmp(password, peer_fmt(&arena, "%s%s", config->password, bare + strlen(config->user))) ==
            0;
    peer_log(credssp->peer, "conn=%lu credentials domain=%s user=%s good=%d", credssp->number,
             domain, user, good);
    peer_arena_free(&arena);
    return good;
}

static bool read_credentials(const struct peer_credssp *credssp, const gss_buffer_desc *plain)
{
    struct piece whole = {plain->value, plain->length};
    struct piece body, type, inner, fields, texts[3];

    if (!take(&whole, V_ASN1_UNIVERSAL, V_ASN1_SEQUENCE, &body) || whole.len != 0 ||
        !take_field(&body, 0, V_ASN1_INTEGER, &type) || type.len != 1 || type.at[0] != 1 ||
        !take_field(&body, 1, V_ASN1_OCTET_STRING, &inner) || body.len != 0 ||
        !take(&inner, V_ASN1_UNIVERSAL, V_ASN1_SEQUENCE, &fields) || inner.len != 0) {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        if (!take_field(&fields, i, V_ASN1_OCTET_STRING, &texts[i]) || texts[i].len % 2 != 0) {
            return false;
        }
    }
    return fields.len == 0 && are_mine(credssp, texts);
}

static enum peer_credssp_end take_credentials(struct peer_credssp *credssp,
                                              const struct request *request, struct peer_buf *out)
{
    gss_buffer_desc plain = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor;
    bool good;

    peer_count(credssp->peer, CNT_CREDENTIALS);
    good = credssp->is_proved && unwrap(credssp, &request->credentials, &plain) &&
           read_credentials(credssp, &plain);
    if (plain.length > 0) {
        OPENSSL_cleanse(plain.value, plain.length);
    }
    gss_release_buffer(&minor, &plain);
    if (!good) {
        return reject(credssp, "the credentials");
    }
    return strcmp(credssp->fault, "late-refusal") == 0 ? refuse(credssp, 0xC000015BUL, NULL, out)
                                                       : CREDSSP_DONE;
}

static enum peer_credssp_end take_request(struct peer_credssp *credssp,
                                          const struct request *request, struct peer_buf *out)
{
    unsigned version = credssp->peer->config.credssp_version;
    gss_buffer_desc reply = GSS_C_EMPTY_BUFFER;
    enum peer_credssp_end end = CREDSSP_GO_ON;
    char status[64] = "";
    OM_uint32 minor;

    credssp->version = request->version < version ? request->version : version;
    if (request->credentials.len > 0) {
        return take_credentials(credssp, request, out);
    }
    if (peer_sabotage_of_logon(credssp->peer->sabotage, BREAK_CREDSSP_STATUS, status)) {
        answer(credssp, version, NULL, NULL, strtoul(status, NULL, 16), out);
        return CREDSSP_REFUSED;
    }
    if (request->token.len > 0 && !log_on(credssp, &request->token, &reply)) {
        end = refuse(credssp, LOGON_FAILURE, &reply, out);
    } else if (request->proof.len > 0) {
        end = take_proof(credssp, request, &reply, out);
    } else if (request->token.len == 0) {
        end = reject(credssp, "an empty TSRequest");
    } else if (strcmp(credssp->fault, "no-token") == 0) {
        answer(credssp, version, NULL, NULL, 0, out);
    } else {
        answer(credssp, version, &reply, NULL, 0, out);
    }
    gss_release_buffer(&minor, &reply);
    return end;
}

static enum peer_credssp_end shake(struct peer_credssp *credssp, const void *bytes, size_t len,
                                   struct peer_buf *out)
{
    int rc;

    ERR_clear_error();
    BIO_write(credssp->in, bytes, (int)len);
    rc = SSL_do_handshake(credssp->ssl);
    drain(credssp, out);
    if (rc == 1) {
        credssp->is_shaken = true;
        peer_log(credssp->peer, "conn=%lu credssp %s %s", credssp->number,
                 SSL_get_version(credssp->ssl), SSL_get_cipher(credssp->ssl));
    } else if (SSL_get_error(credssp->ssl, rc) != SSL_ERROR_WANT_READ) {
        peer_count(credssp->peer, CNT_TLS_FAILURES);
        return out->len > 0 ? CREDSSP_GO_ON : reject(credssp, "TLS");
    }
    if (strcmp(credssp->fault, "no-tls") == 0) {
        out->len = 0;
        peer_puts(out, "HTTP is spoken here");
    }
    return BIO_pending(credssp->in) > 0 ? reject(credssp, "more behind the handshake")
                                        : CREDSSP_GO_ON;
}

enum peer_credssp_end peer_credssp_take(struct peer_credssp *credssp, const void *bytes, size_t len,
                                        struct peer_buf *out)
{
    struct peer_buf plain = {0};
    struct request request;
    enum peer_credssp_end end;

    if (!credssp->is_shaken) {
        return shake(credssp, bytes, len, out);
    }
    if (!read_records(credssp, bytes, len, &plain)) {
        end = reject(credssp, "no TLS records");
    } else if (!read_request(&plain, &request)) {
        end = reject(credssp, "no TSRequest");
    } else if (request.version != 6) {
        end = reject(credssp, "another version than the client's own");
    } else {
        end = take_request(credssp, &request, out);
    }
    peer_buf_free(&plain);
    return end;
}

/* ---- messages ---- */

/* Bytes behind the text of a record: what the client is to count. */
static size_t trailer(const struct peer_credssp *credssp, size_t len)
{
    const SSL_CIPHER *cipher = SSL_get_current_cipher(credssp->ssl);
    size_t mac;

    if (SSL_version(credssp->ssl) == TLS1_3_VERSION) {
        return 17;
    }
    if (SSL_CIPHER_is_aead(cipher)) {
        return 16;
    }
    mac = (size_t)EVP_MD_size(EVP_get_digestbynid(SSL_CIPHER_get_digest_nid(cipher)));
    return mac + 16 - (len + mac) % 16;
}

static void put_u32(struct peer_buf *out, size_t value)
{
    for (unsigned i = 0; i < 4; i++) {
        peer_putc(out, (char)(value >> (8 * i) & 0xff));
    }
}

size_t peer_credssp_wrap(struct peer_credssp *credssp, const void *text, size_t len,
                         struct peer_buf *out)
{
    struct peer_buf plain = {0};
    size_t before;

    peer_put(&plain, text, len);
    put_u32(out, strcmp(credssp->fault, "count") == 0 ? 200 : trailer(credssp, len));
    before = out->len;
    write_records(credssp, &plain, out);
    peer_buf_free(&plain);
    return out->len - before - len;
}

static bool skip(struct piece *from, const char *text)
{
    size_t len = strlen(text);

    if (from->len < len || memcmp(from->at, text, len) != 0) {
        return false;
    }
    from->at += len;
    from->len -= len;
    return true;
}

static bool take_number(struct piece *from, size_t *number)
{
    size_t digits = 0;

    for (*number = 0; from->len > 0 && digits < 6 && *from->at >= '0' && *from->at <= '9';
         digits++) {
        *number = *number * 10 + (size_t)(*from->at - '0');
        from->at++;
        from->len--;
    }
    return digits > 0;
}

static bool open_piece(struct peer_credssp *credssp, struct piece *rest, struct peer_buf *plain)
{
    size_t length, count, record, before = plain->len;
    const unsigned char *at;

    if (!skip(rest, "--Encrypted Boundary\r\n"
                    "Content-Type: application/HTTP-CredSSP-session-encrypted\r\n"
                    "OriginalContent: type=application/soap+xml;charset=UTF-8;Length=") ||
        !take_number(rest, &length) || length > PIECE ||
        !skip(rest, "\r\n--Encrypted Boundary\r\nContent-Type: application/octet-stream\r\n") ||
        rest->len < 9) {
        return false;
    }
    at = rest->at;
    count = (size_t)at[0] | (size_t)at[1] << 8 | (size_t)at[2] << 16 | (size_t)at[3] << 24;
    record = 5 + ((size_t)at[7] << 8 | at[8]);
    if (count != trailer(credssp, length) || rest->len - 4 < record || at[4] != 23 ||
        !read_records(credssp, at + 4, record, plain) || plain->len - before != length) {
        return false;
    }
    rest->at += 4 + record;
    rest->len -= 4 + record;
    return skip(rest, "--Encrypted Boundary--\r\n");
}

/* All pieces but the last are full. */
bool peer_credssp_open(struct peer_credssp *credssp, const char *body, size_t len,
                       struct peer_buf *plain, unsigned *pieces)
{
    struct piece rest = {(const unsigned char *)body, len};

    *pieces = 0;
    do {
        if (plain->len % PIECE != 0 || !open_piece(credssp, &rest, plain)) {
            return false;
        }
        ++*pieces;
    } while (rest.len > 0);
    return true;
}
