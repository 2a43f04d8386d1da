// Two processes and one connection over the loopback, by libuv alone: what Flint's transport is measured against.
//
// usage: bench-transport-c CASE    rr1, rr64, oneway, block1m or sendfile1m
//
// Prints units (messages or blocks), rate (units a second) and, with one request at a time, p50 and p99 in nanoseconds.
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "frames.h"
#include "work.h"

static const struct plan plans[] = {
    {work_rr, "rr1", 1, 200000},      {work_rr, "rr64", 64, 3000000},     {work_oneway, "oneway", 0, 10000000},
    {work_block, "block1m", 4, 8192}, {work_file, "sendfile1m", 4, 8192},
};

static int listen_anywhere(int *port) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, 8) != 0 ||
      getsockname(listener, (struct sockaddr *)&address, &length) != 0) {
    fail("listen", -errno);
  }
  *port = ntohs(address.sin_port);
  return listener;
}

int main(int argc, char **argv) {
  const struct plan *plan = NULL;
  for (size_t i = 0; argc == 2 && i < sizeof plans / sizeof *plans; i++) {
    if (strcmp(plans[i].name, argv[1]) == 0) plan = &plans[i];
  }
  if (!plan) fail("usage: bench-transport-c rr1 | rr64 | oneway | block1m | sendfile1m", 0);
  int port;
  int listener = listen_anywhere(&port);
  pid_t server = fork();
  if (server < 0) fail("fork", -errno);
  if (server == 0) {
    serve(listener, plan);
    return 0;
  }
  close(listener);
  work(port, plan);
  int status;
  if (waitpid(server, &status, 0) != server || status != 0) fail("the server ended in another way than by the end of the work", 0);
  return 0;
}
