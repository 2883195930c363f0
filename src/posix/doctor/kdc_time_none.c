/* Without MIT's library: what Heimdal's tells of a refusal has no time in it. */
#include <stdio.h>

#include "doctor/walk.h"

char *mic_doctor_principal(const struct mic_auth_settings *settings)
{
    (void)settings;
    return NULL;
}

bool mic_doctor_kdc_time(const char *principal, int64_t *seconds, int64_t *at, char *realm,
                         size_t realm_size, char *why, size_t why_size)
{
    (void)principal;
    (void)seconds;
    (void)at;
    (void)realm;
    (void)realm_size;
    (void)snprintf(why, why_size, "only a build with MIT's Kerberos can ask for it");
    return false;
}
