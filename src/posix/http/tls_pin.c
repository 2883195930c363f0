/* Pins: the server's certificate or public key is one that the application knows. */
#include <openssl/err.h>
#include <openssl/x509.h>
#include <string.h>

#include "base/base64.h"
#include "base/mem.h"
#include "http/tls_shared.h"

#define SEPARATORS ", \t;"
#define PINS_MAX   16
#define PIN_SIZE   ((size_t)128)

static int digit_of(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int mic_tls_read_hex(const char *text, unsigned char *out, size_t size)
{
    size_t digits = 0;

    for (; *text != '\0'; text++) {
        int digit = digit_of(*text);

        if (digit < 0) {
            if (*text == ':' || *text == ' ') {
                continue;
            }
            return -1;
        }
        if (digits / 2 >= size) {
            return -1;
        }
        out[digits / 2] = (unsigned char)(digits % 2 == 0 ? digit * 16 : out[digits / 2] + digit);
        digits++;
    }
    return digits % 2 == 0 ? (int)(digits / 2) : -1;
}

/* @param room  for more than the longest pin has */
static bool read_base64(const char *text, struct mic_buf *room,
                        unsigned char out[MIC_TLS_SHA256_SIZE])
{
    bool ok;

    mic_buf_clear(room);
    ok = mic_base64_decode(room, mic_str_from(text)) && room->size == MIC_TLS_SHA256_SIZE;
    if (ok) {
        memcpy(out, room->data, MIC_TLS_SHA256_SIZE);
    }
    return ok;
}

static MI_Result read_pin(struct mic_tls_pins *pins, struct mic_str pin, struct mic_buf *room,
                          struct mic_err *err)
{
    char text[PIN_SIZE], quoted[PIN_SIZE];
    bool ok = false;

    if (pins->count == PINS_MAX) {
        return mic_err_set(err, MIC_E_ARGUMENT, "more than %d pins were given", PINS_MAX);
    }
    if (pin.size < sizeof(text)) {
        memcpy(text, pin.data, pin.size);
        text[pin.size] = '\0';
        ok = strncmp(text, "sha256//", 8) == 0
                 ? read_base64(text + 8, room, pins->hashes[pins->count])
                 : mic_tls_read_hex(text, pins->hashes[pins->count], MIC_TLS_SHA256_SIZE) ==
                       MIC_TLS_SHA256_SIZE;
    }
    if (!ok) {
        mic_err_quote(pin, quoted, sizeof(quoted));
        return mic_err_set(
            err, MIC_E_ARGUMENT,
            "\"%s\" is no pin: that is a SHA-256 of the certificate or of its public "
            "key, 64 hexadecimal digits, or sha256// and base64",
            quoted);
    }
    pins->count++;
    return MI_RESULT_OK;
}

static MI_Result read_pins(struct mic_tls_pins *pins, const char *text, struct mic_buf *room,
                           struct mic_err *err)
{
    MI_Result result = MI_RESULT_OK;

    for (text += strspn(text, SEPARATORS); *text != '\0' && result == MI_RESULT_OK;
         text += strspn(text, SEPARATORS)) {
        struct mic_str pin = {text, strcspn(text, SEPARATORS)};

        result = read_pin(pins, pin, room, err);
        text += pin.size;
    }
    if (result == MI_RESULT_OK && pins->count == 0) {
        /* Meant to pin, and would not. */
        return read_pin(pins, MIC_STR(""), room, err);
    }
    return result;
}

MI_Result mic_tls_pins_read(struct mic_tls_pins *pins, const char *text, struct mic_err *err)
{
    struct mic_buf room;
    MI_Result result;

    if (text == NULL) {
        return MI_RESULT_OK;
    }
    mic_buf_init(&room);
    pins->hashes = mic_calloc(PINS_MAX, sizeof(*pins->hashes));
    if (pins->hashes == NULL || !mic_buf_reserve(&room, PIN_SIZE)) {
        result = mic_err_set(err, MIC_E_MEMORY, "out of memory for TLS settings");
    } else {
        result = read_pins(pins, text, &room, err);
    }
    mic_buf_fini(&room);
    return result;
}

void mic_tls_pins_fini(struct mic_tls_pins *pins)
{
    mic_free(pins->hashes);
    pins->hashes = NULL;
    pins->count = 0;
}

static bool hash_certificate(X509 *certificate, const EVP_MD *sha256,
                             unsigned char out[MIC_TLS_SHA256_SIZE])
{
    return X509_digest(certificate, sha256, out, NULL) == 1;
}

static bool hash_key(X509 *certificate, const EVP_MD *sha256,
                     unsigned char out[MIC_TLS_SHA256_SIZE])
{
    unsigned char *der = NULL;
    int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    bool ok = size > 0 && EVP_Digest(der, (size_t)size, out, NULL, sha256, NULL) == 1;

    OPENSSL_free(der);
    return ok;
}

static bool is_pinned(const struct mic_tls_pins *pins, const unsigned char hash[])
{
    for (size_t i = 0; i < pins->count; i++) {
        if (memcmp(pins->hashes[i], hash, MIC_TLS_SHA256_SIZE) == 0) {
            return true;
        }
    }
    return false;
}

static void hash_text(const unsigned char hash[MIC_TLS_SHA256_SIZE],
                      char out[2 * MIC_TLS_SHA256_SIZE + 1])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < MIC_TLS_SHA256_SIZE; i++) {
        *out++ = digits[hash[i] >> 4];
        *out++ = digits[hash[i] & 15];
    }
    *out = '\0';
}

MI_Result mic_tls_check_pin(const struct mic_tls *tls, X509 *certificate, struct mic_err *err)
{
    const struct mic_tls_client *client = tls->client;
    unsigned char whole[MIC_TLS_SHA256_SIZE] = {0}, key[MIC_TLS_SHA256_SIZE] = {0};
    char whole_text[2 * MIC_TLS_SHA256_SIZE + 1], key_text[2 * MIC_TLS_SHA256_SIZE + 1];
    char text[320];
    const EVP_MD *sha256;
    bool ok;

    if (client->pins.count == 0) {
        return MI_RESULT_OK;
    }
    sha256 = mic_tls_library_digest(client->shared->library, "SHA256");
    ok = sha256 != NULL && hash_certificate(certificate, sha256, whole) &&
         hash_key(certificate, sha256, key);
    if (sha256 != NULL) {
        mic_tls_library_digest_free(sha256);
    }
    if (!ok) {
        return mic_err_set(err, MIC_E_TLS,
                           "the certificate of %s port %u cannot be hashed for its pin",
                           client->host, (unsigned)client->port);
    }
    if (is_pinned(&client->pins, whole) || is_pinned(&client->pins, key)) {
        return MI_RESULT_OK;
    }
    hash_text(whole, whole_text);
    hash_text(key, key_text);
    mic_tls_certificate_text(certificate, text, sizeof(text));
    mic_err_set(err, MIC_E_CERTIFICATE,
                "the certificate of %s port %u is not a pinned one (%s, SHA-256 %s, of its public "
                "key %s)",
                client->host, (unsigned)client->port, text, whole_text, key_text);
    if (err != NULL) {
        err->native = X509_V_ERR_APPLICATION_VERIFICATION;
        mic_err_remedy(err,
                       "If the server has got a new certificate, pin that; else somebody may be "
                       "between.");
    }
    return MI_RESULT_FAILED;
}
