/* What the examples share: where to connect to, and MI text on both platforms. */
#ifndef EXAMPLE_H
#define EXAMPLE_H

#ifndef _WIN32
#    define _POSIX_C_SOURCE 200809L /* nanosleep, in strict C11 too */
#endif

#include <mi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef _WIN32
#    include <windows.h>
#else
#    include <time.h>
#endif

static inline void example_sleep_ms(unsigned ms)
{
#ifdef _WIN32
    Sleep(ms);
#else
    struct timespec time = {ms / 1000, (long)(ms % 1000) * 1000000L};
    nanosleep(&time, NULL);
#endif
}

/* MI_Char is wchar_t on Windows and char (UTF-8) elsewhere. This widens ASCII, which is enough
 * here. */
static inline MI_Char *example_mi(const char *text)
{
    size_t size = text != NULL ? strlen(text) + 1 : 0;
    MI_Char *mi = size > 0 ? malloc(size * sizeof(MI_Char)) : NULL;
    for (size_t i = 0; mi != NULL && i < size; i++) {
        mi[i] = (MI_Char)(unsigned char)text[i];
    }
    return mi;
}

static inline void example_put(const MI_Char *mi)
{
    for (; mi != NULL && *mi != 0; mi++) {
        putchar((int)*mi);
    }
}

static inline int example_usage(const char *program, const char *operands)
{
    fprintf(stderr,
            "usage: %s %s\n"
            "The environment says where: MI_HOST (a host, host:port or URL), and for a logon\n"
            "MI_USER and MI_PASSWORD. MI_CLEAR_TEXT=1 allows them over unencrypted HTTP.\n",
            program, operands);
    return 2;
}

/* Prints a failure and gives the program's exit status. */
static inline int example_failed(const char *what, MI_Result result, const MI_Char *message)
{
    fprintf(stderr, "%s: MI_Result %d: ", what, (int)result);
    for (; message != NULL && *message != 0; message++) {
        fputc((int)*message, stderr);
    }
    fputc('\n', stderr);
    return 1;
}

static inline MI_Result example_add_user(MI_DestinationOptions *options)
{
    MI_UserCredentials who;
    MI_Char *user = example_mi(getenv("MI_USER"));
    MI_Char *password = example_mi(getenv("MI_PASSWORD"));
    MI_Result result;

    memset(&who, 0, sizeof(who));
    who.authenticationType = user != NULL ? MI_AUTH_TYPE_BASIC : MI_AUTH_TYPE_NONE;
    who.credentials.usernamePassword.username = user;
    who.credentials.usernamePassword.password = password;
    result = MI_DestinationOptions_AddDestinationCredentials(options, &who);
    free(user);
    free(password);
    return result;
}

/* Opens a session. Nothing has been sent yet when it returns MI_RESULT_OK. */
static inline MI_Result example_connect(MI_Application *application, MI_Session *session)
{
    MI_DestinationOptions options;
    MI_Char *host = example_mi(getenv("MI_HOST"));
    MI_Result result = MI_Application_Initialize(0, NULL, NULL, application);

    if (result == MI_RESULT_OK) {
        result = MI_Application_NewDestinationOptions(application, &options);
    }
    if (result != MI_RESULT_OK) {
        free(host);
        return result;
    }
    if (getenv("MI_CLEAR_TEXT") != NULL) {
        result = MI_DestinationOptions_SetPacketPrivacy(&options, MI_FALSE);
    }
    if (result == MI_RESULT_OK) {
        result = example_add_user(&options);
    }
    if (result == MI_RESULT_OK) {
        result = MI_Application_NewSession(application, MI_T("WINRM"), host, &options, NULL, NULL,
                                           session);
    }
    MI_DestinationOptions_Delete(&options);
    free(host);
    if (result != MI_RESULT_OK) {
        MI_Application_Close(application);
    }
    return result;
}

static inline void example_disconnect(MI_Application *application, MI_Session *session)
{
    MI_Session_Close(session, NULL, NULL);
    MI_Application_Close(application);
}

/* Adds a property or parameter: a number where there are only digits, else a string. */
static inline MI_Result example_add(MI_Instance *instance, const char *name, const char *text,
                                    MI_Uint32 flags)
{
    MI_Boolean is_number = text[0] != 0 && text[strspn(text, "0123456789")] == 0;
    MI_Char *mi_name = example_mi(name), *mi_text = example_mi(text);
    MI_Value value;
    MI_Result result;

    if (is_number) {
        value.uint32 = (MI_Uint32)strtoul(text, NULL, 10);
    } else {
        value.string = mi_text;
    }
    result =
        MI_Instance_AddElement(instance, mi_name, &value, is_number ? MI_UINT32 : MI_STRING, flags);
    free(mi_name);
    free(mi_text);
    return result;
}

/* An instance that has keys, to name another one by: name, value, name, value... NULL when it
 * cannot be made. */
static inline MI_Instance *example_key(MI_Application *application, const char *class_name,
                                       char **pairs, int count)
{
    MI_Char *mi_class = example_mi(class_name);
    MI_Instance *key = NULL;
    MI_Result result = MI_Application_NewInstance(application, mi_class, NULL, &key);

    for (int i = 0; i + 1 < count && result == MI_RESULT_OK; i += 2) {
        result = example_add(key, pairs[i], pairs[i + 1], MI_FLAG_KEY);
    }
    if (result != MI_RESULT_OK && key != NULL) {
        MI_Instance_Delete(key);
        key = NULL;
    }
    free(mi_class);
    return key;
}

/* "Name = value" lines of the scalar properties. */
static inline void example_print(const MI_Instance *instance)
{
    MI_Uint32 count = 0;
    const MI_Char *name = NULL;

    (void)MI_Instance_GetClassName(instance, &name);
    example_put(name);
    putchar('\n');
    (void)MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        MI_Value value;
        MI_Type type;
        MI_Uint32 flags = 0;
        if (MI_Instance_GetElementAt(instance, i, &name, &value, &type, &flags) != MI_RESULT_OK ||
            (flags & MI_FLAG_NULL) != 0) {
            continue;
        }
        printf("  ");
        example_put(name);
        printf(" = ");
        if (type == MI_STRING) {
            example_put(value.string);
        } else if (type == MI_UINT32) {
            printf("%u", value.uint32);
        } else if (type == MI_UINT64) {
            printf("%llu", (unsigned long long)value.uint64);
        } else if (type == MI_BOOLEAN) {
            printf("%s", value.boolean ? "true" : "false");
        } else {
            printf("(MI_Type %d)", (int)type);
        }
        putchar('\n');
    }
}

/* Takes and prints every result of an instance operation, closes it, and gives the program's exit
 * status. The loop goes on to the last result, also after a failure. */
static inline int example_results(MI_Operation *operation, const char *what)
{
    const MI_Instance *instance = NULL;
    const MI_Char *message = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK, outcome = MI_RESULT_OK;
    int status = 0;

    while (more && result == MI_RESULT_OK) {
        result = MI_Operation_GetInstance(operation, &instance, &more, &outcome, &message, NULL);
        if (result == MI_RESULT_OK && instance != NULL) {
            example_print(instance);
        }
    }
    outcome = result != MI_RESULT_OK ? result : outcome;
    if (outcome != MI_RESULT_OK) {
        status = example_failed(what, outcome, message);
    }
    MI_Operation_Close(operation);
    return status;
}

#endif
