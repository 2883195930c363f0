/* Runs a fuzz target over the files and folders named: a regression test with any compiler. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static int run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = NULL;
    size_t size = 0, capacity = 0;

    if (file == NULL) {
        fprintf(stderr, "cannot open %s\n", path);
        return 1;
    }
    for (;;) {
        if (size == capacity) {
            capacity = capacity == 0 ? 4096 : capacity * 2;
            uint8_t *grown = realloc(bytes, capacity);
            if (grown == NULL) {
                break;
            }
            bytes = grown;
        }
        size_t got = fread(bytes + size, 1, capacity - size, file);
        if (got == 0) {
            break;
        }
        size += got;
    }
    fclose(file);
    /* A block of just this size, so that a sanitizer sees a step beyond it. */
    uint8_t *exact = malloc(size > 0 ? size : 1);
    if (exact != NULL) {
        memcpy(exact, bytes, size);
        LLVMFuzzerTestOneInput(exact, size);
    }
    free(exact);
    free(bytes);
    return 0;
}

static int run_folder(DIR *folder, const char *path)
{
    int failures = 0, files = 0;
    struct dirent *entry;

    while ((entry = readdir(folder)) != NULL) {
        char name[4096];
        if (entry->d_name[0] == '.') {
            continue;
        }
        snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
        failures += run_file(name);
        files++;
    }
    printf("%s: %d files\n", path, files);
    return files == 0 ? 1 : failures;
}

int main(int argc, char **argv)
{
    int failures = 0;

    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        if (folder == NULL) {
            failures += run_file(argv[i]);
            continue;
        }
        failures += run_folder(folder, argv[i]);
        closedir(folder);
    }
    return failures == 0 ? 0 : 1;
}
