#include "mic_test.h"

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct mic_test_case *first_case;
static struct mic_test_case **last_case = &first_case;

/* The test that runs. Checks of other threads touch only `failures`. */
static struct {
    const struct mic_test_case *item;
    const char *skipped;
    jmp_buf end;
    atomic_uint failures;
    uint64_t random;
} current;

static _Thread_local bool is_test_thread;

void mic_test_register(struct mic_test_case *item)
{
    *last_case = item;
    last_case = &item->next;
}

uint64_t mic_test_seed(void)
{
    const char *wanted = getenv("MIC_TEST_SEED");
    uint64_t seed = wanted != NULL ? strtoull(wanted, NULL, 0) : 0;

    return seed != 0 ? seed : UINT64_C(0x9E3779B97F4A7C15);
}

uint64_t mic_test_random(void)
{
    uint64_t x = current.random;

    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    current.random = x;
    return x * UINT64_C(0x2545F4914F6CDD1D);
}

bool mic_test_fail(struct mic_test_place place, const char *format, ...)
{
    char text[2000];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    (void)printf("%s:%d: %s\n", place.file, place.line, text);
    (void)fflush(stdout);
    atomic_fetch_add(&current.failures, 1);
    return false;
}

bool mic_test_check(bool held, const char *text, struct mic_test_place place)
{
    return held || mic_test_fail(place, "does not hold: %s", text);
}

void mic_test_require(bool held, const char *text, struct mic_test_place place)
{
    if (!held) {
        (void)mic_test_fail(place, "required: %s", text);
        if (is_test_thread) {
            longjmp(current.end, 1);
        }
    }
}

bool mic_test_check_int(long long actual, long long expected, const char *text,
                        struct mic_test_place place)
{
    return actual == expected ||
           mic_test_fail(place, "%s is %lld (0x%llx), expected %lld (0x%llx)", text, actual,
                         (unsigned long long)actual, expected, (unsigned long long)expected);
}

bool mic_test_check_text(const char *actual, const char *expected, const char *text,
                         struct mic_test_place place)
{
    if (actual == expected || (actual && expected && strcmp(actual, expected) == 0)) {
        return true;
    }
    return mic_test_fail(place, "%s\n  is       %s%s%s\n  expected %s%s%s", text,
                         actual ? "\"" : "", actual ? actual : "NULL", actual ? "\"" : "",
                         expected ? "\"" : "", expected ? expected : "NULL", expected ? "\"" : "");
}

bool mic_test_check_wide(const wchar_t *actual, const wchar_t *expected, const char *text,
                         struct mic_test_place place)
{
    if (actual == expected || (actual && expected && wcscmp(actual, expected) == 0)) {
        return true;
    }
    return mic_test_fail(place, "%s\n  is       %ls\n  expected %ls", text,
                         actual ? actual : L"NULL", expected ? expected : L"NULL");
}

static void describe_bytes(char *out, size_t out_size, const unsigned char *bytes, size_t size,
                           size_t from)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = from; i < size && i < from + 16 && used + 4 < out_size; i++) {
        (void)snprintf(out + used, out_size - used, " %02x", bytes[i]);
        used += 3;
    }
}

bool mic_test_check_bytes(const void *actual, size_t actual_size, const void *expected,
                          size_t expected_size, const char *text, struct mic_test_place place)
{
    const unsigned char *a = actual, *e = expected;
    size_t common = actual_size < expected_size ? actual_size : expected_size, at = 0;
    char actual_text[64], expected_text[64];

    while (at < common && a[at] == e[at]) {
        at++;
    }
    if (at == common && actual_size == expected_size) {
        return true;
    }
    describe_bytes(actual_text, sizeof(actual_text), a, actual_size, at);
    describe_bytes(expected_text, sizeof(expected_text), e, expected_size, at);
    return mic_test_fail(place,
                         "%s: %lu bytes, expected %lu; first difference at %lu:\n"
                         "  is      %s\n  expected%s",
                         text, (unsigned long)actual_size, (unsigned long)expected_size,
                         (unsigned long)at, actual_text, expected_text);
}

void mic_test_skip(const char *reason)
{
    current.skipped = reason;
    longjmp(current.end, 1);
}

static void run_current(void)
{
    if (setjmp(current.end) == 0) {
        current.item->run();
    }
    CU_assertImplementation(atomic_load(&current.failures) == 0, 0, "all checks hold",
                            current.item->name, "", CU_FALSE);
}

/* Counts of a run; the two lists of CUnit follow the order of registration. */
struct tally {
    unsigned passed, failed, skipped;
};

static bool add_to_registry(const char *suite_name, const char *test_name)
{
    for (struct mic_test_case *item = first_case; item; item = item->next) {
        CU_pSuite suite;

        if ((suite_name && strcmp(suite_name, item->suite) != 0) ||
            (test_name && strcmp(test_name, item->name) != 0)) {
            continue;
        }
        suite = CU_get_suite(item->suite);
        if (!suite) {
            suite = CU_add_suite(item->suite, NULL, NULL);
        }
        if (!suite || !CU_add_test(suite, item->name, run_current)) {
            (void)printf("%s.%s cannot be added: %s\n", item->suite, item->name,
                         CU_get_error_msg());
            return false;
        }
    }
    return true;
}

static void run_one(const struct mic_test_case *item, CU_pSuite suite, CU_pTest test,
                    struct tally *tally)
{
    CU_ErrorCode error;

    current.item = item;
    current.skipped = NULL;
    current.random = mic_test_seed();
    atomic_store(&current.failures, 0);
    error = CU_run_test(suite, test);
    if (error != CUE_SUCCESS || atomic_load(&current.failures) > 0) {
        tally->failed++;
        (void)printf("%s.%s FAILED\n", item->suite, item->name);
    } else if (current.skipped) {
        tally->skipped++;
        (void)printf("%s.%s skipped: %s\n", item->suite, item->name, current.skipped);
    } else {
        tally->passed++;
        (void)printf("%s.%s ok\n", item->suite, item->name);
    }
    (void)fflush(stdout);
}

static void run_registered(struct tally *tally)
{
    for (const struct mic_test_case *item = first_case; item; item = item->next) {
        CU_pSuite suite = CU_get_suite(item->suite);
        CU_pTest test = suite ? CU_get_test(suite, item->name) : NULL;

        if (test) {
            run_one(item, suite, test, tally);
        }
    }
}

static int list_cases(void)
{
    for (const struct mic_test_case *item = first_case; item; item = item->next) {
        (void)printf("%s.%s\n", item->suite, item->name);
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct tally tally = {0, 0, 0};

    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        return list_cases();
    }
    if (argc > 3 || (argc > 1 && argv[1][0] == '-')) {
        (void)fprintf(stderr, "usage: %s [--list | SUITE [TEST]]\n", argv[0]);
        return 1;
    }
    is_test_thread = true;
    if (CU_initialize_registry() != CUE_SUCCESS) {
        return 1;
    }
    if (!add_to_registry(argc > 1 ? argv[1] : NULL, argc > 2 ? argv[2] : NULL)) {
        return 1;
    }
    run_registered(&tally);
    CU_cleanup_registry();
    (void)printf("%u passed, %u failed", tally.passed, tally.failed);
    if (tally.skipped > 0) {
        (void)printf(", %u skipped", tally.skipped);
    }
    (void)printf("\n");
    if (tally.failed > 0 || tally.passed + tally.skipped == 0) {
        return 1;
    }
    return tally.passed > 0 ? 0 : 77;
}
