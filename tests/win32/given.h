#ifndef MIC_TESTS_WIN32_GIVEN_H
#define MIC_TESTS_WIN32_GIVEN_H

/** What the forwarding tests share: one object of each kind, made through the stand-in mi.dll, one
 *  input of each type, and checks of what the stand-in recorded and answered. */

#include <mi.h>

#include "mic_test.h"
#include "standin/standin.h"

struct given {
    /** NULL when there is no stand-in mi.dll on this system: then calls must refuse. */
    struct standin *standin;
    /** mi_clientFT_V1 as it was before the first call: the tables that load and forward. */
    const MI_ClientFT_V1 *boot;
    MI_Application application;
    MI_Session session;
    MI_Operation operation;
    MI_HostedProvider hosted_provider;
    MI_DestinationOptions destination_options;
    MI_OperationOptions operation_options;
    MI_SubscriptionDeliveryOptions subscription_options;
    MI_Serializer serializer;
    MI_Deserializer deserializer;
    MI_QualifierSet qualifier_set;
    MI_ParameterSet parameter_set;
    MI_Instance *instance;
    MI_Class *class_object;
    MI_PropertySet *property_set;
    MI_Filter *filter;
    MI_OperationCallbacks callbacks;
    MI_SessionCallbacks session_callbacks;
    MI_ClassDecl class_decl;
    MI_Interval interval;
    MI_Datetime datetime;
    MI_UserCredentials credentials;
    MI_Value value;
    MI_Char text[16];
    MI_Uint8 bytes[16];
    MI_Class *classes[1];
};

extern struct given given;

/** The first statement of a test: makes the objects on first use and empties the log. */
void given_open(void);
/** As given_open, but the objects are zero: for calls through given.boot. */
void given_open_boot(void);

/** Empty the log; every slot of the stand-in returns result from now on. */
void given_result(MI_Result result);
/** The next line of the log is this call; see record_line for types. */
void given_logged(struct mic_test_place place, const char *name, const char *types, ...);
void given_log_ends(struct mic_test_place place);
void given_check_zero(const void *bytes, size_t size, const char *text,
                      struct mic_test_place place);
void given_check_error(MI_Instance *error, struct mic_test_place place);

void MI_CALL given_completion(void *context);
MI_Module *MI_MAIN_CALL given_main(MI_Server *server);
MI_Result MI_CALL given_class_needed(void *context, const MI_Char *server_name,
                                     const MI_Char *namespace_name, const MI_Char *class_name,
                                     MI_Class **class_object);

/** An input text that no narrow character set holds. */
#define TEXT_IN(name) L##name L" \u0416\u6f22"

/** An output that holds neither an answer nor zero before the call. */
#define POISONED(type, name)                                                                       \
    type name;                                                                                     \
    memset(&(name), 0x5A, sizeof(name))

/** The call reaches the stand-in and its result comes back; evaluated twice. Without mi.dll it is
 *  refused. */
#define FORWARDS(call)                                                                             \
    do {                                                                                           \
        if (given.standin == NULL) {                                                               \
            MIC_CHECK_INT((call), MI_RESULT_NOT_SUPPORTED);                                        \
            break;                                                                                 \
        }                                                                                          \
        given_result(MI_RESULT_TYPE_MISMATCH);                                                     \
        MIC_CHECK_INT((call), MI_RESULT_TYPE_MISMATCH);                                            \
        given_result(MI_RESULT_OK);                                                                \
        MIC_CHECK_INT((call), MI_RESULT_OK);                                                       \
    } while (0)
#define FORWARDS_VOID(call)                                                                        \
    do {                                                                                           \
        given_result(MI_RESULT_OK);                                                                \
        (call);                                                                                    \
    } while (0)
#define FORWARDS_CATEGORY(call)                                                                    \
    do {                                                                                           \
        given_result(MI_RESULT_OK);                                                                \
        MIC_CHECK_INT((call), given.standin ? MI_ERRORCATEGORY_QUOTA_EXCEEDED                      \
                                            : MI_ERRORCATEGORY_NOT_SPECIFIED);                     \
    } while (0)

#define LOGGED(...) given_logged(MIC_TEST_HERE, __VA_ARGS__)
#define LOG_ENDS()  given_log_ends(MIC_TEST_HERE)

/** Outputs: the stand-in's answer, or zero when the call was refused. */
#define ANSWERED_OR_ZERO(output, check)                                                            \
    do {                                                                                           \
        if (given.standin != NULL) {                                                               \
            check;                                                                                 \
        } else {                                                                                   \
            given_check_zero(&(output), sizeof(output), #output, MIC_TEST_HERE);                   \
        }                                                                                          \
    } while (0)
#define OUT_NUMBER(output, slot, place)                                                            \
    ANSWERED_OR_ZERO(output, MIC_CHECK_INT(output, STANDIN_NUMBER(slot, place)))
#define OUT_TRUE(output)       ANSWERED_OR_ZERO(output, MIC_CHECK((output) == MI_TRUE))
#define OUT_TYPE(output)       ANSWERED_OR_ZERO(output, MIC_CHECK_INT(output, STANDIN_TYPE))
#define OUT_RESULT(output)     ANSWERED_OR_ZERO(output, MIC_CHECK_INT(output, STANDIN_RESULT))
#define OUT_TEXT(output, name) ANSWERED_OR_ZERO(output, MIC_CHECK_TEXT(output, STANDIN_TEXT(name)))
#define OUT_VALUE(output, name)                                                                    \
    ANSWERED_OR_ZERO(output, MIC_CHECK_TEXT((output).string, STANDIN_TEXT(name)))
#define OUT_INTERVAL(output, slot, place)                                                          \
    ANSWERED_OR_ZERO(output, MIC_CHECK_INT((output).days, STANDIN_NUMBER(slot, place)))
#define OUT_DATETIME(output, slot, place)                                                          \
    ANSWERED_OR_ZERO(output, MIC_CHECK_INT((output).u.timestamp.year, STANDIN_NUMBER(slot, place)))
#define OUT_CREDENTIALS(output)                                                                    \
    ANSWERED_OR_ZERO(output, MIC_CHECK_TEXT((output).credentials.usernamePassword.username,        \
                                            STANDIN_TEXT("username")))
#define OUT_HANDLE(output, slot, place)                                                            \
    ANSWERED_OR_ZERO(output, MIC_CHECK_INT((output).reserved1, STANDIN_NUMBER(slot, place)))
#define OUT_OBJECT(output, member)                                                                 \
    ANSWERED_OR_ZERO(output, MIC_CHECK((output) == given.standin->member))
/** Extended errors: refused calls say what is missing. */
#define OUT_ERROR(output)                                                                          \
    do {                                                                                           \
        if (given.standin != NULL) {                                                               \
            MIC_CHECK((output) == given.standin->instance);                                        \
        } else {                                                                                   \
            given_check_error((output), MIC_TEST_HERE);                                            \
        }                                                                                          \
    } while (0)
/** Buffers and their lengths: a refused call leaves them alone. */
#define OUT_BUFFER(output, name)                                                                   \
    do {                                                                                           \
        if (given.standin != NULL) {                                                               \
            MIC_CHECK_TEXT((MI_Char *)(output), STANDIN_TEXT(name));                               \
        }                                                                                          \
    } while (0)
#define OUT_LENGTH(output, slot, place)                                                            \
    do {                                                                                           \
        if (given.standin != NULL) {                                                               \
            MIC_CHECK_INT(output, STANDIN_NUMBER(slot, place));                                    \
        }                                                                                          \
    } while (0)

#endif
