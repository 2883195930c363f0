/* mi-peer: a WS-Management endpoint for tests. */
#include <getopt.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <libxml/parser.h>

#include "channel.h"
#include "contexts.h"
#include "events.h"
#include "mutual.h"
#include "negotiate.h"
#include "sabotage.h"
#include "server.h"
#include "soap.h"
#include "store.h"

void peer_log(struct peer *peer, const char *format, ...)
{
    FILE *log = peer->log;
    va_list args;

    if (log == NULL) {
        return;
    }
    va_start(args, format);
    pthread_mutex_lock(&peer->log_lock);
    fprintf(log, "%llu ", (unsigned long long)peer_now_ms());
    vfprintf(log, format, args);
    fputc('\n', log);
    fflush(log);
    pthread_mutex_unlock(&peer->log_lock);
    va_end(args);
}

bool peer_is_stopping(struct peer *peer)
{
    bool stopping;

    pthread_mutex_lock(&peer->stop_lock);
    stopping = peer->stopping;
    pthread_mutex_unlock(&peer->stop_lock);
    return stopping;
}

bool peer_sleep(struct peer *peer, uint64_t ms)
{
    struct timespec until;
    bool stopping;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)(ms / 1000);
    until.tv_nsec += (long)(ms % 1000) * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    pthread_mutex_lock(&peer->stop_lock);
    while (!peer->stopping &&
           pthread_cond_timedwait(&peer->stop_cond, &peer->stop_lock, &until) == 0) {
    }
    stopping = peer->stopping;
    pthread_mutex_unlock(&peer->stop_lock);
    return !stopping;
}

void peer_stop(struct peer *peer)
{
    pthread_mutex_lock(&peer->stop_lock);
    peer->stopping = true;
    pthread_cond_broadcast(&peer->stop_cond);
    pthread_mutex_unlock(&peer->stop_lock);
}

static void usage(FILE *out)
{
    fputs(
        "usage: mi-peer [OPTION]...\n"
        "A WS-Management endpoint for tests: live facts of this machine and made-up classes.\n\n"
        "  --listen ADDRESS      127.0.0.1 (default) or ::1; up to 8 times\n"
        "  --port N              0 (default) picks one for all addresses\n"
        "  --ready-file FILE     write the port there once it listens\n"
        "  --exit-with-stdin     end when standard input ends\n"
        "  --tls                 HTTPS; --cert FILE --key FILE, or\n"
        "  --cert-kind KIND      good (default), expired, wrong-name, self-signed, revoked;\n"
        "                        by its signature: sha384, sha512, rsa-pss (with SHA-384)\n"
        "  --tls-max 1.2         no TLS 1.3\n"
        "  --client-ca FILE      users may come with a certificate of this CA, whose CN is the "
        "user\n"
        "  --ask WHEN            for it: begin (of TLS; default), demand (nothing without one), "
        "later\n"
        "                        (when a request says so)\n"
        "  --staple FILE         send this OCSP answer along\n"
        "  --user NAME           with --password-file FILE, or MI_PEER_PASSWORD in the "
        "environment\n"
        "  --no-auth             anyone may pass\n"
        "  --auth-offer LIST     what a 401 names, e.g. Negotiate,Kerberos,Basic\n"
        "  --more-users N        and NAME1 with PASSWORD1 ..., for Negotiate\n"
        "  --allow-clear         Negotiate over HTTP takes clear text too\n"
        "  --strict-bindings     Negotiate over TLS only bound to its connection\n"
        "  --relaxed-bindings    bound to its connection or to nothing\n"
        "  --false-bindings      and bound to another one, as behind a man in the middle\n"
        "  --credssp-version N   the highest version of CredSSP spoken: 2 to 6 (default)\n"
        "  --credssp-tls V       1.2 or 1.1: no later TLS inside; --credssp-cipher LIST\n"
        "  --credssp-no-tickets  TLS 1.3 inside ends without tickets\n"
        "  --lacks MECHANISM     say what is missing for ntlm or kerberos; nothing: 0\n"
        "  --dialect NAME        windows (default), omi, openwsman, idrac\n"
        "  --downlevel           windows: as a WinRM 2.0 stack\n"
        "  --lax                 windows: do not insist on the marks of Windows' own client\n"
        "  --first-batch N       items in the first answer; 0 means no such limit\n"
        "  --many N              instances of Peer_Many (default 1000)\n"
        "  --slow MS             what a Pull on Peer_Slow and Peer_Service.Slow take\n"
        "                        (default 200)\n"
        "  --poll MS             longest wait of a Pull on a subscription\n"
        "  --empty-polls         and then an empty page, not w:TimedOut\n"
        "  --keep-alive MS       how often what takes long says so, with an OperationID (default\n"
        "                        60000)\n"
        "  --fire-every MS       a Peer_Alert every so often\n"
        "  --max-envelope N      largest request and page in bytes (default 512000)\n"
        "  --context-timeout S   life of an idle enumeration (default 60)\n"
        "  --fault SPEC          break something; several times\n"
        "  --clock SECONDS       the Date of replies is off by so much; may be negative\n"
        "  --log FILE            a line for each request and decision\n\n"
        "Also: GET /control/counters, POST /control/faults (a SPEC a line), POST "
        "/control/fire\n(lines count=, message=, severity=, ns=), POST "
        "/control/end-subscriptions, POST /control/reset.\n\n"
        "Faults:\n",
        out);
    fputs(peer_sabotage_help(), out);
}

