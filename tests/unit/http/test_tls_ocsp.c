/* Answers that no responder of the test CA would give: out of date, unknown, damaged. */
#include <openssl/ocsp.h>

#include "tls_fixture.h"

struct staple {
    unsigned char bytes[8192];
    size_t size;
};

struct answer {
    int status;
    long this_update, next_update; /* seconds from now; next 0: none */
    const EVP_MD *id_digest;
    const struct identity *about, *issuer, *signer;
    bool with_certificate; /* of the signer */
};

static int send_staple(SSL *ssl, void *context)
{
    const struct staple *staple = context;
    unsigned char *copy = OPENSSL_malloc(staple->size + 1);

    MIC_REQUIRE(copy != NULL);
    memcpy(copy, staple->bytes, staple->size);
    SSL_set_tlsext_status_ocsp_resp(ssl, copy, (long)staple->size);
    return staple->size > 0 ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

static void encode(OCSP_RESPONSE *response, struct staple *staple)
{
    unsigned char *at = staple->bytes;
    int size = i2d_OCSP_RESPONSE(response, NULL);

    MIC_REQUIRE(size > 0 && (size_t)size <= sizeof(staple->bytes));
    staple->size = (size_t)i2d_OCSP_RESPONSE(response, &at);
    OCSP_RESPONSE_free(response);
}

static void make_answer(const struct answer *answer, struct staple *staple)
{
    OCSP_BASICRESP *basic = OCSP_BASICRESP_new();
    OCSP_CERTID *id =
        OCSP_cert_to_id(answer->id_digest, answer->about->certificate, answer->issuer->certificate);
    ASN1_TIME *begin = X509_gmtime_adj(NULL, answer->this_update);
    ASN1_TIME *end = answer->next_update != 0 ? X509_gmtime_adj(NULL, answer->next_update) : NULL;

    MIC_REQUIRE(OCSP_basic_add1_status(basic, id, answer->status, 0, begin, begin, end) != NULL);
    MIC_REQUIRE(OCSP_basic_sign(basic, answer->signer->certificate, answer->signer->key,
                                EVP_sha256(), NULL,
                                answer->with_certificate ? 0 : OCSP_NOCERTS) == 1);
    encode(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic), staple);
    ASN1_TIME_free(begin);
    ASN1_TIME_free(end);
    OCSP_CERTID_free(id);
    OCSP_BASICRESP_free(basic);
}

struct scene {
    struct world world;
    struct tls_server server;
    struct client client;
    struct staple staple;
};

