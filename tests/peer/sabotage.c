/* Things that go wrong on demand: rules, and the plan they make for one request. */
#include "sabotage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum argument { ARG_NONE, ARG_NUMBER, ARG_OPTIONAL_NUMBER, ARG_TEXT, ARG_OPTIONAL_TEXT };

static const struct {
    const char *name;
    enum argument argument;
} kinds[BREAK_COUNT] = {
    [BREAK_CLOSE_AFTER] = {"close-after", ARG_NUMBER},
    [BREAK_CLOSE_BEFORE_REPLY] = {"close-before-reply", ARG_NONE},
    [BREAK_TRUNCATE] = {"truncate", ARG_OPTIONAL_NUMBER},
    [BREAK_WRONG_LENGTH] = {"wrong-length", ARG_OPTIONAL_NUMBER},
    [BREAK_BAD_CHUNK] = {"bad-chunk", ARG_NONE},
    [BREAK_GARBAGE] = {"garbage", ARG_OPTIONAL_NUMBER},
    [BREAK_NON_UTF8] = {"non-utf8", ARG_NONE},
    [BREAK_DOCTYPE] = {"doctype", ARG_NONE},
    [BREAK_ENTITIES] = {"entities", ARG_NONE},
    [BREAK_DEEP] = {"deep", ARG_NUMBER},
    [BREAK_HUGE] = {"huge", ARG_NUMBER},
    [BREAK_ENDLESS_HEADERS] = {"endless-headers", ARG_NONE},
    [BREAK_LOOP_401] = {"loop-401", ARG_NONE},
    [BREAK_STATUS] = {"status", ARG_NUMBER},
    [BREAK_RETRY_AFTER] = {"retry-after", ARG_NUMBER},
    [BREAK_HTML] = {"html", ARG_NONE},
    [BREAK_DROP_IDLE] = {"drop-idle", ARG_NONE},
    [BREAK_CLOSE_ON_REUSE] = {"close-on-reuse", ARG_NONE},
    [BREAK_STALL] = {"stall", ARG_NONE},
    [BREAK_STALL_MID] = {"stall-mid", ARG_NONE},
    [BREAK_STALL_CONNECT] = {"stall-connect", ARG_NONE},
    [BREAK_MULTI_ENVELOPE] = {"multi-envelope", ARG_OPTIONAL_TEXT},
    [BREAK_SLOW_DRIP] = {"slow-drip", ARG_OPTIONAL_NUMBER},
    [BREAK_SOAP_FAULT] = {"soap-fault", ARG_TEXT},
    [BREAK_EXPIRE_CONTEXTS] = {"expire-contexts", ARG_NONE},
    [BREAK_ROTATE_CONTEXT] = {"rotate-context", ARG_NONE},
    [BREAK_MISMATCH_RELATES_TO] = {"mismatch-relates-to", ARG_NONE},
    [BREAK_NO_SOAP_500] = {"no-soap-500", ARG_NONE},
    [BREAK_DELAY] = {"delay", ARG_NUMBER},
    [BREAK_DELAY_PULL] = {"delay-pull", ARG_NUMBER},
    [BREAK_EMPTY_BODY] = {"empty-body", ARG_NONE},
    [BREAK_BOM] = {"bom", ARG_NONE},
    [BREAK_EMPTY_PAGE] = {"empty-page", ARG_NONE},
    [BREAK_KEEP_ALIVE] = {"keep-alive", ARG_NUMBER},
    [BREAK_TAG] = {"tag", ARG_NUMBER},
    [BREAK_NO_OPTIMIZE] = {"no-optimize", ARG_NONE},
    [BREAK_TOO_MANY] = {"too-many", ARG_NONE},
    [BREAK_LOST_CONTEXT] = {"lost-context", ARG_NONE},
    [BREAK_QUOTA] = {"quota", ARG_NUMBER},
    [BREAK_NO_OPERATION_ID] = {"no-operation-id", ARG_NONE},
    [BREAK_NO_OBJECT_AND_EPR] = {"no-object-and-epr", ARG_NONE},
    [BREAK_NO_CIM_DATETIME] = {"no-cim-datetime", ARG_NONE},
    [BREAK_LOGON_DROP] = {"logon-drop", ARG_NUMBER},
    [BREAK_LOGON_CLOSE] = {"logon-close", ARG_NUMBER},
    [BREAK_LAST_TOKEN] = {"last-token", ARG_TEXT},
    [BREAK_CREDSSP] = {"credssp", ARG_TEXT},
    [BREAK_CREDSSP_STATUS] = {"credssp-status", ARG_TEXT},
    [BREAK_SEAL_NONE] = {"seal-none", ARG_NONE},
    [BREAK_SEAL_FLIP] = {"seal-flip", ARG_OPTIONAL_NUMBER},
    [BREAK_SEAL_CUT] = {"seal-cut", ARG_NONE},
    [BREAK_SEAL_REPLAY] = {"seal-replay", ARG_NONE},
    [BREAK_SEAL_REORDER] = {"seal-reorder", ARG_NONE},
};

