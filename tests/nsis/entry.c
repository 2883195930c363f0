/* A library with one export, NAME. */
__declspec(dllexport) int NAME(void);
int NAME(void)
{
    return 0;
}
