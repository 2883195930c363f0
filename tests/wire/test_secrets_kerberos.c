/* The tickets of a session are this process' until it is closed, and then nobody's: the keys
 * without which a ticket is of no use are gone from its memory. */
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "kdc.h"
#include "kdc_fixture.h"
#include "memory_search.h"
#include "mic_test.h"
#include "ticket_caches.h"

#define KEYS_MAX 8
#define SKIPPED  16 /* of a key: who frees a block writes over its beginning */

static struct needle keys[KEYS_MAX];
static struct peer peer;
static struct client client;

static unsigned key_count;

static void keep_key(const void *key, size_t size, void *context)
{
    const unsigned char *bytes = key;
    (void)context;
    if (size > SKIPPED + 8 && key_count < KEYS_MAX) {
        struct needle *needle = &keys[key_count++];
        needle->size = size - SKIPPED;
        for (size_t i = 0; i < needle->size; i++) {
            needle->turned[i] = bytes[SKIPPED + i] ^ TURN;
        }
    }
}

static void check(const char *type, MI_Uint32 delegation)
{
    const char *const options[] = {"--auth-offer",
                                   "Negotiate,Kerberos,CredSSP",
                                   "--user",
                                   KDC_USER,
                                   "--password-file",
                                   NULL,
                                   NULL};
    const char *given[8];
    char url[128], path[256];
    struct outcome outcome;
    memcpy(given, options, sizeof(options));
    snprintf(path, sizeof(path), "%s/alices-password", kdc_folder());
    FILE *file = fopen(path, "w");
    MIC_REQUIRE(file != NULL);
    fputs(KDC_PASSWORD "\n", file);
    fclose(file);
    given[5] = path;
    peer_start(&peer, given);
    client_prepare_as(&client, type, NULL, KDC_USER, KDC_PASSWORD, true);
    client.options.ft->SetNumber(&client.options, "__MI_DESTINATIONOPTIONS_DELEGATION", delegation,
                                 0);
    snprintf(url, sizeof(url), "http://localhost:%u/wsman", peer.port);
    client_connect(&client, url);
    ticket_caches_watch();
    enumerate(&client.session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_TEXT(outcome.details, "");
    key_count = 0;
    ticket_caches_each_key(keep_key, NULL);
    MIC_CHECK(key_count >= 2); /* the user's and the service's */
    for (unsigned i = 0; i < key_count; i++) {
        MIC_CHECK(search_memory(&keys[i]) > 0); /* the search works */
    }
    client_close(&client);
    MIC_CHECK_INT(ticket_caches_left(), 0);
    for (unsigned i = 0; i < key_count; i++) {
        MIC_CHECK_INT(search_memory(&keys[i]), 0);
    }
    peer_stop(&peer);
}

MIC_TEST(secrets_kerberos, a_closed_session_leaves_no_key_of_its_tickets_in_memory)
{
    need_kdc();
    check(MI_AUTH_TYPE_KERBEROS, 0);
    check(MI_AUTH_TYPE_NEGO_WITH_CREDS, 0);
    check(MI_AUTH_TYPE_CREDSSP, 0);
    check(MI_AUTH_TYPE_KERBEROS, 2);
}
