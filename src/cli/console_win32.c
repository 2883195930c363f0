#include "cli/console.h"

#include <fcntl.h>
#include <io.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>

#include <shellapi.h>

#include "cli/text.h"
#include "common/utf.h"

enum { EXIT_INTERRUPTED = 130, PROMPT_MAX = 1024 };

static char *utf8_of(const wchar_t *wide)
{
    const uint16_t *units = (const uint16_t *)(const void *)wide;
    size_t count = wcslen(wide);
    size_t size = mic_utf16_to_utf8(units, count, NULL, 0);
    char *text = text_memory(size + 1);

    (void)mic_utf16_to_utf8(units, count, text, size);
    text[size] = '\0';
    return text;
}

/* The console's own state, to be put back: its code page outlives the program. */
static UINT code_page_before;

void console_start(int *argc, char ***argv)
{
    int count = 0;
    LPWSTR *wide = CommandLineToArgvW(GetCommandLineW(), &count);
    char **utf8;

    code_page_before = GetConsoleOutputCP();
    SetConsoleOutputCP(CP_UTF8);
    if (wide == NULL) {
        return;
    }
    utf8 = text_memory(((size_t)count + 1) * sizeof(*utf8));
    for (int i = 0; i < count; i++) {
        utf8[i] = utf8_of(wide[i]);
    }
    utf8[count] = NULL;
    LocalFree(wide);
    *argc = count;
    *argv = utf8;
}

void console_end(void)
{
    if (code_page_before != 0) {
        SetConsoleOutputCP(code_page_before);
    }
}

bool console_is_terminal(FILE *stream)
{
    DWORD mode = 0;
    return GetConsoleMode((HANDLE)_get_osfhandle(_fileno(stream)), &mode) != 0;
}

void console_keep_line_ends(void)
{
    (void)_setmode(_fileno(stdout), _O_BINARY);
}

size_t console_columns(void)
{
    CONSOLE_SCREEN_BUFFER_INFO info;
    if (!GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &info)) {
        return 0;
    }
    return (size_t)(info.srWindow.Right - info.srWindow.Left + 1);
}

/* The terminal, though input and output may be redirected. */
static HANDLE open_console(const wchar_t *name)
{
    return CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                       OPEN_EXISTING, 0, NULL);
}

/* The mode while a prompt waits, for the handler of Ctrl-C: the system's ends the program. */
static struct {
    HANDLE input;
    DWORD mode;
} prompt;

static BOOL WINAPI on_prompt_control(DWORD event)
{
    (void)event;
    SetConsoleMode(prompt.input, prompt.mode);
    return FALSE;
}

static enum answer take_line(HANDLE input, char *out, size_t size)
{
    wchar_t wide[PROMPT_MAX];
    DWORD read = 0;
    enum answer answer = ANSWER_NONE;
    size_t bytes;

    if (!ReadConsoleW(input, wide, PROMPT_MAX, &read, NULL) || read == 0) {
        goto done;
    }
    if (wide[read - 1] != L'\n') {
        answer = ANSWER_TOO_LONG;
        goto done;
    }
    while (read > 0 && (wide[read - 1] == L'\r' || wide[read - 1] == L'\n')) {
        read--;
    }
    bytes = mic_utf16_to_utf8((const uint16_t *)(const void *)wide, read, out, size - 1);
    answer = bytes == (size_t)-1 ? ANSWER_TOO_LONG : ANSWER_GIVEN;
    out[bytes == (size_t)-1 ? 0 : bytes] = '\0';
done:
    SecureZeroMemory(wide, sizeof(wide));
    return answer;
}

/* Ctrl-C ends the line; what it ends besides is the business of the handlers there are. */
static enum answer ask(const char *text, bool is_secret, char *out, size_t size)
{
    HANDLE input = open_console(L"CONIN$"), screen = open_console(L"CONOUT$");
    const wchar_t *wide = text_to_mi(text);
    enum answer answer = ANSWER_NO_TERMINAL;
    DWORD written = 0;

