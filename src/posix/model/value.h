/** MI_Value and its type: copy, check, read from text. */
#ifndef MIC_MODEL_VALUE_H
#define MIC_MODEL_VALUE_H

#include <mi.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define MIC_TYPE_IS_ARRAY(type) (((unsigned)(type)&MI_ARRAY) != 0)
#define MIC_TYPE_ELEMENT(type)  ((MI_Type)((unsigned)(type) & ~(unsigned)MI_ARRAY))
/** References and embedded instances, and arrays of them. */
#define MIC_TYPE_IS_OBJECT(type)                                                                   \
    (MIC_TYPE_ELEMENT(type) == MI_REFERENCE || MIC_TYPE_ELEMENT(type) == MI_INSTANCE)

/** Instances within instances, counted from the outermost; deeper ones are refused. */
#define MIC_INSTANCE_DEPTH_MAX 64u

bool mic_type_is_valid(MI_Type type);
/** Bytes of one value of a scalar type, or of one element of an array type; 0 for no type. */
size_t mic_type_size(MI_Type type);

/** Deep copy into @p arena: strings, array data, embedded instances and references. An embedded
 * instance keeps borrowing the class of the one it is copied from. @return false when out of memory
 * or too deep. */
bool mic_value_copy(struct mic_arena *arena, MI_Type type, const MI_Value *from,
                    MI_Value *out) MIC_MUST_CHECK;
/** Text of one element (no array, no instance, no reference) to its value; blanks around numbers
 * are allowed, also booleans in any case, datetimes in every form of common/datetime.h. A char16 is
 * the one character given, or a number of more than one digit. Strings point into @p arena.
 *  @return false when the text is no such value or out of memory. */
bool mic_value_from_text(struct mic_arena *arena, MI_Type element_type, struct mic_str text,
                         MI_Value *out);

/** Is a value an application gave fit to be kept?
 *  @return MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER for a NULL text or object (also within an
 * array), an array without data, text that is not UTF-8. Embedded instances are not looked into. */
MI_Result mic_value_check(MI_Type type, const MI_Value *value);
/** The bytes of @p from that @p type uses; the rest of @p out is zero. Pointers are shared. */
void mic_value_assign(MI_Type type, const MI_Value *from, MI_Value *out);
/** The value a declaration holds (MI_PropertyDecl.value, MI_Qualifier.value): a pointer to storage
 * of the type: MI_Uint32*, MI_Char**, MI_StringA* ... Pointers in it are shared.
 *  @return false, and zeros, when @p storage is NULL */
bool mic_value_from_decl(MI_Type type, const void *storage, MI_Value *out);

/** Deep copy on the heap: text, array data with its texts as one block, each instance an object of
 * its own.
 *  @param depth  of the instance that will hold the value; 0: outermost
 *  @return MI_RESULT_OK; MI_RESULT_SERVER_LIMITS_EXCEEDED when out of memory or too deep */
MI_Result mic_value_copy_heap(MI_Type type, const MI_Value *from, unsigned depth, MI_Value *out);
/** As mic_value_copy, with a depth. */
MI_Result mic_value_copy_in(struct mic_arena *arena, MI_Type type, const MI_Value *from,
                            unsigned depth, MI_Value *out);
/** Free what mic_value_copy_heap made. */
void mic_value_release(MI_Type type, MI_Value *value);

/** mi.h has char* and void* where it means const; this says so in one place. */
static inline void *mic_unconst(const void *pointer)
{
    return (void *)(uintptr_t)pointer;
}

#endif
