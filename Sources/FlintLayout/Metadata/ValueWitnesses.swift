/// The table by which the runtime handles values of one type: sizes, and how enums keep their tags.
///
/// Every Swift type's metadata has it one word before its start; offsets are those of the stable ABI.
package struct ValueWitnesses {
  private let table: UnsafeRawPointer

  init(_ metadata: UnsafeRawPointer) {
    table = (metadata - 8).load(as: UnsafeRawPointer.self)
  }

  var size: Int { table.load(fromByteOffset: 64, as: Int.self) }
  var stride: Int { table.load(fromByteOffset: 72, as: Int.self) }
  var alignmentMask: Int { Int(flags & 0xFF) }
  /// Destroying or copying a value needs no more than its bytes.
  package var isTrivial: Bool { flags & 0x1_0000 == 0 }
  var isBitwiseTakable: Bool { flags & 0x10_0000 == 0 }
  var hasEnumWitnesses: Bool { flags & 0x20_0000 != 0 }
  var isCopyable: Bool { flags & 0x80_0000 == 0 }
  /// How many bit patterns no value has, so that an optional needs no byte of its own.
  var extraInhabitants: UInt32 { table.load(fromByteOffset: 84, as: UInt32.self) }

  /// Tells 0 for a payload, else the number of the empty case; asked of the memory of an optional.
  typealias SinglePayloadTag = @convention(c) (UnsafeRawPointer, UInt32, UnsafeRawPointer) -> UInt32
  /// Writes what ``SinglePayloadTag`` tells.
  typealias StoreSinglePayloadTag = @convention(c) (UnsafeMutableRawPointer, UInt32, UInt32, UnsafeRawPointer) -> Void
  typealias EnumTag = @convention(c) (UnsafeRawPointer, UnsafeRawPointer) -> UInt32
  /// Turns an enum's memory into that of its payload.
  typealias ProjectPayload = @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer) -> Void
  /// Turns a payload's memory into that of the enum.
  typealias InjectTag = @convention(c) (UnsafeMutableRawPointer, UInt32, UnsafeRawPointer) -> Void

  var singlePayloadTag: SinglePayloadTag { entry(48) }
  var storeSinglePayloadTag: StoreSinglePayloadTag { entry(56) }
  var enumTag: EnumTag { entry(88) }
  var projectPayload: ProjectPayload { entry(96) }
  var injectTag: InjectTag { entry(104) }

  private var flags: UInt32 { table.load(fromByteOffset: 80, as: UInt32.self) }

  private func entry<Function>(_ offset: Int) -> Function {
    table.load(fromByteOffset: offset, as: Function.self)
  }
}
