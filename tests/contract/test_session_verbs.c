/* What a session's verbs say of arguments that cannot be: each before any server is asked, once,
 * to Get or to the callback. */
#include "contract.h"

static MI_Application application;
static MI_Session session;

static void open_session(void)
{
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL;
    MI_UserCredentials nobody;

    contract_open(&application);
    memset(&nobody, 0, sizeof(nobody));
    nobody.authenticationType = MI_AUTH_TYPE_NONE;
    MIC_REQUIRE(MI_Application_NewDestinationOptions(&application, &options) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_DestinationOptions_AddDestinationCredentials(&options, &nobody), MI_RESULT_OK);
    MIC_REQUIRE(MI_Application_NewSession(&application, MI_T("WINRM"), MI_T("127.0.0.1"), &options,
                                          NULL, NULL, &session) == MI_RESULT_OK);
    MI_DestinationOptions_Delete(&options);
}

static void close_session(void)
{
    MIC_CHECK_INT(MI_Session_Close(&session, NULL, NULL), MI_RESULT_OK);
    contract_close(&application);
}

enum kind { INSTANCE, CLASS, INDICATION };

struct verb {
    const char *name;
    enum kind kind;
    void (*begin)(MI_OperationCallbacks *callbacks, MI_Operation *operation);
};

#define NAME_SPACE MI_T("root/cimv2")

static void modify(MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_Session_ModifyInstance(&session, 0, NULL, NAME_SPACE, NULL, callbacks, operation);
}

static void create(MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_Session_CreateInstance(&session, 0, NULL, NAME_SPACE, NULL, callbacks, operation);
}

static void delete_none(MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_Session_DeleteInstance(&session, 0, NULL, NAME_SPACE, NULL, callbacks, operation);
}

static void invoke_nothing(MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_Session_Invoke(&session, 0, NULL, NAME_SPACE, MI_T("X_Thing"), NULL, NULL, NULL, callbacks,
                      operation);
}

static void invoke_nobody(MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_Session_Invoke(&session, 0, NULL, NAME_SPACE, NULL, MI_T("Stop"), NULL, NULL, callbacks,
                      operation);
}

static void query_nothing(MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_Session_QueryInstances(&session, 0, NULL, NAME_SPACE, MI_QUERY_DIALECT_WQL, NULL, callbacks,
                              operation);
}

static void associate(MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_Session_AssociatorInstances(&session, 0, NULL, NAME_SPACE, NULL, NULL, NULL, NULL, NULL,
                                   MI_FALSE, callbacks, operation);
}

static void refer(MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_Session_ReferenceInstances(&session, 0, NULL, NAME_SPACE, NULL, NULL, NULL, MI_FALSE,
                                  callbacks, operation);
}

static void list_badly(MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_Session_EnumerateClasses(&session, 0, NULL, NAME_SPACE, MI_T("not a name"), MI_FALSE,
                                callbacks, operation);
}

static void subscribe_to_nothing(MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_Session_Subscribe(&session, 0, NULL, NAME_SPACE, MI_QUERY_DIALECT_WQL, NULL, NULL, callbacks,
                         operation);
}

static const struct verb verbs[] = {
    {"ModifyInstance", INSTANCE, modify},
    {"CreateInstance", INSTANCE, create},
    {"DeleteInstance", INSTANCE, delete_none},
    {"Invoke without a method", INSTANCE, invoke_nothing},
    {"Invoke without a class", INSTANCE, invoke_nobody},
    {"QueryInstances", INSTANCE, query_nothing},
    {"AssociatorInstances", INSTANCE, associate},
    {"ReferenceInstances", INSTANCE, refer},
    {"EnumerateClasses", CLASS, list_badly},
    {"Subscribe", INDICATION, subscribe_to_nothing},
};

struct taken {
    const void *object;
    MI_Boolean more;
    MI_Result result;
};

static MI_Result take(enum kind kind, MI_Operation *operation, struct taken *taken)
{
    const MI_Instance *instance = NULL;
    const MI_Class *cls = NULL;
    MI_Result returned;

    *taken = (struct taken){NULL, MI_TRUE, MI_RESULT_OK};
    if (kind == CLASS) {
        returned = MI_Operation_GetClass(operation, &cls, &taken->more, &taken->result, NULL, NULL);
        taken->object = cls;
        return returned;
    }
    returned = kind == INDICATION
                   ? MI_Operation_GetIndication(operation, &instance, NULL, NULL, &taken->more,
                                                &taken->result, NULL, NULL)
                   : MI_Operation_GetInstance(operation, &instance, &taken->more, &taken->result,
                                              NULL, NULL);
    taken->object = instance;
    return returned;
}

