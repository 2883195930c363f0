/** What the slots of the three option tables have in common, on the bag behind the handle. Each
 *  answers MI_RESULT_INVALID_PARAMETER when @p bag is NULL (a deleted handle), a required pointer
 * is NULL, or flags are not 0. */
#ifndef MIC_API_BAG_ACCESS_H
#define MIC_API_BAG_ACCESS_H

#include <mi.h>

#include "model/bag.h"

MI_Result mic_bag_access_set_string(struct mic_bag *bag, const MI_Char *name, const MI_Char *text,
                                    MI_Uint32 flags);
MI_Result mic_bag_access_set_number(struct mic_bag *bag, const MI_Char *name, MI_Uint32 number,
                                    MI_Uint32 flags);
MI_Result mic_bag_access_set_interval(struct mic_bag *bag, const MI_Char *name,
                                      const MI_Interval *interval, MI_Uint32 flags);
MI_Result mic_bag_access_set_datetime(struct mic_bag *bag, const MI_Char *name,
                                      const MI_Datetime *datetime, MI_Uint32 flags);
MI_Result mic_bag_access_get_string(const struct mic_bag *bag, const MI_Char *name,
                                    const MI_Char **text, MI_Uint32 *index, MI_Uint32 *flags);
MI_Result mic_bag_access_get_number(const struct mic_bag *bag, const MI_Char *name,
                                    MI_Uint32 *number, MI_Uint32 *index, MI_Uint32 *flags);
/** A timestamp is a TYPE_MISMATCH. */
MI_Result mic_bag_access_get_interval(const struct mic_bag *bag, const MI_Char *name,
                                      MI_Interval *interval, MI_Uint32 *index, MI_Uint32 *flags);
MI_Result mic_bag_access_get_datetime(const struct mic_bag *bag, const MI_Char *name,
                                      MI_Datetime *datetime, MI_Uint32 *index, MI_Uint32 *flags);
MI_Result mic_bag_access_get_count(const struct mic_bag *bag, MI_Uint32 *count);
/** NO_SUCH_PROPERTY when empty, INVALID_PARAMETER when @p index is too large. */
MI_Result mic_bag_access_get_at(const struct mic_bag *bag, MI_Uint32 index, const MI_Char **name,
                                MI_Value *value, MI_Type *type, MI_Uint32 *flags);
MI_Result mic_bag_access_get(const struct mic_bag *bag, const MI_Char *name, MI_Value *value,
                             MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags);

MI_Result mic_bag_access_add_credentials(struct mic_bag *bag, const MI_Char *name,
                                         const MI_UserCredentials *credentials, MI_Uint32 flags);
MI_Result mic_bag_access_get_credentials_count(const struct mic_bag *bag, MI_Uint32 *count);
/** The password comes as six asterisks. */
MI_Result mic_bag_access_get_credentials_at(const struct mic_bag *bag, MI_Uint32 index,
                                            const MI_Char **name, MI_UserCredentials *credentials,
                                            MI_Uint32 *flags);
/** The clear password: characters with the terminator in @p password_length; @p buffer_length 0
 * asks for that only, a smaller buffer is FAILED. Certificates: INVALID_PARAMETER. */
MI_Result mic_bag_access_get_password_at(const struct mic_bag *bag, MI_Uint32 index,
                                         const MI_Char **name, MI_Char *password,
                                         MI_Uint32 buffer_length, MI_Uint32 *password_length,
                                         MI_Uint32 *flags);

#endif
