/** Options of a destination, an operation or a subscription: named values in order of first
 * setting, names compared without case, and credentials beside them.
 *  @thread one writer at a time; readers together */
#ifndef MIC_MODEL_BAG_H
#define MIC_MODEL_BAG_H

#include <mi.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/secret.h"
#include "model/instance.h"

struct mic_credentials {
    char *key;                 /* which option: destination, proxy or delivery credentials */
    char *authentication_type; /* MI_AUTH_TYPE_* as given */
    char *domain, *user;       /* may be NULL */
    char *thumbprint;          /* certificate credentials only */
    struct mic_secret password;
    bool has_password;
};

/** Bits of mic_bag.option_flags. */
#define MIC_OPTION_CUSTOM      0x1u /* set by MI_OperationOptions_SetCustomOption: goes on the wire */
#define MIC_OPTION_MUST_COMPLY 0x2u /* and the server must reject what it does not know */

struct mic_bag {
    struct mic_instance *values; /* dynamic, on the heap; one property per option */
    MI_Uint32 *option_flags;     /* per value: MIC_OPTION_* */
    MI_Uint32 option_flags_size; /* room in it */
    struct mic_credentials *credentials;
    MI_Uint32 credentials_count;
    bool must_understand; /* operation options: what NewOperationOptions was told */
    MI_SubscriptionDeliveryType delivery_type; /* subscription options: likewise */
};

/** What a credential's authentication type makes of the union in MI_UserCredentials. */
enum mic_credentials_kind {
    MIC_CREDENTIALS_UNKNOWN, /* no such type */
    MIC_CREDENTIALS_NONE,
    MIC_CREDENTIALS_PASSWORD,
    MIC_CREDENTIALS_CERTIFICATE
};

/** @return NULL when out of memory */
struct mic_bag *mic_bag_new(void);
struct mic_bag *mic_bag_clone(const struct mic_bag *bag); /* NULL gives an empty one */
void mic_bag_free(struct mic_bag *bag);                   /* wipes passwords */

/** NO_SUCH_PROPERTY, TYPE_MISMATCH, OK. Outputs only on OK. */
MI_Result mic_bag_get(const struct mic_bag *bag, const char *name, MI_Type type, MI_Value *value);
/** Replacing by another type: TYPE_MISMATCH. Illegal name, NULL value or text that is not UTF-8:
 *  INVALID_PARAMETER. @p flags: MIC_OPTION_*. */
MI_Result mic_bag_set(struct mic_bag *bag, const char *name, MI_Type type, const MI_Value *value,
                      MI_Uint32 flags);
/** Index of an option, or -1. */
int mic_bag_find(const struct mic_bag *bag, const char *name);
/** Convenience for readers inside the library: @p fallback when unset or of another type. */
const char *mic_bag_string(const struct mic_bag *bag, const char *name, const char *fallback);
MI_Uint32 mic_bag_number(const struct mic_bag *bag, const char *name, MI_Uint32 fallback);
/** Milliseconds of an interval option; @p fallback when unset. */
unsigned long long mic_bag_interval_ms(const struct mic_bag *bag, const char *name,
                                       unsigned long long fallback);
/** Is @p channel in the array option @p name? */
bool mic_bag_has_channel(const struct mic_bag *bag, const char *name, MI_Uint32 channel);

/** The type compared without case. */
enum mic_credentials_kind mic_credentials_kind(const char *authentication_type);
/** Copied. OK; INVALID_PARAMETER (NULL type, unknown type, no user name or thumbprint where one is
 * needed, text that is not UTF-8); FAILED (this type is there already under @p key);
 * SERVER_LIMITS_EXCEEDED. */
MI_Result mic_bag_add_credentials(struct mic_bag *bag, const char *key,
                                  const MI_UserCredentials *credentials);
/** The @p index-th of those added under @p key, NULL when there are fewer. */
const struct mic_credentials *mic_bag_credentials(const struct mic_bag *bag, const char *key,
                                                  MI_Uint32 index);

#endif
