/* Whole logons with CredSSP in one process, with the acceptor of mi-peer (OpenSSL's server side,
 * GSSAPI), without memory at every place, and with an eye on what is given back. Linked with
 * --wrap=mic_free. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/evp.h>

#include "../../peer/credssp.h"
#include "../../peer/sabotage.h"
#include "auth/auth.h"
#include "base/base64.h"
#include "base/mem.h"
#include "fail_alloc.h"
#include "mic_test.h"

#define USER       "tester"
#define PASSWORD   "geheimnis"
#define PASSWORD16 "g\0e\0h\0e\0i\0m\0n\0i\0s"

/* GSSAPI's NTLM forgets names and library contexts: what the server's side leaves is not looked at,
 * where there is a sanitizer that would. */
__attribute__((weak)) void __lsan_disable(void);
__attribute__((weak)) void __lsan_enable(void);

void peer_log(struct peer *peer, const char *format, ...)
{
    (void)peer;
    (void)format;
}

/* ---- blocks that are given back ---- */

void __real_mic_free(void *block);
void __wrap_mic_free(void *block);

static unsigned secrets_freed, blocks_freed;

void __wrap_mic_free(void *block)
{
    size_t size = block != NULL ? malloc_usable_size(block) : 0;

    blocks_freed += size > 0;
    if (size > 0 && (memmem(block, size, PASSWORD, strlen(PASSWORD)) != NULL ||
                     memmem(block, size, PASSWORD16, sizeof(PASSWORD16)) != NULL)) {
        secrets_freed++;
    }
    __real_mic_free(block);
}

/* ---- both sides ---- */

static struct peer peer;
static char user_file[64];

struct talk {
    unsigned version;
    const char *tls;
    const char *fault; /* one of mi-peer's; NULL: none */
};

static void set_up(const struct talk *talk)
{
    char path[] = "/tmp/mic-credssp-users-XXXXXX";
    int fd = mkstemp(path);

    MIC_REQUIRE(fd >= 0 && dprintf(fd, "PEER:" USER ":" PASSWORD "\n") > 0);
    close(fd);
    snprintf(user_file, sizeof(user_file), "%s", path);
    setenv("NTLM_USER_FILE", path, 1);
    memset(&peer, 0, sizeof(peer));
    peer.config.user = USER;
    peer.config.password = PASSWORD;
    peer.config.credssp_version = talk->version;
    peer.config.credssp_tls = talk->tls;
    peer.sabotage = peer_sabotage_new();
    if (talk->fault != NULL) {
        MIC_REQUIRE(peer_sabotage_add(peer.sabotage, talk->fault));
    }
}

static void tear_down(void)
{
    peer_sabotage_free(peer.sabotage);
    unlink(user_file);
}

struct side {
    struct mic_auth *auth;
    struct mic_secret password;
    struct mic_auth_settings settings;
    struct mic_err err;
    struct peer_credssp *server;
    enum peer_credssp_end end;
};

static const char *domain = "."; /* which keeps Kerberos out of it */

static bool side_open(struct side *side)
{
    memset(side, 0, sizeof(*side));
    mic_err_init(&side->err);
    side->server = peer_credssp_new(&peer, 1);
    MIC_REQUIRE(side->server != NULL);
    side->settings = (struct mic_auth_settings){.auth_type = MI_AUTH_TYPE_CREDSSP,
                                                .domain = domain,
                                                .user = USER,
                                                .password = &side->password,
                                                .host = "srv",
                                                .port = 5985,
                                                .privacy = true,
                                                .credssp_min_version = 2};
    if (mic_secret_init(&side->password, PASSWORD) != 0) {
        mic_err_set(&side->err, MIC_E_MEMORY, "out of memory");
        return false;
    }
    side->auth = mic_auth_credssp.open(&side->settings, MIC_STR(""), &side->err);
    return side->auth != NULL;
}

static void side_close(struct side *side)
{
    if (side->auth != NULL) {
        mic_auth_credssp.close(side->auth);
    }
    mic_secret_fini(&side->password);
    peer_credssp_free(side->server);
}

/* Hand a header's value over. @param[out] text  the answer in base64, to be freed */
static void hand_over(struct side *side, struct mic_buf *header, char **text)
{
    struct peer_buf raw = {0}, answer = {0};
    size_t length = header->size - 8;
    int n;

    MIC_REQUIRE(header->size > 8 && memcmp(header->data, "CredSSP ", 8) == 0);
    peer_buf_reserve(&raw, length);
    n = EVP_DecodeBlock((unsigned char *)raw.data, (const unsigned char *)header->data + 8,
                        (int)length);
    MIC_REQUIRE(n > 0);
    n -= (header->data[header->size - 1] == '=') + (header->data[header->size - 2] == '=');
    if (__lsan_disable != NULL) {
        __lsan_disable();
    }
    side->end = peer_credssp_take(side->server, raw.data, (size_t)n, &answer);
    if (__lsan_enable != NULL) {
        __lsan_enable();
    }
    *text = calloc(1, answer.len * 2 + 8);
    MIC_REQUIRE(*text != NULL);
    EVP_EncodeBlock((unsigned char *)*text, (const unsigned char *)answer.data, (int)answer.len);
    peer_buf_free(&raw);
    peer_buf_free(&answer);
}

