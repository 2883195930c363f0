/** What differs between the platforms: console_posix.c, console_win32.c. */
#ifndef MI_CLI_CONSOLE_H
#define MI_CLI_CONSOLE_H

#include <mi.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** First thing in main. Turns the arguments into UTF-8; a closed output gives errors from
 *  now on, no signal. */
void console_start(int *argc, char ***argv);

bool console_is_terminal(FILE *stream);
/** Write UTF-8, buffered as the stream is. A console of Windows shows it whatever its code page;
 * all else gets the bytes. @return false when it could not all be written; errno says why */
bool console_write(FILE *stream, const char *bytes, size_t size);
/** From now on stdout takes line ends as they are: Windows' C library writes CR LF for LF. */
void console_keep_line_ends(void);
/** Columns of the terminal on stdout, 0 when there is none. */
size_t console_columns(void);

/** What a prompt got. */
enum answer { ANSWER_GIVEN, ANSWER_NONE, ANSWER_NO_TERMINAL, ANSWER_TOO_LONG };
/** Ask on the terminal without echo, as UTF-8. A signal while it waits leaves the terminal as it
 *  was. */
enum answer console_read_password(const char *prompt, char *out, size_t size);
/** Ask on the terminal; what is typed is seen. While a watch is on, the wish to stop ends it. */
enum answer console_read_line(const char *prompt, char *out, size_t size);

/** @return a new copy (free), NULL when there is none. */
char *console_environment(const char *name);
void console_set_environment(const char *name, const char *value);
FILE *console_open_to_read(const char *path);

/** The scheme when none was asked for. NULL: give no credentials. */
const MI_Char *console_usual_scheme(bool has_user);

/** Whether the library here is this project's: native mi.dll would take an option that is not its
 * own and not look at it. */
bool console_has_own_library(void);

/** Watch for the user's or the system's wish to stop. */
struct console_watch;
/** From now on the first such wish calls @p stop on another thread; a second one ends the program.
 *  @return NULL when that cannot be had; the wish then ends the program at once */
struct console_watch *console_watch_start(void (*stop)(void *context), void *context);
/** @p stop neither runs nor will run after it. @return 0, or the exit status of an interrupted
 *  program (128 + signal). @p watch may be NULL. */
int console_watch_end(struct console_watch *watch);

#endif
