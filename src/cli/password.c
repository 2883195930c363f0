#include "cli/password.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/console.h"
#include "cli/output.h"
#include "cli/text.h"
#include "common/utf.h"

static int refuse(const char *source, const char *why)
{
    tell("mi: the password from %s %s\n", source, why);
    return EXIT_USAGE;
}

static int check(const char *password, const char *source)
{
    if (!mic_utf8_is_valid(password, strlen(password), NULL)) {
        return refuse(source, "is not valid UTF-8");
    }
    return -1;
}

/* Up to the end of the line; blanks belong to it. Unbuffered: no copy stays behind. */
static int take_line(FILE *file, const char *source, char out[PASSWORD_SIZE])
{
    static const char mark[] = "\xEF\xBB\xBF"; /* editors on Windows write it */
    size_t size = 0;
    int c;

    for (c = fgetc(file); c != EOF && c != '\n'; c = fgetc(file)) {
        if (c == '\0') {
            return refuse(source, "holds a zero byte: is the file UTF-16?");
        }
        if (size == PASSWORD_SIZE - 1) {
            return refuse(source, "is longer than 1023 bytes");
        }
        out[size++] = (char)c;
    }
    if (ferror(file)) {
        return refuse(source, "cannot be read");
    }
    if (size > 0 && out[size - 1] == '\r') {
        size--;
    }
    out[size] = '\0';
    if (size >= 3 && memcmp(out, mark, 3) == 0) {
        memmove(out, out + 3, size - 2);
    }
    return check(out, source);
}

static int from_file(const char *path, char out[PASSWORD_SIZE])
{
    bool is_input = strcmp(path, "-") == 0;
    FILE *file = is_input ? stdin : console_open_to_read(path);
    int status;

    if (file == NULL) {
        tell("mi: cannot read the password file %s\n", path);
        return EXIT_USAGE;
    }
    (void)setvbuf(file, NULL, _IONBF, 0);
    status = take_line(file, is_input ? "standard input" : path, out);
    if (!is_input) {
        (void)fclose(file);
    }
    return status;
}

static int from_environment(const char *variable, char *value, char out[PASSWORD_SIZE])
{
    size_t size = strlen(value);
    int status;

    if (size < PASSWORD_SIZE) {
        memcpy(out, value, size + 1);
        status = check(out, variable);
    } else {
        status = refuse(variable, "is longer than 1023 bytes");
    }
    text_wipe(value, size);
    free(value);
    return status;
}

static int from_prompt(const struct password_place *place, char out[PASSWORD_SIZE])
{
    struct text prompt = {NULL, 0, 0};
    enum answer answer;

    text_add(&prompt, "Password for ");
    text_add_shown(&prompt, place->user, strlen(place->user));
    text_add(&prompt, ": ");
    answer = console_read_password(text_of(&prompt), out, PASSWORD_SIZE);
    text_free(&prompt);
    switch (answer) {
    case ANSWER_GIVEN:
        return check(out, "the prompt");
    case ANSWER_TOO_LONG:
        return refuse("the prompt", "is longer than 1023 bytes");
    case ANSWER_NONE:
        tell("mi: no password was given\n");
        return EXIT_USAGE;
    case ANSWER_NO_TERMINAL:
        break;
    }
    tell("mi: there is no terminal to ask for the password: use %s or %s\n", place->option,
         place->variable);
    return EXIT_USAGE;
}

int password_read(const struct password_place *place, char out[PASSWORD_SIZE])
{
    char *environment;

    if (place->file != NULL) {
        return from_file(place->file, out);
    }
    environment = console_environment(place->variable);
    if (environment != NULL) {
        return from_environment(place->variable, environment, out);
    }
    return from_prompt(place, out);
}

/* Whether the file of a certificate or key wants a password: PKCS #12, which is not text, and PEM
 * that says so. What cannot be read is left for the library to tell. */
static bool is_locked(const char *path)
{
    enum { SIZE = 64 * 1024 };
    FILE *file = console_open_to_read(path);
    char *bytes;
    size_t size;
    bool is;

    if (file == NULL) {
        return false;
    }
    (void)setvbuf(file, NULL, _IONBF, 0);
    bytes = text_memory(SIZE);
    size = fread(bytes, 1, SIZE - 1, file);
    (void)fclose(file);
    bytes[size] = '\0';
    is = size > 0 && (strstr(bytes, "-----BEGIN") == NULL || strstr(bytes, "ENCRYPTED") != NULL);
    text_wipe(bytes, size);
    free(bytes);
    return is;
}

int password_read_of_key(const struct arguments *arguments, char out[PASSWORD_SIZE], bool *is_given)
{
    const char *file = arguments->key != NULL ? arguments->key : arguments->certificate;
    const struct password_place place = {file, arguments->key_password_file, "MI_KEY_PASSWORD",
                                         "--key-password-file"};
    char *environment = console_environment(place.variable);

    *is_given = place.file != NULL || environment != NULL || is_locked(file);
    if (environment != NULL) {
        text_wipe(environment, strlen(environment));
        free(environment);
    }
    return *is_given ? password_read(&place, out) : -1;
}