static enum mic_auth_step log_on(struct side *side)
{
    struct mic_buf header;
    enum mic_auth_step step;

    mic_buf_init(&header);
    step = mic_auth_credssp.step(side->auth, 0, NULL, &header, &side->err);
    while (step == MIC_AUTH_SEND_LEG) {
        char *text;
        struct mic_str token;

        hand_over(side, &header, &text);
        token = mic_str_from(text);
        mic_buf_clear(&header);
        step = mic_auth_credssp.step(side->auth, side->end == CREDSSP_DONE ? 200 : 401, &token,
                                     &header, &side->err);
        free(text);
    }
    mic_buf_fini(&header);
    return step;
}

/* A message there, and one back. */
static bool speak(struct side *side)
{
    struct mic_buf sealed, plain;
    struct peer_buf there = {0}, back = {0};
    bool ok = false;

    mic_buf_init(&sealed);
    mic_buf_init(&plain);
    mic_buf_append_text(&sealed,
                        "--Encrypted Boundary\r\n"
                        "Content-Type: application/HTTP-CredSSP-session-encrypted\r\n"
                        "OriginalContent: type=application/soap+xml;charset=UTF-8;Length=5\r\n"
                        "--Encrypted Boundary\r\nContent-Type: application/octet-stream\r\n");
    if (sealed.failed) {
        mic_err_set(&side->err, MIC_E_MEMORY, "out of memory");
        goto done;
    }
    if (mic_auth_credssp.seal(side->auth, "hello", 5, &sealed, &side->err) == MI_RESULT_OK) {
        unsigned pieces;

        mic_buf_append_text(&sealed, "--Encrypted Boundary--\r\n");
        if (sealed.failed) {
            mic_err_set(&side->err, MIC_E_MEMORY, "out of memory");
            goto done;
        }
        MIC_CHECK(peer_credssp_open(side->server, sealed.data, sealed.size, &there, &pieces));
        MIC_CHECK_BYTES(there.data, there.len, "hello", (size_t)5);
        peer_credssp_wrap(side->server, "world", 5, &back);
        ok = mic_auth_credssp.unseal(side->auth, back.data, back.len, &plain, &side->err) ==
             MI_RESULT_OK;
        MIC_CHECK(!ok || (plain.size == 5 && memcmp(plain.data, "world", 5) == 0));
    }
done:
    mic_buf_fini(&sealed);
    mic_buf_fini(&plain);
    peer_buf_free(&there);
    peer_buf_free(&back);
    return ok;
}

/* ---- tests ---- */

static void need_ntlm(void)
{
    struct talk talk = {6, NULL, NULL};
    struct side side;

    set_up(&talk);
    MIC_REQUIRE(side_open(&side));
    if (log_on(&side) != MIC_AUTH_DONE && side.end == CREDSSP_REFUSED) {
        side_close(&side);
        tear_down();
        MIC_SKIP("GSSAPI has no NTLM mechanism here (package gss-ntlmssp)");
    }
    side_close(&side);
    tear_down();
}

MIC_TEST(credssp_logon, comes_to_its_end_in_every_version_and_over_both_tls)
{
    static const char *const tls[] = {"1.2", "1.3"};

    need_ntlm();
    for (unsigned i = 0; i < 10; i++) {
        struct talk talk = {2 + i / 2, tls[i % 2], NULL};
        struct side side;

        set_up(&talk);
        MIC_REQUIRE(side_open(&side));
        if (!MIC_CHECK_INT(log_on(&side), MIC_AUTH_DONE)) {
            MIC_FAIL("%s", side.err.message);
        }
        MIC_CHECK(speak(&side));
        MIC_CHECK(speak(&side));
        side_close(&side);
        tear_down();
    }
}

/* What may outlive the connection is one step, and touches neither TLS nor what it is made of. */
MIC_TEST(credssp_logon, looks_for_a_ticket_in_a_step_of_its_own)
{
    struct talk talk = {6, NULL, NULL};
    struct mic_buf header;
    struct side side;

    need_ntlm();
    setenv("KRB5_CONFIG", "/dev/null", 1);
    set_up(&talk);
    mic_buf_init(&header);
    domain = NULL;
    MIC_REQUIRE(side_open(&side));
    domain = ".";
    MIC_CHECK(!side.auth->is_settled);
    MIC_CHECK_INT(mic_auth_credssp.step(side.auth, 0, NULL, &header, &side.err), MIC_AUTH_AGAIN);
    MIC_CHECK(side.auth->is_settled);
    MIC_CHECK_INT(header.size, 0);
    MIC_CHECK_INT(log_on(&side), MIC_AUTH_DONE); /* with NTLM */
    MIC_CHECK(speak(&side));
    side_close(&side);
    mic_buf_fini(&header);
    tear_down();
}

