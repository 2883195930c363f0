#include "cli/path.h"

#include <string.h>

#include "cli/text.h"

/* One path while it is read. Without an application nothing is built. */
struct path {
    const char *at;
    MI_Application *application;
    struct text server, name_space, name, value;
    MI_Instance *instance;
};

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || (c & '\x80') != 0;
}

static bool read_name(struct path *path)
{
    const char *start = path->at;

    while (is_letter(*path->at) || (path->at > start && *path->at >= '0' && *path->at <= '9')) {
        path->at++;
    }
    text_clear(&path->name);
    text_append(&path->name, start, (size_t)(path->at - start));
    return path->at > start;
}

static void add_slashed(struct text *out, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        text_append(out, bytes[i] == '\\' ? "/" : bytes + i, 1);
    }
}

static bool read_server(struct path *path)
{
    size_t size;

    if (strncmp(path->at, "//", 2) != 0 && strncmp(path->at, "\\\\", 2) != 0) {
        return true;
    }
    path->at += 2;
    size = strcspn(path->at, "/\\");
    text_append(&path->server, path->at, size);
    path->at += size + (path->at[size] != '\0');
    return size > 0;
}

static bool read_name_space(struct path *path)
{
    size_t size = strcspn(path->at, ":.=\"");

    if (path->at[size] != ':') {
        return path->server.size == 0;
    }
    add_slashed(&path->name_space, path->at, size);
    path->at += size + 1;
    return size > 0;
}

/* "..." with \" and \\ in it, or bare up to the comma. */
static bool read_value(struct path *path)
{
    text_clear(&path->value);
    if (*path->at != '"') {
        size_t size = strcspn(path->at, ",\"");
        text_append(&path->value, path->at, size);
        path->at += size;
        return size > 0;
    }
    for (path->at++; *path->at != '"'; path->at++) {
        if (*path->at == '\\') {
            path->at++;
        }
        if (*path->at == '\0') {
            return false;
        }
        text_append(&path->value, path->at, 1);
    }
    path->at++;
    return true;
}

static bool set_place(MI_Instance *instance, const struct text *text,
                      MI_Result(MI_INLINE_CALL *set)(MI_Instance *self, const MI_Char *name))
{
    const MI_Char *name = text_to_mi(text_of(text));
    MI_Result result = text->size > 0 ? set(instance, name) : MI_RESULT_OK;

    text_release_mi(name, text_of(text));
    return result == MI_RESULT_OK;
}

static bool start(struct path *path)
{
    const MI_Char *name;
    MI_Result result;

    if (path->application == NULL) {
        return true;
    }
    name = text_to_mi(text_of(&path->name));
    result = MI_Application_NewInstance(path->application, name, NULL, &path->instance);
    text_release_mi(name, text_of(&path->name));
    return result == MI_RESULT_OK &&
           set_place(path->instance, &path->server, MI_Instance_SetServerName) &&
           set_place(path->instance, &path->name_space, MI_Instance_SetNameSpace);
}

static bool add_key(struct path *path)
{
    const MI_Char *name, *text;
    MI_Value value;
    MI_Result result;

    if (path->application == NULL) {
        return true;
    }
    name = text_to_mi(text_of(&path->name));
    text = text_to_mi(text_of(&path->value));
    memset(&value, 0, sizeof(value));
    /* MI_Value.string is not const, but AddElement without MI_FLAG_BORROW copies it. */
    memcpy(&value.string, &text, sizeof(value.string));
    result = MI_Instance_AddElement(path->instance, name, &value, MI_STRING, MI_FLAG_KEY);
    text_release_mi(name, text_of(&path->name));
    text_release_mi(text, text_of(&path->value));
    return result == MI_RESULT_OK;
}

static bool read_key(struct path *path)
{
    if (!read_name(path) || *path->at != '=') {
        return false;
    }
    path->at++;
    return read_value(path) && add_key(path);
}

static bool read_path(struct path *path)
{
    if (!read_server(path) || !read_name_space(path) || !read_name(path) || !start(path)) {
        return false;
    }
    if (strcmp(path->at, "=@") == 0) { /* a class without keys */
        return true;
    }
    if (*path->at != '.') {
        return false;
    }
    do {
        path->at++;
        if (!read_key(path)) {
            return false;
        }
    } while (*path->at == ',');
    return *path->at == '\0';
}

bool path_to_instance(MI_Application *application, const char *text, MI_Instance **out)
{
    struct path path = {.at = text, .application = application};
    bool is_path = read_path(&path);

    text_free(&path.server);
    text_free(&path.name_space);
    text_free(&path.name);
    text_free(&path.value);
    if (!is_path && path.instance != NULL) {
        MI_Instance_Delete(path.instance);
        path.instance = NULL;
    }
    *out = path.instance;
    return is_path;
}

bool path_is(const char *text)
{
    MI_Instance *none = NULL;
    return path_to_instance(NULL, text, &none);
}