const char *peer_sabotage_help(void)
{
    return "SPEC = ITEM{,ITEM}: all items of one SPEC apply together, to the same requests.\n"
           "  which requests (default: all that carry SOAP)\n"
           "    only=ACTION           Identify Get GetClass Enumerate Pull Release ... (as "
           "logged)\n"
           "    on=N, fault-on=N      the N-th of them only, counted from when the SPEC was set\n"
           "    from=N                the N-th and all later ones\n"
           "  before the reply\n"
           "    delay=MS  delay-pull=MS  stall  stall-connect  close-before-reply\n"
           "    close-on-reuse        drop the connection when a second request comes on it\n"
           "    keep-alive=MS         with delay: a KeepAlive envelope every so often until then\n"
           "    expire-contexts       forget every enumeration first\n"
           "    logon-drop=N          end a connection behind the N-th message of its logon with\n"
           "                          Negotiate; on=M: the M-th connection that comes so far\n"
           "    logon-close=N         the same with the answer to it\n"
           "    last-token=WHAT       of a logon with Negotiate or Kerberos: none flip\n"
           "    credssp=WHAT          in a logon with CredSSP: proof-wrong proof-short proof-echo\n"
           "                          proof-missing proof-bare version-change no-token junk short\n"
           "                          no-tls late-refusal; count: wrong before each record\n"
           "    credssp-status=HEX    refuse it with this NTSTATUS\n"
           "  instead of the reply\n"
           "    status=CODE[,retry-after=S]  loop-401  html  no-soap-500  garbage[=BYTES]\n"
           "    soap-fault=SUBCODE[:CODE]    e.g. w:TimedOut:2150858793\n"
           "    quota=N               EncodingLimit for a page of more than N elements\n"
           "    no-operation-id  no-object-and-epr  no-cim-datetime   refused with a fault\n"
           "  in the SOAP text\n"
           "    non-utf8  doctype  entities  deep=N  mismatch-relates-to  rotate-context\n"
           "    empty-body (no child in s:Body)  bom  tag=BYTES (one tag as long as that)\n"
           "    deep=N beyond a million is sent as it is made, never closed\n"
           "    empty-page (Pull without items)  no-optimize (first answer: context only)\n"
           "    too-many (more than MaxElements)  lost-context (neither context nor end)\n"
           "    multi-envelope[=merged|split|odd]  KeepAlive envelopes before the real one\n"
           "  in the bytes\n"
           "    close-after=BYTES     of the response, head included\n"
           "    truncate[=BYTES]      send so many body bytes (default: half), then close\n"
           "    wrong-length[=BYTES]  Content-Length too small by so many (default 10)\n"
           "    bad-chunk  huge=BYTES (0: endless)  endless-headers  slow-drip[=MS per byte]\n"
           "    stall-mid             half of it, then silence\n"
           "    seal-none             clear text on a connection that seals\n"
           "    seal-flip[=BYTE]      a bit of a sealed reply is another; 0 to 15: the signature\n"
           "    seal-cut  seal-replay  seal-reorder    a sealed reply lacks its last byte, is the\n"
           "                          one before, is not the next one\n"
           "    drop-idle             close after the reply without saying so\n";
}

struct rule {
    struct peer_plan plan;
    char only[32];
    uint64_t on;
    uint64_t from;
    uint64_t seen;
    struct rule *next;
};

struct peer_sabotage {
    pthread_mutex_t lock;
    struct rule *rules;
};

struct peer_sabotage *peer_sabotage_new(void)
{
    struct peer_sabotage *sabotage = peer_xmalloc(sizeof *sabotage);

    memset(sabotage, 0, sizeof *sabotage);
    pthread_mutex_init(&sabotage->lock, NULL);
    return sabotage;
}

static void free_rules(struct rule *rule)
{
    while (rule != NULL) {
        struct rule *next = rule->next;

        free(rule);
        rule = next;
    }
}

void peer_sabotage_clear(struct peer_sabotage *sabotage)
{
    pthread_mutex_lock(&sabotage->lock);
    free_rules(sabotage->rules);
    sabotage->rules = NULL;
    pthread_mutex_unlock(&sabotage->lock);
}

void peer_sabotage_free(struct peer_sabotage *sabotage)
{
    if (sabotage == NULL) {
        return;
    }
    free_rules(sabotage->rules);
    pthread_mutex_destroy(&sabotage->lock);
    free(sabotage);
}

static bool take_kind(struct rule *rule, const char *name, const char *value)
{
    for (size_t i = 0; i < BREAK_COUNT; i++) {
        enum argument want = kinds[i].argument;
        bool numeric = want == ARG_NUMBER || want == ARG_OPTIONAL_NUMBER;

        if (strcmp(kinds[i].name, name) != 0) {
            continue;
        }
        if (value == NULL ? want == ARG_NUMBER || want == ARG_TEXT : want == ARG_NONE) {
            return false;
        }
        if (value != NULL && numeric && !peer_parse_u64(value, &rule->plan.number[i])) {
            return false;
        }
        rule->plan.on[i] = true;
        snprintf(rule->plan.text[i], sizeof rule->plan.text[i], "%s", value != NULL ? value : "");
        return true;
    }
    return false;
}

