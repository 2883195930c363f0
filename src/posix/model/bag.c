#include "model/bag.h"

#include <string.h>

#include "base/mem.h"
#include "common/datetime.h"
#include "common/utf.h"
#include "model/value.h"

#define BAG_CLASS "Options"

struct mic_bag *mic_bag_new(void)
{
    struct mic_bag *bag = mic_calloc(1, sizeof(*bag));

    if (bag == NULL) {
        return NULL;
    }
    bag->values = mic_instance_new(BAG_CLASS, NULL);
    if (bag->values == NULL) {
        mic_free(bag);
        return NULL;
    }
    return bag;
}

static void fini_credentials(struct mic_credentials *credentials)
{
    mic_free(credentials->key);
    mic_free(credentials->authentication_type);
    mic_free(credentials->domain);
    mic_free(credentials->user);
    mic_free(credentials->thumbprint);
    mic_secret_fini(&credentials->password);
    memset(credentials, 0, sizeof(*credentials));
}

void mic_bag_free(struct mic_bag *bag)
{
    MI_Uint32 i;

    if (bag == NULL) {
        return;
    }
    for (i = 0; i < bag->credentials_count; i++) {
        fini_credentials(&bag->credentials[i]);
    }
    mic_free(bag->credentials);
    mic_free(bag->option_flags);
    mic_instance_delete(bag->values);
    mic_free(bag);
}

static bool copy_text(const char *from, char **out)
{
    *out = mic_strdup(from);
    return from == NULL || *out != NULL;
}

static bool copy_credentials(const struct mic_credentials *from, struct mic_credentials *out)
{
    memset(out, 0, sizeof(*out));
    out->has_password = from->has_password;
    if (copy_text(from->key, &out->key) &&
        copy_text(from->authentication_type, &out->authentication_type) &&
        copy_text(from->domain, &out->domain) && copy_text(from->user, &out->user) &&
        copy_text(from->thumbprint, &out->thumbprint) &&
        (!from->has_password || mic_secret_init(&out->password, from->password.data) == 0)) {
        return true;
    }
    fini_credentials(out);
    return false;
}

/* One more place at the end, not counted yet. */
static struct mic_credentials *make_room(struct mic_bag *bag)
{
    size_t size;
    struct mic_credentials *larger;

    if (!mic_size_mul((size_t)bag->credentials_count + 1, sizeof(*larger), &size)) {
        return NULL;
    }
    larger = mic_realloc(bag->credentials, size);
    if (larger == NULL) {
        return NULL;
    }
    bag->credentials = larger;
    return &larger[bag->credentials_count];
}

struct mic_bag *mic_bag_clone(const struct mic_bag *bag)
{
    struct mic_bag *copy;
    MI_Uint32 i;

    if (bag == NULL) {
        return mic_bag_new();
    }
    copy = mic_calloc(1, sizeof(*copy));
    if (copy == NULL) {
        return NULL;
    }
    copy->must_understand = bag->must_understand;
    copy->delivery_type = bag->delivery_type;
    copy->values = mic_instance_clone(&bag->values->public_instance);
    if (copy->values == NULL) {
        goto failed;
    }
    if (bag->option_flags != NULL) {
        copy->option_flags =
            mic_memdup(bag->option_flags, bag->option_flags_size * sizeof(bag->option_flags[0]));
        if (copy->option_flags == NULL) {
            goto failed;
        }
        copy->option_flags_size = bag->option_flags_size;
    }
    for (i = 0; i < bag->credentials_count; i++) {
        struct mic_credentials *place = make_room(copy);

        if (place == NULL || !copy_credentials(&bag->credentials[i], place)) {
            goto failed;
        }
        copy->credentials_count++;
    }
    return copy;
failed:
    mic_bag_free(copy);
    return NULL;
}

int mic_bag_find(const struct mic_bag *bag, const char *name)
{
    return bag != NULL && name != NULL
               ? mic_instance_find(bag->values, mic_str_from(name), bag->values->count)
               : -1;
}

MI_Result mic_bag_get(const struct mic_bag *bag, const char *name, MI_Type type, MI_Value *value)
{
    int found = mic_bag_find(bag, name);

    if (found < 0) {
        return MI_RESULT_NO_SUCH_PROPERTY;
    }
    if (bag->values->properties[found].type != type) {
        return MI_RESULT_TYPE_MISMATCH;
    }
    *value = bag->values->properties[found].value;
    return MI_RESULT_OK;
}

static bool make_flags_room(struct mic_bag *bag)
{
    MI_Uint32 size = bag->option_flags_size;
    MI_Uint32 *larger;

    if (bag->values->count < size) {
        return true;
    }
    size = size == 0 ? 8 : size * 2;
    larger = mic_realloc(bag->option_flags, size * sizeof(*larger));
    if (larger == NULL) {
        return false;
    }
    bag->option_flags = larger;
    bag->option_flags_size = size;
    return true;
}

