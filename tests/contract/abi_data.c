/* The binary layout of the data types of <mi.h>: times, arrays, values and fields. Compiling this
 * file is the test. */
#include "abi_layout.h"

MIC_ABI_SIZE(MI_Timestamp, 32, 4, 32, 4);
MIC_ABI_FIELD(MI_Timestamp, year, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_Timestamp, month, 4, 4, 4, 4);
MIC_ABI_FIELD(MI_Timestamp, day, 8, 4, 8, 4);
MIC_ABI_FIELD(MI_Timestamp, hour, 12, 4, 12, 4);
MIC_ABI_FIELD(MI_Timestamp, minute, 16, 4, 16, 4);
MIC_ABI_FIELD(MI_Timestamp, second, 20, 4, 20, 4);
MIC_ABI_FIELD(MI_Timestamp, microseconds, 24, 4, 24, 4);
MIC_ABI_FIELD(MI_Timestamp, utc, 28, 4, 28, 4);

MIC_ABI_SIZE(MI_Interval, 32, 4, 32, 4);
MIC_ABI_FIELD(MI_Interval, days, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_Interval, hours, 4, 4, 4, 4);
MIC_ABI_FIELD(MI_Interval, minutes, 8, 4, 8, 4);
MIC_ABI_FIELD(MI_Interval, seconds, 12, 4, 12, 4);
MIC_ABI_FIELD(MI_Interval, microseconds, 16, 4, 16, 4);
MIC_ABI_FIELD(MI_Interval, __padding1, 20, 4, 20, 4);
MIC_ABI_FIELD(MI_Interval, __padding2, 24, 4, 24, 4);
MIC_ABI_FIELD(MI_Interval, __padding3, 28, 4, 28, 4);

MIC_ABI_SIZE(MI_Datetime, 36, 4, 36, 4);
MIC_ABI_FIELD(MI_Datetime, isTimestamp, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_Datetime, u, 4, 32, 4, 32);
MIC_ABI_FIELD(MI_Datetime, u.timestamp, 4, 32, 4, 32);
MIC_ABI_FIELD(MI_Datetime, u.interval, 4, 32, 4, 32);

MIC_ABI_SIZE(MI_BooleanA, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_BooleanA, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_BooleanA, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_Uint8A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Uint8A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Uint8A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_Sint8A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Sint8A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Sint8A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_Uint16A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Uint16A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Uint16A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_Sint16A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Sint16A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Sint16A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_Uint32A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Uint32A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Uint32A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_Sint32A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Sint32A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Sint32A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_Uint64A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Uint64A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Uint64A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_Sint64A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Sint64A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Sint64A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_Real32A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Real32A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Real32A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_Real64A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Real64A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Real64A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_Char16A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Char16A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Char16A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_DatetimeA, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_DatetimeA, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_DatetimeA, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_StringA, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_StringA, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_StringA, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ReferenceA, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ReferenceA, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ReferenceA, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_InstanceA, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_InstanceA, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_InstanceA, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_Array, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_Array, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Array, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstBooleanA, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstBooleanA, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstBooleanA, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstUint8A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstUint8A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstUint8A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstSint8A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstSint8A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstSint8A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstUint16A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstUint16A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstUint16A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstSint16A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstSint16A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstSint16A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstUint32A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstUint32A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstUint32A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstSint32A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstSint32A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstSint32A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstUint64A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstUint64A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstUint64A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstSint64A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstSint64A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstSint64A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstReal32A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstReal32A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstReal32A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstReal64A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstReal64A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstReal64A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstChar16A, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstChar16A, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstChar16A, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstDatetimeA, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstDatetimeA, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstDatetimeA, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstStringA, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstStringA, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstStringA, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstReferenceA, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstReferenceA, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstReferenceA, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_ConstInstanceA, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstInstanceA, data, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstInstanceA, size, 8, 4, 4, 4);

MIC_ABI_SIZE(MI_Value, 40, 8, 40, 8);
MIC_ABI_FIELD(MI_Value, boolean, 0, 1, 0, 1);
MIC_ABI_FIELD(MI_Value, uint8, 0, 1, 0, 1);
MIC_ABI_FIELD(MI_Value, sint8, 0, 1, 0, 1);
MIC_ABI_FIELD(MI_Value, uint16, 0, 2, 0, 2);
MIC_ABI_FIELD(MI_Value, sint16, 0, 2, 0, 2);
MIC_ABI_FIELD(MI_Value, uint32, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_Value, sint32, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_Value, uint64, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_Value, sint64, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_Value, real32, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_Value, real64, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_Value, char16, 0, 2, 0, 2);
MIC_ABI_FIELD(MI_Value, datetime, 0, 36, 0, 36);
MIC_ABI_FIELD(MI_Value, string, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Value, instance, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Value, reference, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_Value, booleana, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, uint8a, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, sint8a, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, uint16a, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, sint16a, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, uint32a, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, sint32a, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, uint64a, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, sint64a, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, real32a, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, real64a, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, char16a, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, datetimea, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, stringa, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, referencea, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, instancea, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Value, array, 0, 16, 0, 8);

