import FlintCore
import FlintLayout
import LayoutSamples
import Synchronization
import Testing

/// What went wrong, or could have, when layouts were first tried: one test a trap.
@Suite("Traps of layouts")
struct TrapTests {
  private enum Kind: UInt8 { case first, second, third }
  private struct Flags {
    var isSet: Bool
    var kind: Kind
    var number: Int16?
  }

  @Test("trap 1: what looks copyable has patterns without meaning, and each is refused")
  func invalidPatterns() throws {
    let bytes = try Rows.bytes([Flags(isSet: true, kind: .third, number: 7)])
    #expect(bytes == [1, 2, 1, 7, 0])
    for (place, value) in [(0, 2), (0, 255), (1, 3), (2, 2)] as [(Int, UInt8)] {
      var damaged = bytes
      damaged[place] = value
      #expect(Rows.refusal(damaged, count: 1, as: Flags.self) == .corruptData, "byte \(place) = \(value)")
    }
    #expect(try RowLayout.of(Flags.self).isImage == false)
  }

  private struct Gaps {
    var a: UInt8
    var b: Int64
  }

  @Test("trap 1: bytes between fields do not travel")
  func padding() throws {
    #expect(try Rows.bytes([Gaps(a: 1, b: 2)]) == [1, 2, 0, 0, 0, 0, 0, 0, 0])
    #expect(try RowLayout.of(Gaps.self).isImage == false)
    #expect(try RowLayout.of((Int64, Double).self).isImage)
  }

  private struct Nothing {}
  private struct AroundNothing {
    var a = Nothing()
    var number: Int32
    var b = Nothing()
  }

  @Test("trap 2: empty fields may stand anywhere; every other byte must be known")
  func emptyFields() throws {
    #expect(try Rows.bytes([AroundNothing(number: 1)]) == [1, 0, 0, 0])
    #expect(try Rows.bytes([Nothing(), Nothing()]) == [0, 0])
  }

  @Test("trap 3: no name and no address of a private type is in its layout")
  func structuralFingerprint() throws {
    let layout = try RowLayout.of(Gaps.self)
    #expect(layout.columnType.description == "{a: uint8, b: int64}")
    #expect(layout.fingerprint == (try RowLayout.of((a: UInt8, b: Int).self).fingerprint))
  }

  @Test("trap 5: bytes that end anywhere leave no object behind", arguments: BlockForm.allCases)
  func partialDecode(form: BlockForm) throws {
    let rows = (0..<3).map { Holder(text: "a text of more than fifteen bytes \($0)") }
    let bytes = try Rows.bytes(rows, form)
    let before = Witness.alive.load(ordering: .relaxed)
    for count in bytes.indices {
      #expect(Rows.refusal(Array(bytes[..<count]), count: 3, form, as: Holder.self) == .corruptData)
      #expect(Witness.alive.load(ordering: .relaxed) == before, "cut at \(count)")
    }
    #expect(try Rows.read(bytes, count: 3, form, as: Holder.self).map(\.text) == rows.map(\.text))
  }

  private enum Lists: Equatable { case numbers([Int]), texts([String]), none }

  @Test("trap 6: looking at a payload does not change the value")
  func projection() throws {
    let rows = [Lists.numbers([1, 2]), .texts(["a"]), .none]
    for form in BlockForm.allCases {
      let first = try Rows.bytes(rows, form)
      #expect(rows == [.numbers([1, 2]), .texts(["a"]), .none])
      #expect(try Rows.bytes(rows, form) == first)
    }
  }

  @Test("trap 7: a length from outside must fit what is left, and the budget")
  func hostileLengths() throws {
    let huge: [UInt8] = [255, 255, 255, 255]
    #expect(Rows.refusal(huge, count: 1, as: [Int].self) == .corruptData)
    #expect(Rows.refusal(huge, count: 1, as: String.self) == .corruptData)
    #expect(Rows.refusal([], count: .max, as: Int.self) == .corruptData)
    #expect(Rows.refusal([1, 2], count: 1 << 40, .columns, as: Bool.self) == .corruptData)
    let rows = [[[Int]]](repeating: [[1, 2, 3], [4]], count: 100)
    for form in BlockForm.allCases {
      let bytes = try Rows.bytes(rows, form)
      #expect(Rows.refusal(bytes, count: 100, form, as: [[Int]].self, budget: 8_000) == .memoryBudgetExceeded)
      #expect(try Rows.read(bytes, count: 100, form, as: [[Int]].self, budget: 40_000) == rows)
    }
  }

