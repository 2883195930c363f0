/** The KDC of kdc.h, as every test of this folder wants it. */
#ifndef KDC_FIXTURE_H
#define KDC_FIXTURE_H

/** Running, its clock and mi-peer's right, krb5.conf without options, nobody with a ticket; the
 * test is skipped where there is none. */
void need_kdc(void);

#endif