MIC_ABI_SIZE(MI_BooleanField, 3, 1, 3, 1);
MIC_ABI_FIELD(MI_BooleanField, value, 0, 1, 0, 1);
MIC_ABI_FIELD(MI_BooleanField, exists, 1, 1, 1, 1);
MIC_ABI_FIELD(MI_BooleanField, flags, 2, 1, 2, 1);

MIC_ABI_SIZE(MI_Sint8Field, 3, 1, 3, 1);
MIC_ABI_FIELD(MI_Sint8Field, value, 0, 1, 0, 1);
MIC_ABI_FIELD(MI_Sint8Field, exists, 1, 1, 1, 1);
MIC_ABI_FIELD(MI_Sint8Field, flags, 2, 1, 2, 1);

MIC_ABI_SIZE(MI_Uint8Field, 3, 1, 3, 1);
MIC_ABI_FIELD(MI_Uint8Field, value, 0, 1, 0, 1);
MIC_ABI_FIELD(MI_Uint8Field, exists, 1, 1, 1, 1);
MIC_ABI_FIELD(MI_Uint8Field, flags, 2, 1, 2, 1);

MIC_ABI_SIZE(MI_Sint16Field, 4, 2, 4, 2);
MIC_ABI_FIELD(MI_Sint16Field, value, 0, 2, 0, 2);
MIC_ABI_FIELD(MI_Sint16Field, exists, 2, 1, 2, 1);
MIC_ABI_FIELD(MI_Sint16Field, flags, 3, 1, 3, 1);

MIC_ABI_SIZE(MI_Uint16Field, 4, 2, 4, 2);
MIC_ABI_FIELD(MI_Uint16Field, value, 0, 2, 0, 2);
MIC_ABI_FIELD(MI_Uint16Field, exists, 2, 1, 2, 1);
MIC_ABI_FIELD(MI_Uint16Field, flags, 3, 1, 3, 1);

MIC_ABI_SIZE(MI_Sint32Field, 8, 4, 8, 4);
MIC_ABI_FIELD(MI_Sint32Field, value, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_Sint32Field, exists, 4, 1, 4, 1);
MIC_ABI_FIELD(MI_Sint32Field, flags, 5, 1, 5, 1);

MIC_ABI_SIZE(MI_Uint32Field, 8, 4, 8, 4);
MIC_ABI_FIELD(MI_Uint32Field, value, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_Uint32Field, exists, 4, 1, 4, 1);
MIC_ABI_FIELD(MI_Uint32Field, flags, 5, 1, 5, 1);

MIC_ABI_SIZE(MI_Sint64Field, 16, 8, 16, 8);
MIC_ABI_FIELD(MI_Sint64Field, value, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_Sint64Field, exists, 8, 1, 8, 1);
MIC_ABI_FIELD(MI_Sint64Field, flags, 9, 1, 9, 1);

MIC_ABI_SIZE(MI_Uint64Field, 16, 8, 16, 8);
MIC_ABI_FIELD(MI_Uint64Field, value, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_Uint64Field, exists, 8, 1, 8, 1);
MIC_ABI_FIELD(MI_Uint64Field, flags, 9, 1, 9, 1);

MIC_ABI_SIZE(MI_Real32Field, 8, 4, 8, 4);
MIC_ABI_FIELD(MI_Real32Field, value, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_Real32Field, exists, 4, 1, 4, 1);
MIC_ABI_FIELD(MI_Real32Field, flags, 5, 1, 5, 1);

MIC_ABI_SIZE(MI_Real64Field, 16, 8, 16, 8);
MIC_ABI_FIELD(MI_Real64Field, value, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_Real64Field, exists, 8, 1, 8, 1);
MIC_ABI_FIELD(MI_Real64Field, flags, 9, 1, 9, 1);

MIC_ABI_SIZE(MI_Char16Field, 4, 2, 4, 2);
MIC_ABI_FIELD(MI_Char16Field, value, 0, 2, 0, 2);
MIC_ABI_FIELD(MI_Char16Field, exists, 2, 1, 2, 1);
MIC_ABI_FIELD(MI_Char16Field, flags, 3, 1, 3, 1);

