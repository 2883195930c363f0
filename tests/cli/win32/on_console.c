/* on_console.exe [type:TEXT]... -- COMMAND LINE: run a program on a console of its own, whose code
 * page is not UTF-8, type the TEXTs (each with Return) as keys, and write to standard output, as
 * UTF-8, what the screen then shows. Exit status: the program's, 99 when there is no console.
 * Started again on a console without a window, since a test has none; "inside" is that turn. */
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include <windows.h>

#include <shellapi.h>

enum { EXIT_NO_CONSOLE = 99, LINE_MAX_CHARS = 1024, SCREEN_COLUMNS = 100, SCREEN_ROWS = 60 };

static DWORD run(wchar_t *line, DWORD flags, HANDLE in, HANDLE out, HANDLE error)
{
    STARTUPINFOW start;
    PROCESS_INFORMATION process;
    DWORD status = EXIT_NO_CONSOLE;

    memset(&start, 0, sizeof(start));
    start.cb = sizeof(start);
    start.dwFlags = STARTF_USESTDHANDLES;
    start.hStdInput = in;
    start.hStdOutput = out;
    start.hStdError = error;
    if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, flags, NULL, NULL, &start, &process)) {
        (void)fprintf(stderr, "cannot start: %lu\n", GetLastError());
        return EXIT_NO_CONSOLE;
    }
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &status);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return status;
}

static HANDLE open_inherited(const wchar_t *name)
{
    SECURITY_ATTRIBUTES inherit = {sizeof(inherit), NULL, TRUE};
    return CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                       &inherit, OPEN_EXISTING, 0, NULL);
}

static void type_key(HANDLE input, wchar_t unit)
{
    INPUT_RECORD record;
    DWORD written;

    memset(&record, 0, sizeof(record));
    record.EventType = KEY_EVENT;
    record.Event.KeyEvent.bKeyDown = TRUE;
    record.Event.KeyEvent.wRepeatCount = 1;
    record.Event.KeyEvent.uChar.UnicodeChar = unit;
    record.Event.KeyEvent.wVirtualKeyCode = unit == L'\r' ? VK_RETURN : 0;
    WriteConsoleInputW(input, &record, 1, &written);
}

/* The rows of the screen, without the blanks at their ends, to the file the test reads. */
static void copy_screen(HANDLE screen, HANDLE to)
{
    CONSOLE_SCREEN_BUFFER_INFO info;
    wchar_t row[LINE_MAX_CHARS];
    char utf8[4 * LINE_MAX_CHARS + 1];
    DWORD read, written;

    GetConsoleScreenBufferInfo(screen, &info);
    for (SHORT y = 0; y <= info.dwCursorPosition.Y; y++) {
        COORD at = {0, y};
        int size;

        if (!ReadConsoleOutputCharacterW(screen, row, (DWORD)info.dwSize.X, at, &read)) {
            break;
        }
        while (read > 0 && (row[read - 1] == L' ' || row[read - 1] == L'\0')) {
            read--;
        }
        size = WideCharToMultiByte(CP_UTF8, 0, row, (int)read, utf8, sizeof(utf8) - 1, NULL, NULL);
        utf8[size] = '\n';
        WriteFile(to, utf8, (DWORD)size + 1, &written, NULL);
    }
}

static int inside(int count, wchar_t **arguments, HANDLE to)
{
    HANDLE input = open_inherited(L"CONIN$"), screen = open_inherited(L"CONOUT$");
    COORD size = {SCREEN_COLUMNS, SCREEN_ROWS};
    int at = 2;
    DWORD status;
    wchar_t *line;

    if (input == INVALID_HANDLE_VALUE || screen == INVALID_HANDLE_VALUE) {
        return EXIT_NO_CONSOLE;
    }
    SetConsoleScreenBufferSize(screen, size);
    SetConsoleCP(437);
    SetConsoleOutputCP(437);
    for (; at < count && wcsncmp(arguments[at], L"type:", 5) == 0; at++) {
        for (const wchar_t *unit = arguments[at] + 5; *unit != L'\0'; unit++) {
            type_key(input, *unit);
        }
        type_key(input, L'\r');
    }
    line = wcsstr(GetCommandLineW(), L" -- ");
    if (at >= count || line == NULL) {
        return EXIT_NO_CONSOLE;
    }
    status = run(line + 4, 0, input, screen, screen);
    copy_screen(screen, to);
    return (int)status;
}

int main(void)
{
    int count = 0;
    wchar_t **arguments = CommandLineToArgvW(GetCommandLineW(), &count);
    HANDLE out = GetStdHandle(STD_OUTPUT_HANDLE);
    const wchar_t *rest = wcschr(GetCommandLineW() + wcslen(arguments[0]), L' ');
    wchar_t line[2 * LINE_MAX_CHARS], self[MAX_PATH];

    if (count > 1 && wcscmp(arguments[1], L"inside") == 0) {
        return inside(count, arguments, out);
    }
    GetModuleFileNameW(NULL, self, MAX_PATH);
    if (rest == NULL || wcslen(rest) + wcslen(self) + 16 > 2 * LINE_MAX_CHARS) {
        return EXIT_NO_CONSOLE;
    }
    wcscpy(line, L"\"");
    wcscat(line, self);
    wcscat(line, L"\" inside");
    wcscat(line, rest);
    SetHandleInformation(out, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return (int)run(line, CREATE_NO_WINDOW, NULL, out, GetStdHandle(STD_ERROR_HANDLE));
}