MI_Result mic_bag_set(struct mic_bag *bag, const char *name, MI_Type type, const MI_Value *value,
                      MI_Uint32 flags)
{
    MI_Result result;

    if (name == NULL || value == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    if (!make_flags_room(bag)) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    result = mic_instance_set(bag->values, name, type, value, 0, NULL);
    if (result == MI_RESULT_OK) {
        bag->option_flags[mic_bag_find(bag, name)] = flags;
    }
    return result;
}

const char *mic_bag_string(const struct mic_bag *bag, const char *name, const char *fallback)
{
    MI_Value value;

    return mic_bag_get(bag, name, MI_STRING, &value) == MI_RESULT_OK ? value.string : fallback;
}

MI_Uint32 mic_bag_number(const struct mic_bag *bag, const char *name, MI_Uint32 fallback)
{
    MI_Value value;

    return mic_bag_get(bag, name, MI_UINT32, &value) == MI_RESULT_OK ? value.uint32 : fallback;
}

unsigned long long mic_bag_interval_ms(const struct mic_bag *bag, const char *name,
                                       unsigned long long fallback)
{
    MI_Value value;

    if (mic_bag_get(bag, name, MI_DATETIME, &value) != MI_RESULT_OK || value.datetime.isTimestamp) {
        return fallback;
    }
    return mic_interval_to_ms(&value.datetime.u.interval);
}

bool mic_bag_has_channel(const struct mic_bag *bag, const char *name, MI_Uint32 channel)
{
    MI_Value value;
    MI_Uint32 i;

    if (mic_bag_get(bag, name, MI_UINT32A, &value) != MI_RESULT_OK) {
        return false;
    }
    for (i = 0; i < value.uint32a.size; i++) {
        if (value.uint32a.data[i] == channel) {
            return true;
        }
    }
    return false;
}

enum mic_credentials_kind mic_credentials_kind(const char *authentication_type)
{
    static const struct {
        const char *type;
        enum mic_credentials_kind kind;
    } kinds[] = {
        {MI_AUTH_TYPE_DEFAULT, MIC_CREDENTIALS_NONE},
        {MI_AUTH_TYPE_NONE, MIC_CREDENTIALS_NONE},
        {MI_AUTH_TYPE_NEGO_NO_CREDS, MIC_CREDENTIALS_NONE},
        {MI_AUTH_TYPE_DIGEST, MIC_CREDENTIALS_PASSWORD},
        {MI_AUTH_TYPE_BASIC, MIC_CREDENTIALS_PASSWORD},
        {MI_AUTH_TYPE_NEGO_WITH_CREDS, MIC_CREDENTIALS_PASSWORD},
        {MI_AUTH_TYPE_KERBEROS, MIC_CREDENTIALS_PASSWORD},
        {MI_AUTH_TYPE_NTLM, MIC_CREDENTIALS_PASSWORD},
        {MI_AUTH_TYPE_CREDSSP, MIC_CREDENTIALS_PASSWORD},
        {MI_AUTH_TYPE_CLIENT_CERTS, MIC_CREDENTIALS_CERTIFICATE},
        {MI_AUTH_TYPE_ISSUER_CERT, MIC_CREDENTIALS_CERTIFICATE},
    };
    size_t i;

    for (i = 0; authentication_type != NULL && i < MIC_COUNT(kinds); i++) {
        if (mic_text_equal_nocase(authentication_type, kinds[i].type)) {
            return kinds[i].kind;
        }
    }
    return MIC_CREDENTIALS_UNKNOWN;
}

static bool is_text(const char *text)
{
    return text == NULL || mic_utf8_is_valid(text, strlen(text), NULL);
}

/* What of @p from counts for its type, still the caller's memory, password aside. */
static MI_Result read_credentials(const MI_UserCredentials *from, struct mic_credentials *out,
                                  const char **password)
{
    const MI_UsernamePasswordCreds *user = &from->credentials.usernamePassword;

    *password = NULL;
    switch (mic_credentials_kind(from->authenticationType)) {
    case MIC_CREDENTIALS_NONE:
        return MI_RESULT_OK;
    case MIC_CREDENTIALS_PASSWORD:
        if (user->username == NULL || !is_text(user->domain) || !is_text(user->username) ||
            !is_text(user->password)) {
            return MI_RESULT_INVALID_PARAMETER;
        }
        out->domain = mic_unconst(user->domain);
        out->user = mic_unconst(user->username);
        *password = user->password;
        return MI_RESULT_OK;
    case MIC_CREDENTIALS_CERTIFICATE:
        if (from->credentials.certificateThumbprint == NULL ||
            !is_text(from->credentials.certificateThumbprint)) {
            return MI_RESULT_INVALID_PARAMETER;
        }
        out->thumbprint = mic_unconst(from->credentials.certificateThumbprint);
        return MI_RESULT_OK;
    case MIC_CREDENTIALS_UNKNOWN:
        break;
    }
    return MI_RESULT_INVALID_PARAMETER;
}

MI_Result mic_bag_add_credentials(struct mic_bag *bag, const char *key,
                                  const MI_UserCredentials *credentials)
{
    struct mic_credentials given, *place;
    const char *password;
    MI_Uint32 i;
    MI_Result result;

    if (!mic_name_is_legal(key) || credentials == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(&given, 0, sizeof(given));
    result = read_credentials(credentials, &given, &password);
    if (result != MI_RESULT_OK) {
        return result;
    }
    for (i = 0; i < bag->credentials_count; i++) {
        if (mic_text_equal_nocase(bag->credentials[i].key, key) &&
            mic_text_equal_nocase(bag->credentials[i].authentication_type,
                                  credentials->authenticationType)) {
            return MI_RESULT_FAILED;
        }
    }
    given.key = mic_unconst(key);
    given.authentication_type = mic_unconst(credentials->authenticationType);
    place = make_room(bag);
    if (place == NULL || !copy_credentials(&given, place)) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    if (password != NULL) {
        if (mic_secret_init(&place->password, password) != 0) {
            fini_credentials(place);
            return MI_RESULT_SERVER_LIMITS_EXCEEDED;
        }
        place->has_password = true;
    }
    bag->credentials_count++;
    return MI_RESULT_OK;
}

const struct mic_credentials *mic_bag_credentials(const struct mic_bag *bag, const char *key,
                                                  MI_Uint32 index)
{
    MI_Uint32 i;

    for (i = 0; bag != NULL && i < bag->credentials_count; i++) {
        if (mic_text_equal_nocase(bag->credentials[i].key, key) && index-- == 0) {
            return &bag->credentials[i];
        }
    }
    return NULL;
}
