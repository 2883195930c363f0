/* Tests that pass, fail and skip, for the test of the runner itself. */
#include "mic_test.h"

MIC_TEST(good, passes)
{
    MIC_CHECK(true);
}

MIC_TEST(bad, check_goes_on)
{
    MIC_CHECK_TEXT("is", "should be");
    MIC_CHECK_INT(1, 2);
}

MIC_TEST(bad, require_ends)
{
    MIC_REQUIRE(false);
    MIC_CHECK_INT(3, 4);
}

MIC_TEST(absent, is_skipped)
{
    MIC_SKIP("not here");
}
