#include "auth/digest.h"

#include <fcntl.h>
#include <openssl/err.h>
#include <string.h>
#include <unistd.h>

#include "auth/digest_openssl.h"
#include "base/mem.h"
#include "base/secret.h"

#define BLOCK 64

struct mic_digest {
    void *library;
    const EVP_MD *md5;
    EVP_MD_CTX *context;
};

struct mic_digest *mic_digest_new(void *library, struct mic_err *err)
{
    struct mic_digest *digest = mic_calloc(1, sizeof(*digest));

    if (digest == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
        return NULL;
    }
    ERR_set_mark();
    digest->library = library;
    digest->md5 = mic_digest_fetch_md5(library);
    digest->context = digest->md5 != NULL ? EVP_MD_CTX_new() : NULL;
    if (digest->context == NULL || EVP_DigestInit_ex(digest->context, digest->md5, NULL) != 1) {
        mic_err_set(err, MIC_E_NOT_SUPPORTED,
                    "NTLM needs MD5, which the OpenSSL of this process does not give (FIPS mode?)");
        mic_err_remedy(err, "Use Kerberos, or Basic over HTTPS.");
        mic_digest_free(digest);
        digest = NULL;
    }
    ERR_pop_to_mark();
    return digest;
}

void mic_digest_free(struct mic_digest *digest)
{
    if (digest == NULL) {
        return;
    }
    EVP_MD_CTX_free(digest->context);
    if (digest->md5 != NULL) {
        mic_digest_release_md5(digest->md5);
    }
    mic_free(digest);
}

static bool add(struct mic_digest *digest, const void *bytes, size_t size)
{
    return size == 0 || EVP_DigestUpdate(digest->context, bytes, size) == 1;
}

/* @param begin  one block in front of the pieces; NULL: none */
static bool hash_of(struct mic_digest *digest, const unsigned char *begin,
                    const struct mic_str *pieces, size_t count, unsigned char hash[MIC_MD5_SIZE])
{
    bool ok;

    ERR_set_mark();
    ok = EVP_DigestInit_ex(digest->context, digest->md5, NULL) == 1 &&
         (begin == NULL || add(digest, begin, BLOCK));
    for (size_t i = 0; ok && i < count; i++) {
        ok = add(digest, pieces[i].data, pieces[i].size);
    }
    ok = ok && EVP_DigestFinal_ex(digest->context, hash, NULL) == 1;
    ERR_pop_to_mark();
    return ok;
}

bool mic_digest_md5(struct mic_digest *digest, const struct mic_str *pieces, size_t count,
                    unsigned char hash[MIC_MD5_SIZE])
{
    return hash_of(digest, NULL, pieces, count, hash);
}

bool mic_digest_hmac(struct mic_digest *digest, const unsigned char key[MIC_MD5_SIZE],
                     const struct mic_str *pieces, size_t count, unsigned char hash[MIC_MD5_SIZE])
{
    unsigned char inner[BLOCK], outer[BLOCK], middle[MIC_MD5_SIZE];
    struct mic_str second = {(const char *)middle, sizeof(middle)};
    bool ok;

    memset(inner, 0x36, sizeof(inner));
    memset(outer, 0x5c, sizeof(outer));
    for (size_t i = 0; i < MIC_MD5_SIZE; i++) {
        inner[i] ^= key[i];
        outer[i] ^= key[i];
    }
    ok = hash_of(digest, inner, pieces, count, middle) && hash_of(digest, outer, &second, 1, hash);
    mic_wipe(inner, sizeof(inner));
    mic_wipe(outer, sizeof(outer));
    mic_wipe(middle, sizeof(middle));
    return ok;
}

bool mic_digest_random(struct mic_digest *digest, void *bytes, size_t size)
{
    bool ok;

    ERR_set_mark();
    ok = mic_digest_random_bytes(digest->library, bytes, size);
    ERR_pop_to_mark();
    return ok;
}

bool mic_digest_is_fips(const char *file)
{
    int fd = open(file != NULL ? file : "/proc/sys/crypto/fips_enabled", O_RDONLY | O_CLOEXEC);
    char first = '0';
    bool is_on = fd >= 0 && read(fd, &first, 1) == 1 && first == '1';

    if (fd >= 0) {
        close(fd);
    }
    return is_on;
}
