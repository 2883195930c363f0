/* WQL and the part of CQL that looks the same: reading and checking against classes. */
#include "wql.h"

#include <stdlib.h>
#include <string.h>

#include "wql_node.h"

#define MAX_SELECT 64
#define MAX_DEPTH  40
#define MAX_NODES  1000

enum token { TOK_END, TOK_WORD, TOK_STRING, TOK_NUMBER, TOK_OP, TOK_MARK, TOK_BAD };

struct lexer {
    struct peer_arena *arena;
    const char *at;
    enum token token;
    /** Word, string content, number text, operator or mark. */
    const char *text;
    const char *why;
    unsigned depth;
    unsigned nodes;
};

static bool is_word(char c, bool first)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           (!first && ((c >= '0' && c <= '9') || c == '.'));
}

/* 'text' or "text"; a backslash takes the next character as it is. */
static void lex_string(struct lexer *lex)
{
    char quote = *lex->at++;
    char *text = peer_alloc(lex->arena, strlen(lex->at) + 1);
    size_t len = 0;

    while (*lex->at != '\0' && *lex->at != quote) {
        if (*lex->at == '\\' && lex->at[1] != '\0') {
            lex->at++;
        }
        text[len++] = *lex->at++;
    }
    lex->text = text;
    lex->token = *lex->at == quote ? TOK_STRING : TOK_BAD;
    lex->at += *lex->at == quote;
}

static size_t number_length(const char *text)
{
    size_t len = text[0] == '-' || text[0] == '+';
    size_t digits = strspn(text + len, "0123456789");

    if (digits == 0) {
        return 0;
    }
    len += digits;
    if (text[len] == '.') {
        len += 1 + strspn(text + len + 1, "0123456789");
    }
    if (text[len] == 'e' || text[len] == 'E') {
        size_t sign = text[len + 1] == '-' || text[len + 1] == '+';
        size_t power = strspn(text + len + 1 + sign, "0123456789");

        len += power > 0 ? 1 + sign + power : 0;
    }
    return len;
}

static void lex_rest(struct lexer *lex)
{
    static const char *const ops[] = {"<>", "!=", "<=", ">=", "<", ">", "="};
    size_t len = number_length(lex->at);

    if (len > 0) {
        lex->token = TOK_NUMBER;
        lex->text = peer_dupn(lex->arena, lex->at, len);
        lex->at += len;
        return;
    }
    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++) {
        if (peer_starts(lex->at, ops[i])) {
            lex->token = TOK_OP;
            lex->text = ops[i];
            lex->at += strlen(ops[i]);
            return;
        }
    }
    lex->token = strchr("(),*", *lex->at) != NULL ? TOK_MARK : TOK_BAD;
    lex->text = peer_dupn(lex->arena, lex->at, 1);
    lex->at++;
}

static void next(struct lexer *lex)
{
    lex->at += strspn(lex->at, " \t\r\n");
    if (*lex->at == '\0') {
        lex->token = TOK_END;
        lex->text = "the end";
    } else if (is_word(*lex->at, true)) {
        size_t len = 0;

        while (is_word(lex->at[len], false)) {
            len++;
        }
        lex->token = TOK_WORD;
        lex->text = peer_dupn(lex->arena, lex->at, len);
        lex->at += len;
    } else if (*lex->at == '\'' || *lex->at == '"') {
        lex_string(lex);
    } else {
        lex_rest(lex);
    }
}

static bool fail(struct lexer *lex, const char *wanted)
{
    if (lex->why == NULL) {
        lex->why = peer_fmt(lex->arena, "%s is missing in the query before \"%s\"", wanted,
                            lex->text != NULL ? lex->text : "");
    }
    return false;
}

static bool is_keyword(const struct lexer *lex, const char *word)
{
    return lex->token == TOK_WORD && peer_ieq(lex->text, word);
}

static bool is_mark(const struct lexer *lex, char mark)
{
    return lex->token == TOK_MARK && lex->text[0] == mark;
}

static bool take_keyword(struct lexer *lex, const char *word)
{
    if (!is_keyword(lex, word)) {
        return false;
    }
    next(lex);
    return true;
}

static struct wql_node *new_node(struct lexer *lex, enum wql_kind kind)
{
    struct wql_node *node = peer_alloc(lex->arena, sizeof *node);

    node->kind = kind;
    return node;
}