static bool log_on_and_speak(void *context)
{
    struct side side;
    bool ok;

    (void)context;
    ok = side_open(&side) && log_on(&side) == MIC_AUTH_DONE && speak(&side);
    MIC_CHECK(ok || side.err.code == MIC_E_MEMORY);
    MIC_CHECK(ok || side.err.message[0] != '\0');
    side_close(&side);
    return ok;
}

MIC_TEST(credssp_logon, survives_every_failed_allocation)
{
    static const struct talk talks[] = {{6, "1.3", NULL}, {4, "1.2", NULL}};

    need_ntlm();
    for (size_t i = 0; i < MIC_COUNT(talks); i++) {
        set_up(&talks[i]);
        MIC_CHECK(mic_fail_alloc_each(log_on_and_speak, NULL) >= 30);
        tear_down();
    }
}

/* Also where it ends half-way: each allocation fails in its turn. */
MIC_TEST(credssp_logon, gives_no_block_back_with_the_password_in_it)
{
    struct talk talk = {6, NULL, NULL};

    need_ntlm();
    set_up(&talk);
    secrets_freed = blocks_freed = 0;
    MIC_CHECK(log_on_and_speak(NULL));
    MIC_CHECK(blocks_freed > 30);
    MIC_CHECK_INT(secrets_freed, 0);
    MIC_CHECK(mic_fail_alloc_each(log_on_and_speak, NULL) >= 30);
    MIC_CHECK_INT(secrets_freed, 0);
    tear_down();
    /* The watch itself has to bite. */
    mic_free(mic_memdup(PASSWORD16, sizeof(PASSWORD16)));
    MIC_CHECK_INT(secrets_freed, 1);
}

MIC_TEST(credssp_logon, nothing_is_sealed_or_opened_before_its_end)
{
    struct talk talk = {6, NULL, NULL};
    struct mic_buf out;
    struct side side;

    set_up(&talk);
    mic_buf_init(&out);
    MIC_REQUIRE(side_open(&side));
    MIC_CHECK(mic_auth_credssp.seal(side.auth, "x", 1, &out, &side.err) != MI_RESULT_OK);
    MIC_CHECK(mic_auth_credssp.unseal(side.auth, "\0\0\0\0xxxxx", 9, &out, &side.err) !=
              MI_RESULT_OK);
    MIC_CHECK_INT(out.size, 0);
    MIC_CHECK_INT(mic_auth_credssp.step(side.auth, 200, NULL, &out, &side.err), MIC_AUTH_FAILED);
    MIC_CHECK(strstr(side.err.message, "before the CredSSP logon was done") != NULL);
    side_close(&side);
    mic_buf_fini(&out);
    tear_down();
}

/* Every bit of a sealed reply; a session that was spoiled once stays so. */
MIC_TEST(credssp_logon, refuses_a_changed_reply_and_the_right_one_after_it)
{
    static const struct talk talks[] = {{6, "1.3", NULL}, {6, "1.2", NULL}};

    need_ntlm();
    for (unsigned bit = 0; bit < 8 * 27; bit++) {
        struct peer_buf back = {0};
        struct mic_buf plain;
        struct side side;

        set_up(&talks[bit % 2]);
        mic_buf_init(&plain);
        MIC_REQUIRE(side_open(&side) && log_on(&side) == MIC_AUTH_DONE);
        peer_credssp_wrap(side.server, "world", 5, &back);
        back.data[4 + bit / 8] = (char)(back.data[4 + bit / 8] ^ 1 << bit % 8);
        if (mic_auth_credssp.unseal(side.auth, back.data, back.len, &plain, &side.err) ==
            MI_RESULT_OK) {
            MIC_FAIL("bit %u was taken", bit);
        }
        MIC_CHECK_INT(side.err.code, MIC_E_SEAL);
        MIC_CHECK_INT(plain.size, 0);
        back.data[4 + bit / 8] = (char)(back.data[4 + bit / 8] ^ 1 << bit % 8);
        MIC_CHECK(mic_auth_credssp.unseal(side.auth, back.data, back.len, &plain, &side.err) !=
                  MI_RESULT_OK);
        side_close(&side);
        mic_buf_fini(&plain);
        peer_buf_free(&back);
        tear_down();
    }
}

MIC_TEST(credssp_logon, wants_a_user_and_a_password)
{
    struct mic_secret password;
    struct mic_auth_settings settings = {
        .auth_type = MI_AUTH_TYPE_CREDSSP, .user = "u", .host = "h", .privacy = true};
    struct mic_err err;

    mic_err_init(&err);
    MIC_CHECK(mic_auth_find(&settings, &err) == NULL);
    MIC_CHECK(strstr(err.message, "need both") != NULL);
    MIC_REQUIRE(mic_secret_init(&password, "") == 0);
    settings.password = &password;
    settings.user = "";
    MIC_CHECK(mic_auth_find(&settings, &err) == NULL);
    mic_secret_fini(&password);
}
