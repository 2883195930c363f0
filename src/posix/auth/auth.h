/** Authentication schemes: a row in a table and a few functions each. A scheme object belongs to
 * one connection, because a logon is the connection's (MS-WSMV 3.2.6.5, RFC 4559 6). A scheme
 * object is used by one thread at a time. */
#ifndef MIC_AUTH_AUTH_H
#define MIC_AUTH_AUTH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"

/** Whether the server gets a ticket with which it can be the user elsewhere (RFC 4120 2.8). */
enum mic_delegation {
    MIC_DELEGATE_NEVER,
    MIC_DELEGATE_AS_POLICY, /* to servers that the KDC marks as trusted for it (OK-AS-DELEGATE) */
    MIC_DELEGATE_ALWAYS     /* to whatever server it is, or not at all: then the logon fails */
};

/** Borrowed by the scheme objects opened with it: it outlives them. */
struct mic_auth_settings {
    const char *auth_type; /* MI_AUTH_TYPE_*; NULL: none given */
    const char *domain, *user;
    const struct mic_secret *password;
    const char *certificate; /* which client certificate TLS shows, for texts; NULL: none */
    const char *host;
    unsigned port;
    bool https;
    bool privacy; /* messages must not travel in clear text */
    bool port_in_spn;
    const char *spn; /* of spn.h; NULL: HTTP, WSMAN and host in turn */
    enum mic_delegation delegation;
    unsigned credssp_min_version;    /* 0: as is safe */
    struct mic_gss_tickets *tickets; /* of this user and password; NULL: each logon gets its own */
    void
        *library; /* OpenSSL's library context, for the schemes that need it; NULL: the process's */
};

enum mic_auth_step {
    MIC_AUTH_SEND,     /* send `authorization` (empty: send none) with the request's real body */
    MIC_AUTH_SEND_LEG, /* send `authorization` with an empty body: a further leg follows */
    MIC_AUTH_DONE,     /* logged on; before a request: send `authorization` as with MIC_AUTH_SEND */
    MIC_AUTH_AGAIN,    /* from a step on the blocking pool: make it again on the loop */
    MIC_AUTH_FAILED
};

struct mic_auth_scheme;

/** First member of each scheme's own object; one per connection. */
struct mic_auth {
    const struct mic_auth_scheme *scheme;
    bool is_settled; /* where the scheme may block: it will not any more */
};

struct mic_auth_scheme {
    const char
        *auth_type; /* the MI_AUTH_TYPE_* text that chooses this row, compared without case */
    const char *wire_name;      /* "Basic", "Negotiate" ... as in WWW-Authenticate; NULL: the scheme
                                   sends nothing */
    const char *mechanism;      /* "NTLM" ..., for texts; NULL: wire_name says it */
    const char *refusal_remedy; /* what to do when the server refuses; NULL: the usual */
    bool shows_certificate;     /* it is TLS that proves who is there, not a user's name */
    const char *offer_remedy;   /* what to do when it does not offer this scheme; NULL: the usual */
    /** The same under another name that some peers give it, for proxies, which say what they take
     * before the first message; NULL: there is none. */
    const struct mic_auth_scheme *other_name;
    bool prefers_other_name; /* where both are offered */
    bool needs_library;      /* settings->library has to be there */
    bool has_own_tls;        /* inside which it speaks and seals */
    /** step() can talk to a KDC: until the object is settled it is called on the blocking pool, and
     * goes on when connection and settings are gone. open() copies what such a step uses. */
    bool may_block;
    /** "application/HTTP-SPNEGO-session-encrypted" ..., of the messages it seals; NULL: cannot. */
    const char *seal_protocol;
    bool counts_padding; /* the length told beside a sealed message is that of its ciphertext */
    size_t seal_piece;   /* plain bytes sealed at once; 0: all of a message */
    /** What can be told from the settings alone, before any network. */
    MI_Result (*check)(const struct mic_auth_settings *settings, struct mic_err *err);
    /** @param channel_binding  of the connection's TLS: "tls-server-end-point:" and the hash of the
     * server's certificate (RFC 5929 4), copied; empty: there is none */
    struct mic_auth *(*open)(const struct mic_auth_settings *settings,
                             struct mic_str channel_binding, struct mic_err *err);
    /** One move of the dialogue. It is called
     *  - before every request with @p http_status 0 and no challenge: SEND, SEND_LEG, or DONE once
     * logged on;
     *  - with each 401: SEND or SEND_LEG to go on, FAILED when the server refused. Then @p err is
     * left alone unless the scheme knows more than that: the caller words the refusal;
     *  - while not DONE, with any other reply: DONE, or FAILED with @p err set.
     *  @param challenge    token behind the scheme's name in WWW-Authenticate; NULL: the name is
     * not there
     *  @param authorization  appended: the header's value to send next. The caller wipes it */
    enum mic_auth_step (*step)(struct mic_auth *auth, unsigned http_status,
                               const struct mic_str *challenge, struct mic_buf *authorization,
                               struct mic_err *err);
    /** NULL where the scheme cannot seal. What seal appends and unseal is given is the content of
     * one application/octet-stream part of MS-WSMV 2.2.9.1.1: 32 bits, little endian, that count
     * the token, the token, the ciphertext. unseal appends the plain text, and refuses what was
     * changed, replayed or reordered. After a failure of either the connection is of no further
     * use, and a later call fails too. */
    MI_Result (*seal)(struct mic_auth *auth, const char *plain, size_t size, struct mic_buf *out,
                      struct mic_err *err);
    MI_Result (*unseal)(struct mic_auth *auth, const char *sealed, size_t size, struct mic_buf *out,
                        struct mic_err *err);
    /** Whether what the logon rests on, a ticket, ends soon, so that no further request should be
     * begun on this connection. NULL: it never does. */
    bool (*is_ending)(const struct mic_auth *auth);
    /** Of a scheme that makes a second try on the same connection: what the server refused of the
     * first, when the second is under way. NULL, also for the function: nothing. */
    const struct mic_err *(*refusal)(const struct mic_auth *auth);
    void (*close)(struct mic_auth *auth);
};

extern const struct mic_auth_scheme mic_auth_none;
extern const struct mic_auth_scheme mic_auth_basic;
extern const struct mic_auth_scheme mic_auth_credssp;
extern const struct mic_auth_scheme mic_auth_kerberos;
extern const struct mic_auth_scheme mic_auth_ntlm;
extern const struct mic_auth_scheme mic_auth_negotiate;
extern const struct mic_auth_scheme mic_auth_certificate;
extern const struct mic_auth_scheme
    mic_auth_ntlm_by_name; /* "NTLM" on the wire; not to be chosen */

/** Of a scheme that asks no KDC, where tickets must be delegated. @param name  of the scheme */
MI_Result mic_auth_refuse_delegation(const char *name, struct mic_err *err);
/** NTLM would follow what failed with @p err, if it were there: say so.
 *  @param why  it is not; "": it would not follow */
void mic_auth_tell_no_ntlm(const char *why, struct mic_err *err);
/** The row for these settings, checked: no scheme given, an unknown or not yet built in one, a
 * missing user, Basic in clear text without consent (MIC_E_PRIVACY) fail here, before any network.
 *  @return NULL with @p err set */
const struct mic_auth_scheme *mic_auth_find(const struct mic_auth_settings *settings,
                                            struct mic_err *err);

#endif
