/// Where a slot is: the executor's place in the table and the slot's among its slots, in four bytes.
struct SlotID: Hashable, Sendable {
  private let rawValue: UInt32

  private static let positionBits: UInt32 = 10
  /// The most slots that an executor may have.
  static let limit = 1 << Int(positionBits)
  /// No slot.
  static let none = SlotID(rawValue: .max)

  private init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Slot `position` of an executor.
  init(owner: Int, position: UInt16) {
    rawValue = UInt32(truncatingIfNeeded: owner) << Self.positionBits | UInt32(position)
  }

  var owner: Int { Int(rawValue >> Self.positionBits) }
  var position: UInt16 { UInt16(truncatingIfNeeded: rawValue) & UInt16(Self.limit - 1) }
}