MIC_TEST(session_verbs, bad_arguments_are_the_one_result)
{
    open_session();
    for (size_t i = 0; i < CONTRACT_COUNT(verbs); i++) {
        MI_Operation operation = MI_OPERATION_NULL;
        struct taken taken;
        verbs[i].begin(NULL, &operation);
        MIC_CHECK_INT(take(verbs[i].kind, &operation, &taken), MI_RESULT_OK);
        if (taken.result != MI_RESULT_INVALID_PARAMETER || taken.more || taken.object != NULL) {
            MIC_FAIL("%s gave %d", verbs[i].name, (int)taken.result);
        }
        MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    }
    close_session();
}

MIC_TEST(session_verbs, the_get_of_another_kind_is_refused)
{
    open_session();
    for (size_t i = 0; i < CONTRACT_COUNT(verbs); i++) {
        static const enum kind other[] = {CLASS, INDICATION, INSTANCE};
        MI_Operation operation = MI_OPERATION_NULL;
        struct taken taken;
        verbs[i].begin(NULL, &operation);
        if (take(other[verbs[i].kind], &operation, &taken) != MI_RESULT_INVALID_PARAMETER) {
            MIC_FAIL("%s", verbs[i].name);
        }
        (void)take(verbs[i].kind, &operation, &taken);
        MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    }
    close_session();
}

/* ---- with callbacks; closing the session waits for them ---- */

struct told {
    unsigned calls;
    MI_Result result;
    MI_Boolean more;
};

static void note(void *context, MI_Operation *operation, MI_Boolean more, MI_Result result)
{
    struct told *told = context;

    told->calls++;
    told->result = result;
    told->more = more;
    MIC_CHECK_INT(MI_Operation_Close(operation), MI_RESULT_OK);
}

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance,
                                MI_Boolean more, MI_Result result, const MI_Char *message,
                                const MI_Instance *details,
                                MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    (void)message, (void)details, (void)acknowledge;
    MIC_CHECK(instance == NULL);
    note(context, operation, more, result);
}

static void MI_CALL on_class(MI_Operation *operation, void *context, const MI_Class *cls,
                             MI_Boolean more, MI_Result result, const MI_Char *message,
                             const MI_Instance *details,
                             MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    (void)message, (void)details, (void)acknowledge;
    MIC_CHECK(cls == NULL);
    note(context, operation, more, result);
}

static void MI_CALL on_indication(MI_Operation *operation, void *context,
                                  const MI_Instance *instance, const MI_Char *bookmark,
                                  const MI_Char *machine_id, MI_Boolean more, MI_Result result,
                                  const MI_Char *message, const MI_Instance *details,
                                  MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    (void)bookmark, (void)machine_id, (void)message, (void)details, (void)acknowledge;
    MIC_CHECK(instance == NULL);
    note(context, operation, more, result);
}

MIC_TEST(session_verbs, bad_arguments_are_told_to_the_callback_once)
{
    struct told told[CONTRACT_COUNT(verbs)];

    memset(told, 0, sizeof(told));
    open_session();
    for (size_t i = 0; i < CONTRACT_COUNT(verbs); i++) {
        MI_Operation operation = MI_OPERATION_NULL;
        MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
        callbacks.callbackContext = &told[i];
        callbacks.instanceResult = verbs[i].kind == INSTANCE ? on_instance : NULL;
        callbacks.classResult = verbs[i].kind == CLASS ? on_class : NULL;
        callbacks.indicationResult = verbs[i].kind == INDICATION ? on_indication : NULL;
        verbs[i].begin(&callbacks, &operation);
    }
    close_session();
    for (size_t i = 0; i < CONTRACT_COUNT(verbs); i++) {
        if (told[i].calls != 1 || told[i].result != MI_RESULT_INVALID_PARAMETER || told[i].more) {
            MIC_FAIL("%s: %u calls, result %d", verbs[i].name, told[i].calls, (int)told[i].result);
        }
    }
}
