#include "auth/who.h"

#include <string.h>

struct mic_who mic_who_is(const struct mic_auth_settings *settings)
{
    struct mic_who who = {mic_str_from(settings->domain), mic_str_from(settings->user)};
    const char *backslash = who.domain.size == 0 && who.user.size > 0
                                ? memchr(who.user.data, '\\', who.user.size)
                                : NULL;

    if (backslash != NULL) {
        who.domain = (struct mic_str){who.user.data, (size_t)(backslash - who.user.data)};
        who.user.data += who.domain.size + 1;
        who.user.size -= who.domain.size + 1;
    }
    if (mic_str_equal(who.domain, MIC_STR("."))) {
        who.domain.size = 0;
    }
    return who;
}
