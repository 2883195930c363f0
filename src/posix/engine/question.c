#include "engine/question.h"

#include "base/mem.h"

struct mic_question *mic_question_take(struct mic_question *question, const struct mic_event *event)
{
    char *text = mic_strdup(event->text);
    struct mic_instance *error = event->error != NULL ? mic_instance_clone(event->error) : NULL;
    struct mic_question *taken = question;

    if (taken == NULL) {
        taken = mic_calloc(1, sizeof(*taken));
    }
    if (taken == NULL || (text == NULL && event->text != NULL) ||
        (error == NULL && event->error != NULL)) {
        mic_free(text);
        mic_instance_delete(error);
        if (question == NULL) {
            mic_free(taken);
        }
        return NULL;
    }
    if (question == NULL) {
        mic_list_init(&taken->node);
    }
    mic_free(taken->text);
    mic_instance_delete(taken->error);
    taken->kind = event->kind;
    taken->text = text;
    taken->error = error;
    return taken;
}

void mic_question_free(struct mic_question *question)
{
    if (question == NULL) {
        return;
    }
    mic_free(question->text);
    mic_instance_delete(question->error);
    mic_free(question);
}
