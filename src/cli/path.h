/** Object paths as texts: [//server/][namespace:]Class.Key="value",Key=5 and Class=@. */
#ifndef MI_CLI_PATH_H
#define MI_CLI_PATH_H

#include <mi.h>
#include <stdbool.h>

/** Whether the whole @p text is a path. */
bool path_is(const char *text);
/** An instance with the keys, all of them strings, as keys travel as text (DSP0227 7.2).
 *  @return false when @p text is no path, or names what the library refuses */
bool path_to_instance(MI_Application *application, const char *text, MI_Instance **out);

#endif