    if (input == INVALID_HANDLE_VALUE || screen == INVALID_HANDLE_VALUE ||
        !GetConsoleMode(input, &prompt.mode)) {
        goto done;
    }
    prompt.input = input;
    WriteConsoleW(screen, wide, (DWORD)wcslen(wide), &written, NULL);
    if (!is_secret) {
        answer = take_line(input, out, size);
        goto done;
    }
    SetConsoleCtrlHandler(on_prompt_control, TRUE);
    SetConsoleMode(input, (prompt.mode | ENABLE_LINE_INPUT | ENABLE_PROCESSED_INPUT) &
                              ~(DWORD)ENABLE_ECHO_INPUT);
    answer = take_line(input, out, size);
    SetConsoleMode(input, prompt.mode);
    SetConsoleCtrlHandler(on_prompt_control, FALSE);
    WriteConsoleW(screen, L"\r\n", 2, &written, NULL);
done:
    text_release_mi(wide, text);
    if (input != INVALID_HANDLE_VALUE) {
        CloseHandle(input);
    }
    if (screen != INVALID_HANDLE_VALUE) {
        CloseHandle(screen);
    }
    return answer;
}

enum answer console_read_password(const char *text, char *out, size_t size)
{
    return ask(text, true, out, size);
}

enum answer console_read_line(const char *text, char *out, size_t size)
{
    return ask(text, false, out, size);
}

char *console_environment(const char *name)
{
    const wchar_t *wide = text_to_mi(name);
    const wchar_t *value = _wgetenv(wide);

    text_release_mi(wide, name);
    return value != NULL ? utf8_of(value) : NULL;
}

void console_set_environment(const char *name, const char *value)
{
    (void)_putenv_s(name, value);
}

FILE *console_open_to_read(const char *path)
{
    const wchar_t *wide = text_to_mi(path);
    FILE *file = _wfopen(wide, L"rb");

    text_release_mi(wide, path);
    return file;
}

/* Without credentials mi.dll uses those of the user who is logged on. */
const MI_Char *console_usual_scheme(bool has_user)
{
    return has_user ? MI_AUTH_TYPE_DEFAULT : NULL;
}

bool console_has_pins(void)
{
    return false;
}

struct console_watch {
    void (*stop)(void *context);
    void *context;
    CRITICAL_SECTION lock;
    bool stopped;
};

/* A handler gets no context; at most one watch exists at a time. */
static struct console_watch *volatile watching;

static BOOL WINAPI on_control(DWORD event)
{
    struct console_watch *watch = watching;
    BOOL handled = FALSE;

    (void)event;
    if (watch == NULL) {
        return FALSE;
    }
    EnterCriticalSection(&watch->lock);
    if (watching == watch && !watch->stopped) {
        watch->stopped = true;
        watch->stop(watch->context);
        handled = TRUE;
    }
    LeaveCriticalSection(&watch->lock);
    return handled;
}

struct console_watch *console_watch_start(void (*stop)(void *context), void *context)
{
    struct console_watch *watch = text_memory(sizeof(*watch));

    watch->stop = stop;
    watch->context = context;
    watch->stopped = false;
    InitializeCriticalSection(&watch->lock);
    watching = watch;
    SetConsoleCtrlHandler(on_control, TRUE);
    return watch;
}

int console_watch_end(struct console_watch *watch)
{
    bool stopped;

    if (watch == NULL) {
        return 0;
    }
    SetConsoleCtrlHandler(on_control, FALSE);
    EnterCriticalSection(&watch->lock);
    watching = NULL;
    stopped = watch->stopped;
    LeaveCriticalSection(&watch->lock);
    /* Not freed: a handler that was called just before may still hold it. */
    return stopped ? EXIT_INTERRUPTED : 0;
}
