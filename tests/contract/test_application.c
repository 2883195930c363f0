/* MI_Application: what every platform promises. */
#include "contract.h"

MIC_TEST(application, initialize_checks_its_arguments)
{
    MI_Application application;
    MI_Instance *error = NULL;

    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, NULL), MI_RESULT_INVALID_PARAMETER);
    memset(&application, 0xff, sizeof(application));
    MIC_CHECK_INT(MI_Application_Initialize(1, NULL, &error, &application),
                  MI_RESULT_INVALID_PARAMETER);
    if (error != NULL) {
        MI_Instance_Delete(error);
    }
    /* A failed application may be passed to Close. */
    MIC_CHECK(MI_Application_Close(&application) != MI_RESULT_OK);
}

MIC_TEST(application, closes_once)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Application copy;

    contract_open(&application);
    copy = application;
    MIC_CHECK_INT(MI_Application_Close(&copy), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Application_Close(&copy), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Application_Close(NULL), MI_RESULT_INVALID_PARAMETER);
}

MIC_TEST(application, several_are_independent)
{
    MI_Application first = MI_APPLICATION_NULL, second = MI_APPLICATION_NULL;
    MI_Instance *instance;

    contract_open(&first);
    contract_open(&second);
    contract_close(&first);
    instance = contract_dynamic(&second);
    MIC_CHECK_INT(MI_Instance_Delete(instance), MI_RESULT_OK);
    contract_close(&second);
}

MIC_TEST(application, new_instance_checks_its_arguments)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *instance = NULL;

    contract_open(&application);
    MIC_CHECK_INT(MI_Application_NewInstance(&application, NULL, NULL, &instance),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Application_NewInstance(&application, MI_T("X"), NULL, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Application_NewInstance(NULL, MI_T("X"), NULL, &instance),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(instance == NULL);
    contract_close(&application);
}

MIC_TEST(application, a_parameter_set_is_a_bag_named_parameters)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *set = NULL;
    MI_Value value = contract_uint32(3);
    const MI_Char *name = NULL;

    contract_open(&application);
    MIC_REQUIRE(MI_Application_NewParameterSet(&application, NULL, &set) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetClassName(set, &name), MI_RESULT_OK);
    MIC_CHECK_TEXT(name, MI_T("Parameters"));
    MIC_CHECK_INT(MI_Instance_AddElement(set, MI_T("Level"), &value, MI_UINT32, 0), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_Delete(set), MI_RESULT_OK);
    contract_close(&application);
}

MIC_TEST(application, an_instance_from_no_class_is_dynamic)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *instance = NULL;
    MI_Uint32 count = 9;

    contract_open(&application);
    MIC_REQUIRE(MI_Application_NewInstanceFromClass(&application, MI_T("X_Free"), NULL,
                                                    &instance) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElementCount(instance, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 0);
    MIC_CHECK_INT(MI_Instance_Delete(instance), MI_RESULT_OK);
    contract_close(&application);
}

MIC_TEST(application, bags_of_options_are_empty_at_first)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_DestinationOptions destination;
    MI_OperationOptions operation;
    MI_SubscriptionDeliveryOptions delivery;
    MI_Uint32 count = 9;

    contract_open(&application);
    MIC_REQUIRE(MI_Application_NewDestinationOptions(&application, &destination) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_DestinationOptions_GetOptionCount(&destination, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 0);
    MI_DestinationOptions_Delete(&destination);
    MIC_REQUIRE(MI_Application_NewOperationOptions(&application, MI_FALSE, &operation) ==
                MI_RESULT_OK);
    MI_OperationOptions_Delete(&operation);
    MIC_REQUIRE(MI_Application_NewSubscriptionDeliveryOptions(
                    &application, MI_SubscriptionDeliveryType_Pull, &delivery) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_Delete(&delivery), MI_RESULT_OK);
    contract_close(&application);
}

MIC_TEST(application, a_null_handle_gives_zeroed_objects)
{
    MI_DestinationOptions options;
    MI_Session session;

    memset(&options, 0xff, sizeof(options));
    MIC_CHECK_INT(MI_Application_NewDestinationOptions(NULL, &options),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(options.ft == NULL);
    memset(&session, 0xff, sizeof(session));
    MIC_CHECK_INT(MI_Application_NewSession(NULL, NULL, NULL, NULL, NULL, NULL, &session),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(session.ft == NULL);
}
