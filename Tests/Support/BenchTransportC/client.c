#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "channel.h"
#include "work.h"

static struct channel channel;
static const struct plan *plan;
static uint64_t asked_count, answered_count, started;
static uint64_t *latencies;
static uint8_t message[message_size];

static int by_size(const void *left, const void *right) {
  uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
  return (a > b) - (a < b);
}

static void finish(uv_loop_t *loop) {
  double seconds = (double)(uv_hrtime() - started) / 1e9;
  printf("units=%" PRIu64 " rate=%.0f", plan->count, (double)plan->count / seconds);
  if (plan->outstanding == 1) {
    qsort(latencies, plan->count, sizeof *latencies, by_size);
    printf(" p50=%" PRIu64 " p99=%" PRIu64, latencies[plan->count / 2], latencies[plan->count * 99 / 100]);
  }
  printf("\n");
  uv_stop(loop);
}

static void ask(void) {
  if (asked_count == plan->count) return;
  if (plan->outstanding == 1) latencies[asked_count] = uv_hrtime();
  channel_put(&channel, frame_request, asked_count++, message, message_size);
}

static void received(struct channel *channel, const struct frame *frame, const uint8_t *body) {
  if (plan->work != work_oneway) {
    if (plan->outstanding == 1) latencies[answered_count] = uv_hrtime() - latencies[answered_count];
    if (++answered_count < plan->count) return ask();
  }
  finish(channel->tcp.loop);
}

// Sends as fast as the system takes it, 64 KiB at once.
static void pour(struct channel *channel) {
  while (asked_count < plan->count && !channel->is_writing) {
    while (channel->output_count < gather_size && asked_count < plan->count) {
      channel_put(channel, frame_oneway, asked_count++, message, message_size);
    }
    void (*drained)(struct channel *) = channel->drained;
    channel->drained = NULL;
    channel_flush(channel);
    channel->drained = drained;
  }
}

static void connected(uv_connect_t *request, int status) {
  if (status < 0) fail("connect", status);
  channel_start(&channel);
  started = uv_hrtime();
  if (plan->work == work_oneway) {
    channel.drained = pour;
    pour(&channel);
    return;
  }
  for (int i = 0; i < plan->outstanding; i++) ask();
  channel_flush(&channel);
}

void work(int port, const struct plan *the_plan) {
  plan = the_plan;
  if (plan->outstanding == 1) latencies = calloc(plan->count, sizeof *latencies);
  for (int i = 0; i < message_size; i++) message[i] = (uint8_t)(i * 7);
  uv_loop_t *loop = uv_default_loop();
  channel_init(&channel, loop);
  channel.received = received;
  struct sockaddr_in address;
  uv_ip4_addr("127.0.0.1", port, &address);
  uv_connect_t request;
  uv_tcp_connect(&request, &channel.tcp, (const struct sockaddr *)&address, connected);
  uv_run(loop, UV_RUN_DEFAULT);
  // The end of the connection ends the server.
  uv_close((uv_handle_t *)&channel.tcp, NULL);
  uv_run(loop, UV_RUN_DEFAULT);
}
