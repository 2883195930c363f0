#include "api/bag_access.h"

#include <stdint.h>
#include <string.h>

#include "common/datetime.h"
#include "model/value.h"

static MI_Result set(struct mic_bag *bag, const MI_Char *name, MI_Type type, const MI_Value *value,
                     MI_Uint32 flags)
{
    if (bag == NULL || flags != 0) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return mic_bag_set(bag, name, type, value, 0);
}

MI_Result mic_bag_access_set_string(struct mic_bag *bag, const MI_Char *name, const MI_Char *text,
                                    MI_Uint32 flags)
{
    MI_Value value;

    value.string = mic_unconst(text);
    return set(bag, name, MI_STRING, &value, flags);
}

MI_Result mic_bag_access_set_number(struct mic_bag *bag, const MI_Char *name, MI_Uint32 number,
                                    MI_Uint32 flags)
{
    MI_Value value;

    value.uint32 = number;
    return set(bag, name, MI_UINT32, &value, flags);
}

MI_Result mic_bag_access_set_interval(struct mic_bag *bag, const MI_Char *name,
                                      const MI_Interval *interval, MI_Uint32 flags)
{
    MI_Value value;

    if (interval == NULL || !mic_interval_is_valid(interval)) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(&value, 0, sizeof(value));
    value.datetime.u.interval = *interval;
    return set(bag, name, MI_DATETIME, &value, flags);
}

MI_Result mic_bag_access_set_datetime(struct mic_bag *bag, const MI_Char *name,
                                      const MI_Datetime *datetime, MI_Uint32 flags)
{
    MI_Value value;

    if (datetime == NULL ||
        !(datetime->isTimestamp ? mic_timestamp_is_valid(&datetime->u.timestamp)
                                : mic_interval_is_valid(&datetime->u.interval))) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(&value, 0, sizeof(value));
    value.datetime = *datetime;
    return set(bag, name, MI_DATETIME, &value, flags);
}

static void give_place(int found, MI_Uint32 *index, MI_Uint32 *flags)
{
    if (index != NULL) {
        *index = (MI_Uint32)found;
    }
    if (flags != NULL) {
        *flags = 0;
    }
}