enum { OPT_BASE = 256 };

/* Options in the order of their numbers. */
enum option_id {
    OPT_LISTEN = OPT_BASE,
    OPT_PORT,
    OPT_READY,
    OPT_STDIN,
    OPT_TLS,
    OPT_CERT,
    OPT_KEY,
    OPT_CERT_KIND,
    OPT_TLS_MAX,
    OPT_CLIENT_CA,
    OPT_ASK,
    OPT_STAPLE,
    OPT_USER,
    OPT_PASSWORD_FILE,
    OPT_NO_AUTH,
    OPT_OFFER,
    OPT_MORE_USERS,
    OPT_ALLOW_CLEAR,
    OPT_STRICT_BINDINGS,
    OPT_FALSE_BINDINGS,
    OPT_RELAXED_BINDINGS,
    OPT_CLOCK,
    OPT_CREDSSP_VERSION,
    OPT_CREDSSP_TLS,
    OPT_CREDSSP_CIPHER,
    OPT_CREDSSP_NO_TICKETS,
    OPT_LACKS,
    OPT_DIALECT,
    OPT_DOWNLEVEL,
    OPT_LAX,
    OPT_FIRST_BATCH,
    OPT_MANY,
    OPT_SLOW,
    OPT_POLL,
    OPT_FIRE_EVERY,
    OPT_KEEP_ALIVE,
    OPT_EMPTY_POLLS,
    OPT_MAX_ENVELOPE,
    OPT_CONTEXT_TIMEOUT,
    OPT_FAULT,
    OPT_LOG,
    OPT_HELP
};

static const struct option options[] = {
    {"listen", required_argument, NULL, OPT_LISTEN},
    {"port", required_argument, NULL, OPT_PORT},
    {"ready-file", required_argument, NULL, OPT_READY},
    {"exit-with-stdin", no_argument, NULL, OPT_STDIN},
    {"tls", no_argument, NULL, OPT_TLS},
    {"cert", required_argument, NULL, OPT_CERT},
    {"key", required_argument, NULL, OPT_KEY},
    {"cert-kind", required_argument, NULL, OPT_CERT_KIND},
    {"tls-max", required_argument, NULL, OPT_TLS_MAX},
    {"client-ca", required_argument, NULL, OPT_CLIENT_CA},
    {"ask", required_argument, NULL, OPT_ASK},
    {"staple", required_argument, NULL, OPT_STAPLE},
    {"user", required_argument, NULL, OPT_USER},
    {"password-file", required_argument, NULL, OPT_PASSWORD_FILE},
    {"no-auth", no_argument, NULL, OPT_NO_AUTH},
    {"auth-offer", required_argument, NULL, OPT_OFFER},
    {"more-users", required_argument, NULL, OPT_MORE_USERS},
    {"allow-clear", no_argument, NULL, OPT_ALLOW_CLEAR},
    {"strict-bindings", no_argument, NULL, OPT_STRICT_BINDINGS},
    {"false-bindings", no_argument, NULL, OPT_FALSE_BINDINGS},
    {"relaxed-bindings", no_argument, NULL, OPT_RELAXED_BINDINGS},
    {"clock", required_argument, NULL, OPT_CLOCK},
    {"credssp-version", required_argument, NULL, OPT_CREDSSP_VERSION},
    {"credssp-tls", required_argument, NULL, OPT_CREDSSP_TLS},
    {"credssp-cipher", required_argument, NULL, OPT_CREDSSP_CIPHER},
    {"credssp-no-tickets", no_argument, NULL, OPT_CREDSSP_NO_TICKETS},
    {"lacks", required_argument, NULL, OPT_LACKS},
    {"dialect", required_argument, NULL, OPT_DIALECT},
    {"downlevel", no_argument, NULL, OPT_DOWNLEVEL},
    {"lax", no_argument, NULL, OPT_LAX},
    {"first-batch", required_argument, NULL, OPT_FIRST_BATCH},
    {"many", required_argument, NULL, OPT_MANY},
    {"slow", required_argument, NULL, OPT_SLOW},
    {"poll", required_argument, NULL, OPT_POLL},
    {"fire-every", required_argument, NULL, OPT_FIRE_EVERY},
    {"keep-alive", required_argument, NULL, OPT_KEEP_ALIVE},
    {"empty-polls", no_argument, NULL, OPT_EMPTY_POLLS},
    {"max-envelope", required_argument, NULL, OPT_MAX_ENVELOPE},
    {"context-timeout", required_argument, NULL, OPT_CONTEXT_TIMEOUT},
    {"fault", required_argument, NULL, OPT_FAULT},
    {"log", required_argument, NULL, OPT_LOG},
    {"help", no_argument, NULL, OPT_HELP},
    {NULL, 0, NULL, 0},
};

