/** What the phases of one walk share. */
#ifndef MIC_DOCTOR_WALK_H
#define MIC_DOCTOR_WALK_H

#include "doctor/probe.h"
#include "doctor/report.h"
#include "engine/destination.h"
#include "engine/proxy.h"
#include "wsman/exchange.h"

/* What a session asks for by default. */
#define MIC_ENVELOPE_SIZE_DOCTOR 512000

/** One of the two ways to a host: HTTP or HTTPS on a port. */
struct mic_endpoint {
    bool is_wanted;         /* the caller did not choose the other one */
    bool is_open;           /* something listens there */
    bool is_alive;          /* and answers Identify in HTTP */
    bool is_trusted;        /* HTTPS: the caller's checks pass */
    bool hides_proxy_logon; /* by Basic: not sent */
    bool wants_certificate; /* HTTPS: it answers nobody without the client certificate */
    bool hides_tls;         /* nor ends a handshake */
    struct mic_destination to;
    struct mic_proxy proxy;
    struct mic_http_target target; /* as a session's would be; borrows from the above */
    struct mic_wsman_session wsman;
};

struct mic_walk {
    struct mic_runtime *runtime;
    const struct mic_bag *options;
    unsigned timeout_ms;
    mic_doctor_tell *tell;
    void *context;
    uint64_t told; /* bits by the place in names.def */
    struct mic_endpoint http, https;
    struct mic_endpoint *main; /* what a session would use */
    bool has_logon;            /* the caller gave credentials, or a scheme to log on with */
    bool takes_anyone;         /* no logon is asked for */
    bool is_logged_on;         /* a logon has worked on main */
    struct mic_err logon_err;  /* and why not */
    char offers[200];
    char date[64]; /* of the reply to Identify, and when that came */
    int64_t date_at;
    char stop[160]; /* why what has not been told could not be looked at */
};

void mic_walk_tell(struct mic_walk *walk, const struct mic_check *check);
void mic_walk_skip(struct mic_walk *walk, const char *name, const char *format, ...)
    MIC_PRINTF(3, 4);
bool mic_walk_has_told(const struct mic_walk *walk, const char *name);

/** "MI_AUTH_TYPE" of the caller's logon is this one. */
bool mic_walk_logs_on_with(const struct mic_walk *walk, const char *auth_type);
/** Nothing of the caller's is shown and nothing is checked. */
struct mic_http_target mic_walk_bare(const struct mic_endpoint *endpoint);
/** Nobody who logs on; but where the server wants it the client certificate, behind the caller's
 *  checks of the server's. */
struct mic_http_target mic_walk_stranger(const struct mic_endpoint *endpoint);

/** One operation of WS-Management in one probe. */
struct mic_answer {
    struct mic_probe probe;
    struct mic_exchange *exchange;
    const MI_Instance *item; /* NULL: there is none, and err says why */
    struct mic_err err;
};
void mic_ask(struct mic_walk *walk, struct mic_endpoint *endpoint,
             const struct mic_http_target *target, const struct mic_request *request,
             bool unauthenticated, struct mic_answer *out);
void mic_ask_identify(struct mic_walk *walk, struct mic_endpoint *endpoint,
                      const struct mic_http_target *target, bool unauthenticated,
                      struct mic_answer *out);
void mic_answer_fini(struct mic_answer *answer);
/** @return the text of a property, NULL when it is not there */
const char *mic_answer_text(const struct mic_answer *answer, const char *property);

/* ---- reach.c ---- */
/** Name, ports. @return whether there is a way to go on; walk->main is set then */
bool mic_walk_reach(struct mic_walk *walk);

/* ---- certificate.c ---- */
void mic_walk_certificate(struct mic_walk *walk, const struct mic_probe *first);
/** Those of its lines that have not been told. */
void mic_walk_skip_certificate(struct mic_walk *walk, const char *why);

/* ---- talk.c ---- */
/** Identify, schemes, the server's clock. */
void mic_walk_talk(struct mic_walk *walk);
/** "Sun, 29 Nov 2026 12:00:00 GMT" to seconds since 1970. */
bool mic_doctor_read_date(const char *text, int64_t *seconds);
/** Fill status, text and remedy for a clock that is @p skew seconds ahead of this one. */
void mic_check_clock(const struct mic_walk *walk, struct mic_check *check, const char *whose,
                     int64_t skew);

/* ---- logon.c ---- */
void mic_walk_logon(struct mic_walk *walk);
/** Sealing, clear text, channel binding, envelope. */
void mic_walk_messages(struct mic_walk *walk);

/* ---- ticket.c ---- */
/** The KDC's clock, the service name. */
void mic_walk_ticket(struct mic_walk *walk);

/* ---- kdc_time_*.c ---- */
/** "alice@REALM" of the settings' user. NULL: out of memory, or no Kerberos. */
char *mic_doctor_principal(const struct mic_auth_settings *settings);
/** The clock of the KDC of the realm of @p principal ("alice@REALM"; NULL: of the caller's ticket,
 *  else the default realm), from its refusal of a request without a password. Blocks.
 *  @param[out] at  when that came, of this machine's clock
 *  @return false with @p why filled */
bool mic_doctor_kdc_time(const char *principal, int64_t *seconds, int64_t *at, char *realm,
                         size_t realm_size, char *why, size_t why_size);

#endif
