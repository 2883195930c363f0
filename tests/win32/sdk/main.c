int consumer(void);
int main(void)
{
    return consumer();
}
