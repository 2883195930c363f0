#include "german_locale.h"

#include <ftw.h>
#include <locale.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOCALE_NAME "de_DE.UTF-8"

extern char **environ;

static char folder[64];

/* localedef exits with 1 when it only had warnings. */
static int run_localedef(void)
{
    char target[128];
    char program[] = "localedef", quiet[] = "--quiet", input[] = "-i", source[] = "de_DE",
         charmap[] = "-f", utf8[] = "UTF-8";
    char *arguments[] = {program, quiet, input, source, charmap, utf8, target, NULL};
    pid_t pid;
    int status = 0;

    (void)snprintf(target, sizeof(target), "%s/" LOCALE_NAME, folder);
    if (posix_spawnp(&pid, program, NULL, NULL, arguments, environ) != 0 ||
        waitpid(pid, &status, 0) != pid) {
        return -1;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) <= 1 ? 0 : -1;
}

const char *mic_german_locale_begin(void)
{
    char text[16];

    (void)strcpy(folder, "/tmp/mic-locale-XXXXXX");
    if (!mkdtemp(folder)) {
        return "no temporary folder";
    }
    if (run_localedef() != 0) {
        mic_german_locale_end();
        return "localedef cannot generate de_DE here";
    }
    (void)setenv("LOCPATH", folder, 1);
    if (!setlocale(LC_ALL, LOCALE_NAME)) {
        mic_german_locale_end();
        return "the generated de_DE cannot be used";
    }
    (void)snprintf(text, sizeof(text), "%.1f", 0.5);
    if (strcmp(text, "0,5") != 0) {
        mic_german_locale_end();
        return "the generated de_DE has no decimal comma";
    }
    return NULL;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

void mic_german_locale_end(void)
{
    (void)setlocale(LC_ALL, "C");
    (void)unsetenv("LOCPATH");
    (void)nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}
