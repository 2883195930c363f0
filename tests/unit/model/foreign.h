/** An instance of another library, as far as ours can tell: its table is not ours. It answers only
 *  what reading needs. */
#ifndef MIC_TESTS_FOREIGN_H
#define MIC_TESTS_FOREIGN_H

#include <mi.h>

struct foreign_element {
    const char *name;
    MI_Value value;
    MI_Type type;
    MI_Uint32 flags;
};

struct foreign {
    MI_Instance public_instance;
    const char *class_name;
    const struct foreign_element *elements;
    MI_Uint32 count;
    MI_Result failure; /* of GetElementAt; MI_RESULT_OK: none */
    int deleted;
};

/* The one includer is a test program. */
static MI_Result MI_CALL foreign_Delete(MI_Instance *self)
{
    ((struct foreign *)(void *)self)->deleted++;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL foreign_GetClassName(const MI_Instance *self, const MI_Char **name)
{
    *name = ((const struct foreign *)(const void *)self)->class_name;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL foreign_GetNameSpace(const MI_Instance *self, const MI_Char **name)
{
    *name = self->nameSpace;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL foreign_GetServerName(const MI_Instance *self, const MI_Char **name)
{
    *name = self->serverName;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL foreign_GetElementCount(const MI_Instance *self, MI_Uint32 *count)
{
    *count = ((const struct foreign *)(const void *)self)->count;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL foreign_GetElementAt(const MI_Instance *self, MI_Uint32 index,
                                              const MI_Char **name, MI_Value *value, MI_Type *type,
                                              MI_Uint32 *flags)
{
    const struct foreign *foreign = (const struct foreign *)(const void *)self;

    *name = foreign->elements[index].name;
    *value = foreign->elements[index].value;
    *type = foreign->elements[index].type;
    *flags = foreign->elements[index].flags;
    return foreign->failure;
}

static const MI_InstanceFT foreign_ft = {
    .Delete = foreign_Delete,
    .GetClassName = foreign_GetClassName,
    .GetNameSpace = foreign_GetNameSpace,
    .GetServerName = foreign_GetServerName,
    .GetElementCount = foreign_GetElementCount,
    .GetElementAt = foreign_GetElementAt,
};

#endif