  private struct Tree {
    var value: Int
    var children: [Tree]
  }

  private indirect enum Chain { case end, link(Chain) }

  @Test("trap 7: depth is bounded on both sides")
  func depth() throws {
    let deep = (0..<5_000).flatMap { _ in [7, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0] as [UInt8] }
    #expect(Rows.refusal(deep, count: 1, as: Tree.self) == .corruptData)
    let tree = (0..<200).reduce(Tree(value: 0, children: [])) { tree, _ in Tree(value: 1, children: [tree]) }
    let chain = (0..<200).reduce(Chain.end) { chain, _ in .link(chain) }
    for form in BlockForm.allCases {
      #expect(throws: FlintError.self) { try Rows.bytes([tree], form) }
      #expect(throws: FlintError.self) { try Rows.bytes([chain], form) }
    }
  }

  @Test("trap 8: a key that comes twice is refused, in sets and dictionaries")
  func duplicateKeys() throws {
    let set: [UInt8] = [2, 0, 0, 0, 9, 9]
    #expect(Rows.refusal(set, count: 1, as: Set<UInt8>.self) == .corruptData)
    #expect(Rows.refusal(set + [2, 0, 0, 0, 1, 2], count: 1, as: [UInt8: UInt8].self) == .corruptData)
    let unequal: [UInt8] = [2, 0, 0, 0, 8, 9, 1, 0, 0, 0, 1]
    #expect(Rows.refusal(unequal, count: 1, as: [UInt8: UInt8].self) == .corruptData)
  }

  private struct Even: Equatable {
    let number: UInt8
    init(_ number: UInt8) {
      precondition(number % 2 == 0)
      self.number = number
    }
  }

  private struct CheckedEven: RowConvertible {
    let number: UInt8
    var rowForm: UInt8 { number }
    init(rowForm: UInt8) throws {
      guard rowForm % 2 == 0 else { throw FlintError(.invalidArgument, "\(rowForm) is odd") }
      number = rowForm
    }
  }

  @Test("trap 9: no initialiser runs, so who has a condition says so by RowConvertible")
  func privateInvariants() throws {
    #expect(try Rows.read([3], count: 1, as: Even.self)[0].number == 3)
    #expect(Rows.refusal([3], count: 1, as: CheckedEven.self) == .corruptData)
    #expect(try Rows.read([4], count: 1, as: CheckedEven.self)[0].number == 4)
  }

  @Test("trap 10: many tasks derive one layout and get the same; a refused type is refused again")
  func cache() async throws {
    struct Fresh { var a: [String: Int] }
    let layouts = try await withThrowingTaskGroup(of: RowLayout.self) { group in
      for _ in 0..<50 { group.addTask { try RowLayout.of(Fresh.self) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(layouts.allSatisfy { $0 === layouts[0] })
    for _ in 0..<2 { #expect(throws: FlintError.self) { try RowLayout.of((() -> Void).self) } }
  }

  @Test("trap 11: rows of another structure are refused; those of the same are taken, whatever their names")
  func structure() throws {
    struct Here { var key: String; var count: Int }
    struct There { var key: String; var count: Int64 }
    struct Else { var name: String; var count: Int }
    let block = try RowBlock.encode([Here(key: "a", count: 1)])
    #expect(try RowBlock.decode(block, as: There.self)[0].count == 1)
    let error = #expect(throws: FlintError.self) { try RowBlock.decode(block, as: Else.self) }
    #expect(error?.code == .layoutMismatch)
  }
}

/// Counts its living objects.
private final class Witness: RowConvertible {
  static let alive = Atomic<Int>(0)
  init() { Self.alive.add(1, ordering: .relaxed) }
  deinit { Self.alive.subtract(1, ordering: .relaxed) }

  var rowForm: UInt16 { 7 }
  convenience init(rowForm: UInt16) { self.init() }
}

/// Keeps witnesses in every way in which a row can hold them.
private struct Holder {
  enum Place {
    case one(Witness)
    case many([Witness])
    indirect case boxed(Witness, String)
  }

  var first = Witness()
  var places: [Place] = [.one(Witness()), .many([Witness(), Witness()]), .boxed(Witness(), "boxed")]
  var maybe: Witness? = Witness()
  var byName = ["a": Witness(), "b": Witness()]
  var text: String
  var last: [Witness?] = [Witness(), nil]
}
