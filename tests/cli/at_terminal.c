/* at-terminal STEP... -- COMMAND [ARGUMENT...]: run a command on a terminal of its own.
 *   expect:TEXT   wait until the terminal has shown TEXT (searched behind the last one found)
 *   send:TEXT     type TEXT; ^C is Ctrl-C, ^Z Ctrl-Z, ^M Return
 *   signal:NUMBER send a signal to the command
 *   echo:on|off   the terminal must echo now, or must not
 *   columns:N     (first step only) the width of the terminal, else 60
 * A command that is stopped is continued at once, as by a shell; the terminal then shows [stopped].
 * What the terminal showed goes to stdout. Exit status: the command's, 128 + its signal, 99 when a
 * step failed. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { EXIT_STEP = 99, PATIENCE_MS = 30000, COLUMNS = 60 };

struct terminal {
    int master;
    pid_t shell, command;
    char shown[1 << 16];
    size_t size, found; /* found: end of the last text expected */
};

/* @return false at the end of the terminal, or when nothing came for a long time */
static bool take(struct terminal *terminal)
{
    struct pollfd ready = {.fd = terminal->master, .events = POLLIN};
    char bytes[4096];
    ssize_t got;

    if (poll(&ready, 1, PATIENCE_MS) <= 0) {
        return false;
    }
    got = read(terminal->master, bytes, sizeof(bytes));
    if (got <= 0) {
        return false;
    }
    (void)fwrite(bytes, 1, (size_t)got, stdout);
    for (ssize_t i = 0; i < got && terminal->size + 1 < sizeof(terminal->shown); i++) {
        terminal->shown[terminal->size++] = bytes[i];
    }
    terminal->shown[terminal->size] = '\0';
    return true;
}

static bool expect(struct terminal *terminal, const char *text)
{
    const char *at = NULL;

    while ((at = strstr(terminal->shown + terminal->found, text)) == NULL) {
        if (!take(terminal)) {
            return false;
        }
    }
    terminal->found = (size_t)(at - terminal->shown) + strlen(text);
    return true;
}

static bool type(const struct terminal *terminal, const char *text)
{
    for (; *text != '\0'; text++) {
        char c = *text;
        if (c == '^' && text[1] != '\0') {
            c = (char)(*++text & 0x1F);
        }
        if (write(terminal->master, &c, 1) != 1) {
            return false;
        }
    }
    return true;
}

static bool has_echo(const struct terminal *terminal, bool wanted)
{
    struct termios now;
    return tcgetattr(terminal->master, &now) == 0 && ((now.c_lflag & ECHO) != 0) == wanted;
}

static bool is_step(const char *step, const char *kind, const char **rest)
{
    size_t size = strlen(kind);
    *rest = step + size;
    return strncmp(step, kind, size) == 0;
}

static bool do_step(struct terminal *terminal, const char *step)
{
    const char *rest;

    if (is_step(step, "expect:", &rest)) {
        return expect(terminal, rest);
    }
    if (is_step(step, "send:", &rest)) {
        return type(terminal, rest);
    }
    if (is_step(step, "signal:", &rest)) {
        return kill(terminal->command, (int)strtoul(rest, NULL, 10)) == 0;
    }
    if (is_step(step, "echo:", &rest)) {
        return has_echo(terminal, strcmp(rest, "on") == 0);
    }
    return false;
}

static void run_command(int slave, char **command)
{
    (void)setpgid(0, 0);
    (void)tcsetpgrp(slave, getpid());
    (void)signal(SIGINT, SIG_DFL);
    (void)signal(SIGQUIT, SIG_DFL);
    (void)signal(SIGTSTP, SIG_DFL);
    (void)signal(SIGTTOU, SIG_DFL);
    for (int fd = 0; fd < 3; fd++) {
        (void)dup2(slave, fd);
    }
    (void)execvp(command[0], command);
    _exit(127);
}

/* The terminal's session: the command in a process group of its own, so that it can be stopped. */
static int run_shell(const char *name, unsigned short columns, int pid_pipe, char **command)
{
    static const char stopped[] = "[stopped]\r\n";
    struct winsize size = {.ws_row = 24, .ws_col = columns};
    int status = 0, slave;
    pid_t child;

    (void)setsid();
    (void)signal(SIGTTOU, SIG_IGN);
    slave = open(name, O_RDWR | O_CLOEXEC);
    if (slave < 0 || ioctl(slave, TIOCSCTTY, 0) < 0 || ioctl(slave, TIOCSWINSZ, &size) < 0) {
        return 98;
    }
    child = fork();
    if (child == 0) {
        run_command(slave, command);
    }
    (void)setpgid(child, child);
    if (write(pid_pipe, &child, sizeof(child)) != sizeof(child)) {
        return 98;
    }
    while (waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status)) {
        if (write(slave, stopped, sizeof(stopped) - 1) < 0) {
            return 98;
        }
        (void)tcsetpgrp(slave, child);
        (void)kill(child, SIGCONT);
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static bool start(struct terminal *terminal, unsigned short columns, char **command)
{
    int fds[2];
    const char *name;

    terminal->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal->master < 0 || grantpt(terminal->master) != 0 || unlockpt(terminal->master) != 0 ||
        pipe(fds) != 0) {
        return false;
    }
    name = ptsname(terminal->master);
    (void)fcntl(fds[1], F_SETFD, FD_CLOEXEC);
    terminal->shell = fork();
    if (terminal->shell == 0) {
        _exit(run_shell(name, columns, fds[1], command));
    }
    close(fds[1]);
    if (read(fds[0], &terminal->command, sizeof(terminal->command)) !=
        (ssize_t)sizeof(terminal->command)) {
        return false;
    }
    close(fds[0]);
    return true;
}

int main(int argc, char **argv)
{
    static struct terminal terminal;
    int command = 1, first = 1, status = 0;
    unsigned short columns = COLUMNS;
    const char *rest;
    bool ok = true;

    if (argc > 1 && is_step(argv[1], "columns:", &rest)) {
        columns = (unsigned short)strtoul(rest, NULL, 10);
        first = 2;
    }
    while (command < argc && strcmp(argv[command], "--") != 0) {
        command++;
    }
    if (command + 1 >= argc || !start(&terminal, columns, argv + command + 1)) {
        fputs("at-terminal: no terminal or no command\n", stderr);
        return EXIT_STEP;
    }
    for (int i = first; ok && i < command; i++) {
        ok = do_step(&terminal, argv[i]);
        if (!ok) {
            fprintf(stderr, "at-terminal: step failed: %s\n", argv[i]);
            (void)kill(-terminal.command, SIGKILL);
        }
    }
    while (take(&terminal)) {
    }
    while (waitpid(terminal.shell, &status, 0) < 0 && errno == EINTR) {
    }
    if (!ok) {
        return EXIT_STEP;
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
