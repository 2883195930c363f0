/** Where a password comes from: file, environment, prompt; never the command line. */
#ifndef MI_CLI_PASSWORD_H
#define MI_CLI_PASSWORD_H

#include "cli/args.h"

/** Whose it is, and where it may be. */
struct password_place {
    const char *user;     /* for the prompt; of a key, its file */
    const char *file;     /* NULL: not given */
    const char *variable; /* of the environment */
    const char *option;   /* the one that names a file */
};

enum { PASSWORD_SIZE = 1024 }; /* bytes of UTF-8 with the terminator */

/** @return -1 when @p out holds it (may be empty; wipe it), else the exit status; the reason has
 *  been told. */
int password_read(const struct password_place *place, char out[PASSWORD_SIZE]);
/** The same for what opens the private key of --cert and --cert-key, if it is locked.
 *  @param[out] is_given  whether there is one */
int password_read_of_key(const struct arguments *arguments, char out[PASSWORD_SIZE],
                         bool *is_given);

#endif
