/* What goes through mi_clientFT_V1: utilities, serializers. */
#include "contract.h"

static MI_Value property(MI_Instance *instance, const MI_Char *name)
{
    MI_Value value;

    memset(&value, 0, sizeof(value));
    MIC_CHECK_INT(MI_Instance_GetElement(instance, name, &value, NULL, NULL, NULL), MI_RESULT_OK);
    return value;
}

MIC_TEST(utilities, errors_have_categories)
{
    MIC_CHECK_INT(
        MI_Utilities_MapErrorToMiErrorCategory(MI_RESULT_TYPE_MI, MI_RESULT_ACCESS_DENIED),
        MI_ERRORCATEGORY_ACCESS_DENIED);
    MIC_CHECK_INT(MI_Utilities_MapErrorToMiErrorCategory(MI_RESULT_TYPE_MI, MI_RESULT_NOT_FOUND),
                  MI_ERRORCATEGORY_OBJECT_NOT_FOUND);
    MIC_CHECK_INT(MI_Utilities_MapErrorToMiErrorCategory(MI_T("NoSuchType"), 5),
                  MI_ERRORCATEGORY_NOT_SPECIFIED);
}

MIC_TEST(utilities, an_error_instance_is_made_of_a_code)
{
    MI_Instance *error = NULL;

    MIC_REQUIRE(MI_Utilities_CimErrorFromErrorCode(MI_RESULT_NOT_FOUND, MI_RESULT_TYPE_MI,
                                                   MI_T("not there"), &error) == MI_RESULT_OK);
    MIC_REQUIRE(error != NULL);
    MIC_CHECK_INT(property(error, MI_T("CIMStatusCode")).uint32, MI_RESULT_NOT_FOUND);
    MIC_CHECK_TEXT(property(error, MI_T("Message")).string, MI_T("not there"));
    MIC_CHECK_INT(MI_Instance_Delete(error), MI_RESULT_OK);
}

MIC_TEST(utilities, an_unknown_type_makes_no_instance)
{
    MI_Instance *error = NULL;

    MIC_CHECK_INT(MI_Utilities_CimErrorFromErrorCode(5, MI_T("NoSuchType"), MI_T("text"), &error),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(error == NULL);
}

MIC_TEST(utilities, the_client_table_has_all_ten)
{
    MIC_REQUIRE(mi_clientFT_V1 != NULL);
    MIC_CHECK(mi_clientFT_V1->applicationFT != NULL);
    MIC_CHECK(mi_clientFT_V1->sessionFT != NULL);
    MIC_CHECK(mi_clientFT_V1->operationFT != NULL);
    MIC_CHECK(mi_clientFT_V1->hostedProviderFT != NULL);
    MIC_CHECK(mi_clientFT_V1->serializerFT != NULL);
    MIC_CHECK(mi_clientFT_V1->deserializerFT != NULL);
    MIC_CHECK(mi_clientFT_V1->subscribeDeliveryOptionsFT != NULL);
    MIC_CHECK(mi_clientFT_V1->destinationOptionsFT != NULL);
    MIC_CHECK(mi_clientFT_V1->operationOptionsFT != NULL);
    MIC_CHECK(mi_clientFT_V1->utilitiesFT != NULL);
}

MIC_TEST(serializer, an_unknown_format_is_not_supported)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Char format[] = {'N', 'o', 0};
    MI_Serializer serializer;
    MI_Deserializer deserializer;

    contract_open(&application);
    MIC_CHECK_INT(MI_Application_NewSerializer(&application, 0, format, &serializer),
                  MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(MI_Application_NewDeserializer(&application, 0, format, &deserializer),
                  MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(MI_Application_NewSerializer(&application, 0, NULL, &serializer),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Application_NewDeserializer(&application, 1, format, &deserializer),
                  MI_RESULT_INVALID_PARAMETER);
    contract_close(&application);
}