static bool take_literal(struct lexer *lex, struct wql_node *node)
{
    if (lex->token == TOK_STRING) {
        node->literal = LIT_STRING;
    } else if (lex->token == TOK_NUMBER) {
        node->literal = LIT_NUMBER;
    } else if (is_keyword(lex, "TRUE") || is_keyword(lex, "FALSE")) {
        node->literal = LIT_BOOLEAN;
    } else if (is_keyword(lex, "NULL")) {
        node->literal = LIT_NULL;
    } else {
        return fail(lex, "a literal");
    }
    node->text = lex->text;
    next(lex);
    return true;
}

static const struct {
    const char *text;
    enum wql_op op;
    enum wql_op turned;
} operators[] = {
    {"=", OP_EQ, OP_EQ}, {"<>", OP_NE, OP_NE}, {"!=", OP_NE, OP_NE}, {"<", OP_LT, OP_GT},
    {">", OP_GT, OP_LT}, {"<=", OP_LE, OP_GE}, {">=", OP_GE, OP_LE},
};

static bool take_operator(struct lexer *lex, struct wql_node *node, bool turned)
{
    for (size_t i = 0; lex->token == TOK_OP && i < sizeof operators / sizeof operators[0]; i++) {
        if (strcmp(operators[i].text, lex->text) == 0) {
            node->op = turned ? operators[i].turned : operators[i].op;
            next(lex);
            return true;
        }
    }
    return fail(lex, "an operator");
}

/* property IS [NOT] NULL, property ISA class, property [NOT] LIKE text, property op literal */
static struct wql_node *parse_property(struct lexer *lex)
{
    struct wql_node *node = new_node(lex, WQL_COMPARE);

    node->path = lex->text;
    next(lex);
    if (take_keyword(lex, "IS")) {
        node->kind = WQL_IS_NULL;
        node->negate = take_keyword(lex, "NOT");
        return take_keyword(lex, "NULL") || fail(lex, "NULL") ? node : NULL;
    }
    if (take_keyword(lex, "ISA")) {
        node->kind = WQL_ISA;
        return take_literal(lex, node) ? node : NULL;
    }
    node->negate = take_keyword(lex, "NOT");
    if (take_keyword(lex, "LIKE")) {
        node->op = OP_LIKE;
        return take_literal(lex, node) ? node : NULL;
    }
    if (node->negate) {
        fail(lex, "LIKE");
        return NULL;
    }
    return take_operator(lex, node, false) && take_literal(lex, node) ? node : NULL;
}

static struct wql_node *parse_or(struct lexer *lex);

static struct wql_node *parse_primary(struct lexer *lex)
{
    struct wql_node *node;

    if (is_mark(lex, '(')) {
        if (++lex->depth > MAX_DEPTH) {
            fail(lex, "less nesting");
            return NULL;
        }
        next(lex);
        node = parse_or(lex);
        lex->depth--;
        if (node != NULL && !is_mark(lex, ')')) {
            fail(lex, "a closing parenthesis");
            return NULL;
        }
        next(lex);
        return node;
    }
    if (lex->token == TOK_WORD && !is_keyword(lex, "TRUE") && !is_keyword(lex, "FALSE") &&
        !is_keyword(lex, "NULL")) {
        return parse_property(lex);
    }
    node = new_node(lex, WQL_COMPARE);
    if (!take_literal(lex, node) || !take_operator(lex, node, true)) {
        return NULL;
    }
    node->path = lex->text;
    if (lex->token != TOK_WORD) {
        fail(lex, "a property");
        return NULL;
    }
    next(lex);
    return node;
}

static struct wql_node *parse_not(struct lexer *lex)
{
    bool negate = false;
    struct wql_node *node;

    while (take_keyword(lex, "NOT")) {
        negate = !negate;
    }
    node = parse_primary(lex);
    if (node != NULL && negate) {
        struct wql_node *outer = new_node(lex, WQL_NOT);

        outer->left = node;
        return outer;
    }
    return node;
}

static struct wql_node *parse_chain(struct lexer *lex, const char *word, enum wql_kind kind,
                                    struct wql_node *(*part)(struct lexer *lex))
{
    struct wql_node *node = part(lex);
    struct wql_node *both;

    while (node != NULL && take_keyword(lex, word)) {
        if (++lex->nodes > MAX_NODES) {
            fail(lex, "less of it");
            return NULL;
        }
        both = new_node(lex, kind);
        both->left = node;
        both->right = part(lex);
        node = both->right != NULL ? both : NULL;
    }
    return node;
}

static struct wql_node *parse_and(struct lexer *lex)
{
    return parse_chain(lex, "AND", WQL_AND, parse_not);
}

static struct wql_node *parse_or(struct lexer *lex)
{
    return parse_chain(lex, "OR", WQL_OR, parse_and);
}

