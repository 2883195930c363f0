/** Whose logon the settings ask for. */
#ifndef MIC_AUTH_WHO_H
#define MIC_AUTH_WHO_H

#include "auth/auth.h"

struct mic_who {
    struct mic_str domain, user;
};

/** DOMAIN\user is taken apart. user@domain goes whole, with an empty domain, and the server looks
 * it up, as Windows has it; so do local accounts, which ".\user" names too. Borrowed. */
struct mic_who mic_who_is(const struct mic_auth_settings *settings);

#endif
