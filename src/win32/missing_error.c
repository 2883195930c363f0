/* The error object for a system without mi.dll. Without mi.dll nobody else could make one. */

#include <string.h>

#include "win32/kernel32.h"
#include "win32/native.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define REMEDY                                                                                     \
    L"mi.dll is part of Windows 8, Windows Server 2012 and every later Windows. On Windows 7 SP1 " \
    L"and Windows Server 2008 R2 SP1 install Windows Management Framework 3.0 (KB2506143), on "    \
    L"Windows Server 2008 SP2 KB2506146; both need .NET Framework 4."

struct missing_error {
    MI_Instance base;
    MI_Uint32 hresult;
    wchar_t message_id[24];
    wchar_t message[800];
};

/* Where the value of a property comes from. */
enum source {
    SOURCE_NULL,
    SOURCE_NUMBER,
    SOURCE_TEXT,
    SOURCE_ACTIONS,
    SOURCE_MESSAGE,
    SOURCE_ID,
    SOURCE_CODE
};

struct property {
    MI_PropertyDecl decl;
    enum source source;
    MI_Uint32 number;
    const wchar_t *text;
};

/* A declaration's code is its name's first and last letter in lower case and its length. */
#define NAME_CODE(first, last, name)                                                               \
    (((MI_Uint32)(first) << 16) | ((MI_Uint32)(last) << 8) | (sizeof(name) - 1))
#define PROPERTY(first, last, name, type, origin, source, number, text)                            \
    {                                                                                              \
        {MI_FLAG_PROPERTY | MI_FLAG_READONLY,                                                      \
         NAME_CODE(first, last, name),                                                             \
         L##name,                                                                                  \
         NULL,                                                                                     \
         0,                                                                                        \
         type,                                                                                     \
         NULL,                                                                                     \
         0,                                                                                        \
         0,                                                                                        \
         origin,                                                                                   \
         origin,                                                                                   \
         NULL},                                                                                    \
            source, number, text                                                                   \
    }
#define CIM(first, last, name, type, source, number, text)                                         \
    PROPERTY(first, last, name, type, L"CIM_Error", source, number, text)
#define WMI(first, last, name, type, source, number, text)                                         \
    PROPERTY(first, last, name, type, L"MSFT_WmiError", source, number, text)

static const struct property properties[] = {
    CIM('c', 'e', "CIMStatusCode", MI_UINT32, SOURCE_NUMBER, MI_RESULT_NOT_SUPPORTED, NULL),
    CIM('c', 'n', "CIMStatusCodeDescription", MI_STRING, SOURCE_TEXT, 0,
        L"MI_RESULT_NOT_SUPPORTED"),
    CIM('e', 'e', "ErrorSource", MI_STRING, SOURCE_NULL, 0, NULL),
    CIM('e', 't', "ErrorSourceFormat", MI_UINT16, SOURCE_NUMBER, 0, NULL),
    CIM('e', 'e', "ErrorType", MI_UINT16, SOURCE_NUMBER, 0, NULL),
    CIM('m', 'e', "Message", MI_STRING, SOURCE_MESSAGE, 0, NULL),
    CIM('m', 's', "MessageArguments", MI_STRINGA, SOURCE_NULL, 0, NULL),
    CIM('m', 'd', "MessageID", MI_STRING, SOURCE_ID, 0, NULL),
    CIM('o', 't', "OtherErrorSourceFormat", MI_STRING, SOURCE_NULL, 0, NULL),
    CIM('o', 'e', "OtherErrorType", MI_STRING, SOURCE_NULL, 0, NULL),
    CIM('o', 'y', "OwningEntity", MI_STRING, SOURCE_TEXT, 0, L"miclient"),
    CIM('p', 'y', "PerceivedSeverity", MI_UINT16, SOURCE_NUMBER, 0, NULL),
    /* 1 is "other": the description tells. */
    CIM('p', 'e', "ProbableCause", MI_UINT16, SOURCE_NUMBER, 1, NULL),
    CIM('p', 'n', "ProbableCauseDescription", MI_STRING, SOURCE_TEXT, 0,
        L"Windows Management Framework 3.0 or later is not installed"),
    CIM('r', 's', "RecommendedActions", MI_STRINGA, SOURCE_ACTIONS, 0, NULL),
    WMI('e', 'y', "error_Category", MI_UINT32, SOURCE_NUMBER, MI_ERRORCATEGORY_NOT_INSTALLED, NULL),
    WMI('e', 'e', "error_Code", MI_UINT32, SOURCE_CODE, 0, NULL),
    WMI('e', 'e', "error_Type", MI_STRING, SOURCE_TEXT, 0, L"HRESULT"),
    WMI('e', 'e', "error_WindowsErrorMessage", MI_STRING, SOURCE_MESSAGE, 0, NULL),
};

