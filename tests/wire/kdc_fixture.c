#include "kdc_fixture.h"

#include "kdc.h"
#include "mic_test.h"
#include "peer_fixture.h"

void need_kdc(void)
{
    const char *missing = peer_lacks("kerberos");
    if (missing != NULL) {
        MIC_SKIP(missing);
    }
    kdc_start();
    kdc_set_clock(0);
    kdc_set_option("");
    kdc_forget_tickets();
    peer_set_clock(NULL, 0);
}
