// What Swift cannot take from OpenSSL itself: macros, variadic functions, and stacks.
#ifndef CFLINT_TLS_H
#define CFLINT_TLS_H

#include <openssl/ssl.h>
#include <stddef.h>

// Lent memory between which and a connection OpenSSL moves ciphertext. Only valid while a call of OpenSSL runs.
typedef struct flint_tls_window {
  const unsigned char *input;
  size_t input_count;
  unsigned char *output;
  size_t output_count;
  size_t output_capacity;
} flint_tls_window;

// A BIO that reads from a window's input, and writes to its output as far as that reaches; then it asks to be called
// again. NULL when there is no memory.
BIO *flint_tls_make_bio(flint_tls_window *window);

// TLS 1.3 with one cipher suite, and nothing that remembers a connection after its end: no tickets, no resumption, no
// early data. 0 when OpenSSL refuses.
int flint_tls_configure(SSL_CTX *context);

// Certificates of peers are demanded, and verified against the authorities of `context` alone.
void flint_tls_demand_certificates(SSL_CTX *context, long certificate_bytes);

// The number of the last of OpenSSL's errors on this thread, which are then forgotten: its reason, or -1 when the error
// is not of its TLS part; 0 when there is none.
int flint_tls_take_reason(char *words, size_t count);

// HKDF-SHA256 of `secret` under `purpose`. 0 when OpenSSL refuses.
int flint_tls_derive(
    const unsigned char *secret, size_t secret_count, const char *purpose, unsigned char *key, size_t key_count);

// A session that carries `key` as an external pre-shared key for TLS_AES_128_GCM_SHA256; NULL when there is no memory.
SSL_SESSION *flint_tls_make_session(SSL *connection, const unsigned char *key, size_t key_count);

// The `index`th name of `certificate` that is a URI: its length, and its text without an end mark. -1 when there are no
// more.
int flint_tls_copy_uri(X509 *certificate, int index, char *text, size_t capacity);

#endif
