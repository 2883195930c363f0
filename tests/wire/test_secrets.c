/* What a session knew is gone from the process's memory when it is closed. The test searches all
 * memory it may write to; what it looks for it keeps turned over. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client.h"
#include "kdc.h"
#include "memory_search.h"
#include "mic_test.h"

/* The test's own password is made when needed and wiped: it would find that, too. */
static void make_password(char password[32])
{
    /* turned over: "s3cret-Word!and_8_more+chars" */
    static const char turned[] = "&f6'0!x\002:'1t4;1\012m\0128:'0~6=4'&";
    for (size_t i = 0; i + 1 < sizeof(turned); i++) {
        password[i] = (char)(turned[i] ^ TURN);
    }
    password[sizeof(turned) - 1] = '\0';
}

/* Without its beginning: who frees a block, ASan for one, writes over that. */
static void make_needle(struct needle *needle, bool is_utf16)
{
    char password[32];
    make_password(password);
    needle->size = 0;
    for (size_t i = 12; password[i] != '\0'; i++) {
        needle->turned[needle->size++] = (unsigned char)(password[i] ^ TURN);
        if (is_utf16) {
            needle->turned[needle->size++] = TURN;
        }
    }
    needle->size -= is_utf16 ? 1 : 0;
    explicit_bzero(password, sizeof(password));
}

