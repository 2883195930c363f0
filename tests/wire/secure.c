#include "secure.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <string.h>

#include "mic_test.h"

const char *secure_file(const char *name)
{
    static char paths[8][512];
    static unsigned next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof(paths[0]), "%s", peer_cert(name));
    return path;
}

void secure_prepare(struct client *client)
{
    memset(client, 0, sizeof(*client));
    MIC_REQUIRE(MI_Application_Initialize(0, NULL, NULL, &client->application) == MI_RESULT_OK);
    MIC_REQUIRE(MI_Application_NewDestinationOptions(&client->application, &client->options) ==
                MI_RESULT_OK);
    MIC_REQUIRE(MI_DestinationOptions_SetTrustedCertsDir(&client->options, secure_file("ca.pem")) ==
                MI_RESULT_OK);
}

void secure_try(struct client *client, const struct peer *peer, struct outcome *outcome)
{
    client_connect(client, peer->url);
    enumerate(&client->session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Few", outcome);
    MIC_CHECK_INT(MI_Session_Close(&client->session, NULL, NULL), MI_RESULT_OK);
    memset(&client->session, 0, sizeof(client->session));
}

void secure_expect_good(struct client *client, const struct peer *peer)
{
    struct outcome outcome;
    secure_try(client, peer, &outcome);
    if (outcome.result != MI_RESULT_OK || outcome.count != 5) {
        MIC_FAIL("result %d, %u objects: %s", (int)outcome.result, outcome.count, outcome.message);
    }
}

void secure_expect_failure(struct client *client, const struct peer *peer, MI_Result result,
                           const char *words, struct outcome *outcome)
{
    secure_try(client, peer, outcome);
    MIC_CHECK_INT(outcome->count, 0);
    if (outcome->result != result || strstr(outcome->message, words) == NULL) {
        MIC_FAIL("result %d, not %d, or no \"%s\": %s", (int)outcome->result, (int)result, words,
                 outcome->message);
    }
}

void secure_log_on(struct client *client, const char *auth_type, const char *thumbprint)
{
    MI_UserCredentials credentials = {.authenticationType = auth_type,
                                      .credentials.certificateThumbprint = thumbprint};
    MIC_REQUIRE(MI_DestinationOptions_AddDestinationCredentials(&client->options, &credentials) ==
                MI_RESULT_OK);
}

void secure_show(struct client *client, const char *certificate, const char *key,
                 const char *password)
{
    MI_UserCredentials credentials = {
        .authenticationType = MI_AUTH_TYPE_BASIC,
        .credentials.usernamePassword = {.username = "", .password = password}};
    MIC_REQUIRE(MI_DestinationOptions_SetCertFile(&client->options, secure_file(certificate)) ==
                MI_RESULT_OK);
    if (key != NULL) {
        MIC_REQUIRE(MI_DestinationOptions_SetPrivateKeyFile(&client->options, secure_file(key)) ==
                    MI_RESULT_OK);
    }
    if (password != NULL) {
        MIC_REQUIRE(client->options.ft->AddCredentials(
                        &client->options, "__MI_DESTINATIONOPTIONS_PRIVATE_KEY_CREDENTIALS",
                        &credentials, 0) == MI_RESULT_OK);
    }
}

void secure_set_text(struct client *client, const char *option, const char *text)
{
    MIC_REQUIRE(client->options.ft->SetString(&client->options, option, text, 0) == MI_RESULT_OK);
}

void secure_hash(const char *file, const char *digest, bool of_key, char out[80])
{
    FILE *pem = fopen(secure_file(file), "re");
    unsigned char hash[EVP_MAX_MD_SIZE], *der = NULL;
    unsigned size = 0;
    MIC_REQUIRE(pem != NULL);
    X509 *certificate = PEM_read_X509(pem, NULL, NULL, NULL);
    fclose(pem);
    MIC_REQUIRE(certificate != NULL);
    int der_size = of_key ? i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der)
                          : i2d_X509(certificate, &der);
    MIC_REQUIRE(der_size > 0 && EVP_Digest(der, (size_t)der_size, hash, &size,
                                           EVP_get_digestbyname(digest), NULL) == 1);
    for (unsigned i = 0; i < size; i++) {
        snprintf(out + 2 * i, 3, "%02x", hash[i]);
    }
    OPENSSL_free(der);
    X509_free(certificate);
}