/* Texts that options make live here until the end. */
struct command_line {
    struct peer_arena arena;
    struct peer *peer;
    const char *log_name;
};

static bool number_option(const char *text, uint64_t most, unsigned *out)
{
    uint64_t value;

    if (!peer_parse_u64(text, &value) || value > most) {
        return false;
    }
    *out = (unsigned)value;
    return true;
}

static bool read_password(struct command_line *line, const char *file)
{
    struct peer_buf text = {0};
    bool good = peer_read_file(file, &text);

    if (good) {
        line->peer->config.password =
            peer_dupn(&line->arena, text.data, strcspn(text.data, "\r\n"));
    }
    peer_buf_free(&text);
    return good;
}

static bool take_number(struct command_line *line, int id, const char *text)
{
    /* Where an option's number goes. */
    static const struct {
        int id;
        size_t at;
    } numbers[] = {
        {OPT_PORT, offsetof(struct peer_config, port)},
        {OPT_MANY, offsetof(struct peer_config, many)},
        {OPT_MORE_USERS, offsetof(struct peer_config, more_users)},
        {OPT_CREDSSP_VERSION, offsetof(struct peer_config, credssp_version)},
        {OPT_SLOW, offsetof(struct peer_config, slow_ms)},
        {OPT_POLL, offsetof(struct peer_config, poll_ms)},
        {OPT_KEEP_ALIVE, offsetof(struct peer_config, keep_alive_ms)},
        {OPT_FIRE_EVERY, offsetof(struct peer_config, fire_every_ms)},
        {OPT_CONTEXT_TIMEOUT, offsetof(struct peer_config, context_timeout_s)},
    };
    struct peer_config *config = &line->peer->config;
    unsigned value = 0;

    if (!number_option(text, id == OPT_PORT ? 65535 : 2000000000, &value)) {
        return false;
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (numbers[i].id == id) {
            memcpy((char *)config + numbers[i].at, &value, sizeof value);
            return true;
        }
    }
    if (id == OPT_MAX_ENVELOPE) {
        config->max_envelope = value;
    } else {
        config->first_batch = (int)value;
    }
    return true;
}

static void cert_kind(struct command_line *line, const char *kind)
{
    struct peer_config *config = &line->peer->config;

    config->cert = peer_fmt(&line->arena, "%s/%s.pem", PEER_CERT_DIR, kind);
    config->key = peer_fmt(&line->arena, "%s/%s.key", PEER_CERT_DIR, kind);
}

static bool take_ask(struct peer_config *config, const char *text)
{
    static const char *const names[] = {"begin", "demand", "later"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(text, names[i]) == 0) {
            config->ask = (enum peer_ask)i;
            return true;
        }
    }
    return false;
}

static bool take_clock(struct peer_config *config, const char *text)
{
    uint64_t seconds = 0;
    bool is_behind = text[0] == '-';

    if (!peer_parse_u64(text + is_behind, &seconds) || seconds > 1000000000) {
        return false;
    }
    config->clock_s = is_behind ? -(long)seconds : (long)seconds;
    return true;
}

