#include "cli/failure.h"

#include <stdio.h>
#include <string.h>

#include "cli/args.h"
#include "cli/output.h"
#include "cli/text.h"
#include "common/result.h"

enum { EXIT_MAX = 255 };

/* What the options of this program can do about an error_Code (wsmerror.h, winerror.h). */
static const struct {
    MI_Uint32 code;
    const char *hint;
} hints[] = {
    {0x80338134U, "here: --https, or --clear-text to let the password be read on the way"},
    {0x80072F8FU, "here: --ca-file FILE, or --no-verify-ca, --no-verify-name to skip the check"},
    {0x80338126U, "here: --timeout SECONDS"},
    {0x80190197U, "here: --proxy-user USER, --proxy-auth SCHEME, or --proxy none"},
    {0x80338113U, "here: --url-prefix PATH"},
};

static bool get_element(const MI_Instance *error, const char *name, MI_Type type, MI_Value *value)
{
    const MI_Char *mi_name = text_to_mi(name);
    MI_Type actual = MI_BOOLEAN;
    MI_Uint32 flags = 0;
    bool got =
        error != NULL &&
        MI_Instance_GetElement(error, mi_name, value, &actual, &flags, NULL) == MI_RESULT_OK &&
        actual == type && (flags & MI_FLAG_NULL) == 0;

    text_release_mi(mi_name, name);
    return got;
}

/* Line by line, later ones indented, no blanks at the end. */
static void add_lines(struct text *out, const MI_Char *mi)
{
    struct text utf8 = {NULL, 0, 0};
    size_t size, start = 0;

    text_add_mi(&utf8, mi);
    size = utf8.size;
    while (size > 0 && strchr(" \t\r\n", utf8.data[size - 1]) != NULL) {
        size--;
    }
    while (start < size) {
        size_t length = strcspn(utf8.data + start, "\r\n");
        length = start + length > size ? size - start : length;
        text_add(out, start > 0 ? "\n  " : "");
        text_add_shown(out, utf8.data + start, length);
        start += length;
        start += strspn(utf8.data + start, "\r\n");
    }
    text_free(&utf8);
}

/* Each on a line, except those the message has already. */
static void add_remedies(struct text *out, const MI_Instance *error)
{
    MI_Value value;

    if (!get_element(error, "RecommendedActions", MI_STRINGA, &value)) {
        return;
    }
    for (MI_Uint32 i = 0; i < value.stringa.size; i++) {
        struct text line = {NULL, 0, 0};
        add_lines(&line, value.stringa.data[i]);
        if (line.size > 0 && strstr(text_of(out), text_of(&line)) == NULL) {
            text_format(out, "\n  %s", text_of(&line));
        }
        text_free(&line);
    }
}

const char *failure_hint(MI_Uint32 code)
{
    for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++) {
        if (code == hints[i].code) {
            return hints[i].hint;
        }
    }
    return NULL;
}

static void add_hint(struct text *out, const MI_Instance *error)
{
    MI_Value code;
    const char *hint = NULL;

    if (get_element(error, "error_Code", MI_UINT32, &code)) {
        hint = failure_hint(code.uint32);
    }
    if (hint != NULL) {
        text_format(out, "\n  %s", hint);
    }
}

static void add_code(struct text *out, MI_Result result, const MI_Instance *error)
{
    const char *name = mic_result_name(result);
    MI_Value id;

    if (name != NULL) {
        text_format(out, "\n  (%s", name);
    } else {
        text_format(out, "\n  (MI_Result %u", (unsigned)result);
    }
    if (get_element(error, "MessageID", MI_STRING, &id) && id.string != NULL) {
        text_add(out, ", ");
        text_add_shown_mi(out, id.string);
    }
    text_add(out, ")\n");
}

int failure_report(const char *what, MI_Result result, const MI_Char *message,
                   const MI_Instance *error)
{
    struct text out = {NULL, 0, 0};
    MI_Value text;
    size_t before;

    text_add(&out, "mi: ");
    text_add_shown(&out, what, strlen(what));
    text_add(&out, ": ");
    before = out.size;
    add_lines(&out, get_element(error, "Message", MI_STRING, &text) ? text.string : message);
    if (out.size == before) {
        text_add(&out, mic_result_text(result));
    }
    add_remedies(&out, error);
    add_hint(&out, error);
    add_code(&out, result, error);
    tell("%s", text_of(&out));
    text_free(&out);
    return EXIT_MI + (unsigned)result > EXIT_MAX ? EXIT_MAX : EXIT_MI + (int)result;
}
