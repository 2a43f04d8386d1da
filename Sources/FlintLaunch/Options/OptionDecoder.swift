internal import FlintCore

/// Gives an application's options to their `init(from:)`, property by property.
struct OptionDecoder<Source: OptionSource>: Decoder {
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]
  let source: Source

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(OptionContainer<Source, Key>(source: source))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Self.notAStruct }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw Self.notAStruct }

  private static var notAStruct: FlintError {
    FlintError(
      .invalidArgument, "an application's Options cannot be read from a command line",
      why: "they are no struct with named properties", remedy: "make them a struct")
  }
}
