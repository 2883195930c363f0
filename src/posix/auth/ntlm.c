#include "auth/ntlm.h"

#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "auth/digest.h"
#include "auth/ntlm_keys.h"
#include "auth/ntlm_message.h"
#include "auth/ntlm_seal.h"
#include "auth/spn.h"
#include "auth/who.h"
#include "base/mem.h"
#include "common/utf.h"

#define NAME_MAX_UNITS    ((size_t)1024) /* of a user or a domain; Windows takes 256 */
#define FILETIME_OF_EPOCH 11644473600U   /* seconds from 1601 to 1970 */
#define SEAL_HEAD         ((size_t)4)

struct mic_ntlm {
    const struct mic_auth_settings *settings;
    struct mic_digest *digest;
    unsigned char binding[MIC_MD5_SIZE];
    uint32_t flags;          /* asked for */
    struct mic_buf messages; /* those so far, which the MIC covers */
    struct mic_ntlm_seal seal;
    bool has_keys;
};

/* ---- who ---- */

static bool fits(struct mic_str text)
{
    size_t count = mic_utf8_to_utf16(text.data, text.size, NULL, 0);

    return text.size == 0 || count <= NAME_MAX_UNITS /* nor is it invalid */;
}

MI_Result mic_ntlm_check(const struct mic_auth_settings *settings, struct mic_err *err)
{
    struct mic_who who = mic_who_is(settings);
    struct mic_str password = {NULL, 0};

    if (settings->password != NULL) {
        password = (struct mic_str){settings->password->data, settings->password->size};
    }
    if (who.user.size == 0) {
        return mic_err_set(err, MIC_E_ARGUMENT, "the credentials of type %s have no user name",
                           settings->auth_type);
    }
    if (!fits(who.user) || !fits(who.domain) || !fits(password)) {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "the user name, domain or password is too long, or not UTF-8");
    }
    if (mic_digest_is_fips(NULL)) {
        MI_Result result = mic_err_set(
            err, MIC_E_NOT_SUPPORTED,
            "this system is in FIPS mode, which does not allow NTLM (MD4, MD5 and RC4)");

        mic_err_remedy(err, "Use Kerberos, or Basic over HTTPS.");
        return result;
    }
    return MI_RESULT_OK;
}

/* ---- life ---- */

static MI_Result no_memory(struct mic_err *err)
{
    return mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
}

/* MD5 of gss_channel_bindings_struct with nothing but application data ([MS-NLMP] 2.2.2.1). */
static bool hash_binding(struct mic_ntlm *ntlm, struct mic_str binding)
{
    unsigned char head[20] = {0};
    struct mic_str pieces[] = {{(const char *)head, sizeof(head)}, binding};

    if (binding.size == 0) {
        return true;
    }
    for (unsigned i = 0; i < 4; i++) {
        head[16 + i] = (unsigned char)(binding.size >> (8 * i) & 0xff);
    }
    return mic_digest_md5(ntlm->digest, pieces, MIC_COUNT(pieces), ntlm->binding);
}

struct mic_ntlm *mic_ntlm_new(const struct mic_auth_settings *settings,
                              struct mic_str channel_binding, struct mic_err *err)
{
    struct mic_ntlm *ntlm = mic_calloc(1, sizeof(*ntlm));

    if (ntlm == NULL) {
        no_memory(err);
        return NULL;
    }
    ntlm->settings = settings;
    ntlm->flags = mic_ntlm_wanted_flags(settings->privacy && !settings->https);
    mic_buf_init(&ntlm->messages);
    ntlm->digest = mic_digest_new(settings->library, err);
    if (ntlm->digest == NULL) {
        mic_ntlm_free(ntlm);
        return NULL;
    }
    if (!hash_binding(ntlm, channel_binding)) {
        mic_err_set(err, MIC_E_RESOURCE, "OpenSSL could not hash the channel binding");
        err->phase = MIC_PHASE_LOGON;
        mic_ntlm_free(ntlm);
        return NULL;
    }
    return ntlm;
}

void mic_ntlm_free(struct mic_ntlm *ntlm)
{
    if (ntlm == NULL) {
        return;
    }
    mic_ntlm_seal_fini(&ntlm->seal);
    mic_digest_free(ntlm->digest);
    mic_buf_fini(&ntlm->messages);
    mic_free(ntlm);
}

/* ---- the logon ---- */

MI_Result mic_ntlm_begin(struct mic_ntlm *ntlm, struct mic_buf *token, struct mic_err *err)
{
    mic_buf_clear(&ntlm->messages);
    mic_ntlm_write_negotiate(&ntlm->messages, ntlm->flags);
    mic_buf_append(token, ntlm->messages.data, ntlm->messages.size);
    return ntlm->messages.failed || token->failed ? no_memory(err) : MI_RESULT_OK;
}