#define DECL(i) &properties[i].decl
static const MI_PropertyDecl *const declarations[] = {
    DECL(0),  DECL(1),  DECL(2),  DECL(3),  DECL(4),  DECL(5),  DECL(6),
    DECL(7),  DECL(8),  DECL(9),  DECL(10), DECL(11), DECL(12), DECL(13),
    DECL(14), DECL(15), DECL(16), DECL(17), DECL(18),
};
_Static_assert(COUNT_OF(declarations) == COUNT_OF(properties), "one declaration per property");

/* CIM_Error has the same properties but the last four. */
static const MI_ClassDecl cim_error_class = {
    .flags = MI_FLAG_CLASS,
    .code = NAME_CODE('c', 'r', "CIM_Error"),
    .name = L"CIM_Error",
    .properties = declarations,
    .numProperties = COUNT_OF(declarations) - 4,
    .size = sizeof(MI_Instance),
};
static const MI_ClassDecl wmi_error_class = {
    .flags = MI_FLAG_CLASS,
    .code = NAME_CODE('m', 'r', "MSFT_WmiError"),
    .name = L"MSFT_WmiError",
    .properties = declarations,
    .numProperties = COUNT_OF(declarations),
    .size = sizeof(MI_Instance),
    .superClass = L"CIM_Error",
    .superClassDecl = &cim_error_class,
};

static const wchar_t *const recommended_actions[] = {REMEDY};

static const struct missing_error *as_error(const MI_Instance *self)
{
    return (const struct missing_error *)(const void *)self;
}

static wchar_t fold(wchar_t c)
{
    return c >= L'A' && c <= L'Z' ? (wchar_t)(c - L'A' + L'a') : c;
}

static MI_Boolean same_name(const wchar_t *a, const wchar_t *b)
{
    while (*a != 0 && fold(*a) == fold(*b)) {
        a++;
        b++;
    }
    return fold(*a) == fold(*b);
}

/* Appends as much of text as fits; the rest of the buffer is zero already. */
static void append(wchar_t *buffer, size_t size, const wchar_t *text)
{
    size_t used = 0;

    while (buffer[used] != 0) {
        used++;
    }
    while (used + 1 < size && *text != 0) {
        buffer[used++] = *text++;
    }
}

static void append_number(wchar_t *buffer, size_t size, MI_Uint32 number, MI_Uint32 base)
{
    wchar_t digits[16] = {0};
    size_t first = COUNT_OF(digits) - 1;

    do {
        digits[--first] = L"0123456789abcdef"[number % base];
        number /= base;
    } while (number != 0);
    append(buffer, size, digits + first);
}

/* HRESULT_FROM_WIN32. */
static MI_Uint32 hresult_of(unsigned long windows_error)
{
    return 0x80070000U | ((MI_Uint32)windows_error & 0xFFFFU);
}

static void describe(struct missing_error *error, unsigned long windows_error)
{
    const size_t size = COUNT_OF(error->message);
    wchar_t directory[260] = {0};

    append(error->message, size,
           L"The native Management Infrastructure client of Windows cannot be used: ");
    if (GetSystemDirectoryW(directory, COUNT_OF(directory)) < COUNT_OF(directory)) {
        append(error->message, size, directory);
        append(error->message, size, L"\\");
    }
    append(error->message, size, L"mi.dll ");
    if (windows_error == MIC_ERROR_PROC_NOT_FOUND) {
        append(error->message, size,
               L"does not export MI_Application_InitializeV1 and mi_clientFT_V1");
    } else if (windows_error == MIC_ERROR_MOD_NOT_FOUND) {
        append(error->message, size, L"or a library it needs was not found");
    } else {
        append(error->message, size, L"could not be loaded");
    }
    append(error->message, size, L" (Windows error ");
    append_number(error->message, size, (MI_Uint32)windows_error, 10);
    append(error->message, size, L"). " REMEDY);
}

