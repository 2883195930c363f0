#include "cli/drain.h"

#include "cli/console.h"
#include "cli/failure.h"
#include "cli/print.h"

/* One result of either kind. */
struct taken {
    const MI_Instance *instance;
    const MI_Class *cls;
    MI_Boolean more;
    MI_Result outcome;
    const MI_Char *message;
    const MI_Instance *details;
};

static void on_stop(void *context)
{
    (void)MI_Operation_Cancel(context, MI_REASON_NONE);
}

static MI_Result take_instance(MI_Operation *operation, struct taken *taken)
{
    return MI_Operation_GetInstance(operation, &taken->instance, &taken->more, &taken->outcome,
                                    &taken->message, &taken->details);
}

static MI_Result take_class(MI_Operation *operation, struct taken *taken)
{
    return MI_Operation_GetClass(operation, &taken->cls, &taken->more, &taken->outcome,
                                 &taken->message, &taken->details);
}

struct consumer {
    MI_Result (*take)(MI_Operation *operation, struct taken *taken);
    /* false: no more, please */
    bool (*use)(void *context, const struct taken *taken);
    /* all is said that came; `complete`: nothing is missing */
    void (*finish)(void *context, bool complete);
    void *context;
};

static int drain(MI_Operation *operation, const char *what, const struct consumer *consumer)
{
    struct console_watch *watch = console_watch_start(on_stop, operation);
    struct taken taken = {.more = MI_TRUE};
    MI_Result result = MI_RESULT_OK;
    bool wanted = true;
    int interrupted;
    int status = 0;

    while (wanted && taken.more && result == MI_RESULT_OK) {
        taken = (struct taken){.more = MI_FALSE};
        result = consumer->take(operation, &taken);
        if (result == MI_RESULT_OK && (taken.instance != NULL || taken.cls != NULL)) {
            wanted = consumer->use(consumer->context, &taken);
        }
    }
    interrupted = console_watch_end(watch);
    result = result != MI_RESULT_OK ? result : taken.outcome;
    if (consumer->finish != NULL) {
        consumer->finish(consumer->context, wanted && result == MI_RESULT_OK);
    }
    if (interrupted != 0) {
        status = interrupted;
    } else if (result != MI_RESULT_OK) {
        status = failure_report(what, result, taken.message, taken.details);
    }
    MI_Operation_Close(operation);
    return status;
}

static bool print_instance(void *context, const struct taken *taken)
{
    return printer_add(context, taken->instance);
}

static void finish_printer(void *context, bool complete)
{
    printer_end(context, complete);
}

int drain_instances(MI_Operation *operation, const struct arguments *arguments,
                    enum output_format usual, const char *what, struct output *output)
{
    struct consumer consumer = {.take = take_instance,
                                .use = print_instance,
                                .finish = finish_printer,
                                .context = printer_new(arguments, usual, output)};

    return drain(operation, what, &consumer);
}

struct class_taker {
    bool (*take)(void *context, const MI_Class *cls);
    void *context;
};

static bool use_class(void *context, const struct taken *taken)
{
    const struct class_taker *taker = context;
    return taker->take(taker->context, taken->cls);
}

int drain_classes(MI_Operation *operation, const char *what,
                  bool (*take)(void *context, const MI_Class *cls), void *context)
{
    struct class_taker taker = {take, context};
    struct consumer consumer = {.take = take_class, .use = use_class, .context = &taker};

    return drain(operation, what, &consumer);
}