static bool parse_select(struct lexer *lex, struct peer_wql *query)
{
    if (!take_keyword(lex, "SELECT")) {
        return fail(lex, "SELECT");
    }
    if (is_mark(lex, '*')) {
        next(lex);
        return true;
    }
    query->select = peer_alloc(lex->arena, MAX_SELECT * sizeof *query->select);
    for (;;) {
        if (lex->token != TOK_WORD || query->select_count == MAX_SELECT) {
            return fail(lex, "a property");
        }
        query->select[query->select_count++] = lex->text;
        next(lex);
        if (!is_mark(lex, ',')) {
            return true;
        }
        next(lex);
    }
}

/* CQL writes Class.Property. */
static const char *without_class(const struct peer_wql *query, const char *path)
{
    size_t len = strlen(query->class_name);

    return peer_istarts(path, query->class_name) && path[len] == '.' ? path + len + 1 : path;
}

static void strip_class(const struct peer_wql *query, struct wql_node *node)
{
    if (node == NULL) {
        return;
    }
    if (node->path != NULL) {
        node->path = without_class(query, node->path);
    }
    strip_class(query, node->left);
    strip_class(query, node->right);
}

static bool parse_query(struct lexer *lex, struct peer_wql *query)
{
    struct wql_node *where = NULL;

    next(lex);
    if (!parse_select(lex, query) || (!take_keyword(lex, "FROM") && !fail(lex, "FROM"))) {
        return false;
    }
    if (lex->token != TOK_WORD) {
        return fail(lex, "a class");
    }
    query->class_name = lex->text;
    next(lex);
    query->within = -1;
    if (take_keyword(lex, "WITHIN")) {
        if (lex->token != TOK_NUMBER) {
            return fail(lex, "a number");
        }
        query->within = strtod(lex->text, NULL);
        next(lex);
    }
    if (take_keyword(lex, "WHERE")) {
        where = parse_or(lex);
        if (where == NULL) {
            return fail(lex, "a condition");
        }
    }
    if (lex->token != TOK_END) {
        return fail(lex, "the end");
    }
    for (size_t i = 0; i < query->select_count; i++) {
        query->select[i] = without_class(query, query->select[i]);
    }
    strip_class(query, where);
    query->where = where;
    return true;
}

struct peer_wql *peer_wql_parse(struct peer_arena *arena, const char *text, const char **why)
{
    struct peer_wql *query = peer_alloc(arena, sizeof *query);
    struct lexer lex = {.arena = arena, .at = text};

    if (!parse_query(&lex, query)) {
        *why = lex.why;
        return NULL;
    }
    return query;
}

static const struct peer_prop *find_prop(const struct peer_class *cls, const char *name)
{
    for (size_t i = 0; i < cls->all_count; i++) {
        if (peer_ieq(cls->all[i]->name, name)) {
            return cls->all[i];
        }
    }
    return NULL;
}

static bool knows(const struct peer_class *cls, const char *path, bool compared)
{
    const char *dot = strchr(path, '.');
    const struct peer_prop *prop;

    if (peer_ieq(path, "__CLASS") || peer_ieq(path, "__this")) {
        return true;
    }
    if (dot == NULL) {
        prop = find_prop(cls, path);
        /* WQL compares no arrays. */
        return prop != NULL && !(compared && (prop->flags & PP_ARRAY) != 0);
    }
    for (size_t i = 0; i < cls->all_count; i++) {
        size_t len = strlen(cls->all[i]->name);

        if (cls->all[i]->type == PT_INSTANCE && peer_istarts(path, cls->all[i]->name) &&
            path + len == dot) {
            return true;
        }
    }
    return false;
}

static const char *check_node(const struct wql_node *node, const struct peer_class *cls)
{
    const char *bad;

    if (node == NULL) {
        return NULL;
    }
    if (node->path != NULL && !knows(cls, node->path, node->kind == WQL_COMPARE)) {
        return node->path;
    }
    bad = check_node(node->left, cls);
    return bad != NULL ? bad : check_node(node->right, cls);
}

const char *peer_wql_check(const struct peer_wql *query, const struct peer_class *cls)
{
    for (size_t i = 0; i < query->select_count; i++) {
        if (!knows(cls, query->select[i], false)) {
            return query->select[i];
        }
    }
    return check_node(query->where, cls);
}

bool peer_wql_selects(const struct peer_wql *query, const char *name)
{
    for (size_t i = 0; i < query->select_count; i++) {
        if (peer_ieq(query->select[i], name)) {
            return true;
        }
    }
    return query->select_count == 0;
}
