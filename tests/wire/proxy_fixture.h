/** A running mi-proxy: started on port 0, gone with the test that started it. */
#ifndef PROXY_FIXTURE_H
#define PROXY_FIXTURE_H

#include <sys/types.h>

#define PROXY_USER     "gatekeeper"
#define PROXY_PASSWORD "op3n ses@me"
#define PROXY_OPTION   "__MI_DESTINATIONOPTIONS_PROXY"

struct proxy {
    pid_t pid;
    int stdin_fd; /* its end ends the proxy */
    unsigned port;
    char address[64]; /* "127.0.0.1:PORT" or "[::1]:PORT" */
    char url[160];    /* with user and password in it */
};

/** Options as on its command line, ended by NULL; may be NULL. It knows PROXY_USER, and PROXY_USER
 * with 1 to 9 behind it, whose passwords have the same digit behind them. */
void proxy_start(struct proxy *proxy, const char *const *options);
/** With what it offers ("Basic", "NTLM,Basic", NULL: open to all) and one fault (NULL: none). */
void proxy_start_with(struct proxy *proxy, const char *offer, const char *fault);
void proxy_stop(struct proxy *proxy);

/** One of its counters: asked, refused, tunnels, mixed, open, pairs; -1: no such. */
long proxy_counter(const struct proxy *proxy, const char *name);
/** Wait until it has at least this value; the test's own time limit bounds it. */
void proxy_await(const struct proxy *proxy, const char *name, long at_least);
/** The target of the last CONNECT. Static memory. */
const char *proxy_target(const struct proxy *proxy);

#endif
