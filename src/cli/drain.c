#include "cli/drain.h"

#include "cli/console.h"
#include "cli/failure.h"
#include "cli/output.h"

/* One result of any kind. */
struct taken {
    const MI_Instance *instance;
    const MI_Class *cls;
    const MI_Char *bookmark;
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

static MI_Result take_indication(MI_Operation *operation, struct taken *taken)
{
    const MI_Char *machine = NULL;
    return MI_Operation_GetIndication(operation, &taken->instance, &taken->bookmark, &machine,
                                      &taken->more, &taken->outcome, &taken->message,
                                      &taken->details);
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
    /* true: this outcome is no failure here */
    bool (*tolerates)(void *context, MI_Result outcome);
    void *context;
};

/* Every result to the consumer, or past it once it wants no more: an operation is closed only when
 * it is drained. @return the result of the taking itself */
static MI_Result take_all(MI_Operation *operation, const struct consumer *consumer,
                          struct taken *taken, bool *wanted)
{
    MI_Result result = MI_RESULT_OK;

    taken->more = MI_TRUE;
    while (taken->more && result == MI_RESULT_OK) {
        *taken = (struct taken){.more = MI_FALSE};
        result = consumer->take(operation, taken);
        if (result == MI_RESULT_OK && *wanted && (taken->instance != NULL || taken->cls != NULL)) {
            *wanted = consumer->use(consumer->context, taken);
            if (!*wanted) {
                on_stop(operation);
            }
        }
    }
    return result;
}

static int drain(MI_Operation *operation, const char *what, const struct consumer *consumer)
{
    struct console_watch *watch = console_watch_start(on_stop, operation);
    struct taken taken = {.more = MI_TRUE};
    bool wanted = true;
    MI_Result result = take_all(operation, consumer, &taken, &wanted);
    int interrupted = console_watch_end(watch);
    int status = 0;

    result = result != MI_RESULT_OK ? result : taken.outcome;
    if (consumer->finish != NULL) {
        consumer->finish(consumer->context, wanted && result == MI_RESULT_OK);
    }
    if (interrupted != 0) {
        status = interrupted;
    } else if (wanted && result != MI_RESULT_OK &&
               (consumer->tolerates == NULL || !consumer->tolerates(consumer->context, result))) {
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

int drain_to_printer(MI_Operation *operation, struct printer *printer, const char *what)
{
    struct consumer consumer = {
        .take = take_instance, .use = print_instance, .finish = finish_printer, .context = printer};

    return drain(operation, what, &consumer);
}

int drain_instances(MI_Operation *operation, const struct arguments *arguments,
                    const struct printing *printing, const char *what, struct output *output)
{
    return drain_to_printer(operation, printer_new(arguments, printing, output), what);
}

struct indications {
    const struct arguments *arguments;
    struct printer *printer;
    unsigned count;
};

/* The bookmark comes behind what it stands for, on one line. */
static void print_bookmark(const MI_Char *bookmark)
{
    struct text text = {NULL, 0, 0}, line = {NULL, 0, 0};

    text_add_mi(&text, bookmark);
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\n' || text.data[i] == '\r' || text.data[i] == '\t') {
            text.data[i] = ' '; /* it is XML: any blank will do */
        }
    }
    text_add(&line, "bookmark: ");
    text_add_shown(&line, text_of(&text), text.size);
    text_add(&line, "\n");
    tell("%s", text_of(&line));
    text_free(&text);
    text_free(&line);
}

static bool print_indication(void *context, const struct taken *taken)
{
    struct indications *indications = context;
    const struct arguments *arguments = indications->arguments;
    bool wanted = printer_add(indications->printer, taken->instance);

    if (wanted && arguments->print_bookmarks && taken->bookmark != NULL) {
        print_bookmark(taken->bookmark);
    }
    indications->count++;
    return wanted && (arguments->limit == 0 || indications->count < arguments->limit);
}

static void finish_indications(void *context, bool complete)
{
    struct indications *indications = context;
    printer_end(indications->printer, complete);
}

int drain_indications(MI_Operation *operation, const struct arguments *arguments,
                      const struct printing *printing, const char *what, struct output *output)
{
    struct indications indications = {arguments, printer_new(arguments, printing, output), 0};
    struct consumer consumer = {.take = take_indication,
                                .use = print_indication,
                                .finish = finish_indications,
                                .context = &indications};

    return drain(operation, what, &consumer);
}

static bool print_class(void *context, const struct taken *taken)
{
    return class_printer_add(context, taken->cls);
}

static void finish_classes(void *context, bool complete)
{
    (void)complete;
    class_printer_end(context);
}

int drain_classes(MI_Operation *operation, const char *what, struct class_printer *printer)
{
    struct consumer consumer = {
        .take = take_class, .use = print_class, .finish = finish_classes, .context = printer};

    return drain(operation, what, &consumer);
}

struct kept {
    MI_Class *cls;
    const char *what;
    bool is_loud;
};

static bool keep_class(void *context, const struct taken *taken)
{
    struct kept *kept = context;

    if (kept->cls == NULL) {
        (void)MI_Class_Clone(taken->cls, &kept->cls);
    }
    return true;
}

/* What servers say that have no schema, and those that have no such class. */
static bool is_no_class(void *context, MI_Result outcome)
{
    static const MI_Result results[] = {MI_RESULT_INVALID_CLASS, MI_RESULT_NOT_FOUND,
                                        MI_RESULT_NOT_SUPPORTED, MI_RESULT_METHOD_NOT_FOUND,
                                        MI_RESULT_METHOD_NOT_AVAILABLE};
    const struct kept *kept = context;

    for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++) {
        if (outcome == results[i]) {
            if (kept->is_loud) {
                tell("mi: %s: the server gives no class; values go as strings\n", kept->what);
            }
            return true;
        }
    }
    return false;
}

int drain_class(MI_Operation *operation, const char *what, bool is_loud, MI_Class **out)
{
    struct kept kept = {NULL, what, is_loud};
    struct consumer consumer = {
        .take = take_class, .use = keep_class, .tolerates = is_no_class, .context = &kept};
    int status = drain(operation, what, &consumer);

    *out = kept.cls;
    if (status != 0 && kept.cls != NULL) {
        MI_Class_Delete(kept.cls);
        *out = NULL;
    }
    return status != 0 ? status : -1;
}
