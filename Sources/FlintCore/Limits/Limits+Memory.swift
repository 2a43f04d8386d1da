extension Limits {
  /// The same limits for an executor with this memory: what is fetched, collected and served at once takes a small part of it.
  public func fitted(to memory: ByteCount) -> Limits {
    var fitted = self
    let eighth = ByteCount(max(memory.bytes / 8, 1 << 20))
    fitted.fetchBytesInFlight = min(fetchBytesInFlight, eighth)
    fitted.fetchRequest = min(fetchRequest, ByteCount(max(fitted.fetchBytesInFlight.bytes / 2, 1)))
    fitted.mapOutputBuffer = min(mapOutputBuffer, ByteCount(max(memory.bytes / 16, 64 << 10)))
    return fitted
  }
}
