/** A running mi-peer: started on port 0, gone with the test that started it. */
#ifndef PEER_FIXTURE_H
#define PEER_FIXTURE_H

#include <stdbool.h>
#include <sys/types.h>

#define PEER_USER     "tester"
#define PEER_PASSWORD "pa55 w\xc3\xb6rd"

struct peer {
    pid_t pid;
    int stdin_fd; /* its end ends the peer */
    unsigned port;
    char url[128];
};

/** Options as on its command line, ended by NULL; user and password are added. Ends the test when
 * it does not come up. */
void peer_start(struct peer *peer, const char *const *options);
void peer_start_with(struct peer *peer, const char *option); /* one option, may be NULL */
/** Peers started from now on have their clock this far off, by the library at this path. */
void peer_set_clock(const char *faketime, long seconds);
/** One of its dialects, or "downlevel" for Windows with WinRM 2.0. */
void peer_start_dialect(struct peer *peer, const char *dialect);
void peer_stop(struct peer *peer);

/** What is missing here for the peer to log users on with "ntlm"; NULL: nothing. Static memory. */
const char *peer_lacks(const char *mechanism);

/** Replace its faults: one SPEC a line, "" for none. */
void peer_set_faults(const struct peer *peer, const char *specs);
/** Each of these faults once, with ",on=" of a number from 1 to @p range drawn by mic_test_random;
 * what was drawn, and from which seed, is printed. */
struct peer_kill {
    const char *fault;
    unsigned range;
};
void peer_draw_kills(const struct peer *peer, const struct peer_kill *kills, size_t count);
/** POST to /control/@p what, such as "fire"; "" for no body. */
void peer_control(const struct peer *peer, const char *what, const char *body);
/** The value of a counter of /control/counters; -1: no such. */
long peer_counter(const struct peer *peer, const char *name);
/** All of them at one time, over one connection. */
struct peer_counters {
    char text[8192];
};
void peer_read_counters(const struct peer *peer, struct peer_counters *counters);
long peer_counter_in(const struct peer_counters *counters, const char *name);
/** Wait until a counter has at least this value, asking again and again; the test's own time limit
 *  bounds it. */
void peer_await(const struct peer *peer, const char *name, long at_least);
/** Of the test CA: "ca.pem", "good.pem" ... Static memory. */
const char *peer_cert(const char *name);

#endif
