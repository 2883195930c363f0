#include "cli/console.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

#include "cli/text.h"

/* A stream the caller has closed would be the first socket or pipe that is opened, and get our
 * output. Opened the other way round, using it is still an error. */
static void keep_standard_streams(void)
{
    static const int ways[] = {
        [STDIN_FILENO] = O_WRONLY, [STDOUT_FILENO] = O_RDONLY, [STDERR_FILENO] = O_WRONLY};

    for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++) {
        if (fcntl(i, F_GETFD) < 0 && errno == EBADF && open("/dev/null", ways[i]) != i) {
            _exit(11);
        }
    }
}

void console_start(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    keep_standard_streams();
    (void)signal(SIGPIPE, SIG_IGN);
}

bool console_is_terminal(FILE *stream)
{
    return isatty(fileno(stream)) != 0;
}

bool console_write(FILE *stream, const char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, stream) == size;
}

void console_keep_line_ends(void)
{
}

size_t console_columns(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO)) {
        return 0;
    }
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/* Signals that end or stop a program at its prompt. */
static const int prompt_signals[] = {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGTSTP};
enum { PROMPT_SIGNALS = sizeof(prompt_signals) / sizeof(prompt_signals[0]) };

/* The last signal a prompt got. A handler has no other place to leave it. */
static volatile sig_atomic_t prompt_signal;

static void on_prompt_signal(int number)
{
    prompt_signal = number;
}

/* Readable once a watch has seen the wish to stop: wakes a question. Made by the first watch, kept
 * to the end. */
static int stop_pipe[2] = {-1, -1};

static void make_stop_pipe(void)
{
    if (stop_pipe[0] >= 0 || pipe(stop_pipe) != 0) {
        return;
    }
    for (int i = 0; i < 2; i++) {
        (void)fcntl(stop_pipe[i], F_SETFD, FD_CLOEXEC);
    }
}

static bool is_selectable(int descriptor)
{
    return descriptor >= 0 && descriptor < FD_SETSIZE;
}

/* The signals are delivered only in here, so that none is lost before the wait.
 * @return false when one came, or the terminal is gone */
static bool wait_for_input(int terminal, const sigset_t *deliver)
{
    bool has_pipe = is_selectable(stop_pipe[0]);
    int last = has_pipe && stop_pipe[0] > terminal ? stop_pipe[0] : terminal;

    for (;;) {
        fd_set set;
        FD_ZERO(&set);
        FD_SET(terminal, &set);
        if (has_pipe) {
            FD_SET(stop_pipe[0], &set);
        }
        if (pselect(last + 1, &set, NULL, NULL, NULL, deliver) > 0) {
            return FD_ISSET(terminal, &set);
        }
        if (errno != EINTR || prompt_signal != 0) {
            return false;
        }
    }
}

/* One line, terminator cut; more than fits is read to its end, for the terminal's next reader. */
static enum answer read_line(int terminal, const sigset_t *deliver, char *out, size_t size)
{
    size_t used = 0;
    char c = '\0';

    for (;;) {
        ssize_t got = wait_for_input(terminal, deliver) ? read(terminal, &c, 1) : -1;
        if (got < 0 || (got == 0 && used == 0)) {
            return ANSWER_NONE;
        }
        if (got == 0 || c == '\n' || c == '\r') {
            break;
        }
        if (used < size) {
            out[used] = c;
        }
        used++;
    }
    out[used < size ? used : 0] = '\0';
    return used < size ? ANSWER_GIVEN : ANSWER_TOO_LONG;
}

static void put_terminal(int terminal, const char *text)
{
    if (write(terminal, text, strlen(text)) < 0) {
        return; /* it was a courtesy */
    }
}

/* One prompt. The terminal and the handlers are as before when it returns. */
static enum answer ask(int terminal, const char *prompt, char *out, size_t size)
{
    struct sigaction action, saved[PROMPT_SIGNALS];
    sigset_t block, mask_before;
    struct termios before, silent;
    enum answer answer;

    if (terminal >= FD_SETSIZE || tcgetattr(terminal, &before) != 0) {
        return ANSWER_NO_TERMINAL;
    }
    memset(&action, 0, sizeof(action));
    action.sa_handler = on_prompt_signal; /* without SA_RESTART: read returns */
    sigemptyset(&action.sa_mask);
    sigemptyset(&block);
    prompt_signal = 0;
    for (int i = 0; i < PROMPT_SIGNALS; i++) {
        sigaddset(&block, prompt_signals[i]);
        sigaction(prompt_signals[i], &action, &saved[i]);
        if (saved[i].sa_handler == SIG_IGN) {
            sigaction(prompt_signals[i], &saved[i], NULL);
        }
    }
    pthread_sigmask(SIG_BLOCK, &block, &mask_before);
    silent = before;
    silent.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    (void)tcsetattr(terminal, TCSAFLUSH, &silent);
    put_terminal(terminal, prompt);
    answer = read_line(terminal, &mask_before, out, size);
    (void)tcsetattr(terminal, TCSAFLUSH, &before);
    put_terminal(terminal, "\n");
    for (int i = 0; i < PROMPT_SIGNALS; i++) {
        sigaction(prompt_signals[i], &saved[i], NULL);
    }
    pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
    return answer;
}