MIC_ABI_SIZE(MI_DatetimeField, 40, 4, 40, 4);
MIC_ABI_FIELD(MI_DatetimeField, value, 0, 36, 0, 36);
MIC_ABI_FIELD(MI_DatetimeField, exists, 36, 1, 36, 1);
MIC_ABI_FIELD(MI_DatetimeField, flags, 37, 1, 37, 1);

MIC_ABI_SIZE(MI_StringField, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_StringField, value, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_StringField, exists, 8, 1, 4, 1);
MIC_ABI_FIELD(MI_StringField, flags, 9, 1, 5, 1);

MIC_ABI_SIZE(MI_ReferenceField, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ReferenceField, value, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ReferenceField, exists, 8, 1, 4, 1);
MIC_ABI_FIELD(MI_ReferenceField, flags, 9, 1, 5, 1);

MIC_ABI_SIZE(MI_InstanceField, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_InstanceField, value, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_InstanceField, exists, 8, 1, 4, 1);
MIC_ABI_FIELD(MI_InstanceField, flags, 9, 1, 5, 1);

MIC_ABI_SIZE(MI_BooleanAField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_BooleanAField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_BooleanAField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_BooleanAField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_Uint8AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_Uint8AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Uint8AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_Uint8AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_Sint8AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_Sint8AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Sint8AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_Sint8AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_Uint16AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_Uint16AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Uint16AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_Uint16AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_Sint16AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_Sint16AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Sint16AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_Sint16AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_Uint32AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_Uint32AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Uint32AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_Uint32AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_Sint32AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_Sint32AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Sint32AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_Sint32AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_Uint64AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_Uint64AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Uint64AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_Uint64AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_Sint64AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_Sint64AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Sint64AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_Sint64AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_Real32AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_Real32AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Real32AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_Real32AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_Real64AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_Real64AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Real64AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_Real64AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_Char16AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_Char16AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_Char16AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_Char16AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_DatetimeAField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_DatetimeAField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_DatetimeAField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_DatetimeAField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_StringAField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_StringAField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_StringAField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_StringAField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ReferenceAField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ReferenceAField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ReferenceAField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ReferenceAField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_InstanceAField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_InstanceAField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_InstanceAField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_InstanceAField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ArrayField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ArrayField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ArrayField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ArrayField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstBooleanField, 3, 1, 3, 1);
MIC_ABI_FIELD(MI_ConstBooleanField, value, 0, 1, 0, 1);
MIC_ABI_FIELD(MI_ConstBooleanField, exists, 1, 1, 1, 1);
MIC_ABI_FIELD(MI_ConstBooleanField, flags, 2, 1, 2, 1);

MIC_ABI_SIZE(MI_ConstSint8Field, 3, 1, 3, 1);
MIC_ABI_FIELD(MI_ConstSint8Field, value, 0, 1, 0, 1);
MIC_ABI_FIELD(MI_ConstSint8Field, exists, 1, 1, 1, 1);
MIC_ABI_FIELD(MI_ConstSint8Field, flags, 2, 1, 2, 1);

MIC_ABI_SIZE(MI_ConstUint8Field, 3, 1, 3, 1);
MIC_ABI_FIELD(MI_ConstUint8Field, value, 0, 1, 0, 1);
MIC_ABI_FIELD(MI_ConstUint8Field, exists, 1, 1, 1, 1);
MIC_ABI_FIELD(MI_ConstUint8Field, flags, 2, 1, 2, 1);

MIC_ABI_SIZE(MI_ConstSint16Field, 4, 2, 4, 2);
MIC_ABI_FIELD(MI_ConstSint16Field, value, 0, 2, 0, 2);
MIC_ABI_FIELD(MI_ConstSint16Field, exists, 2, 1, 2, 1);
MIC_ABI_FIELD(MI_ConstSint16Field, flags, 3, 1, 3, 1);

MIC_ABI_SIZE(MI_ConstUint16Field, 4, 2, 4, 2);
MIC_ABI_FIELD(MI_ConstUint16Field, value, 0, 2, 0, 2);
MIC_ABI_FIELD(MI_ConstUint16Field, exists, 2, 1, 2, 1);
MIC_ABI_FIELD(MI_ConstUint16Field, flags, 3, 1, 3, 1);

MIC_ABI_SIZE(MI_ConstSint32Field, 8, 4, 8, 4);
MIC_ABI_FIELD(MI_ConstSint32Field, value, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_ConstSint32Field, exists, 4, 1, 4, 1);
MIC_ABI_FIELD(MI_ConstSint32Field, flags, 5, 1, 5, 1);

