#include "kdc.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mic_test.h"

#define ARGUMENTS_MAX 24

static struct {
    char folder[64];
    char option[256];
    unsigned port;
    pid_t pid;
    long clock;
    bool is_ready;
} kdc;

static const char *find_tool(const char *name)
{
    static const char *const folders[] = {"/usr/sbin", "/usr/bin", "/usr/local/sbin",
                                          "/usr/local/bin", "/usr/lib/mit/sbin"};
    static char path[8][128];
    static unsigned turn;
    char *at = path[turn++ % 8];

    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        snprintf(at, sizeof(path[0]), "%s/%s", folders[i], name);
        if (access(at, X_OK) == 0) {
            return at;
        }
    }
    return NULL;
}

const char *kdc_faketime(void)
{
    static char found[160];
    glob_t names;

    if (found[0] == '\0' && glob("/usr/lib/*/faketime/libfaketime.so.1", 0, NULL, &names) == 0) {
        snprintf(found, sizeof(found), "%s", names.gl_pathv[0]);
        globfree(&names);
    }
    return found[0] != '\0' ? found : NULL;
}

static const char *path_of(const char *name)
{
    static char paths[8][160];
    static unsigned turn;
    char *at = paths[turn++ % 8];

    snprintf(at, sizeof(paths[0]), "%s/%s", kdc.folder, name);
    return at;
}

__attribute__((format(printf, 2, 3))) static void write_file(const char *name, const char *format,
                                                             ...)
{
    FILE *file = fopen(path_of(name), "w");
    va_list arguments;

    MIC_REQUIRE(file != NULL);
    va_start(arguments, format);
    vfprintf(file, format, arguments);
    va_end(arguments);
    fclose(file);
}

static void write_config(void)
{
    write_file("krb5.conf",
               "[libdefaults]\n default_realm = " KDC_REALM "\n dns_lookup_kdc = false\n"
               " dns_lookup_realm = false\n udp_preference_limit = 1\n allow_weak_crypto = true\n "
               "allow_rc4 = true\n %s\n"
               "[realms]\n " KDC_REALM " = {\n  kdc = 127.0.0.1:%u\n }\n"
               " MUTE.TEST = {\n  kdc = 127.0.0.1:9\n }\n"
               "[domain_realm]\n .test = " KDC_REALM "\n",
               kdc.option, kdc.port);
}

static void write_kdc_config(void)
{
    write_file(
        "kdc.conf",
        "[kdcdefaults]\n kdc_listen = 127.0.0.1:%u\n kdc_tcp_listen = 127.0.0.1:%u\n"
        "[realms]\n " KDC_REALM " = {\n  database_name = %s/principal\n"
        "  key_stash_file = %s/stash\n  acl_file = %s/acl\n"
        "  supported_enctypes = aes256-cts:normal aes128-cts:normal arcfour-hmac:normal\n }\n"
        "[logging]\n kdc = FILE:%s/kdc.log\n",
        kdc.port, kdc.port, kdc.folder, kdc.folder, kdc.folder, kdc.folder);
}

/* In the child. Sanitizers want to be the first library, and none of these tools has one. */
static void become(const char *const *arguments, int in, long clock)
{
    int log = open(path_of("tools.log"), O_WRONLY | O_CREAT | O_APPEND, 0600);
    char offset[32];

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (clock != 0) {
        snprintf(offset, sizeof(offset), "%+ld", clock);
        setenv("LD_PRELOAD", kdc_faketime(), 1);
        setenv("FAKETIME", offset, 1);
        setenv("FAKETIME_DONT_FAKE_MONOTONIC", "1", 1);
    }
    dup2(in, STDIN_FILENO);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    execv(arguments[0], (char *const *)(uintptr_t)arguments);
    _exit(127);
}

