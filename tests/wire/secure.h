/** Sessions over HTTPS for the tests of client certificates and of the checks of the server. */
#ifndef SECURE_H
#define SECURE_H

#include "client.h"

/** A file of the test CA that stays valid beside others; up to 8 at a time. */
const char *secure_file(const char *name);

/** An application, and options that trust the test CA and are not logged on with anything. */
void secure_prepare(struct client *client);
/** To the peer by address, enumerate, close all but the application and the options. */
void secure_try(struct client *client, const struct peer *peer, struct outcome *outcome);
/** The same must give five results. */
void secure_expect_good(struct client *client, const struct peer *peer);
/** The same must fail this way, with @p words in the message. */
void secure_expect_failure(struct client *client, const struct peer *peer, MI_Result result,
                           const char *words, struct outcome *outcome);

void secure_log_on(struct client *client, const char *auth_type, const char *thumbprint);
/** @param key  may be NULL. @param password  of the key, may be NULL */
void secure_show(struct client *client, const char *certificate, const char *key,
                 const char *password);
void secure_set_text(struct client *client, const char *option, const char *text);

/** SHA-256 of the DER of what is in a PEM file, "SHA256" or "SHA1" in hexadecimal; of_key: of its
 *  public key. */
void secure_hash(const char *file, const char *digest, bool of_key, char out[80]);

#endif
