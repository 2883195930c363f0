#include "cli/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/console.h"

enum { EXIT_OUTPUT = 11, EXIT_READER_GONE = 128 + 13 /* what a shell says of SIGPIPE */ };

bool output_put(struct output *output, struct text *text)
{
    errno = 0;
    if (output->error == 0 && text->size > 0 && !console_write(stdout, text->data, text->size)) {
        output->error = errno != 0 ? errno : EIO;
    }
    text_clear(text);
    return output->error == 0;
}

bool output_flush(struct output *output)
{
    errno = 0;
    if (output->error == 0 && fflush(stdout) != 0) {
        output->error = errno != 0 ? errno : EIO;
    }
    return output->error == 0;
}

int output_end(struct output *output, int status)
{
    if (output_flush(output) || status != 0) {
        return status;
    }
    if (output->error == EPIPE) {
        return EXIT_READER_GONE;
    }
    tell("mi: cannot write the output: %s\n", strerror(output->error));
    return EXIT_OUTPUT;
}

void tell(const char *format, ...)
{
    va_list arguments;
    char *bytes;
    int size;

    va_start(arguments, format);
    size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size <= 0) {
        return;
    }
    bytes = text_memory((size_t)size + 1);
    va_start(arguments, format);
    (void)vsnprintf(bytes, (size_t)size + 1, format, arguments);
    va_end(arguments);
    (void)console_write(stderr, bytes, (size_t)size);
    free(bytes);
}
