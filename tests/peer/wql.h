#ifndef PEER_WQL_H
#define PEER_WQL_H

#include "model.h"

/** A query: SELECT * or names FROM class [WITHIN n] [WHERE ...]; lives in its arena. */
struct peer_wql {
    const char *class_name;
    /** Selected properties; none means all. */
    const char **select;
    size_t select_count;
    /** Seconds; negative if there is no WITHIN. */
    double within;
    const struct wql_node *where;
};

/** Read a query; NULL with the reason in @p why if it is not one. */
struct peer_wql *peer_wql_parse(struct peer_arena *arena, const char *text, const char **why);
/** NULL if @p cls has every property the query names, else the one it has not. */
const char *peer_wql_check(const struct peer_wql *query, const struct peer_class *cls);
/** Does the instance meet the WHERE clause? NULL values meet nothing, as in SQL. */
bool peer_wql_match(const struct peer_wql *query, const struct peer_instance *inst);
/** Is the property among the selected ones? */
bool peer_wql_selects(const struct peer_wql *query, const char *name);

#endif
