#include "proxy.h"

bool gss_start(const struct proxy *proxy, char path[64])
{
    (void)proxy;
    path[0] = '\0';
    return true;
}

enum verdict gss_take(struct gss **gss, const char *text, char *answer, size_t size,
                      char user[NAME_SIZE])
{
    (void)gss, (void)text, (void)size, (void)user;
    answer[0] = '\0';
    return LOGON_REFUSED;
}

void gss_end(struct gss *gss)
{
    (void)gss;
}
