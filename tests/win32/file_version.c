/* file_version.exe FILE: the version resource of FILE, as name=value lines. */
#include <stdio.h>
#include <stdlib.h>

#include <windows.h>

static void print_text(const void *block, const char *name)
{
    char path[64];
    void *text = NULL;
    UINT size = 0;

    (void)snprintf(path, sizeof(path), "\\StringFileInfo\\040904b0\\%s", name);
    if (VerQueryValueA(block, path, &text, &size)) {
        printf("%s=%s\n", name, (const char *)text);
    }
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"FileDescription",  "FileVersion", "InternalName",
                                        "OriginalFilename", "ProductName", "ProductVersion"};
    DWORD ignored = 0, size = argc == 2 ? GetFileVersionInfoSizeA(argv[1], &ignored) : 0;
    void *block = size > 0 ? malloc(size) : NULL, *found = NULL;
    const VS_FIXEDFILEINFO *fixed;
    UINT length = 0;

    if (block == NULL || !GetFileVersionInfoA(argv[1], 0, size, block) ||
        !VerQueryValueA(block, "\\", &found, &length)) {
        printf("no version resource\n");
        free(block);
        return 1;
    }
    fixed = found;
    printf("number=%u.%u.%u.%u\n", HIWORD(fixed->dwFileVersionMS), LOWORD(fixed->dwFileVersionMS),
           HIWORD(fixed->dwFileVersionLS), LOWORD(fixed->dwFileVersionLS));
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        print_text(block, names[i]);
    }
    free(block);
    return 0;
}
