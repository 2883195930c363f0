/** A failure of the library as a text on stderr and an exit status. */
#ifndef MI_CLI_FAILURE_H
#define MI_CLI_FAILURE_H

#include <mi.h>

/** Message, remedy and code. @p what: the class, host or option it happened to; @p message and
 *  @p error (the extended error) may be NULL. @return the exit status: 10 + result */
int failure_report(const char *what, MI_Result result, const MI_Char *message,
                   const MI_Instance *error);

/** What this program's options can do about an error_Code; NULL: nothing. */
const char *failure_hint(MI_Uint32 code);

#endif
