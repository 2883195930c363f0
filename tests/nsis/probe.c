/* What the installer tests need of Windows and no shell has. Operations, as many as there are
 * arguments:
 * - registry: the trees an installer may write to
 * - version FILE: its version resource
 * - get ROOT KEY NAME: a line "TYPE VALUE" or "none"; ROOT is HKLM (the machine's own view) or HKCU
 * - set ROOT KEY NAME sz|dword VALUE
 * - unset ROOT KEY NAME
 * - clear ROOT KEY: the whole key
 * And these, the last one, which run what stands behind "--" and end with its status:
 * - hold FILE: with the file open and shared for reading only
 * - dangling KEY: with a key in HKLM that is a link to nowhere, so nothing can be written below it
 * - mutex NAME: with a mutex of that name
 * - restricted: with a token whose Administrators group counts for denying only
 * - wizard KEYS: pressing buttons of its window: n next, c cancel, m the choice "only for me"; each
 *   is a line, the heading of the page and what the button says
 * 99: the probe itself failed and says why. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

static int fail(const wchar_t *what, unsigned long code)
{
    fprintf(stderr, "probe: %ls: error %lu\n", what, code);
    return 99;
}

static void print(const wchar_t *text)
{
    char utf8[4096];
    if (WideCharToMultiByte(CP_UTF8, 0, text, -1, utf8, sizeof utf8, NULL, NULL) > 0) {
        fputs(utf8, stdout);
    }
}

static HKEY root_of(const wchar_t *name)
{
    return wcscmp(name, L"HKCU") == 0 ? HKEY_CURRENT_USER : HKEY_LOCAL_MACHINE;
}

static void print_value(HKEY key, DWORD index, const wchar_t *path)
{
    wchar_t name[512];
    BYTE data[8192];
    DWORD name_length = 512;
    DWORD size = sizeof data - 2;
    DWORD type = 0;
    if (RegEnumValueW(key, index, name, &name_length, NULL, &type, data, &size) != ERROR_SUCCESS) {
        return;
    }
    print(path);
    print(L"|");
    print(name);
    printf("|%lu|", type);
    if (type == REG_SZ || type == REG_EXPAND_SZ) {
        data[size] = 0;
        data[size + 1] = 0;
        print((const wchar_t *)(const void *)data);
    } else {
        for (DWORD i = 0; i < size; i++) {
            printf("%02x", data[i]);
        }
    }
    printf("\n");
}

/* Large, or Wine's own business. */
static int is_left_out(const wchar_t *key)
{
    static const wchar_t *const names[] = {L"Classes", L"Time Zones", L"Telephony",
                                           L"Temporary System Parameters"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (wcscmp(key, names[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

static void print_tree(HKEY parent, const wchar_t *name, const wchar_t *path, int depth)
{
    HKEY key;
    if (depth > 40 ||
        RegOpenKeyExW(parent, name, 0, KEY_READ | KEY_WOW64_64KEY, &key) != ERROR_SUCCESS) {
        return;
    }
    print(path);
    print(L"\n");
    DWORD values = 0;
    DWORD keys = 0;
    RegQueryInfoKeyW(key, NULL, NULL, NULL, &keys, NULL, NULL, &values, NULL, NULL, NULL, NULL);
    for (DWORD i = 0; i < values; i++) {
        print_value(key, i, path);
    }
    for (DWORD i = 0; i < keys; i++) {
        wchar_t child[256];
        wchar_t child_path[1024];
        DWORD length = 256;
        if (RegEnumKeyExW(key, i, child, &length, NULL, NULL, NULL, NULL) == ERROR_SUCCESS &&
            !is_left_out(child)) {
            _snwprintf(child_path, 1024, L"%ls\\%ls", path, child);
            child_path[1023] = 0;
            print_tree(key, child, child_path, depth + 1);
        }
    }
    RegCloseKey(key);
}

static int registry(wchar_t **arguments)
{
    (void)arguments;
    print_tree(HKEY_LOCAL_MACHINE, L"Software", L"HKLM\\Software", 0);
    print_tree(HKEY_LOCAL_MACHINE,
               L"System\\CurrentControlSet\\Control\\Session Manager\\Environment",
               L"HKLM\\Environment", 0);
    print_tree(HKEY_CURRENT_USER, L"Software", L"HKCU\\Software", 0);
    print_tree(HKEY_CURRENT_USER, L"Environment", L"HKCU\\Environment", 0);
    return 0;
}

static int version(wchar_t **arguments)
{
    const wchar_t *file = arguments[0];
    static const wchar_t *const names[] = {L"ProductName",     L"ProductVersion", L"FileVersion",
                                           L"FileDescription", L"LegalCopyright", L"CompanyName"};
    DWORD ignored;
    DWORD size = GetFileVersionInfoSizeW(file, &ignored);
    void *data = size > 0 ? malloc(size) : NULL;
    if (data == NULL || !GetFileVersionInfoW(file, 0, size, data)) {
        free(data);
        return fail(file, GetLastError());
    }
    void *value;
    UINT length;
    if (VerQueryValueW(data, L"\\", &value, &length)) {
        const VS_FIXEDFILEINFO *fixed = (const VS_FIXEDFILEINFO *)value;
        printf("fixed %lu.%lu.%lu.%lu\n", fixed->dwFileVersionMS >> 16,
               fixed->dwFileVersionMS & 0xffff, fixed->dwFileVersionLS >> 16,
               fixed->dwFileVersionLS & 0xffff);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        wchar_t path[128];
        _snwprintf(path, 128, L"\\StringFileInfo\\040904b0\\%ls", names[i]);
        if (VerQueryValueW(data, path, &value, &length)) {
            print(names[i]);
            print(L" ");
            print((const wchar_t *)value);
            print(L"\n");
        }
    }
    free(data);
    return 0;
}

static int get(wchar_t **arguments)
{
    HKEY key;
    BYTE data[4096];
    DWORD size = sizeof data - 2;
    DWORD type = REG_NONE;
    if (RegOpenKeyExW(root_of(arguments[0]), arguments[1], 0, KEY_READ | KEY_WOW64_64KEY, &key) ==
        ERROR_SUCCESS) {
        if (RegQueryValueExW(key, arguments[2], NULL, &type, data, &size) != ERROR_SUCCESS) {
            type = REG_NONE;
        }
        RegCloseKey(key);
    }
    if (type == REG_NONE) {
        printf("none");
    } else if (type == REG_DWORD) {
        DWORD number;
        memcpy(&number, data, sizeof number);
        printf("dword %lu", number);
    } else {
        data[size] = 0;
        data[size + 1] = 0;
        printf("sz ");
        print((const wchar_t *)(const void *)data);
    }
    printf("\n");
    return 0;
}

static int set(wchar_t **arguments)
{
    HKEY key;
    get(arguments);
    LSTATUS status = RegCreateKeyExW(root_of(arguments[0]), arguments[1], 0, NULL, 0,
                                     KEY_WRITE | KEY_WOW64_64KEY, NULL, &key, NULL);
    if (status == ERROR_SUCCESS) {
        const wchar_t *text = arguments[4];
        if (wcscmp(arguments[3], L"dword") == 0) {
            DWORD number = wcstoul(text, NULL, 0);
            status = RegSetValueExW(key, arguments[2], 0, REG_DWORD, (const BYTE *)&number, 4);
        } else {
            status = RegSetValueExW(key, arguments[2], 0, REG_SZ, (const BYTE *)text,
                                    (DWORD)((wcslen(text) + 1) * sizeof *text));
        }
        RegCloseKey(key);
    }
    return status == ERROR_SUCCESS ? 0 : fail(arguments[1], (unsigned long)status);
}

static int unset(wchar_t **arguments)
{
    HKEY key;
    if (RegOpenKeyExW(root_of(arguments[0]), arguments[1], 0, KEY_WRITE | KEY_WOW64_64KEY, &key) ==
        ERROR_SUCCESS) {
        RegDeleteValueW(key, arguments[2]);
        RegCloseKey(key);
    }
    return 0;
}

static int clear(wchar_t **arguments)
{
    HKEY key;
    if (RegOpenKeyExW(root_of(arguments[0]), arguments[1], 0, KEY_ALL_ACCESS | KEY_WOW64_64KEY,
                      &key) == ERROR_SUCCESS) {
        RegDeleteTreeW(key, NULL);
        RegCloseKey(key);
        RegDeleteKeyExW(root_of(arguments[0]), arguments[1], KEY_WOW64_64KEY, 0);
    }
    return 0;
}

struct wizard {
    const wchar_t *keys;
    DWORD process;
    HWND window, control;
};

/* Buttons have NSIS's numbers; the other control stands in the page and has a text only. */
static BOOL CALLBACK is_control(HWND window, LPARAM context)
{
    struct wizard *wizard = (struct wizard *)context;
    wchar_t text[64] = L"";
    GetWindowTextW(window, text, 64);
    if (wcscmp(text, L"Only for &me") == 0) {
        wizard->control = window;
    }
    return wizard->control == NULL;
}

static BOOL CALLBACK is_window(HWND window, LPARAM context)
{
    struct wizard *wizard = (struct wizard *)context;
    DWORD process = 0;
    GetWindowThreadProcessId(window, &process);
    if (process != wizard->process || !IsWindowVisible(window) || GetDlgItem(window, 1) == NULL) {
        return TRUE;
    }
    wizard->window = window;
    return FALSE;
}

/* Whether the key could be pressed: there is such a control, and it is for use now. */
static int press(struct wizard *wizard)
{
    wchar_t heading[128] = L"", text[64] = L"";
    wizard->window = NULL;
    wizard->control = NULL;
    EnumWindows(is_window, (LPARAM)wizard);
    if (wizard->window == NULL) {
        return 0;
    }
    if (*wizard->keys == L'm') {
        EnumChildWindows(wizard->window, is_control, (LPARAM)wizard);
    } else {
        wizard->control = GetDlgItem(wizard->window, *wizard->keys == L'c' ? IDCANCEL : IDOK);
    }
    if (wizard->control == NULL || !IsWindowEnabled(wizard->control)) {
        return 0;
    }
    GetDlgItemTextW(wizard->window, 1037, heading, 128);
    GetWindowTextW(wizard->control, text, 64);
    print(heading);
    print(L"|");
    print(text);
    printf("\n");
    SendMessageW(wizard->control, BM_CLICK, 0, 0);
    return 1;
}

static const wchar_t *wizard_keys;

/* A window that never takes the next key is closed for good. */
static void press_all(const PROCESS_INFORMATION *process)
{
    struct wizard wizard = {.keys = wizard_keys, .process = process->dwProcessId};
    int waits = 0;
    while (*wizard.keys != L'\0' && WaitForSingleObject(process->hProcess, 20) == WAIT_TIMEOUT) {
        if (press(&wizard)) {
            wizard.keys++;
            waits = 0;
        } else if (++waits > 2000) {
            (void)fail(wizard.keys, 0);
            TerminateProcess(process->hProcess, 99);
            return;
        }
    }
}

static int run(HANDLE token)
{
    wchar_t *line = wcsstr(GetCommandLineW(), L" -- ");
    if (line == NULL) {
        return fail(L"no -- COMMAND", 0);
    }
    STARTUPINFOW start = {.cb = sizeof start,
                          .dwFlags = STARTF_USESTDHANDLES,
                          .hStdInput = GetStdHandle(STD_INPUT_HANDLE),
                          .hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE),
                          .hStdError = GetStdHandle(STD_ERROR_HANDLE)};
    PROCESS_INFORMATION process;
    BOOL started = token != NULL ? CreateProcessAsUserW(token, NULL, line + 4, NULL, NULL, TRUE, 0,
                                                        NULL, NULL, &start, &process)
                                 : CreateProcessW(NULL, line + 4, NULL, NULL, TRUE, 0, NULL, NULL,
                                                  &start, &process);
    if (!started) {
        return fail(line + 4, GetLastError());
    }
    DWORD status = 99;
    if (wizard_keys != NULL) {
        press_all(&process);
    }
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &status);
    return (int)status;
}

static int hold(wchar_t **arguments)
{
    const wchar_t *file = arguments[0];
    HANDLE handle = CreateFileW(file, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    return handle == INVALID_HANDLE_VALUE ? fail(file, GetLastError()) : run(NULL);
}

static int dangling(wchar_t **arguments)
{
    static const wchar_t target[] = L"\\nowhere";
    LONG(NTAPI * delete_key)(HANDLE) = NULL;
    FARPROC address = GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtDeleteKey");
    memcpy(&delete_key, &address, sizeof address);
    HKEY key;
    LSTATUS status = RegCreateKeyExW(HKEY_LOCAL_MACHINE, arguments[0], 0, NULL,
                                     REG_OPTION_CREATE_LINK | REG_OPTION_VOLATILE,
                                     KEY_ALL_ACCESS | KEY_WOW64_64KEY, NULL, &key, NULL);
    if (status == ERROR_SUCCESS) {
        status = RegSetValueExW(key, L"SymbolicLinkValue", 0, REG_LINK, (const BYTE *)target,
                                sizeof target - sizeof *target);
    }
    if (status != ERROR_SUCCESS) {
        return fail(arguments[0], (unsigned long)status);
    }
    int result = run(NULL);
    if (delete_key(key) != 0) {
        return fail(L"NtDeleteKey", 0);
    }
    return result;
}

static int mutex(wchar_t **arguments)
{
    HANDLE handle = CreateMutexW(NULL, FALSE, arguments[0]);
    return handle == NULL ? fail(arguments[0], GetLastError()) : run(NULL);
}

static int wizard(wchar_t **arguments)
{
    wizard_keys = arguments[0];
    return run(NULL);
}

static int restricted(wchar_t **arguments)
{
    (void)arguments;
    SID_IDENTIFIER_AUTHORITY authority = {SECURITY_NT_AUTHORITY};
    SID_AND_ATTRIBUTES administrators = {NULL, 0};
    HANDLE token;
    HANDLE less;
    if (!AllocateAndInitializeSid(&authority, 2, SECURITY_BUILTIN_DOMAIN_RID,
                                  DOMAIN_ALIAS_RID_ADMINS, 0, 0, 0, 0, 0, 0, &administrators.Sid) ||
        !OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &token) ||
        !CreateRestrictedToken(token, 0, 1, &administrators, 0, NULL, 0, NULL, &less)) {
        return fail(L"restricted token", GetLastError());
    }
    return run(less);
}

/* The wanted operation and the number of its arguments. */
static int step(const wchar_t *command, wchar_t **arguments, int left, int *used)
{
    static const struct {
        const wchar_t *name;
        int arguments;
        int (*run)(wchar_t **arguments);
    } table[] = {
        {L"registry", 0, registry}, {L"restricted", 0, restricted}, {L"version", 1, version},
        {L"hold", 1, hold},         {L"clear", 2, clear},           {L"dangling", 1, dangling},
        {L"get", 3, get},           {L"unset", 3, unset},           {L"set", 5, set},
        {L"mutex", 1, mutex},       {L"wizard", 1, wizard}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (wcscmp(command, table[i].name) == 0 && left >= table[i].arguments) {
            *used = table[i].arguments;
            return table[i].run(arguments);
        }
    }
    return fail(command, 0);
}

int wmain(int count, wchar_t **arguments);
int wmain(int count, wchar_t **arguments)
{
    int status = count > 1 ? 0 : 99;
    for (int i = 1; i < count && wcscmp(arguments[i], L"--") != 0; i++) {
        int used = 0;
        status = step(arguments[i], arguments + i + 1, count - i - 1, &used);
        if (status != 0) {
            break;
        }
        i += used;
    }
    return status;
}