static void enumerate_as(const struct peer *peer, const char *auth_type, struct client *client)
{
    char password[32];
    struct outcome outcome;
    make_password(password);
    client_prepare_as(client, auth_type, NULL, PEER_USER, password, true);
    explicit_bzero(password, sizeof(password));
    MI_DestinationOptions_SetTrustedCertsDir(&client->options, peer_cert("ca.pem"));
    client_connect(client, peer->url);
    enumerate(&client->session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
}

static void expect_gone(const char *auth_type, const char *const *options)
{
    struct needle narrow, wide;
    struct client client;
    struct peer peer;
    make_needle(&narrow, false);
    make_needle(&wide, true);
    peer_start(&peer, options);
    enumerate_as(&peer, auth_type, &client);
    MIC_CHECK(search_memory(&narrow) > 0); /* the session still has it: the search works */
    MIC_CHECK_INT(search_memory(&wide), 0);
    client_close(&client);
    MIC_CHECK_INT(search_memory(&narrow), 0);
    MIC_CHECK_INT(search_memory(&wide), 0);
    peer_stop(&peer);
}

static void write_password(char path[])
{
    char password[32];
    int fd = mkstemp(path);
    make_password(password);
    MIC_REQUIRE(fd >= 0 && write(fd, password, strlen(password)) == (ssize_t)strlen(password));
    close(fd);
    explicit_bzero(password, sizeof(password));
}

MIC_TEST(secrets, a_closed_session_leaves_no_password_in_memory)
{
    char path[] = "/tmp/mic-secret-XXXXXX";
    const char *const sealed[] = {"--password-file", path, NULL};
    const char *const tls[] = {"--password-file", path, "--tls", NULL};
    const char *const credssp[] = {"--password-file", path, "--auth-offer", "CredSSP", NULL};
    write_password(path);
    expect_gone(MI_AUTH_TYPE_BASIC, tls);
    if (WIRE_HAS_NTLM && peer_lacks("ntlm") == NULL) {
        expect_gone(MI_AUTH_TYPE_NTLM, sealed);
        expect_gone(MI_AUTH_TYPE_NEGO_WITH_CREDS, tls);
        expect_gone(MI_AUTH_TYPE_CREDSSP, credssp);
    }
    unlink(path);
}

/* What the KDC and its tools hold is in other processes. */
MIC_TEST(secrets, a_closed_session_with_a_ticket_leaves_no_password_in_memory)
{
    char path[] = "/tmp/mic-secret-XXXXXX";
    const char *const sealed[] = {"--password-file", path, NULL};
    char password[32], query[96];
    if (!WIRE_HAS_GSSAPI || peer_lacks("kerberos") != NULL) {
        MIC_SKIP("built without GSSAPI");
    }
    kdc_start();
    make_password(password);
    snprintf(query, sizeof(query), "addprinc -pw %s " PEER_USER, password);
    MIC_CHECK(kdc_admin(query));
    explicit_bzero(password, sizeof(password));
    explicit_bzero(query, sizeof(query));
    write_password(path);
    expect_gone(MI_AUTH_TYPE_KERBEROS, sealed);
    expect_gone(MI_AUTH_TYPE_NEGO_WITH_CREDS, sealed);
    unlink(path);
}

/* A piece of a file: of a key's text, or of a password. */
static void needle_from(const char *name, off_t at, size_t size, struct needle *needle)
{
    char piece[OVERLAP];
    int fd = open(peer_cert(name), O_RDONLY | O_CLOEXEC);
    MIC_REQUIRE(fd >= 0 && pread(fd, piece, size, at) == (ssize_t)size);
    close(fd);
    needle->size = 0;
    for (size_t i = 0; i < size; i++) {
        needle->turned[needle->size++] = (unsigned char)(piece[i] ^ TURN);
    }
    explicit_bzero(piece, sizeof(piece));
}

static void give_file_password(MI_DestinationOptions *options)
{
    char password[64] = "";
    int fd = open(peer_cert("client.password"), O_RDONLY | O_CLOEXEC);
    MIC_REQUIRE(fd >= 0 && read(fd, password, sizeof(password) - 1) > 0);
    close(fd);
    password[strcspn(password, "\n")] = '\0';
    MI_UserCredentials credentials = {
        .authenticationType = MI_AUTH_TYPE_BASIC,
        .credentials.usernamePassword = {.username = "", .password = password}};
    MIC_REQUIRE(options->ft->AddCredentials(options,
                                            "__MI_DESTINATIONOPTIONS_PRIVATE_KEY_CREDENTIALS",
                                            &credentials, 0) == MI_RESULT_OK);
    explicit_bzero(password, sizeof(password));
}

static void log_on_with(struct client *client, const struct peer *peer, const char *certificate,
                        const char *key)
{
    MI_UserCredentials credentials = {.authenticationType = MI_AUTH_TYPE_CLIENT_CERTS,
                                      .credentials.certificateThumbprint = ""};
    struct outcome outcome;
    memset(client, 0, sizeof(*client));
    MIC_REQUIRE(MI_Application_Initialize(0, NULL, NULL, &client->application) == MI_RESULT_OK);
    MI_Application_NewDestinationOptions(&client->application, &client->options);
    MI_DestinationOptions_AddDestinationCredentials(&client->options, &credentials);
    MI_DestinationOptions_SetTrustedCertsDir(&client->options, peer_cert("ca.pem"));
    MI_DestinationOptions_SetCertFile(&client->options, peer_cert(certificate));
    if (key != NULL) {
        MI_DestinationOptions_SetPrivateKeyFile(&client->options, peer_cert(key));
    }
    give_file_password(&client->options);
    client_connect(client, peer->url);
    enumerate(&client->session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
}

/* Not in UTF-16, which OpenSSL 3.0.19 is seen to leave behind when it opens PKCS #12. */
MIC_TEST(secrets, a_closed_session_leaves_no_password_of_a_key_and_no_text_of_one)
{
    static const char *const files[][2] = {
        {"client.p12", NULL}, {"client.pem", "client-locked.key"}, {"client.pem", "client.key"}};
    struct needle password, text;
    struct client client;
    struct peer peer;
    char ca[512];
    snprintf(ca, sizeof(ca), "%s", peer_cert("ca.pem"));
    const char *const options[] = {"--tls", "--client-ca", ca, NULL};
    needle_from("client.password", 7, 7, &password);
    needle_from("client.key", 70, 24, &text);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        peer_start(&peer, options);
        log_on_with(&client, &peer, files[i][0], files[i][1]);
        MIC_CHECK(search_memory(&password) > 0);
        MIC_CHECK_INT(search_memory(&text), 0);
        client_close(&client);
        MIC_CHECK_INT(search_memory(&password), 0);
        MIC_CHECK_INT(search_memory(&text), 0);
        peer_stop(&peer);
    }
}