enum answer console_read_password(const char *prompt, char *out, size_t size)
{
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    enum answer answer;

    if (terminal < 0) {
        return ANSWER_NO_TERMINAL;
    }
    for (;;) {
        answer = ask(terminal, prompt, out, size);
        if (prompt_signal == 0) {
            break;
        }
        text_wipe(out, size);
        (void)raise(prompt_signal); /* ends the program, or stops it until it is continued */
    }
    close(terminal);
    return answer;
}

enum answer console_read_line(const char *prompt, char *out, size_t size)
{
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    enum answer answer = ANSWER_NO_TERMINAL;
    sigset_t as_is;

    if (is_selectable(terminal)) {
        prompt_signal = 0;
        (void)pthread_sigmask(SIG_SETMASK, NULL, &as_is);
        put_terminal(terminal, prompt);
        answer = read_line(terminal, &as_is, out, size);
    }
    if (terminal >= 0) {
        close(terminal);
    }
    return answer;
}

char *console_environment(const char *name)
{
    const char *value = getenv(name);
    char *copy;

    if (value == NULL) {
        return NULL;
    }
    copy = text_memory(strlen(value) + 1);
    memcpy(copy, value, strlen(value) + 1);
    return copy;
}

void console_set_environment(const char *name, const char *value)
{
    (void)setenv(name, value, 1);
}

FILE *console_open_to_read(const char *path)
{
    return fopen(path, "re");
}

const MI_Char *console_usual_scheme(bool has_user)
{
    return has_user ? MI_AUTH_TYPE_BASIC : MI_AUTH_TYPE_NONE;
}

bool console_has_own_library(void)
{
    return true;
}

struct console_watch {
    void (*stop)(void *context);
    void *context;
    pthread_t thread;
    pthread_mutex_t lock;
    sigset_t signals, mask_before;
    bool ended;
    int signal;
};

/* Takes the signals that all other threads have blocked. */
static void *watch(void *argument)
{
    struct console_watch *self = argument;
    bool ended = false;

    while (!ended) {
        int number = 0;
        bool first;
        if (sigwait(&self->signals, &number) != 0) {
            break;
        }
        pthread_mutex_lock(&self->lock);
        ended = self->ended;
        first = self->signal == 0;
        if (!ended && first) {
            self->signal = number;
        }
        pthread_mutex_unlock(&self->lock);
        if (!ended && !first) {
            _exit(128 + number);
        }
        if (!ended) {
            self->stop(self->context);
            put_terminal(stop_pipe[1], "!");
        }
    }
    return NULL;
}

struct console_watch *console_watch_start(void (*stop)(void *context), void *context)
{
    static const int wanted[] = {SIGINT, SIGTERM, SIGHUP};
    struct console_watch *self = text_memory(sizeof(*self));

    make_stop_pipe();
    memset(self, 0, sizeof(*self));
    self->stop = stop;
    self->context = context;
    sigemptyset(&self->signals);
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
        struct sigaction now;
        if (sigaction(wanted[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN) {
            sigaddset(&self->signals, wanted[i]);
        }
    }
    /* Wakes the watcher at the end; nothing else sends it. */
    sigaddset(&self->signals, SIGUSR2);
    pthread_mutex_init(&self->lock, NULL);
    pthread_sigmask(SIG_BLOCK, &self->signals, &self->mask_before);
    if (pthread_create(&self->thread, NULL, watch, self) != 0) {
        pthread_sigmask(SIG_SETMASK, &self->mask_before, NULL);
        pthread_mutex_destroy(&self->lock);
        free(self);
        return NULL;
    }
    return self;
}

int console_watch_end(struct console_watch *watch_)
{
    int number;

    if (watch_ == NULL) {
        return 0;
    }
    pthread_mutex_lock(&watch_->lock);
    watch_->ended = true;
    pthread_mutex_unlock(&watch_->lock);
    pthread_kill(watch_->thread, SIGUSR2);
    pthread_join(watch_->thread, NULL);
    number = watch_->signal;
    pthread_sigmask(SIG_SETMASK, &watch_->mask_before, NULL);
    pthread_mutex_destroy(&watch_->lock);
    free(watch_);
    return number != 0 ? 128 + number : 0;
}