static bool take_item(struct rule *rule, char *item)
{
    char *value = strchr(item, '=');

    if (value != NULL) {
        *value++ = '\0';
    }
    if (strcmp(item, "only") == 0 && value != NULL) {
        snprintf(rule->only, sizeof rule->only, "%s", value);
        return true;
    }
    if ((strcmp(item, "on") == 0 || strcmp(item, "fault-on") == 0) && value != NULL) {
        return peer_parse_u64(value, &rule->on);
    }
    if (strcmp(item, "from") == 0 && value != NULL) {
        return peer_parse_u64(value, &rule->from);
    }
    return take_kind(rule, item, value);
}

bool peer_sabotage_add(struct peer_sabotage *sabotage, const char *spec)
{
    struct rule *rule = peer_xmalloc(sizeof *rule);
    char *copy = peer_xstrdup(spec);
    bool good = *copy != '\0';
    struct rule **end;

    memset(rule, 0, sizeof *rule);
    for (char *item = copy; good && item != NULL;) {
        char *comma = strchr(item, ',');

        if (comma != NULL) {
            *comma++ = '\0';
        }
        good = take_item(rule, item);
        item = comma;
    }
    free(copy);
    if (!good) {
        free(rule);
        return false;
    }
    pthread_mutex_lock(&sabotage->lock);
    for (end = &sabotage->rules; *end != NULL; end = &(*end)->next) {
    }
    *end = rule;
    pthread_mutex_unlock(&sabotage->lock);
    return true;
}

static void merge(struct peer_plan *plan, const struct peer_plan *from)
{
    for (size_t i = 0; i < BREAK_COUNT; i++) {
        if (from->on[i]) {
            plan->on[i] = true;
            plan->number[i] = from->number[i];
            memcpy(plan->text[i], from->text[i], sizeof plan->text[i]);
            plan->any = true;
        }
    }
}

static bool is_of_logon(const struct peer_plan *plan)
{
    return plan->on[BREAK_LOGON_DROP] || plan->on[BREAK_LAST_TOKEN] || plan->on[BREAK_CREDSSP] ||
           plan->on[BREAK_CREDSSP_STATUS];
}

void peer_sabotage_plan(struct peer_sabotage *sabotage, const char *action, struct peer_plan *plan)
{
    memset(plan, 0, sizeof *plan);
    pthread_mutex_lock(&sabotage->lock);
    for (struct rule *rule = sabotage->rules; rule != NULL; rule = rule->next) {
        if ((rule->only[0] != '\0' && !peer_ieq(rule->only, action)) || is_of_logon(&rule->plan)) {
            continue;
        }
        rule->seen++;
        if ((rule->on == 0 || rule->on == rule->seen) && rule->seen >= rule->from) {
            merge(plan, &rule->plan);
        }
    }
    pthread_mutex_unlock(&sabotage->lock);
    if (plan->on[BREAK_DELAY_PULL] && !peer_ieq(action, "Pull")) {
        plan->on[BREAK_DELAY_PULL] = false;
    }
}

bool peer_sabotage_has_stall(struct peer_sabotage *sabotage)
{
    bool has = false;

    pthread_mutex_lock(&sabotage->lock);
    for (struct rule *rule = sabotage->rules; rule != NULL; rule = rule->next) {
        has = has || rule->plan.on[BREAK_STALL_CONNECT];
    }
    pthread_mutex_unlock(&sabotage->lock);
    return has;
}

bool peer_sabotage_stalls_connect(struct peer_sabotage *sabotage)
{
    bool stalls = false;

    pthread_mutex_lock(&sabotage->lock);
    for (struct rule *rule = sabotage->rules; rule != NULL; rule = rule->next) {
        if (rule->plan.on[BREAK_STALL_CONNECT]) {
            rule->seen++;
            stalls = stalls || rule->on == 0 || rule->on == rule->seen;
        }
    }
    pthread_mutex_unlock(&sabotage->lock);
    return stalls;
}

bool peer_sabotage_ends_logon(struct peer_sabotage *sabotage, enum peer_break kind,
                              uint64_t message)
{
    bool drops = false;

    pthread_mutex_lock(&sabotage->lock);
    for (struct rule *rule = sabotage->rules; rule != NULL; rule = rule->next) {
        if (rule->plan.on[kind] && rule->plan.number[kind] == message) {
            rule->seen++;
            drops = drops || rule->on == 0 || rule->on == rule->seen;
        }
    }
    pthread_mutex_unlock(&sabotage->lock);
    return drops;
}

bool peer_sabotage_of_logon(struct peer_sabotage *sabotage, enum peer_break kind, char text[64])
{
    bool is = false;

    pthread_mutex_lock(&sabotage->lock);
    for (struct rule *rule = sabotage->rules; rule != NULL && !is; rule = rule->next) {
        if (rule->plan.on[kind]) {
            rule->seen++;
            is = rule->on == 0 || rule->on == rule->seen;
            memcpy(text, rule->plan.text[kind], 64);
        }
    }
    pthread_mutex_unlock(&sabotage->lock);
    return is;
}
