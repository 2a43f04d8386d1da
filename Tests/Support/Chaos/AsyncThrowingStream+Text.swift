extension AsyncThrowingStream<[UInt8], any Error> {
  /// Everything that comes, as text, and why it ended too early.
  func text() async -> String {
    var bytes: [UInt8] = []
    do {
      for try await chunk in self { bytes += chunk }
    } catch {
      bytes += "\(error)".utf8
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