/* @param input  for its standard input, NULL: nothing. @return whether it ended with status 0 */
static bool run(const char *input, const char *const *arguments)
{
    int ends[2], status = -1;
    pid_t pid;

    MIC_REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    pid = fork();
    MIC_REQUIRE(pid >= 0);
    if (pid == 0) {
        become(arguments, ends[0], kdc.clock);
    }
    close(ends[0]);
    if (input != NULL && write(ends[1], input, strlen(input)) < 0) {
        status = -1;
    }
    close(ends[1]);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool kdc_admin(const char *query)
{
    const char *const arguments[] = {find_tool("kadmin.local"), "-r", KDC_REALM, "-q", query, NULL};

    return run(NULL, arguments);
}

static bool admin_all(const char *queries)
{
    const char *const arguments[] = {find_tool("kadmin.local"), "-r", KDC_REALM, NULL};

    return run(queries, arguments);
}

/* Free now; krb5kdc takes it in a moment. */
static unsigned pick_port(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(to);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    MIC_REQUIRE(bind(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
    MIC_REQUIRE(getsockname(fd, (struct sockaddr *)&to, &size) == 0);
    close(fd);
    return ntohs(to.sin_port);
}

static bool answers(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                             .sin_port = htons((uint16_t)kdc.port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool ok = connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0;

    close(fd);
    return ok;
}

static void stop_daemon(void)
{
    if (kdc.pid > 0) {
        kill(kdc.pid, SIGKILL);
        waitpid(kdc.pid, NULL, 0);
        kdc.pid = 0;
    }
}

/* On the port it had before, since some libraries read their configuration once; a port that is
 * taken in between is given up for another. */
static void start_daemon(void)
{
    const char *const arguments[] = {find_tool("krb5kdc"), "-n", "-r", KDC_REALM, NULL};
    const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};

    for (unsigned i = 0; i < 5; i++) {
        kdc.port = kdc.port != 0 && i == 0 ? kdc.port : pick_port();
        write_config();
        write_kdc_config();
        kdc.pid = fork();
        MIC_REQUIRE(kdc.pid >= 0);
        if (kdc.pid == 0) {
            become(arguments, open("/dev/null", O_RDONLY), kdc.clock);
        }
        while (waitpid(kdc.pid, NULL, WNOHANG) == 0) {
            if (answers()) {
                return;
            }
            nanosleep(&pause, NULL);
        }
        kdc.pid = 0;
    }
    MIC_FAIL("krb5kdc does not start; see %s", path_of("tools.log"));
    MIC_REQUIRE(false);
}

static void set_environment(void)
{
    char cache[160];

    setenv("KRB5_CONFIG", path_of("krb5.conf"), 1);
    setenv("KRB5_KDC_PROFILE", path_of("kdc.conf"), 1);
    setenv("KRB5_KTNAME", path_of("keytab"), 1);
    setenv("KRB5_CLIENT_KTNAME", path_of("client.keytab"), 1);
    setenv("KRB5RCACHEDIR", kdc.folder, 1);
    snprintf(cache, sizeof(cache), "FILE:%s", path_of("cache"));
    setenv("KRB5CCNAME", cache, 1);
}

static void add_principals(void)
{
    char queries[4096];
    int used = snprintf(queries, sizeof(queries),
                        "addprinc -pw \"" KDC_PASSWORD "\" " KDC_USER "\n"
                        "addprinc -pw \"" KDC_PASSWORD "\" bob\n"
                        "addprinc -pw \"" KDC_PASSWORD "\" -pwexpire yesterday expired\n"
                        "addprinc -pw \"" KDC_PASSWORD "\" -allow_tix locked\n"
                        "addprinc -pw \"" KDC_PASSWORD "\" -maxlife \"62 seconds\" brief\n"
                        "addprinc -randkey HTTP/localhost\naddprinc -randkey HTTP/127.0.0.1\n"
                        "addprinc -randkey HTTP/peer.test\naddprinc -randkey WSMAN/wsman.test\n"
                        "addprinc -randkey host/host.test\naddprinc -randkey HTTP/port.test:5985\n"
                        "addprinc -pw \"" KDC_PASSWORD "\" -allow_forwardable anchored\n"
                        "addprinc -randkey CUSTOM/odd.test\naddprinc -randkey HTTP/trusted.test\n"
                        "modprinc +ok_as_delegate HTTP/trusted.test\n"
                        "addprinc -randkey HTTP/nokey.test\naddprinc -randkey HTTP/127.0.0.3\n"
                        "ktadd -k %s HTTP/localhost HTTP/127.0.0.1 HTTP/peer.test WSMAN/wsman.test "
                        "host/host.test HTTP/port.test:5985 CUSTOM/odd.test HTTP/trusted.test\n",
                        path_of("keytab"));

    for (unsigned i = 0; i < 10; i++) {
        used += snprintf(queries + used, sizeof(queries) - (size_t)used,
                         "addprinc -pw \"" KDC_PASSWORD "\" user%u\n", i);
    }
    MIC_REQUIRE(admin_all(queries));
}

static void create(void)
{
    const char *const arguments[] = {
        find_tool("kdb5_util"), "create", "-s", "-r", KDC_REALM, "-P", "master", NULL};

    snprintf(kdc.folder, sizeof(kdc.folder), "/tmp/mic-kdc-XXXXXX");
    MIC_REQUIRE(mkdtemp(kdc.folder) != NULL);
    set_environment();
    write_config();
    write_kdc_config();
    MIC_REQUIRE(run(NULL, arguments));
    add_principals();
}

void kdc_start(void)
{
    static bool is_registered;

    if (find_tool("krb5kdc") == NULL || find_tool("kadmin.local") == NULL ||
        find_tool("kdb5_util") == NULL || find_tool("kinit") == NULL) {
        MIC_SKIP("no KDC here: install krb5-kdc, krb5-admin-server and krb5-user");
    }
    if (kdc.is_ready) {
        return;
    }
    if (!is_registered) {
        is_registered = true;
        atexit(kdc_stop);
    }
    create();
    start_daemon();
    kdc.is_ready = true;
}

static void remove_folder(void)
{
    const char *const arguments[] = {"/bin/rm", "-rf", kdc.folder, NULL};

    if (kdc.folder[0] != '\0') {
        run(NULL, arguments);
        kdc.folder[0] = '\0';
    }
}

void kdc_stop(void)
{
    kdc.clock = 0;
    stop_daemon();
    remove_folder();
    kdc.is_ready = false;
    kdc.option[0] = '\0';
}

void kdc_set_clock(long seconds)
{
    if (seconds != 0 && kdc_faketime() == NULL) {
        MIC_SKIP("no faketime here");
    }
    if (kdc.clock != seconds) {
        stop_daemon();
        kdc.clock = seconds;
        start_daemon();
    }
}

void kdc_silence(bool is_silent)
{
    kill(kdc.pid, is_silent ? SIGSTOP : SIGCONT);
}

bool kdc_kinit(const char *user, const char *options)
{
    const char *arguments[ARGUMENTS_MAX] = {find_tool("kinit")};
    char copy[256], *rest = NULL;
    size_t count = 1;

    snprintf(copy, sizeof(copy), "%s", options);
    for (char *word = strtok_r(copy, " ", &rest); word != NULL && count + 2 < ARGUMENTS_MAX;
         word = strtok_r(NULL, " ", &rest)) {
        arguments[count++] = word;
    }
    arguments[count] = user;
    return run(KDC_PASSWORD "\n", arguments);
}

void kdc_forget_tickets(void)
{
    unlink(path_of("cache"));
}

unsigned kdc_count(const char *exchange, const char *outcome)
{
    FILE *log = fopen(path_of("kdc.log"), "re");
    char line[2048];
    unsigned count = 0;

    MIC_REQUIRE(log != NULL);
    while (fgets(line, sizeof(line), log) != NULL) {
        count += strstr(line, exchange) != NULL && strstr(line, outcome) != NULL;
    }
    fclose(log);
    return count;
}

const char *kdc_folder(void)
{
    return kdc.folder;
}

void kdc_set_option(const char *line)
{
    snprintf(kdc.option, sizeof(kdc.option), "%s", line);
    write_config();
}
