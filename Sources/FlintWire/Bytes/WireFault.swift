/// Why bytes from a peer were not taken. One byte inside the decoders; whoever closes the connection says it in words.
public enum WireFault: UInt8, Error, Hashable, Sendable, CaseIterable {
  /// They end before what they announce.
  case truncated
  /// They go on after the last field.
  case trailingBytes
  /// A number stands for no case of its enum.
  case badTag
  /// A text is not UTF-8, or longer than such a text may be.
  case badText
  /// More elements are announced than the bytes that are left could hold.
  case badCount
  /// A number is outside what it can mean.
  case badNumber
}