static MI_Result MI_CALL error_Clone(const MI_Instance *self, MI_Instance **newInstance)
{
    struct missing_error *copy;

    if (self == NULL || newInstance == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    copy = HeapAlloc(GetProcessHeap(), 0, sizeof(*copy));
    if (copy == NULL) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    memcpy(copy, self, sizeof(*copy));
    *newInstance = &copy->base;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL error_Destruct(MI_Instance *self)
{
    return self == NULL ? MI_RESULT_INVALID_PARAMETER : MI_RESULT_OK;
}

static MI_Result MI_CALL error_Delete(MI_Instance *self)
{
    if (self == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    HeapFree(GetProcessHeap(), 0, self);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL error_IsA(const MI_Instance *self, const MI_ClassDecl *classDecl,
                                   MI_Boolean *flag)
{
    const MI_ClassDecl *decl;

    if (self == NULL || classDecl == NULL || classDecl->name == NULL || flag == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *flag = MI_FALSE;
    for (decl = self->classDecl; decl != NULL && !*flag; decl = decl->superClassDecl) {
        *flag = same_name(decl->name, classDecl->name);
    }
    return MI_RESULT_OK;
}

static MI_Result MI_CALL error_GetClassName(const MI_Instance *self, const MI_Char **className)
{
    if (self == NULL || className == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *className = wmi_error_class.name;
    return MI_RESULT_OK;
}

/* Namespace and server: the error comes from neither. */
static MI_Result MI_CALL error_get_nothing(const MI_Instance *self, const MI_Char **name)
{
    if (self == NULL || name == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *name = NULL;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL error_set_name(MI_Instance *self, const MI_Char *name)
{
    (void)name;
    return self == NULL ? MI_RESULT_INVALID_PARAMETER : MI_RESULT_NOT_SUPPORTED;
}

static MI_Result MI_CALL error_GetElementCount(const MI_Instance *self, MI_Uint32 *count)
{
    if (self == NULL || count == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *count = COUNT_OF(properties);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL error_set_element(MI_Instance *self, const MI_Char *name,
                                           const MI_Value *value, MI_Type type, MI_Uint32 flags)
{
    (void)value;
    (void)type;
    (void)flags;
    return self == NULL || name == NULL ? MI_RESULT_INVALID_PARAMETER : MI_RESULT_NOT_SUPPORTED;
}

static MI_Result MI_CALL error_SetElementAt(MI_Instance *self, MI_Uint32 index,
                                            const MI_Value *value, MI_Type type, MI_Uint32 flags)
{
    (void)index;
    (void)value;
    (void)type;
    (void)flags;
    return self == NULL ? MI_RESULT_INVALID_PARAMETER : MI_RESULT_NOT_SUPPORTED;
}

/* MI hands strings out as writable pointers, yet they stay this library's; callers must not write.
 */
static MI_Char *lend(const wchar_t *text)
{
    MI_Char *writable;

    memcpy(&writable, &text, sizeof(writable));
    return writable;
}

static void number_value(MI_Type type, MI_Uint32 number, MI_Value *value)
{
    if (type == MI_UINT16) {
        value->uint16 = (MI_Uint16)number;
    } else {
        value->uint32 = number;
    }
}

static void actions_value(MI_Value *value)
{
    const void *actions = recommended_actions;

    memcpy(&value->stringa.data, &actions, sizeof(value->stringa.data));
    value->stringa.size = COUNT_OF(recommended_actions);
}

static void property_value(const struct missing_error *error, const struct property *property,
                           MI_Value *value)
{
    memset(value, 0, sizeof(*value));
    switch (property->source) {
    case SOURCE_NULL:
        break;
    case SOURCE_NUMBER:
        number_value((MI_Type)property->decl.type, property->number, value);
        break;
    case SOURCE_CODE:
        number_value((MI_Type)property->decl.type, error->hresult, value);
        break;
    case SOURCE_TEXT:
        value->string = lend(property->text);
        break;
    case SOURCE_MESSAGE:
        value->string = lend(error->message);
        break;
    case SOURCE_ID:
        value->string = lend(error->message_id);
        break;
    case SOURCE_ACTIONS:
        actions_value(value);
        break;
    }
}

static MI_Result MI_CALL error_GetElementAt(const MI_Instance *self, MI_Uint32 index,
                                            const MI_Char **name, MI_Value *value, MI_Type *type,
                                            MI_Uint32 *flags)
{
    const struct property *property;

    if (self == NULL || index >= COUNT_OF(properties)) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    property = &properties[index];
    if (name != NULL) {
        *name = property->decl.name;
    }
    if (value != NULL) {
        property_value(as_error(self), property, value);
    }
    if (type != NULL) {
        *type = (MI_Type)property->decl.type;
    }
    if (flags != NULL) {
        *flags = property->decl.flags | (property->source == SOURCE_NULL ? MI_FLAG_NULL : 0U);
    }
    return MI_RESULT_OK;
}

static MI_Result MI_CALL error_GetElement(const MI_Instance *self, const MI_Char *name,
                                          MI_Value *value, MI_Type *type, MI_Uint32 *flags,
                                          MI_Uint32 *index)
{
    MI_Uint32 i;

    if (self == NULL || name == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    for (i = 0; i < COUNT_OF(properties); i++) {
        if (same_name(properties[i].decl.name, name)) {
            break;
        }
    }
    if (i == COUNT_OF(properties)) {
        return MI_RESULT_NO_SUCH_PROPERTY;
    }
    if (index != NULL) {
        *index = i;
    }
    return error_GetElementAt(self, i, NULL, value, type, flags);
}

static MI_Result MI_CALL error_ClearElementAt(MI_Instance *self, MI_Uint32 index)
{
    (void)index;
    return self == NULL ? MI_RESULT_INVALID_PARAMETER : MI_RESULT_NOT_SUPPORTED;
}

static MI_Result MI_CALL error_GetClass(const MI_Instance *self, MI_Class **instanceClass)
{
    if (self == NULL || instanceClass == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *instanceClass = NULL;
    return MI_RESULT_NOT_SUPPORTED;
}

static MI_Result MI_CALL error_Normalize(MI_Instance **self)
{
    return self == NULL || *self == NULL ? MI_RESULT_INVALID_PARAMETER : MI_RESULT_OK;
}

/* Whatever would change the object answers MI_RESULT_NOT_SUPPORTED, and so does GetClass. */
static const MI_InstanceExFT error_ft = {
    .parent.Clone = error_Clone,
    .parent.Destruct = error_Destruct,
    .parent.Delete = error_Delete,
    .parent.IsA = error_IsA,
    .parent.GetClassName = error_GetClassName,
    .parent.SetNameSpace = error_set_name,
    .parent.GetNameSpace = error_get_nothing,
    .parent.GetElementCount = error_GetElementCount,
    .parent.AddElement = error_set_element,
    .parent.SetElement = error_set_element,
    .parent.SetElementAt = error_SetElementAt,
    .parent.GetElement = error_GetElement,
    .parent.GetElementAt = error_GetElementAt,
    .parent.ClearElement = error_set_name,
    .parent.ClearElementAt = error_ClearElementAt,
    .parent.GetServerName = error_get_nothing,
    .parent.SetServerName = error_set_name,
    .parent.GetClass = error_GetClass,
    .Normalize = error_Normalize,
};

static MI_Instance *mic_missing_error_new(unsigned long windows_error)
{
    struct missing_error *error = HeapAlloc(GetProcessHeap(), MIC_HEAP_ZERO_MEMORY, sizeof(*error));

    if (error == NULL) {
        return NULL;
    }
    error->base.ft = &error_ft.parent;
    error->base.classDecl = &wmi_error_class;
    error->hresult = hresult_of(windows_error);
    append(error->message_id, COUNT_OF(error->message_id), L"HRESULT 0x");
    append_number(error->message_id, COUNT_OF(error->message_id), error->hresult, 16);
    describe(error, windows_error);
    return &error->base;
}

static void mic_missing_error_report(MI_Instance **error)
{
    unsigned long windows_error = GetLastError();

    if (error != NULL) {
        *error = mic_missing_error_new(windows_error);
        SetLastError(windows_error);
    }
}
