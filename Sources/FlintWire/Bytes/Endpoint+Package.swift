package import FlintCore

extension WireWriter {
  /// Writes an endpoint.
  package mutating func put(endpoint: Endpoint) { put(endpoint) }
}

extension WireReader {
  /// Reads an endpoint.
  package mutating func getEndpoint() throws(WireFault) -> Endpoint { try get() }
}
