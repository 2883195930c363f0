#include "record.h"

#include <stdio.h>
#include <string.h>

struct writer {
    char *line;
    size_t size;
    size_t used;
};

static void put(struct writer *out, const char *format, ...)
{
    va_list arguments;
    int written;

    va_start(arguments, format);
    written = vsnprintf(out->line + out->used, out->size - out->used, format, arguments);
    va_end(arguments);
    if (written > 0) {
        out->used += (size_t)written;
    }
    if (out->used >= out->size) {
        out->used = out->size - 1;
    }
}

static void put_text(struct writer *out, const wchar_t *text)
{
    if (text == NULL) {
        put(out, "NULL");
        return;
    }
    put(out, "\"");
    for (; *text != 0; text++) {
        put(out, *text < 0x7F ? "%c" : "\\u%04x", (unsigned int)*text);
    }
    put(out, "\"");
}

static void put_interval(struct writer *out, const MI_Interval *value)
{
    if (value == NULL) {
        put(out, "NULL");
        return;
    }
    put(out, "%ud %u:%u:%u.%06u", (unsigned int)value->days, (unsigned int)value->hours,
        (unsigned int)value->minutes, (unsigned int)value->seconds,
        (unsigned int)value->microseconds);
}

static void put_datetime(struct writer *out, const MI_Datetime *value)
{
    if (value == NULL) {
        put(out, "NULL");
    } else if (value->isTimestamp) {
        put(out, "%u-%u-%u %u:%u:%u.%06u%+d", (unsigned int)value->u.timestamp.year,
            (unsigned int)value->u.timestamp.month, (unsigned int)value->u.timestamp.day,
            (unsigned int)value->u.timestamp.hour, (unsigned int)value->u.timestamp.minute,
            (unsigned int)value->u.timestamp.second, (unsigned int)value->u.timestamp.microseconds,
            (int)value->u.timestamp.utc);
    } else {
        put_interval(out, &value->u.interval);
    }
}

static void put_credentials(struct writer *out, const MI_UserCredentials *value)
{
    if (value == NULL) {
        put(out, "NULL");
        return;
    }
    put_text(out, value->authenticationType);
    put(out, ":");
    put_text(out, value->credentials.usernamePassword.domain);
    put(out, "\\");
    put_text(out, value->credentials.usernamePassword.username);
    put(out, ":");
    put_text(out, value->credentials.usernamePassword.password);
}

static void put_value(struct writer *out, MI_Type type, const MI_Value *value)
{
    put(out, "type %u ", (unsigned int)type);
    if (value == NULL) {
        put(out, "NULL");
    } else if (type == MI_STRING) {
        put_text(out, value->string);
    } else if (type == MI_BOOLEAN) {
        put(out, "%u", (unsigned int)value->boolean);
    } else {
        put(out, "%u", (unsigned int)value->uint32);
    }
}

void record_line(char *line, size_t size, const char *name, const char *types, va_list arguments)
{
    struct writer out = {line, size, 0};
    const MI_Value *value;
    unsigned int number;
    va_list rest;

    va_copy(rest, arguments);
    put(&out, "%s(", name);
    for (const char *type = types; *type != '\0'; type++) {
        put(&out, type == types ? "" : ", ");
        switch (*type) {
        case 'p':
            put(&out, "%p", va_arg(rest, const void *));
            break;
        case 'o':
            put(&out, va_arg(rest, const void *) == NULL ? "NULL" : "set");
            break;
        case 's':
            put_text(&out, va_arg(rest, const wchar_t *));
            break;
        case 'u':
        case 'b':
            put(&out, "%u", va_arg(rest, unsigned int));
            break;
        case 'i':
            put_interval(&out, va_arg(rest, const MI_Interval *));
            break;
        case 'd':
            put_datetime(&out, va_arg(rest, const MI_Datetime *));
            break;
        case 'c':
            put_credentials(&out, va_arg(rest, const MI_UserCredentials *));
            break;
        case 'v':
            number = va_arg(rest, unsigned int);
            put_value(&out, (MI_Type)number, va_arg(rest, const MI_Value *));
            break;
        case 'w':
            value = va_arg(rest, const MI_Value *);
            put_value(&out, (MI_Type)va_arg(rest, unsigned int), value);
            break;
        default:
            put(&out, "unknown letter '%c'", *type);
            break;
        }
    }
    put(&out, ")");
    va_end(rest);
}
