/** From arguments to a session. */
#ifndef MI_CLI_CONNECT_H
#define MI_CLI_CONNECT_H

#include <mi.h>

#include "cli/args.h"

struct connection {
    MI_Application application;
    MI_Session session;
    MI_Uint32 flags;
    const MI_Char *name_space; /* these two live until connection_close */
    const MI_Char *host;
    const struct arguments *arguments;
    /* what reading verbs start their operation with; NULL until dialog_listen */
    MI_OperationOptions *options;
    MI_OperationCallbacks *callbacks;
};

/** @return -1 when there is a session (nothing was sent yet), else the exit status; the reason has
 *  been told. */
int connection_open(const struct arguments *arguments, struct connection *out);
/** The application and the options that a session would get, without one.
 *  @param[out] options  to be deleted before connection_close
 *  @return as above */
int connection_prepare(const struct arguments *arguments, struct connection *out,
                       MI_DestinationOptions *options);
/** @p seconds from 0 to 1e9. */
MI_Interval interval_of(double seconds);
void connection_close(struct connection *connection);

#endif
