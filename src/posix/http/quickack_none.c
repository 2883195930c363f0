#include "http/conn.h"

void mic_http_quickack(int fd)
{
    (void)fd;
}
