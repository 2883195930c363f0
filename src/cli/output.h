/** Standard output, which may be full or closed, and standard error. All text goes through here, in
 *  UTF-8: see console_write. */
#ifndef MI_CLI_OUTPUT_H
#define MI_CLI_OUTPUT_H

#include <stdbool.h>

#include "cli/text.h"

struct output {
    int error; /* errno of the first write that failed, 0 so far */
};

/** Write @p text and empty it. @return false when nothing more can be written, now or before. */
bool output_put(struct output *output, struct text *text);
bool output_flush(struct output *output);
/** At the end of the program. A reader that went away (mi ... | head) is no failure worth a text.
 *  @return @p status, or the status of the failed output when @p status is 0 */
int output_end(struct output *output, int status);

/** Say it on stderr, in one piece. */
void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
