/** Values of a declared type out of the texts of a command line. */
#ifndef MI_CLI_TYPED_H
#define MI_CLI_TYPED_H

#include <mi.h>

/** What a text of this type looks like, for an error: "a whole number from 0 to 255". For an array
 *  type: one of its elements. */
const char *typed_wants(MI_Type type);

/** Read @p count texts as @p type: exactly one, for an array type any number. The value borrows
 *  from @p texts; end it with typed_free. @p application makes the instances of references.
 *  @return -1, else the index of the first text that does not fit, and nothing to free */
int typed_read(MI_Application *application, MI_Type type, const char *const *texts, int count,
               MI_Value *out);
void typed_free(MI_Type type, const char *const *texts, MI_Value *value);

#endif
