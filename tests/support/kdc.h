/** A real MIT KDC on loopback with a realm of its own, in a temporary folder, for the life of the
 *  test program. It sets KRB5_CONFIG and its relatives in the environment of the program: before
 * any thread is started and any Kerberos call made. */
#ifndef KDC_H
#define KDC_H

#include <stdbool.h>

#define KDC_REALM    "PEER.TEST"
#define KDC_USER     "alice"
#define KDC_PASSWORD "al1ce's p\xc3\xa4ss"

/** Start it once; later calls find it running. Skips the test when krb5kdc, kadmin.local or
 *  kdb5_util are not installed. Users: alice, bob, user0 ... user9 (KDC_PASSWORD each), expired
 * (the password is), locked, brief (whose tickets last 62 s), anchored (whose tickets are not
 * forwardable). Services in the keytab: HTTP/localhost, HTTP/127.0.0.1, HTTP/peer.test,
 * HTTP/port.test:5985, HTTP/trusted.test (which the KDC marks as trusted for delegation),
 * WSMAN/wsman.test, host/host.test, CUSTOM/odd.test. In the KDC but not in the keytab:
 * HTTP/nokey.test, HTTP/127.0.0.3. */
void kdc_start(void);
/** Stop it; the next kdc_start makes it anew. It is gone with the program as well. */
void kdc_stop(void);
/** Put its clock, and that of the tools run here, this far off, by Debian's faketime; the KDC is
 *  started again. Skips the test without faketime. 0: as it should be. */
void kdc_set_clock(long seconds);
/** Stop and go on: while stopped, nothing answers at its port. */
void kdc_silence(bool is_silent);

/** kadmin.local with this query. @return whether it succeeded */
bool kdc_admin(const char *query);
/** Into the cache that KRB5CCNAME names, with kinit and what further options are given, by the
 * clock of kdc_set_clock. */
bool kdc_kinit(const char *user, const char *options);
void kdc_forget_tickets(void);

/** How many lines of the KDC's log tell of this: "AS_REQ" or "TGS_REQ" with "ISSUE: ", or what it
 *  refused with. This realm asks for no preauthentication: a wrong password shows at the client. */
unsigned kdc_count(const char *exchange, const char *outcome);

/** The folder with krb5.conf, keytab, cache, log. */
const char *kdc_folder(void);
/** Add a line to krb5.conf's [libdefaults] from now on, in place of the one added before; "": none.
 */
void kdc_set_option(const char *line);
/** LD_PRELOAD's value for Debian's faketime; NULL: not installed. */
const char *kdc_faketime(void);

#endif
