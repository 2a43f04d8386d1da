/// Takes the bytes of one whole log line, with its line break, from any thread, and writes them at once.
public typealias LogSink = @Sendable ([UInt8]) -> Void
