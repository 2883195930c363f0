/* mi-proxy: a proxy for the tests. It knows CONNECT and nothing else, connects to this machine
 * alone, and nothing of the library is in it. */
#ifndef MI_PROXY_H
#define MI_PROXY_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { HEAD_SIZE = 65536, NAME_SIZE = 64, USERS_MAX = 16, PAIRS_MAX = 256 };

struct user {
    char name[NAME_SIZE], password[NAME_SIZE];
};

/* Who a tunnel is of, and which session's messages were seen to go by. */
struct pair {
    char user[NAME_SIZE], inner[256];
};

struct proxy {
    int fd;
    const char *offer; /* "Basic", "NTLM,Basic" ...; NULL: open to all */
    const char *fault; /* "": none */
    struct user users[USERS_MAX];
    unsigned user_count;

    pthread_mutex_t lock;
    unsigned long asked, refused, tunnels, mixed, open;
    char target[256]; /* of the last CONNECT */
    struct pair pairs[PAIRS_MAX];
    unsigned pair_count;
};

/* ---- logon.c ---- */

struct gss;

enum verdict { LOGON_NONE, LOGON_GO_ON, LOGON_DONE, LOGON_REFUSED };

/* What the Proxy-Authorization of a head is worth.
 * @param out  fields for the 407, when it is none or one of several
 * @param user  of whom, when done */
enum verdict logon_judge(struct proxy *proxy, struct gss **gss, const char *head, char *out,
                         size_t size, char user[NAME_SIZE]);

/* ---- gss.c, or gss_none.c where GSSAPI is not there ---- */

/* Write the accounts where NTLM of GSSAPI looks for them. */
bool gss_start(const struct proxy *proxy, char path[64]);
/* @param text   the token in base64
 * @param answer one in base64, or "" */
enum verdict gss_take(struct gss **gss, const char *text, char *answer, size_t size,
                      char user[NAME_SIZE]);
void gss_end(struct gss *gss);

#endif
