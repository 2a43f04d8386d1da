internal import FlintLayout

/// One step of a key path, as it lies in the key path's object.
enum KeyPathComponent {
  /// A stored property, or a step through an optional: the header says all.
  case plain(header: UInt32)
  /// A stored property too far from its start for the header.
  case outOfLine(header: UInt32, offset: UInt32)
  /// A computed property without captured arguments. `setter` is 0 where there is none.
  case computed(header: UInt32, identity: UInt, getter: UInt, setter: UInt)

  /// What a header is about.
  enum Discriminator: UInt32 {
    case structField = 1
    case computed = 2
    case classField = 3
    case optional = 4
  }

  /// Bits of a header.
  enum Flags {
    static let offset: UInt32 = 0x007F_FFFF
    /// Offsets from here on stand for something else.
    static let firstSpecialOffset: UInt32 = 0x007F_FFFD
    static let outOfLine: UInt32 = 0x007F_FFFF
    static let hasArguments: UInt32 = 0x0008_0000
    static let isSettable: UInt32 = 0x0040_0000
    static let endsReferencePrefix: UInt32 = 0x8000_0000
  }

  static func discriminator(_ header: UInt32) -> Discriminator? { Discriminator(rawValue: (header >> 24) & 0x7F) }

  var header: UInt32 {
    switch self {
    case .plain(let header), .outOfLine(let header, _), .computed(let header, _, _, _): header
    }
  }

  /// The offset of a stored property from where the step begins; nil for others.
  var storedOffset: Int? {
    switch (Self.discriminator(header), self) {
    case (.structField, .plain(let header)), (.classField, .plain(let header)): Int(header & Flags.offset)
    case (.structField, .outOfLine(_, let offset)), (.classField, .outOfLine(_, let offset)): Int(offset)
    default: nil
    }
  }

  /// Bytes in the object.
  var size: Int {
    switch self {
    case .plain: 4
    case .outOfLine: 8
    case .computed(let header, _, _, _): header & Flags.isSettable == 0 ? 24 : 32
    }
  }

  /// Whether the step from `type` to `next` stays inside a value or an object of `type`.
  func fits(from type: Metadata, to next: Metadata) -> Bool {
    switch Self.discriminator(header) {
    case .structField:
      return storedOffset.map { $0 + next.valueLayout.size <= type.valueLayout.size } ?? false
    case .classField:
      guard type.kind == .class, let offset = storedOffset else { return false }
      let instanceSize = Int(type.address.load(fromByteOffset: 24, as: UInt32.self))
      return offset >= 16 && offset + next.valueLayout.size <= instanceSize
    case .computed:
      return true
    case .optional:
      return header & 0x00FF_FFFF <= 2
    case nil:
      return false
    }
  }
}
