#include "cli/console.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>

#include <shellapi.h>

#include "cli/text.h"
#include "common/utf.h"

enum { EXIT_INTERRUPTED = 130, PROMPT_MAX = 1024, SCREEN_PIECE = 1024 };

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

void console_start(int *argc, char ***argv)
{
    int count = 0;
    LPWSTR *wide = CommandLineToArgvW(GetCommandLineW(), &count);
    char **utf8;

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

bool console_is_terminal(FILE *stream)
{
    DWORD mode = 0;
    return GetConsoleMode((HANDLE)_get_osfhandle(_fileno(stream)), &mode) != 0;
}

/* LF alone leaves the column where it is when a program before switched that on. */
static bool write_to_console(HANDLE screen, const char *bytes, size_t size)
{
    wchar_t wide[SCREEN_PIECE + 2];
    DWORD written = 0, count = 0;
    size_t at = 0;

    while (at < size) {
        uint32_t point = 0;
        size_t length = mic_utf8_decode(bytes + at, size - at, &point);

        if (length == 0) {
            length = 1;
            point = 0xFFFD;
        }
        if (point == '\n' && (at == 0 || bytes[at - 1] != '\r')) {
            wide[count++] = L'\r';
        }
        if (point > 0xFFFF) {
            wide[count++] = (wchar_t)(0xD800 + ((point - 0x10000) >> 10));
            point = 0xDC00 + ((point - 0x10000) & 0x3FF);
        }
        wide[count++] = (wchar_t)point;
        at += length;
        if ((count >= SCREEN_PIECE || at == size) &&
            !WriteConsoleW(screen, wide, count, &written, NULL)) {
            errno = EIO;
            return false;
        }
        count = count >= SCREEN_PIECE ? 0 : count;
    }
    return true;
}

bool console_write(FILE *stream, const char *bytes, size_t size)
{
    DWORD mode = 0;
    HANDLE out = (HANDLE)_get_osfhandle(_fileno(stream));

    if (GetConsoleMode(out, &mode)) {
        return write_to_console(out, bytes, size);
    }
    return fwrite(bytes, 1, size, stream) == size;
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
    /* Not _wgetenv: a program whose entry is main has its wide environment made of the narrow one,
     * where what the code page lacks is lost. */
    const wchar_t *wide = text_to_mi(name);
    DWORD size = GetEnvironmentVariableW(wide, NULL, 0);
    wchar_t *value = NULL;
    char *utf8 = NULL;

    if (size > 0) {
        value = text_memory(size * sizeof(*value));
        if (GetEnvironmentVariableW(wide, value, size) < size) {
            utf8 = utf8_of(value);
        }
        SecureZeroMemory(value, size * sizeof(*value));
        free(value);
    }
    text_release_mi(wide, name);
    return utf8;
}

void console_set_environment(const char *name, const char *value)
{
    const wchar_t *wide_name = text_to_mi(name), *wide_value = text_to_mi(value);

    (void)SetEnvironmentVariableW(wide_name, wide_value);
    text_release_mi(wide_name, name);
    text_release_mi(wide_value, value);
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

bool console_has_own_library(void)
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