static bool take_text(struct command_line *line, int id, const char *text)
{
    struct peer_config *config = &line->peer->config;

    if (id == OPT_LISTEN) {
        if (config->listen_count == 8) {
            return false;
        }
        config->listen[config->listen_count++] = text;
    } else if (id == OPT_READY) {
        config->ready_file = text;
    } else if (id == OPT_CERT) {
        config->cert = text;
    } else if (id == OPT_KEY) {
        config->key = text;
    } else if (id == OPT_CERT_KIND) {
        cert_kind(line, text);
    } else if (id == OPT_TLS_MAX) {
        config->tls_max = text;
    } else if (id == OPT_CLIENT_CA) {
        config->client_ca = text;
    } else if (id == OPT_ASK) {
        return take_ask(config, text);
    } else if (id == OPT_STAPLE) {
        config->staple = text;
    } else if (id == OPT_USER) {
        config->user = text;
    } else if (id == OPT_PASSWORD_FILE) {
        return read_password(line, text);
    } else if (id == OPT_CREDSSP_TLS) {
        config->credssp_tls = text;
    } else if (id == OPT_CREDSSP_CIPHER) {
        config->credssp_cipher = text;
    } else if (id == OPT_OFFER) {
        config->auth_offer = text;
    } else if (id == OPT_DIALECT) {
        line->peer->dialect = peer_dialect_find(text);
        return line->peer->dialect != NULL;
    } else if (id == OPT_FAULT) {
        return peer_sabotage_add(line->peer->sabotage, text);
    } else if (id == OPT_CLOCK) {
        return take_clock(config, text);
    } else if (id == OPT_LOG) {
        config->log_file = text;
    } else {
        return take_number(line, id, text);
    }
    return true;
}

static void take_flag(struct peer_config *config, int id)
{
    if (id == OPT_STDIN) {
        config->exit_with_stdin = true;
    } else if (id == OPT_TLS) {
        config->tls = true;
    } else if (id == OPT_NO_AUTH) {
        config->no_auth = true;
    } else if (id == OPT_DOWNLEVEL) {
        config->downlevel = true;
    } else if (id == OPT_LAX) {
        config->lax = true;
    } else if (id == OPT_EMPTY_POLLS) {
        config->empty_polls = true;
    } else if (id == OPT_CREDSSP_NO_TICKETS) {
        config->credssp_no_tickets = true;
    } else if (id == OPT_ALLOW_CLEAR) {
        config->allow_clear = true;
    } else if (id == OPT_STRICT_BINDINGS) {
        config->strict_bindings = true;
    } else if (id == OPT_FALSE_BINDINGS) {
        config->false_bindings = true;
    } else if (id == OPT_RELAXED_BINDINGS) {
        config->relaxed_bindings = true;
    }
}

static int say_lacks(const char *mechanism)
{
    const char *missing = peer_negotiate_lacks(mechanism);

    if (missing == NULL) {
        return 1;
    }
    puts(missing);
    return 2;
}

/* 0: go on; otherwise the exit status plus 1. */
static int read_options(struct command_line *line, int argc, char **argv)
{
    struct peer_config *config = &line->peer->config;
    int index = 0;
    int id;

    config->many = 1000;
    config->slow_ms = 200;
    config->keep_alive_ms = 60000;
    config->first_batch = -1;
    config->max_envelope = 512000;
    config->credssp_version = 6;
    config->context_timeout_s = 60;
    config->password = getenv("MI_PEER_PASSWORD");
    cert_kind(line, "good");
    line->peer->dialect = peer_dialect_find("windows");
    while ((id = getopt_long(argc, argv, "", options, &index)) != -1) {
        if (id == OPT_HELP) {
            usage(stdout);
            return 1;
        }
        if (id == OPT_LACKS) {
            return say_lacks(optarg);
        }
        if (id < OPT_BASE) {
            return 3;
        }
        if (optarg == NULL) {
            take_flag(config, id);
        } else if (!take_text(line, id, optarg)) {
            fprintf(stderr, "mi-peer: --%s does not take %s\n", options[index].name, optarg);
            return 3;
        }
    }
    if (optind != argc) {
        fprintf(stderr, "mi-peer: what is %s?\n", argv[optind]);
        return 3;
    }
    if (!config->no_auth && (config->user == NULL || config->password == NULL)) {
        fputs("mi-peer: give --user and a password, or --no-auth\n", stderr);
        return 3;
    }
    if (config->listen_count == 0) {
        config->listen[config->listen_count++] = "127.0.0.1";
    }
    return 0;
}