/* The texts of an answer, in UTF-16. */
struct texts {
    struct mic_buf domain, user, workstation, target;
};

static void texts_init(struct texts *texts)
{
    mic_buf_init(&texts->domain);
    mic_buf_init(&texts->user);
    mic_buf_init(&texts->workstation);
    mic_buf_init(&texts->target);
}

static void texts_fini(struct texts *texts)
{
    mic_buf_fini(&texts->domain);
    mic_buf_fini(&texts->user);
    mic_buf_fini(&texts->workstation);
    mic_buf_fini(&texts->target);
}

/* HTTP/host, which a server with Extended Protection compares with its names. */
static bool write_target(const struct mic_auth_settings *settings, struct mic_buf *out)
{
    struct mic_buf name;
    bool ok;

    mic_buf_init(&name);
    mic_spn_write(settings, "HTTP", &name);
    ok = !name.failed && mic_ntlm_write_utf16(out, (struct mic_str){name.data, name.size}, false);
    mic_buf_fini(&name);
    return ok;
}

/* The first label of this machine's name: an account may be tied to workstations. */
static bool write_workstation(struct mic_buf *out)
{
    char name[256];

    if (gethostname(name, sizeof(name)) != 0) {
        return true;
    }
    name[sizeof(name) - 1] = '\0';
    return !mic_utf8_is_valid(name, strlen(name), NULL) ||
           mic_ntlm_write_utf16(out, (struct mic_str){name, strcspn(name, ".")}, false);
}

static bool write_texts(const struct mic_auth_settings *settings, struct texts *texts)
{
    struct mic_who who = mic_who_is(settings);

    return mic_ntlm_write_utf16(&texts->domain, who.domain, false) &&
           mic_ntlm_write_utf16(&texts->user, who.user, false) &&
           write_workstation(&texts->workstation) && write_target(settings, &texts->target) &&
           !texts->domain.failed && !texts->user.failed && !texts->workstation.failed &&
           !texts->target.failed;
}

/* Of a server that tells no time: ours. */
static void write_time(unsigned char time[8])
{
    struct timespec now;
    uint64_t ticks = 0;

    if (clock_gettime(CLOCK_REALTIME, &now) == 0) {
        ticks =
            ((uint64_t)now.tv_sec + FILETIME_OF_EPOCH) * 10000000U + (uint64_t)now.tv_nsec / 100;
    }
    for (unsigned i = 0; i < 8; i++) {
        time[i] = (unsigned char)(ticks >> (8 * i) & 0xff);
    }
}

struct keys {
    unsigned char owf[MIC_NTLM_KEY_SIZE], exchange[MIC_NTLM_KEY_SIZE], session[MIC_NTLM_KEY_SIZE];
    unsigned char sealed[MIC_NTLM_KEY_SIZE]; /* the session key as it travels */
};

/* NtChallengeResponse, and the keys. */
static bool respond(struct mic_ntlm *ntlm, const struct mic_ntlm_challenge *challenge,
                    const struct texts *texts, struct mic_buf *response, struct keys *keys)
{
    const struct mic_auth_settings *settings = ntlm->settings;
    const struct mic_secret *secret = settings->password;
    struct mic_str password = {secret != NULL ? secret->data : NULL,
                               secret != NULL ? secret->size : 0};
    struct mic_who who = mic_who_is(settings);
    struct mic_ntlm_proof proof;
    struct mic_buf pairs;
    struct mic_rc4 rc4;
    bool ok;

    mic_buf_init(&pairs);
    mic_ntlm_write_pairs(&pairs, challenge,
                         (struct mic_str){texts->target.data, texts->target.size}, ntlm->binding);
    proof.pairs = (struct mic_str){pairs.data, pairs.size};
    memcpy(proof.server_challenge, challenge->server_challenge, sizeof(proof.server_challenge));
    memcpy(proof.time, challenge->time, sizeof(proof.time));
    if (!challenge->has_time) {
        write_time(proof.time);
    }
    ok = !pairs.failed &&
         mic_digest_random(ntlm->digest, proof.client_challenge, sizeof(proof.client_challenge)) &&
         mic_digest_random(ntlm->digest, keys->session, sizeof(keys->session)) &&
         mic_ntlm_owf(ntlm->digest, password, who.user, who.domain, keys->owf) &&
         mic_ntlm_respond(ntlm->digest, keys->owf, &proof, response, keys->exchange);
    if (ok) {
        mic_rc4_init(&rc4, keys->exchange, sizeof(keys->exchange));
        mic_rc4_apply(&rc4, keys->session, keys->sealed, sizeof(keys->sealed));
        mic_wipe(&rc4, sizeof(rc4));
    }
    mic_buf_fini(&pairs);
    return ok;
}

