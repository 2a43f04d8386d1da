internal import FlintLayout

/// What the compiler wrote about the captures of one closure: their types, and where its generic types come from.
struct CaptureDescriptor {
  static let headerSize = 12

  let address: UnsafeRawPointer

  init(_ address: UnsafeRawPointer) { self.address = address }

  var captureCount: Int { Int(address.load(as: UInt32.self)) }
  var sourceCount: Int { Int(address.load(fromByteOffset: 4, as: UInt32.self)) }
  /// Words of type metadata and witness tables before the captures.
  var bindingCount: Int { Int(address.load(fromByteOffset: 8, as: UInt32.self)) }

  /// Bytes of the whole record.
  var size: Int { Self.headerSize + 4 * captureCount + 8 * sourceCount }

  /// The type of a capture.
  func captureType(_ index: Int) -> MangledName? {
    (address + Self.headerSize + 4 * index).relativeTarget.map(MangledName.init)
  }

  /// A generic type, and the path by which its metadata is found.
  func source(_ index: Int) -> (type: MangledName, path: [UInt8])? {
    let record = address + Self.headerSize + 4 * captureCount + 8 * index
    guard let type = record.relativeTarget, let path = (record + 4).relativeTarget else { return nil }
    return (MangledName(type), MangledName(path).skeleton)
  }
}