struct waiter {
    sigset_t signals;
    int fd;
};

static void *wait_for_signal(void *arg)
{
    struct waiter *waiter = arg;
    int number;

    sigwait(&waiter->signals, &number);
    if (write(waiter->fd, "x", 1) < 0) {
        _exit(1);
    }
    return NULL;
}

static bool open_parts(struct peer *peer)
{
    const struct peer_config *config = &peer->config;

    if (config->log_file != NULL) {
        peer->log = fopen(config->log_file, "we");
        if (peer->log == NULL) {
            fprintf(stderr, "mi-peer: cannot write %s\n", config->log_file);
            return false;
        }
    }
    if (config->tls) {
        peer->tls = peer_tls_new(peer);
        if (peer->tls == NULL) {
            return false;
        }
    }
    if (!peer_negotiate_start(peer)) {
        return false;
    }
    peer->server = peer_server_new(peer);
    return peer->server != NULL;
}

static int run(struct peer *peer)
{
    struct waiter waiter;
    pthread_t thread;
    pthread_t timer;
    bool has_timer = false;
    int fds[2];
    int status = 1;

    sigemptyset(&waiter.signals);
    sigaddset(&waiter.signals, SIGTERM);
    sigaddset(&waiter.signals, SIGINT);
    sigaddset(&waiter.signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &waiter.signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (pipe(fds) != 0) {
        return 1;
    }
    waiter.fd = fds[1];
    if (!open_parts(peer)) {
        goto done;
    }
    if (pthread_create(&thread, NULL, wait_for_signal, &waiter) != 0) {
        goto done;
    }
    has_timer =
        peer->config.fire_every_ms > 0 && pthread_create(&timer, NULL, peer_event_timer, peer) == 0;
    if (peer_server_announce(peer->server)) {
        peer_server_run(peer->server, fds[0]);
        status = 0;
    }
    pthread_kill(thread, SIGHUP);
    pthread_join(thread, NULL);
done:
    peer_stop(peer);
    if (has_timer) {
        pthread_join(timer, NULL);
    }
    peer_server_free(peer->server);
    peer_negotiate_stop(peer);
    close(fds[0]);
    close(fds[1]);
    return status;
}

static void raise_file_limit(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static void init_waiting(struct peer *peer)
{
    pthread_condattr_t attr;

    pthread_mutex_init(&peer->log_lock, NULL);
    pthread_mutex_init(&peer->logon_lock, NULL);
    pthread_mutex_init(&peer->stop_lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&peer->stop_cond, &attr);
    pthread_condattr_destroy(&attr);
}

int main(int argc, char **argv)
{
    struct peer *peer = peer_xmalloc(sizeof *peer);
    struct command_line line = {.peer = peer};
    int status;

    memset(peer, 0, sizeof *peer);
    init_waiting(peer);
    raise_file_limit();
    xmlInitParser();
    peer->sabotage = peer_sabotage_new();
    peer->contexts = peer_contexts_new();
    peer->operation_ids = peer_idset_new();
    peer->store = peer_store_new();
    peer->events = peer_events_new();
    peer->channels = peer_channels_new();
    status = read_options(&line, argc, argv);
    if (status == 0) {
        peer->catalog = peer_catalog_new();
        status = run(peer);
    } else {
        status--;
    }
    SSL_CTX_free(peer->tls);
    peer_mutual_end(peer);
    peer_catalog_free(peer->catalog);
    peer_contexts_free(peer->contexts);
    peer_idset_free(peer->operation_ids);
    peer_store_free(peer->store);
    peer_events_free(peer->events);
    peer_channels_free(peer->channels);
    peer_sabotage_free(peer->sabotage);
    peer_arena_free(&line.arena);
    if (peer->log != NULL) {
        fclose(peer->log);
    }
    pthread_mutex_destroy(&peer->log_lock);
    pthread_mutex_destroy(&peer->logon_lock);
    pthread_mutex_destroy(&peer->stop_lock);
    pthread_cond_destroy(&peer->stop_cond);
    free(peer);
    xmlCleanupParser();
    return status;
}
