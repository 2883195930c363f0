#include "cli/args.h"
#include "cli/console.h"
#include "cli/output.h"

int main(int argc, char **argv)
{
    struct arguments arguments;
    struct output output = {0};
    int status;

    console_start(&argc, &argv);
    status = arguments_parse(argc, argv, &output, &arguments);
    if (status < 0) {
        status = arguments.verb->run(&arguments, &output);
    }
    status = output_end(&output, status);
    arguments_free(&arguments);
    return status;
}
