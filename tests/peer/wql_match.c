/* Does an instance meet a WHERE clause? */
#include <stdlib.h>
#include <string.h>

#include "datetime.h"
#include "wql.h"
#include "wql_node.h"

/* SQL's three answers. */
enum truth { NO, YES, UNKNOWN };

static enum truth truth_of(bool value)
{
    return value ? YES : NO;
}

static char low(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* [a-f], [abc] or [^abc]; *end is behind the closing bracket. */
static bool in_set(const char *set, char c, const char **end)
{
    bool negate = *set == '^';
    bool hit = false;

    set += negate;
    for (; *set != '\0' && *set != ']'; set++) {
        if (set[1] == '-' && set[2] != '\0' && set[2] != ']') {
            hit = hit || (low(c) >= low(set[0]) && low(c) <= low(set[2]));
            set += 2;
        } else {
            hit = hit || low(*set) == low(c);
        }
    }
    *end = *set == ']' ? set + 1 : set;
    return hit != negate;
}

static bool like(const char *text, const char *pattern)
{
    const char *end;

    for (; *pattern != '\0'; text++) {
        if (*pattern == '%') {
            do {
                if (like(text, pattern + 1)) {
                    return true;
                }
            } while (*text++ != '\0');
            return false;
        }
        if (*text == '\0') {
            return false;
        }
        if (*pattern == '[') {
            if (!in_set(pattern + 1, *text, &end)) {
                return false;
            }
            pattern = end;
            continue;
        }
        if (*pattern != '_' && low(*pattern) != low(*text)) {
            return false;
        }
        pattern++;
    }
    return *text == '\0';
}

static int compare_texts(const char *a, const char *b)
{
    while (*a != '\0' && low(*a) == low(*b)) {
        a++;
        b++;
    }
    return (unsigned char)low(*a) < (unsigned char)low(*b)
               ? -1
               : (unsigned char)low(*a) > (unsigned char)low(*b);
}

static enum truth by_order(enum wql_op op, int order)
{
    switch (op) {
    case OP_EQ:
        return truth_of(order == 0);
    case OP_NE:
        return truth_of(order != 0);
    case OP_LT:
        return truth_of(order < 0);
    case OP_GT:
        return truth_of(order > 0);
    case OP_LE:
        return truth_of(order <= 0);
    case OP_GE:
        return truth_of(order >= 0);
    case OP_LIKE:
        break;
    }
    return UNKNOWN;
}

/* 64 bits of mantissa: exact for every integer of CIM. */
static enum truth compare_numbers(enum wql_op op, const char *a, const char *b)
{
    char *end;
    long double x = strtold(a, NULL);
    long double y = strtold(b, &end);

    if (end == b || *end != '\0') {
        return UNKNOWN;
    }
    return by_order(op, x < y ? -1 : x > y);
}

static enum truth compare_booleans(enum wql_op op, const char *value, const char *text)
{
    bool literal = peer_ieq(text, "true") || (strtold(text, NULL) != 0);
    bool known = strcmp(value, "true") == 0;

    return op == OP_EQ || op == OP_NE ? by_order(op, known != literal) : UNKNOWN;
}

static enum truth compare_times(enum wql_op op, const char *value, const char *text)
{
    int64_t a;
    int64_t b;

    if (peer_is_interval(value) != peer_is_interval(text) || !peer_dmtf_micros(value, &a) ||
        !peer_dmtf_micros(text, &b)) {
        return UNKNOWN;
    }
    return by_order(op, a < b ? -1 : a > b);
}

static enum truth compare_value(const struct wql_node *node, enum peer_type type, const char *value)
{
    if (node->op == OP_LIKE) {
        return truth_of(like(value, node->text) != node->negate);
    }
    if (type == PT_STRING) {
        return by_order(node->op, compare_texts(value, node->text));
    }
    if (type == PT_BOOLEAN) {
        return compare_booleans(node->op, value, node->text);
    }
    return type == PT_DATETIME ? compare_times(node->op, value, node->text)
                               : compare_numbers(node->op, value, node->text);
}

/* Value of a property, or of one of an embedded instance; NULL if there is no such. */
static const struct peer_value *value_at(const struct peer_instance *inst, const char *path,
                                         const struct peer_prop **prop)
{
    const char *dot = strchr(path, '.');
    size_t len = dot != NULL ? (size_t)(dot - path) : strlen(path);

    for (size_t i = 0; i < inst->cls->all_count; i++) {
        const struct peer_prop *each = inst->cls->all[i];
        const struct peer_value *value = &inst->values[i];

        if (strlen(each->name) != len || !peer_istarts(path, each->name)) {
            continue;
        }
        *prop = each;
        if (dot == NULL) {
            return value;
        }
        return each->type == PT_INSTANCE && value->set && value->count == 1
                   ? value_at(value->one, dot + 1, prop)
                   : NULL;
    }
    return NULL;
}

static enum truth is_a(const struct wql_node *node, const struct peer_instance *inst)
{
    const struct peer_prop *prop = NULL;
    const struct peer_value *value;

    if (!peer_ieq(node->path, "__this")) {
        value = value_at(inst, node->path, &prop);
        if (value == NULL || prop->type != PT_INSTANCE || !value->set || value->count != 1) {
            return UNKNOWN;
        }
        inst = value->one;
    }
    for (const struct peer_class *cls = inst->cls; cls != NULL; cls = cls->super) {
        if (peer_ieq(cls->name, node->text)) {
            return YES;
        }
    }
    return NO;
}

static enum truth compare(const struct wql_node *node, const struct peer_instance *inst)
{
    const struct peer_prop *prop = NULL;
    const struct peer_value *value;
    bool null;

    if (peer_ieq(node->path, "__CLASS")) {
        return compare_value(node, PT_STRING, inst->cls->name);
    }
    value = value_at(inst, node->path, &prop);
    null = value == NULL || !value->set;
    if (node->kind == WQL_IS_NULL) {
        return truth_of(null != node->negate);
    }
    /* WMI takes "= NULL" for IS NULL. */
    if (node->literal == LIT_NULL) {
        return node->op == OP_EQ || node->op == OP_NE ? truth_of(null == (node->op == OP_EQ))
                                                      : UNKNOWN;
    }
    if (null || value->count != 1 || prop->type == PT_REFERENCE || prop->type == PT_INSTANCE) {
        return UNKNOWN;
    }
    return compare_value(node, prop->type, value->one);
}

static enum truth evaluate(const struct wql_node *node, const struct peer_instance *inst)
{
    enum truth left;
    enum truth right;

    switch (node->kind) {
    case WQL_COMPARE:
    case WQL_IS_NULL:
        return compare(node, inst);
    case WQL_ISA:
        return is_a(node, inst);
    case WQL_NOT:
        left = evaluate(node->left, inst);
        return left == UNKNOWN ? UNKNOWN : truth_of(left == NO);
    case WQL_AND:
        left = evaluate(node->left, inst);
        right = evaluate(node->right, inst);
        return left == NO || right == NO ? NO : left == UNKNOWN ? UNKNOWN : right;
    case WQL_OR:
        left = evaluate(node->left, inst);
        right = evaluate(node->right, inst);
        return left == YES || right == YES ? YES : left == UNKNOWN ? UNKNOWN : right;
    }
    return UNKNOWN;
}

bool peer_wql_match(const struct peer_wql *query, const struct peer_instance *inst)
{
    return query->where == NULL || evaluate(query->where, inst) == YES;
}