MIC_ABI_SIZE(MI_ConstUint32Field, 8, 4, 8, 4);
MIC_ABI_FIELD(MI_ConstUint32Field, value, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_ConstUint32Field, exists, 4, 1, 4, 1);
MIC_ABI_FIELD(MI_ConstUint32Field, flags, 5, 1, 5, 1);

MIC_ABI_SIZE(MI_ConstSint64Field, 16, 8, 16, 8);
MIC_ABI_FIELD(MI_ConstSint64Field, value, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_ConstSint64Field, exists, 8, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstSint64Field, flags, 9, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstUint64Field, 16, 8, 16, 8);
MIC_ABI_FIELD(MI_ConstUint64Field, value, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_ConstUint64Field, exists, 8, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstUint64Field, flags, 9, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstReal32Field, 8, 4, 8, 4);
MIC_ABI_FIELD(MI_ConstReal32Field, value, 0, 4, 0, 4);
MIC_ABI_FIELD(MI_ConstReal32Field, exists, 4, 1, 4, 1);
MIC_ABI_FIELD(MI_ConstReal32Field, flags, 5, 1, 5, 1);

MIC_ABI_SIZE(MI_ConstReal64Field, 16, 8, 16, 8);
MIC_ABI_FIELD(MI_ConstReal64Field, value, 0, 8, 0, 8);
MIC_ABI_FIELD(MI_ConstReal64Field, exists, 8, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstReal64Field, flags, 9, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstChar16Field, 4, 2, 4, 2);
MIC_ABI_FIELD(MI_ConstChar16Field, value, 0, 2, 0, 2);
MIC_ABI_FIELD(MI_ConstChar16Field, exists, 2, 1, 2, 1);
MIC_ABI_FIELD(MI_ConstChar16Field, flags, 3, 1, 3, 1);

MIC_ABI_SIZE(MI_ConstDatetimeField, 40, 4, 40, 4);
MIC_ABI_FIELD(MI_ConstDatetimeField, value, 0, 36, 0, 36);
MIC_ABI_FIELD(MI_ConstDatetimeField, exists, 36, 1, 36, 1);
MIC_ABI_FIELD(MI_ConstDatetimeField, flags, 37, 1, 37, 1);

MIC_ABI_SIZE(MI_ConstStringField, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstStringField, value, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstStringField, exists, 8, 1, 4, 1);
MIC_ABI_FIELD(MI_ConstStringField, flags, 9, 1, 5, 1);

MIC_ABI_SIZE(MI_ConstReferenceField, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstReferenceField, value, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstReferenceField, exists, 8, 1, 4, 1);
MIC_ABI_FIELD(MI_ConstReferenceField, flags, 9, 1, 5, 1);

MIC_ABI_SIZE(MI_ConstInstanceField, 16, 8, 8, 4);
MIC_ABI_FIELD(MI_ConstInstanceField, value, 0, 8, 0, 4);
MIC_ABI_FIELD(MI_ConstInstanceField, exists, 8, 1, 4, 1);
MIC_ABI_FIELD(MI_ConstInstanceField, flags, 9, 1, 5, 1);

MIC_ABI_SIZE(MI_ConstBooleanAField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstBooleanAField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstBooleanAField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstBooleanAField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstUint8AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstUint8AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstUint8AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstUint8AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstSint8AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstSint8AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstSint8AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstSint8AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstUint16AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstUint16AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstUint16AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstUint16AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstSint16AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstSint16AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstSint16AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstSint16AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstUint32AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstUint32AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstUint32AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstUint32AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstSint32AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstSint32AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstSint32AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstSint32AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstUint64AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstUint64AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstUint64AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstUint64AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstSint64AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstSint64AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstSint64AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstSint64AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstReal32AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstReal32AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstReal32AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstReal32AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstReal64AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstReal64AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstReal64AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstReal64AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstChar16AField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstChar16AField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstChar16AField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstChar16AField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstDatetimeAField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstDatetimeAField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstDatetimeAField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstDatetimeAField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstStringAField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstStringAField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstStringAField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstStringAField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstReferenceAField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstReferenceAField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstReferenceAField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstReferenceAField, flags, 17, 1, 9, 1);

MIC_ABI_SIZE(MI_ConstInstanceAField, 24, 8, 12, 4);
MIC_ABI_FIELD(MI_ConstInstanceAField, value, 0, 16, 0, 8);
MIC_ABI_FIELD(MI_ConstInstanceAField, exists, 16, 1, 8, 1);
MIC_ABI_FIELD(MI_ConstInstanceAField, flags, 17, 1, 9, 1);

/* An object file needs one name; this one also lets the runner link the file. */
const int mic_abi_data_compiled = 1;