static MI_Result get(const struct mic_bag *bag, const MI_Char *name, MI_Type type, MI_Value *value,
                     MI_Uint32 *index, MI_Uint32 *flags)
{
    MI_Result result;

    if (bag == NULL || name == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = mic_bag_get(bag, name, type, value);
    if (result == MI_RESULT_OK) {
        give_place(mic_bag_find(bag, name), index, flags);
    }
    return result;
}

MI_Result mic_bag_access_get_string(const struct mic_bag *bag, const MI_Char *name,
                                    const MI_Char **text, MI_Uint32 *index, MI_Uint32 *flags)
{
    MI_Value value;
    MI_Result result = text == NULL ? MI_RESULT_INVALID_PARAMETER
                                    : get(bag, name, MI_STRING, &value, index, flags);

    if (result == MI_RESULT_OK) {
        *text = value.string;
    }
    return result;
}

MI_Result mic_bag_access_get_number(const struct mic_bag *bag, const MI_Char *name,
                                    MI_Uint32 *number, MI_Uint32 *index, MI_Uint32 *flags)
{
    MI_Value value;
    MI_Result result = number == NULL ? MI_RESULT_INVALID_PARAMETER
                                      : get(bag, name, MI_UINT32, &value, index, flags);

    if (result == MI_RESULT_OK) {
        *number = value.uint32;
    }
    return result;
}

MI_Result mic_bag_access_get_datetime(const struct mic_bag *bag, const MI_Char *name,
                                      MI_Datetime *datetime, MI_Uint32 *index, MI_Uint32 *flags)
{
    MI_Value value;
    MI_Result result = datetime == NULL ? MI_RESULT_INVALID_PARAMETER
                                        : get(bag, name, MI_DATETIME, &value, index, flags);

    if (result == MI_RESULT_OK) {
        *datetime = value.datetime;
    }
    return result;
}

MI_Result mic_bag_access_get_interval(const struct mic_bag *bag, const MI_Char *name,
                                      MI_Interval *interval, MI_Uint32 *index, MI_Uint32 *flags)
{
    MI_Datetime datetime;
    MI_Result result = interval == NULL
                           ? MI_RESULT_INVALID_PARAMETER
                           : mic_bag_access_get_datetime(bag, name, &datetime, NULL, NULL);

    if (result != MI_RESULT_OK) {
        return result;
    }
    if (datetime.isTimestamp) {
        return MI_RESULT_TYPE_MISMATCH;
    }
    *interval = datetime.u.interval;
    give_place(mic_bag_find(bag, name), index, flags);
    return MI_RESULT_OK;
}

MI_Result mic_bag_access_get_count(const struct mic_bag *bag, MI_Uint32 *count)
{
    if (bag == NULL || count == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *count = bag->values->count;
    return MI_RESULT_OK;
}

MI_Result mic_bag_access_get_at(const struct mic_bag *bag, MI_Uint32 index, const MI_Char **name,
                                MI_Value *value, MI_Type *type, MI_Uint32 *flags)
{
    const struct mic_property *property;

    if (bag == NULL || name == NULL || value == NULL || type == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    if (bag->values->count == 0) {
        return MI_RESULT_NO_SUCH_PROPERTY;
    }
    if (index >= bag->values->count) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    property = &bag->values->properties[index];
    *name = property->name;
    *value = property->value;
    *type = property->type;
    give_place(0, NULL, flags);
    return MI_RESULT_OK;
}

MI_Result mic_bag_access_get(const struct mic_bag *bag, const MI_Char *name, MI_Value *value,
                             MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags)
{
    int found;

    if (bag == NULL || name == NULL || value == NULL || type == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    found = mic_bag_find(bag, name);
    if (found < 0) {
        return MI_RESULT_NO_SUCH_PROPERTY;
    }
    *value = bag->values->properties[found].value;
    *type = bag->values->properties[found].type;
    give_place(found, index, flags);
    return MI_RESULT_OK;
}

MI_Result mic_bag_access_add_credentials(struct mic_bag *bag, const MI_Char *name,
                                         const MI_UserCredentials *credentials, MI_Uint32 flags)
{
    if (bag == NULL || flags != 0) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return mic_bag_add_credentials(bag, name, credentials);
}

MI_Result mic_bag_access_get_credentials_count(const struct mic_bag *bag, MI_Uint32 *count)
{
    if (bag == NULL || count == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *count = bag->credentials_count;
    return MI_RESULT_OK;
}

MI_Result mic_bag_access_get_credentials_at(const struct mic_bag *bag, MI_Uint32 index,
                                            const MI_Char **name, MI_UserCredentials *credentials,
                                            MI_Uint32 *flags)
{
    const struct mic_credentials *from;
    enum mic_credentials_kind kind;

    if (bag == NULL || name == NULL || credentials == NULL || index >= bag->credentials_count) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    from = &bag->credentials[index];
    kind = mic_credentials_kind(from->authentication_type);
    memset(credentials, 0, sizeof(*credentials));
    credentials->authenticationType = from->authentication_type;
    if (kind == MIC_CREDENTIALS_CERTIFICATE) {
        credentials->credentials.certificateThumbprint = from->thumbprint;
    } else if (kind == MIC_CREDENTIALS_PASSWORD) {
        credentials->credentials.usernamePassword.domain = from->domain;
        credentials->credentials.usernamePassword.username = from->user;
        credentials->credentials.usernamePassword.password = "******";
    }
    *name = from->key;
    give_place(0, NULL, flags);
    return MI_RESULT_OK;
}

MI_Result mic_bag_access_get_password_at(const struct mic_bag *bag, MI_Uint32 index,
                                         const MI_Char **name, MI_Char *password,
                                         MI_Uint32 buffer_length, MI_Uint32 *password_length,
                                         MI_Uint32 *flags)
{
    const struct mic_credentials *from;
    size_t needed;

    if (bag == NULL || name == NULL || password_length == NULL || index >= bag->credentials_count ||
        (password == NULL && buffer_length != 0)) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    from = &bag->credentials[index];
    if (mic_credentials_kind(from->authentication_type) == MIC_CREDENTIALS_CERTIFICATE) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    needed = from->has_password ? from->password.size + 1 : 0;
    if (needed > UINT32_MAX) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    *password_length = (MI_Uint32)needed;
    if (buffer_length != 0 && needed > buffer_length) {
        return MI_RESULT_FAILED;
    }
    if (buffer_length != 0 && needed > 0) {
        memcpy(password, from->password.data, needed);
    } else if (buffer_length != 0) {
        password[0] = '\0';
    }
    *name = from->key;
    give_place(0, NULL, flags);
    return MI_RESULT_OK;
}
