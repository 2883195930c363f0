#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "http/conn.h"

void mic_http_quickack(int fd)
{
    int on = 1;

    (void)setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof(on));
}
