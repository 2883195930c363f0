#ifndef PEER_WQL_NODE_H
#define PEER_WQL_NODE_H

#include <stdbool.h>

enum wql_kind { WQL_AND, WQL_OR, WQL_NOT, WQL_COMPARE, WQL_IS_NULL, WQL_ISA };
enum wql_op { OP_EQ, OP_NE, OP_LT, OP_GT, OP_LE, OP_GE, OP_LIKE };
enum wql_literal { LIT_STRING, LIT_NUMBER, LIT_BOOLEAN, LIT_NULL };

/* One condition of a WHERE clause. */
struct wql_node {
    enum wql_kind kind;
    enum wql_op op;
    enum wql_literal literal;
    /** IS NOT NULL, NOT LIKE. */
    bool negate;
    /** Property, or Property.Inner for one of an embedded instance. */
    const char *path;
    const char *text;
    struct wql_node *left;
    struct wql_node *right;
};

#endif