static void scene_init(struct scene *scene)
{
    world_init(&scene->world);
    tls_server_start(&scene->server, &scene->world.good, talk_close_each);
    SSL_CTX_set_session_cache_mode(scene->server.context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(scene->server.context, 0);
    SSL_CTX_set_tlsext_status_cb(scene->server.context, send_staple);
    SSL_CTX_set_tlsext_status_arg(scene->server.context, &scene->staple);
    tls_client_start(&scene->client, &scene->server, scene->world.ca_file);
    scene->client.target.check_ca = true;
    scene->client.target.check_name = true;
    scene->client.target.check_revocation = true;
    client_open(&scene->client);
}

static void scene_fini(struct scene *scene)
{
    client_stop(&scene->client);
    tls_server_stop(&scene->server);
    world_fini(&scene->world);
}

static struct answer usual_answer(const struct scene *scene)
{
    return (struct answer){.status = V_OCSP_CERTSTATUS_GOOD,
                           .this_update = -60,
                           .next_update = DAY,
                           .id_digest = EVP_sha1(),
                           .about = &scene->world.good,
                           .issuer = &scene->world.ca,
                           .signer = &scene->world.ca};
}

static void expect_answer(struct scene *scene, const struct answer *answer, const char *words)
{
    make_answer(answer, &scene->staple);
    if (words == NULL) {
        expect_reply(&scene->client, "a", "a");
    } else {
        expect_failure(&scene->client, "a", true, MIC_E_CERTIFICATE, words);
    }
}

MIC_TEST(tls_ocsp, answers_out_of_date_or_without_knowledge_are_refused)
{
    static struct scene scene;
    struct answer answer;

    scene_init(&scene);
    answer = usual_answer(&scene);
    expect_answer(&scene, &answer, NULL);
    answer.next_update = 0;
    expect_answer(&scene, &answer, NULL);
    answer.id_digest = EVP_sha256();
    expect_answer(&scene, &answer, NULL);
    answer.this_update = -200; /* clocks differ */
    answer.next_update = -100;
    expect_answer(&scene, &answer, NULL);
    answer.this_update = -2 * DAY;
    answer.next_update = -DAY;
    expect_answer(&scene, &answer, "is out of date");
    answer.this_update = DAY;
    answer.next_update = 2 * DAY;
    expect_answer(&scene, &answer, "is out of date");
    answer = usual_answer(&scene);
    answer.status = V_OCSP_CERTSTATUS_UNKNOWN;
    expect_answer(&scene, &answer, "says that its issuer does not know it");
    answer.status = V_OCSP_CERTSTATUS_REVOKED;
    expect_answer(&scene, &answer, "was revoked on");
    answer.this_update = -2 * DAY; /* an old no is a no */
    answer.next_update = -DAY;
    expect_answer(&scene, &answer, "was revoked on");
    scene_fini(&scene);
}

MIC_TEST(tls_ocsp, only_the_issuer_or_whom_it_named_for_this_may_answer)
{
    static struct scene scene;
    struct answer answer;
    struct identity stranger, responder, late, other;

    scene_init(&scene);
    stranger = make_identity("Test CA", NULL, NULL, 1, -DAY, DAY); /* the same name */
    responder = make_identity("responder", &scene.world.ca, "email:a@b", 20, -DAY, DAY);
    late = make_identity("responder", &scene.world.ca, "email:a@b", 21, -2 * DAY, -DAY);
    other = make_identity("responder", &scene.world.ca, "email:a@b", 22, -DAY, DAY);
    add_extension(other.certificate, NID_ext_key_usage, "serverAuth,clientAuth");
    add_extension(responder.certificate, NID_ext_key_usage, "OCSPSigning");
    add_extension(late.certificate, NID_ext_key_usage, "OCSPSigning");
    MIC_REQUIRE(X509_sign(responder.certificate, scene.world.ca.key, EVP_sha256()) > 0 &&
                X509_sign(late.certificate, scene.world.ca.key, EVP_sha256()) > 0 &&
                X509_sign(other.certificate, scene.world.ca.key, EVP_sha256()) > 0);
    answer = usual_answer(&scene);
    answer.with_certificate = true;
    answer.signer = &responder;
    expect_answer(&scene, &answer, NULL);
    answer.with_certificate = false;
    expect_answer(&scene, &answer, "is not signed by");
    answer.with_certificate = true;
    answer.signer = &late;
    expect_answer(&scene, &answer, "is not signed by");
    answer.signer = &stranger;
    expect_answer(&scene, &answer, "is not signed by");
    answer.signer = &other;
    expect_answer(&scene, &answer, "is not signed by");
    answer.signer = &scene.world.client; /* of the CA, and not for this */
    expect_answer(&scene, &answer, "is not signed by");
    answer.signer = &scene.world.good; /* itself */
    expect_answer(&scene, &answer, "is not signed by");
    identity_free(&stranger);
    identity_free(&responder);
    identity_free(&late);
    identity_free(&other);
    scene_fini(&scene);
}

MIC_TEST(tls_ocsp, a_responder_that_is_busy_is_none)
{
    static struct scene scene;

    scene_init(&scene);
    encode(OCSP_response_create(OCSP_RESPONSE_STATUS_TRYLATER, NULL), &scene.staple);
    expect_reply(&scene.client, "a", "a");
    scene.staple.size = 0;
    expect_reply(&scene.client, "a", "a");
    scene_fini(&scene);
}

/* Nothing to check the answer by, and no other check asked for. */
MIC_TEST(tls_ocsp, an_answer_of_an_unknown_issuer_says_nothing)
{
    static struct scene scene;
    struct answer answer;

    scene_init(&scene);
    mic_http_pool_free(scene.client.pool);
    scene.client.target.ca_file = NULL;
    scene.client.target.check_ca = false;
    client_open(&scene.client);
    answer = usual_answer(&scene);
    answer.status = V_OCSP_CERTSTATUS_UNKNOWN;
    expect_answer(&scene, &answer, NULL);
    scene_fini(&scene);
}

MIC_TEST(tls_ocsp, damaged_answers_are_refused)
{
    static struct scene scene;
    struct staple whole;
    struct answer answer;

    scene_init(&scene);
    answer = usual_answer(&scene);
    make_answer(&answer, &whole);
    for (size_t size = 1; size < whole.size; size += 9) {
        scene.staple = whole;
        scene.staple.size = size;
        expect_failure(&scene.client, "a", true, MIC_E_CERTIFICATE, "cannot be read");
    }
    /* The frame's own status is not signed: behind it everything is. */
    for (size_t at = 40; at < whole.size; at += 11) {
        struct call call;

        scene.staple = whole;
        scene.staple.bytes[at] ^= 0x11;
        call_init(&call, &scene.client, "a");
        call_submit(&call);
        call_finish(&call);
        if (call.err.code != MIC_E_CERTIFICATE) {
            MIC_FAIL("byte %zu of %zu changed: %s", at, whole.size, call.err.message);
        }
        call_fini(&call);
    }
    scene_fini(&scene);
}
