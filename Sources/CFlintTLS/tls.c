#include "CFlintTLS.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <string.h>

// The BIO.

static int window_read(BIO *bio, char *bytes, int count) {
  flint_tls_window *window = BIO_get_data(bio);
  BIO_clear_retry_flags(bio);
  if (count <= 0) return 0;
  if (window->input_count == 0) {
    BIO_set_retry_read(bio);
    return -1;
  }
  size_t taken = (size_t)count < window->input_count ? (size_t)count : window->input_count;
  memcpy(bytes, window->input, taken);
  window->input += taken;
  window->input_count -= taken;
  return (int)taken;
}

static int window_write(BIO *bio, const char *bytes, int count) {
  flint_tls_window *window = BIO_get_data(bio);
  BIO_clear_retry_flags(bio);
  if (count <= 0) return 0;
  size_t room = window->output_capacity - window->output_count;
  if (room == 0) {
    BIO_set_retry_write(bio);
    return -1;
  }
  size_t put = (size_t)count < room ? (size_t)count : room;
  memcpy(window->output + window->output_count, bytes, put);
  window->output_count += put;
  return (int)put;
}

static long window_control(BIO *bio, int command, long number, void *pointer) {
  (void)bio, (void)number, (void)pointer;
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

static int window_create(BIO *bio) {
  BIO_set_init(bio, 1);
  return 1;
}

static BIO_METHOD *method;
static pthread_once_t method_once = PTHREAD_ONCE_INIT;

static void make_method(void) {
  method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "flint window");
  if (!method) return;
  BIO_meth_set_read(method, window_read);
  BIO_meth_set_write(method, window_write);
  BIO_meth_set_ctrl(method, window_control);
  BIO_meth_set_create(method, window_create);
}

BIO *flint_tls_make_bio(flint_tls_window *window) {
  pthread_once(&method_once, make_method);
  BIO *bio = method ? BIO_new(method) : NULL;
  if (bio) BIO_set_data(bio, window);
  return bio;
}

// Contexts.

// OpenSSL takes a key that was made before the connection only under a name, which both must have.
static const unsigned char scope[] = {'f', 'l', 'i', 'n', 't'};

int flint_tls_configure(SSL_CTX *context) {
  SSL_CTX_set_options(
      context, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_mode(
      context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  return SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) && SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION)
         && SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256") && SSL_CTX_set_num_tickets(context, 0)
         && SSL_CTX_set_max_early_data(context, 0) && SSL_CTX_set_session_id_context(context, scope, sizeof scope)
         && SSL_CTX_set1_groups_list(context, "X25519:P-256");
}

void flint_tls_demand_certificates(SSL_CTX *context, long certificate_bytes) {
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
  SSL_CTX_set_max_cert_list(context, certificate_bytes);
}

int flint_tls_take_reason(char *words, size_t count) {
  unsigned long error = ERR_peek_last_error();
  if (error) ERR_error_string_n(error, words, count);
  int reason = error == 0 ? 0 : ERR_GET_LIB(error) == ERR_LIB_SSL ? ERR_GET_REASON(error) : -1;
  ERR_clear_error();
  return reason;
}

// Pre-shared keys.

int flint_tls_derive(
    const unsigned char *secret, size_t secret_count, const char *purpose, unsigned char *key, size_t key_count) {
  EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
  EVP_KDF_CTX *state = kdf ? EVP_KDF_CTX_new(kdf) : NULL;
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, "SHA256", 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)secret, secret_count),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)purpose, strlen(purpose)),
      OSSL_PARAM_construct_end(),
  };
  int done = state && EVP_KDF_derive(state, key, key_count, parameters) > 0;
  EVP_KDF_CTX_free(state);
  EVP_KDF_free(kdf);
  return done;
}

SSL_SESSION *flint_tls_make_session(SSL *connection, const unsigned char *key, size_t key_count) {
  const unsigned char suite[] = {0x13, 0x01};  // TLS_AES_128_GCM_SHA256
  const SSL_CIPHER *cipher = SSL_CIPHER_find(connection, suite);
  SSL_SESSION *session = cipher ? SSL_SESSION_new() : NULL;
  if (session
      && !(SSL_SESSION_set1_master_key(session, key, key_count) && SSL_SESSION_set_cipher(session, cipher)
           && SSL_SESSION_set1_id_context(session, scope, sizeof scope)
           && SSL_SESSION_set_protocol_version(session, TLS1_3_VERSION))) {
    SSL_SESSION_free(session);
    return NULL;
  }
  return session;
}

// Certificates.

int flint_tls_copy_uri(X509 *certificate, int index, char *text, size_t capacity) {
  GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
  int length = -1;
  for (int i = 0; i < sk_GENERAL_NAME_num(names); i++) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
    if (name->type != GEN_URI || index-- > 0) continue;
    length = ASN1_STRING_length(name->d.uniformResourceIdentifier);
    size_t copied = (size_t)length < capacity ? (size_t)length : capacity;
    memcpy(text, ASN1_STRING_get0_data(name->d.uniformResourceIdentifier), copied);
    break;
  }
  GENERAL_NAMES_free(names);
  return length;
}
