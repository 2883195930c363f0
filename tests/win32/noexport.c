/* A mi.dll that is not the one of Windows: it loads and has nothing to offer. */
int miclient_test_noexport(void);
int miclient_test_noexport(void)
{
    return 1;
}
