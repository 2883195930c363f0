#ifndef MIC_TESTS_WIN32_RECORD_H
#define MIC_TESTS_WIN32_RECORD_H

#include <mi.h>
#include <stdarg.h>

/** Write one call as a line of ASCII text, "name(argument, argument)". The stand-in writes what
 *  reached it, a test writes what it sent, both with this function.
 *  @param types  a letter per argument:
 *      p pointer, by its value          o output or callback, only whether it is there
 *      s wide text (const MI_Char *)    u MI_Uint32 or an enum      b MI_Boolean
 *      i const MI_Interval *            d const MI_Datetime *       c const MI_UserCredentials *
 *      v MI_Type, then const MI_Value *: strings, numbers and booleans by value
 *      w const MI_Value *, then MI_Type: the same for slots that take them in that order
 */
void record_line(char *line, size_t size, const char *name, const char *types, va_list arguments);

#endif
