/** What the gss_*.c files share. */
#ifndef MIC_AUTH_GSS_PARTS_H
#define MIC_AUTH_GSS_PARTS_H

#include <gssapi/gssapi.h>
#include <stdint.h>

#include "auth/gss.h"

struct mic_gss {
    /* copied */
    char *host, *spn;
    unsigned port;
    bool port_in_spn;
    enum mic_delegation delegation;
    char *principal; /* "alice@REALM", "alice" (of the default realm); NULL: whose ticket it is */
    struct mic_secret password;
    struct mic_buf binding;
    struct mic_gss_tickets *tickets; /* NULL: not shared */
    /* the logon */
    gss_cred_id_t credential;      /* until the context is complete */
    struct mic_gss_ticket *ticket; /* whose the credential is; NULL: this object's */
    struct mic_gss_cache *cache;   /* what this object's credential rests on; NULL: GSSAPI's own */
    char krb5_text[200];           /* of a failure that GSSAPI has no text of; "": it has */
    gss_ctx_id_t context;
    gss_name_t name; /* of the service */
    char *target;    /* the same in words: "HTTP/host" */
    bool is_done, is_final, has_begun;
    bool is_answered;            /* the server has answered the ticket */
    bool is_refused;             /* and did not take it */
    uint64_t end_ms;             /* of the monotonic clock */
    struct mic_buf server_error; /* the KRB-ERROR the server sent in place of a token, if it did */
};

/* ---- gss_cred.c: names and credentials ---- */

/** "user@REALM" out of the settings' user and domain. NULL when out of memory. */
char *mic_gss_principal(const struct mic_auth_settings *settings);
OM_uint32 mic_gss_acquire(struct mic_gss *gss, OM_uint32 *minor);
/** Set gss->name and gss->target to a service on the host: as given, no name server is asked.
 *  @param number 0 and up: HTTP, WSMAN, host; where the caller gave a name there is but that
 *  @return false when there is no further one or memory is out (@p err set then) */
bool mic_gss_import_target(struct mic_gss *gss, unsigned number, struct mic_err *err);
/** The service name that was given is none for Kerberos. */
void mic_gss_set_no_name(const struct mic_gss *gss, struct mic_err *err);
/** "FILE:/tmp/krb5cc_0" */
void mic_gss_cache_name(char *out, size_t size);

/* ---- gss_forward.c ---- */

/** Set gss->credential and gss->cache. */
OM_uint32 mic_gss_acquire_forwardable(struct mic_gss *gss, OM_uint32 *minor);
/** After the credential. NULL is allowed. */
void mic_gss_cache_free(struct mic_gss_cache *cache);

/* ---- gss_tickets.c: all for an object with tickets ---- */

void mic_gss_tickets_join(struct mic_gss *gss, struct mic_gss_tickets *tickets);
void mic_gss_tickets_part(struct mic_gss *gss);
/** Around the step that asks the KDC. Between them this logon is the only one that does. With a
 * shared ticket that is good, gss->credential is set afterwards.
 *  @return not MI_RESULT_OK when it is not to be made: another's failure, while this one waited */
MI_Result mic_gss_tickets_enter(struct mic_gss *gss, struct mic_err *err);
/** A credential that was got in between is shared from now on. */
void mic_gss_tickets_leave(struct mic_gss *gss, MI_Result result, const struct mic_err *err);
/** The ticket in use is not good: nobody is to begin with it any more. */
void mic_gss_tickets_drop(struct mic_gss *gss);
/** This logon needs it no more. */
void mic_gss_tickets_forget(struct mic_gss *gss);
/** Whether it does not end soon. */
bool mic_gss_is_fresh(gss_cred_id_t credential);

/* ---- gss_error.c ---- */

/** The last service name was unknown to the KDC: the next may be known. */
bool mic_gss_is_unknown_target(OM_uint32 minor);
/** A name is none for Kerberos. */
bool mic_gss_is_malformed(OM_uint32 minor);
/** Fill @p err from a failed call of the logon. */
MI_Result mic_gss_fail(struct mic_gss *gss, OM_uint32 major, OM_uint32 minor, struct mic_err *err);
/** Fill @p err from a failed call on a message. */
MI_Result mic_gss_fail_message(const char *what, OM_uint32 major, OM_uint32 minor,
                               struct mic_err *err);

/* ---- gss_mit.c, gss_heimdal.c ---- */

extern const gss_OID mic_gss_krb5;
OM_uint32 mic_gss_acquire_with_password(OM_uint32 *minor, gss_name_t name,
                                        const struct mic_secret *password, gss_OID_set mechanisms,
                                        gss_cred_id_t *credential);
/** Append the token's length, the token, the ciphertext. */
OM_uint32 mic_gss_wrap(OM_uint32 *minor, gss_ctx_id_t context, const char *plain, size_t size,
                       struct mic_buf *out);
/** Append the plain text of a token of @p header_size and the ciphertext behind it.
 *  @param is_sealed  whether it was encrypted, not just signed */
OM_uint32 mic_gss_unwrap(OM_uint32 *minor, gss_ctx_id_t context, const char *sealed,
                         size_t header_size, size_t size, struct mic_buf *out, bool *is_sealed);
/** The server's time in a KRB-ERROR (RFC 4120 5.9.1). */
bool mic_gss_server_time(struct mic_str krb_error, int64_t *seconds);

#endif
