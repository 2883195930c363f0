#include "cli/output.h"

#include <errno.h>
#include <stdio.h>
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
    struct text text = {0};
    va_list arguments;

    va_start(arguments, format);
    text_format_list(&text, format, arguments);
    va_end(arguments);
    (void)console_write(stderr, text_of(&text), text.size);
    text_free(&text);
}
