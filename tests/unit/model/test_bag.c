#include <malloc.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "fail_alloc.h"
#include "mic_test.h"
#include "model/bag.h"

#define PASSWORD "s3cr3t-p4ssw0rd"
#define KEY      "__MI_DESTINATIONOPTIONS_DESTINATION_CREDENTIALS"

/* The program is linked with --wrap=mic_free: blocks are looked at as they are freed. */
void __real_mic_free(void *block);
void __wrap_mic_free(void *block);

static int freed_with_password;

void __wrap_mic_free(void *block)
{
    size_t size = block != NULL ? malloc_usable_size(block) : 0;

    if (size > 0 && memmem(block, size, PASSWORD, strlen(PASSWORD) - 4) != NULL) {
        freed_with_password++;
    }
    __real_mic_free(block);
}

static MI_UserCredentials user(const char *type, const char *name, const char *password)
{
    MI_UserCredentials credentials;

    memset(&credentials, 0, sizeof(credentials));
    credentials.authenticationType = type;
    credentials.credentials.usernamePassword.domain = "DOM";
    credentials.credentials.usernamePassword.username = name;
    credentials.credentials.usernamePassword.password = password;
    return credentials;
}

MIC_TEST(bag, keeps_values_by_name_without_case_in_order_of_first_setting)
{
    struct mic_bag *bag = mic_bag_new();
    char first[] = "first", second[] = "second";
    MI_Value value;

    MIC_REQUIRE(bag != NULL);
    memset(&value, 0, sizeof(value));
    value.string = first;
    MIC_CHECK_INT(mic_bag_set(bag, "A", MI_STRING, &value, 0), MI_RESULT_OK);
    value.uint32 = 7;
    MIC_CHECK_INT(mic_bag_set(bag, "B", MI_UINT32, &value, MIC_OPTION_CUSTOM), MI_RESULT_OK);
    value.string = second;
    MIC_CHECK_INT(mic_bag_set(bag, "a", MI_STRING, &value, 0), MI_RESULT_OK);
    MIC_CHECK_INT(bag->values->count, 2);
    MIC_CHECK_INT(mic_bag_find(bag, "b"), 1);
    MIC_CHECK_INT(bag->option_flags[1], MIC_OPTION_CUSTOM);
    MIC_CHECK_TEXT(mic_bag_string(bag, "A", "none"), "second");
    MIC_CHECK_TEXT(mic_bag_string(bag, "B", "none"), "none");
    MIC_CHECK_INT(mic_bag_number(bag, "B", 1), 7);
    MIC_CHECK_INT(mic_bag_number(bag, "C", 1), 1);
    MIC_CHECK_INT(mic_bag_set(bag, "B", MI_STRING, &value, 0), MI_RESULT_TYPE_MISMATCH);
    MIC_CHECK_INT(mic_bag_set(bag, "not legal", MI_STRING, &value, 0), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(mic_bag_set(bag, NULL, MI_STRING, &value, 0), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(mic_bag_set(bag, "C", MI_STRING, NULL, 0), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(mic_bag_get(NULL, "C", MI_STRING, &value), MI_RESULT_NO_SUCH_PROPERTY);
    mic_bag_free(bag);
}

MIC_TEST(bag, intervals_read_as_milliseconds)
{
    struct mic_bag *bag = mic_bag_new();
    MI_Value value;

    MIC_REQUIRE(bag != NULL);
    memset(&value, 0, sizeof(value));
    value.datetime.u.interval.minutes = 1;
    value.datetime.u.interval.microseconds = 500000;
    MIC_CHECK_INT(mic_bag_set(bag, "T", MI_DATETIME, &value, 0), MI_RESULT_OK);
    MIC_CHECK_INT(mic_bag_interval_ms(bag, "T", 1), 60500);
    MIC_CHECK_INT(mic_bag_interval_ms(bag, "U", 1), 1);
    mic_bag_free(bag);
}

MIC_TEST(bag, many_options_keep_their_flags)
{
    struct mic_bag *bag = mic_bag_new(), *copy;
    char name[8] = "Opt_";
    MI_Value value;

    memset(&value, 0, sizeof(value));
    for (MI_Uint32 i = 0; i < 26; i++) {
        name[4] = (char)('a' + i);
        value.uint32 = i;
        MIC_CHECK_INT(mic_bag_set(bag, name, MI_UINT32, &value, i % 4), MI_RESULT_OK);
    }
    copy = mic_bag_clone(bag);
    mic_bag_free(bag);
    MIC_REQUIRE(copy != NULL);
    for (MI_Uint32 i = 0; i < 26; i++) {
        MIC_CHECK_INT(copy->values->properties[i].value.uint32, i);
        MIC_CHECK_INT(copy->option_flags[i], i % 4);
    }
    name[4] = '9';
    MIC_CHECK_INT(mic_bag_set(copy, name, MI_UINT32, &value, 3), MI_RESULT_OK);
    mic_bag_free(copy);
}

MIC_TEST(bag, credentials_are_checked_by_their_type)
{
    static const char *const none[] = {MI_AUTH_TYPE_DEFAULT, MI_AUTH_TYPE_NONE,
                                       MI_AUTH_TYPE_NEGO_NO_CREDS};
    static const char *const password[] = {MI_AUTH_TYPE_DIGEST,   MI_AUTH_TYPE_BASIC,
                                           MI_AUTH_TYPE_KERBEROS, MI_AUTH_TYPE_NEGO_WITH_CREDS,
                                           MI_AUTH_TYPE_NTLM,     MI_AUTH_TYPE_CREDSSP};
    static const char *const certificate[] = {MI_AUTH_TYPE_CLIENT_CERTS, MI_AUTH_TYPE_ISSUER_CERT};
    struct mic_bag *bag = mic_bag_new();
    MI_UserCredentials credentials;

    for (size_t i = 0; i < MIC_COUNT(none); i++) {
        credentials = user(none[i], NULL, NULL);
        MIC_CHECK_INT(mic_bag_add_credentials(bag, KEY, &credentials), MI_RESULT_OK);
    }
    for (size_t i = 0; i < MIC_COUNT(password); i++) {
        credentials = user(password[i], NULL, NULL);
        MIC_CHECK_INT(mic_bag_add_credentials(bag, KEY, &credentials), MI_RESULT_INVALID_PARAMETER);
        credentials = user(password[i], "u", NULL);
        MIC_CHECK_INT(mic_bag_add_credentials(bag, KEY, &credentials), MI_RESULT_OK);
    }
    for (size_t i = 0; i < MIC_COUNT(certificate); i++) {
        memset(&credentials, 0, sizeof(credentials));
        credentials.authenticationType = certificate[i];
        MIC_CHECK_INT(mic_bag_add_credentials(bag, KEY, &credentials), MI_RESULT_INVALID_PARAMETER);
        credentials.credentials.certificateThumbprint = "0011aa";
        MIC_CHECK_INT(mic_bag_add_credentials(bag, KEY, &credentials), MI_RESULT_OK);
    }
    MIC_CHECK_INT(bag->credentials_count, 11);
    credentials = user("basic", "v", PASSWORD);
    MIC_CHECK_INT(mic_bag_add_credentials(bag, KEY, &credentials), MI_RESULT_FAILED);
    MIC_CHECK_INT(mic_bag_add_credentials(bag, "other", &credentials), MI_RESULT_OK);
    credentials.authenticationType = "Unheard";
    MIC_CHECK_INT(mic_bag_add_credentials(bag, KEY, &credentials), MI_RESULT_INVALID_PARAMETER);
    credentials.authenticationType = NULL;
    MIC_CHECK_INT(mic_bag_add_credentials(bag, KEY, &credentials), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(mic_bag_add_credentials(bag, KEY, NULL), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_TEXT(mic_bag_credentials(bag, "OTHER", 0)->user, "v");
    MIC_CHECK(mic_bag_credentials(bag, "other", 1) == NULL);
    MIC_CHECK_TEXT(mic_bag_credentials(bag, KEY, 10)->thumbprint, "0011aa");
    mic_bag_free(bag);
}

MIC_TEST(bag, passwords_are_wiped_before_their_memory_is_freed)
{
    struct mic_bag *bag = mic_bag_new(), *copy;
    MI_UserCredentials credentials = user(MI_AUTH_TYPE_BASIC, "u", PASSWORD);

    freed_with_password = 0;
    MIC_CHECK_INT(mic_bag_add_credentials(bag, KEY, &credentials), MI_RESULT_OK);
    credentials.authenticationType = MI_AUTH_TYPE_DIGEST;
    MIC_CHECK_INT(mic_bag_add_credentials(bag, KEY, &credentials), MI_RESULT_OK);
    copy = mic_bag_clone(bag);
    MIC_REQUIRE(copy != NULL);
    mic_bag_free(bag);
    MIC_CHECK_TEXT(mic_bag_credentials(copy, KEY, 1)->password.data, PASSWORD);
    mic_bag_free(copy);
    MIC_CHECK_INT(freed_with_password, 0);
    /* And the wrapper sees what is not wiped. */
    __wrap_mic_free(mic_strdup(PASSWORD));
    MIC_CHECK_INT(freed_with_password, 1);
}

static bool fill_and_clone(void *context)
{
    MI_UserCredentials credentials = user(MI_AUTH_TYPE_BASIC, "u", PASSWORD);
    struct mic_bag *bag = mic_bag_new(), *copy = NULL;
    MI_Value value;
    char text[] = "text";
    bool ok = bag != NULL;

    (void)context;
    value.string = text;
    ok = ok && mic_bag_set(bag, "A", MI_STRING, &value, 0) == MI_RESULT_OK;
    ok = ok && mic_bag_set(bag, "A", MI_STRING, &value, 0) == MI_RESULT_OK;
    ok = ok && mic_bag_add_credentials(bag, KEY, &credentials) == MI_RESULT_OK;
    credentials.authenticationType = MI_AUTH_TYPE_DIGEST;
    ok = ok && mic_bag_add_credentials(bag, KEY, &credentials) == MI_RESULT_OK;
    ok = ok && (copy = mic_bag_clone(bag)) != NULL;
    mic_bag_free(bag);
    mic_bag_free(copy);
    return ok;
}

MIC_TEST(bag, every_failed_allocation_leaves_nothing_behind_not_even_a_password)
{
    freed_with_password = 0;
    MIC_CHECK(mic_fail_alloc_each(fill_and_clone, NULL) > 15);
    MIC_CHECK_INT(freed_with_password, 0);
}
