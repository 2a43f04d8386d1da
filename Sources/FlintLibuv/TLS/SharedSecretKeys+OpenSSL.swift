internal import COpenSSL
internal import FlintCore

/// What OpenSSL asks for during a handshake from a shared secret. A server's connection remembers in its first slot under
/// which role its client came.
extension SharedSecretKeys {
  /// In the slot: the client named something that is no role.
  private static let unknownIdentity = UInt(UInt8.max)

  /// Lets all connections of `context` authenticate themselves by these keys. Whoever calls it keeps the keys alive as
  /// long as the context.
  func install(in context: OpaquePointer) {
    SSL_CTX_set_ex_data(context, 0, Unmanaged.passUnretained(self).toOpaque())
    SSL_CTX_set_psk_use_session_callback(context, Self.useKey)
    SSL_CTX_set_psk_find_session_callback(context, Self.findKey)
  }

  /// The role under which the client of a server's `connection` came.
  static func clientRole(of connection: OpaquePointer) -> PeerRole? {
    PeerRole(rawValue: UInt8(truncatingIfNeeded: slot(of: connection)))
  }

  /// Whether the client named something that is no role.
  static func sawUnknownIdentity(_ connection: OpaquePointer) -> Bool { slot(of: connection) == unknownIdentity }

  private static func slot(of connection: OpaquePointer) -> UInt {
    UInt(bitPattern: SSL_get_ex_data(connection, 0))
  }

  private static func keys(of connection: OpaquePointer) -> SharedSecretKeys? {
    SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), 0).map {
      Unmanaged<SharedSecretKeys>.fromOpaque($0).takeUnretainedValue()
    }
  }

  /// A client offers the key of its role.
  private static let useKey: SSL_psk_use_session_cb_func = { connection, _, identity, identityLength, session in
    guard let connection, let keys = keys(of: connection) else { return 0 }
    guard let made = keys.makeSession(for: keys.ownRole, on: connection) else { return 0 }
    session?.pointee = made
    let name = keys.ownRole.staticTLSName
    identity?.pointee = name.utf8Start
    identityLength?.pointee = name.utf8CodeUnitCount
    return 1
  }

  /// A server looks up the key of the role that its client names. Without one the handshake goes on and finds that the
  /// server has no certificate either.
  private static let findKey: SSL_psk_find_session_cb_func = { connection, identity, length, session in
    session?.pointee = nil
    guard let connection, let keys = keys(of: connection) else { return 0 }
    let bytes = UnsafeBufferPointer(start: identity, count: length)
    guard let role = PeerRole(tlsName: String(decoding: bytes, as: UTF8.self)) else {
      SSL_set_ex_data(connection, 0, UnsafeMutableRawPointer(bitPattern: unknownIdentity))
      return 1
    }
    guard let made = keys.makeSession(for: role, on: connection) else { return 0 }
    SSL_set_ex_data(connection, 0, UnsafeMutableRawPointer(bitPattern: UInt(role.rawValue)))
    session?.pointee = made
    return 1
  }
}
