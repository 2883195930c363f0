#ifndef MIC_TESTS_CONTRACT_ABI_LAYOUT_H
#define MIC_TESTS_CONTRACT_ABI_LAYOUT_H

#include <mi.h>

/** Number that holds for this target, from its 64-bit and its 32-bit form.
 *
 *  LP64 and LLP64 agree in every size and offset; only the width of MI_Char differs. */
#define MIC_ABI_PICK(bits64, bits32) (sizeof(void *) == 8 ? (bits64) : (bits32))

struct mic_abi_probe {
    char first;
    MI_Uint64 second;
};

/** Whether the layout of this target is known.
 *
 *  A 32-bit target that aligns MI_Uint64 to 4 bytes (i386 outside Windows) has no native
 *  counterpart to agree with, so nothing is asserted about offsets there. */
#define MIC_ABI_KNOWN                                                                              \
    (sizeof(void *) == 8 || (sizeof(void *) == 4 && offsetof(struct mic_abi_probe, second) == 8))

/** Size and alignment of a structure: 64-bit size, alignment, 32-bit size, alignment. */
#define MIC_ABI_SIZE(type, size64, align64, size32, align32)                                       \
    _Static_assert(!MIC_ABI_KNOWN || sizeof(type) == MIC_ABI_PICK(size64, size32),                 \
                   "sizeof " #type);                                                               \
    _Static_assert(!MIC_ABI_KNOWN || _Alignof(type) == MIC_ABI_PICK(align64, align32),             \
                   "alignment of " #type)

/** Offset and size of a field in bytes: 64-bit offset, size, 32-bit offset, size. */
#define MIC_ABI_FIELD(type, field, offset64, size64, offset32, size32)                             \
    _Static_assert(!MIC_ABI_KNOWN || offsetof(type, field) == MIC_ABI_PICK(offset64, offset32),    \
                   "offset of " #type "." #field);                                                 \
    _Static_assert(!MIC_ABI_KNOWN || sizeof(((type *)0)->field) == MIC_ABI_PICK(size64, size32),   \
                   "size of " #type "." #field)

/** Position of a pointer in a function table, counted from 0. */
#define MIC_ABI_SLOT(type, slot, index)                                                            \
    _Static_assert(offsetof(type, slot) == (index) * sizeof(void *), "slot " #type "." #slot);     \
    _Static_assert(sizeof(((type *)0)->slot) == sizeof(void *), "width of " #type "." #slot)

/** Width of an enumeration: 4 bytes everywhere. */
#define MIC_ABI_ENUM(type) _Static_assert(sizeof(type) == 4, "sizeof " #type)

/** Value of an enumerator or a numeric constant. */
#define MIC_ABI_VALUE(name, value) _Static_assert((name) == (value), #name)

/** Value that follows the flavour: with UTF-8 char, with wchar_t. */
#define MIC_ABI_BY_CHAR(name, narrow, wide)                                                        \
    _Static_assert((name) == (sizeof(MI_Char) == 1 ? (narrow) : (wide)), #name)

/** Size of a scalar. */
#define MIC_ABI_TYPE_SIZE(type, size) _Static_assert(sizeof(type) == (size), "sizeof " #type)

/** Length of a string constant and its character type; test_header_inline_codec compares the text.
 */
#define MIC_ABI_TEXT(name, text)                                                                   \
    _Static_assert(sizeof(name) == sizeof(text) * sizeof(MI_Char), "length of " #name)

extern const int mic_abi_layout_compiled;
extern const int mic_abi_data_compiled;
extern const int mic_abi_values_compiled;

#endif