/* The MIC of all three messages goes into the third (3.1.5.1.2). */
static bool write_mic(struct mic_ntlm *ntlm, struct mic_str challenge, struct mic_buf *message,
                      const struct keys *keys)
{
    struct mic_str pieces[] = {
        {ntlm->messages.data, ntlm->messages.size}, challenge, {message->data, message->size}};
    unsigned char mic[MIC_NTLM_MIC_SIZE];

    if (message->failed ||
        !mic_digest_hmac(ntlm->digest, keys->session, pieces, MIC_COUNT(pieces), mic)) {
        return false;
    }
    memcpy(message->data + MIC_NTLM_MIC_AT, mic, sizeof(mic));
    return true;
}

static bool write_answer(struct mic_ntlm *ntlm, const struct mic_ntlm_challenge *challenge,
                         struct mic_str raw, struct mic_buf *message, struct keys *keys)
{
    struct texts texts;
    struct mic_buf response;
    bool ok;

    texts_init(&texts);
    mic_buf_init(&response);
    ok = write_texts(ntlm->settings, &texts) && respond(ntlm, challenge, &texts, &response, keys);
    if (ok) {
        struct mic_ntlm_answer answer = {
            .flags = challenge->flags & (ntlm->flags | MIC_NTLM_TARGET_INFO),
            .domain = {texts.domain.data, texts.domain.size},
            .user = {texts.user.data, texts.user.size},
            .workstation = {texts.workstation.data, texts.workstation.size},
            .response = {response.data, response.size},
            .session_key = {(const char *)keys->sealed, sizeof(keys->sealed)},
        };

        mic_ntlm_write_answer(message, &answer);
        ok = write_mic(ntlm, raw, message, keys);
    }
    texts_fini(&texts);
    mic_buf_fini(&response);
    return ok;
}

MI_Result mic_ntlm_answer(struct mic_ntlm *ntlm, struct mic_str challenge, struct mic_buf *token,
                          struct mic_err *err)
{
    struct mic_ntlm_challenge read;
    struct mic_buf message;
    struct keys keys;
    MI_Result result = mic_ntlm_read_challenge(challenge, ntlm->flags, &read, err);

    if (result != MI_RESULT_OK) {
        return result;
    }
    mic_buf_init(&message);
    ntlm->has_keys = write_answer(ntlm, &read, challenge, &message, &keys) &&
                     mic_ntlm_seal_init(&ntlm->seal, ntlm->digest, MIC_NTLM_CLIENT, keys.session);
    mic_wipe(&keys, sizeof(keys));
    if (ntlm->has_keys) {
        mic_buf_append(token, message.data, message.size);
    }
    if (!ntlm->has_keys || token->failed) {
        result = no_memory(err);
    }
    mic_buf_fini(&message);
    mic_buf_fini(&ntlm->messages);
    mic_buf_init(&ntlm->messages);
    return result;
}

/* ---- the session ---- */

static void put_head(char head[SEAL_HEAD])
{
    memset(head, 0, SEAL_HEAD);
    head[0] = (char)MIC_NTLM_SIGNATURE_SIZE;
}

MI_Result mic_ntlm_seal(struct mic_ntlm *ntlm, const char *plain, size_t size, struct mic_buf *out,
                        struct mic_err *err)
{
    char head[SEAL_HEAD];

    if (!ntlm->has_keys) {
        return mic_err_set(err, MIC_E_STATE, "nothing can be sealed before the logon");
    }
    put_head(head);
    mic_buf_append(out, head, sizeof(head));
    return mic_ntlm_seal_message(&ntlm->seal, plain, size, out, err);
}

MI_Result mic_ntlm_unseal(struct mic_ntlm *ntlm, const char *sealed, size_t size,
                          struct mic_buf *out, struct mic_err *err)
{
    char head[SEAL_HEAD];

    put_head(head);
    if (!ntlm->has_keys || size < sizeof(head) || memcmp(sealed, head, sizeof(head)) != 0) {
        ntlm->seal.is_broken = true;
        return mic_err_set(err, MIC_E_SEAL, "a sealed message has no signature of NTLM");
    }
    return mic_ntlm_unseal_message(&ntlm->seal, sealed + sizeof(head), size - sizeof(head), out,
                                   err);
}
