/* What other users of OpenSSL and libxml2 in the process have set stays as it is. */
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <string.h>

#include "client.h"
#include "mic_test.h"

static unsigned strangers_called;

static void on_generic(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
    strangers_called++;
}

#if LIBXML_VERSION >= 21200
static void on_structured(void *context, const xmlError *error)
#else
static void on_structured(void *context, xmlErrorPtr error)
#endif
{
    (void)context;
    (void)error;
    strangers_called++;
}

static xmlParserInputPtr on_entity(const char *url, const char *id, xmlParserCtxtPtr context)
{
    (void)url;
    (void)id;
    (void)context;
    strangers_called++;
    return NULL;
}

/* Good and bad replies, decoded on this thread and on the library's. */
static void use(struct client *client, const struct peer *peer)
{
    static const char *const faults[] = {"", "doctype", "entities", "html", "truncate", "non-utf8"};
    struct outcome outcome;
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        struct listener listener;
        MI_OperationCallbacks callbacks;
        MI_Operation operation;
        peer_set_faults(peer, faults[i]);
        enumerate(&client->session, 0, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.result == MI_RESULT_OK, i == 0);
        listener_init(&listener);
        listener_callbacks(&listener, &callbacks);
        MI_Session_EnumerateInstances(&client->session, 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE,
                                      &callbacks, &operation);
        listener_wait_final(&listener);
        MI_Operation_Close(&operation);
        listener_fini(&listener);
    }
}

MIC_TEST(globals, of_libxml2_keep_what_others_set)
{
    struct peer peer;
    struct client client;
    int context;
    xmlInitParser();
    xmlExternalEntityLoader loader = xmlGetExternalEntityLoader();
    xmlSetExternalEntityLoader(on_entity);
    xmlSetGenericErrorFunc(&context, on_generic);
    xmlSetStructuredErrorFunc(&context, on_structured);
    strangers_called = 0;
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    use(&client, &peer);
    client_close(&client);
    peer_stop(&peer);
    MIC_CHECK_INT(strangers_called, 0);
    MIC_CHECK(xmlGetExternalEntityLoader() == on_entity);
    MIC_CHECK(xmlGenericError == on_generic && xmlGenericErrorContext == &context);
    MIC_CHECK(xmlStructuredError == on_structured && xmlStructuredErrorContext == &context);
    xmlSetStructuredErrorFunc(NULL, NULL);
    xmlSetGenericErrorFunc(NULL, NULL);
    xmlSetExternalEntityLoader(loader);
    xmlDocPtr document = xmlReadMemory("<a/>", 4, NULL, NULL, 0); /* it still works */
    MIC_CHECK(document != NULL);
    xmlFreeDoc(document);
}

/* The queue of errors belongs to the thread: ours are not found in it, others' are not lost. */
MIC_TEST(globals, of_openssl_keep_what_others_set)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    ERR_clear_error();
    peer_start_with(&peer, "--tls");
    ERR_clear_error(); /* of the test's own control channel */
    ERR_raise(ERR_LIB_USER, ERR_R_INTERNAL_ERROR);
    unsigned long mark = ERR_peek_error();
    for (unsigned i = 0; i < 3; i++) {
        client_prepare(&client);
        MI_DestinationOptions_SetCertRevocationCheck(&client.options, MI_FALSE);
        if (i < 2) {
            MI_DestinationOptions_SetTrustedCertsDir(&client.options,
                                                     i == 0 ? peer_cert("ca.pem") : "/nonexistent");
        }
        client_connect(&client, peer.url);
        enumerate(&client.session, 0, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.result == MI_RESULT_OK, i == 0);
        client_close(&client);
        if (ERR_peek_error() != mark || ERR_peek_last_error() != mark) {
            MIC_FAIL("round %u: %lx %lx instead of %lx", i, ERR_peek_error(), ERR_peek_last_error(),
                     mark);
        }
    }
    ERR_clear_error();
    peer_stop(&peer);
}

/* A logon and its seals may run on the product's own thread. */
MIC_TEST(globals, of_openssl_keep_what_others_set_when_a_caller_logs_on)
{
    static const char *const passwords[] = {PEER_PASSWORD, "not this one"};
    struct peer peer;
    struct client client;
    struct outcome outcome;
    const char *missing = peer_lacks("ntlm");
    if (missing != NULL) {
        MIC_SKIP(missing);
    }
    peer_start_with(&peer, NULL);
    ERR_clear_error();
    ERR_raise(ERR_LIB_USER, ERR_R_INTERNAL_ERROR);
    unsigned long mark = ERR_peek_error();
    for (size_t i = 0; i < sizeof(passwords) / sizeof(passwords[0]); i++) {
        client_prepare_as(&client, MI_AUTH_TYPE_NTLM, NULL, PEER_USER, passwords[i], true);
        client_connect(&client, peer.url);
        for (unsigned round = 0; round < 20; round++) { /* some of them while the loop sleeps */
            enumerate(&client.session, 0, "Peer_Few", &outcome);
            MIC_CHECK_INT(outcome.result == MI_RESULT_OK, i == 0);
        }
        client_close(&client);
        MIC_CHECK_INT(ERR_peek_error(), mark);
        MIC_CHECK_INT(ERR_peek_last_error(), mark);
    }
    ERR_clear_error();
    peer_stop(&peer);
}
