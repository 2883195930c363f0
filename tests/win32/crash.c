/* Ends with an access violation: what starts the tests must report that as a failure. */
int main(void)
{
    volatile int *volatile nowhere = 0;

    return *nowhere;
}
