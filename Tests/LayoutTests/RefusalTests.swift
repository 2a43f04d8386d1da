import FlintCore
import FlintLayout
import Testing

/// What cannot leave the process is refused before a job starts, with the path of the field.
@Suite("Refused types")
struct RefusalTests {
  private final class Reference { var number = 0 }
  private actor Account {}
  private struct WithReference { var list: [Reference] }
  private struct WithClosure { var inner: (name: String, work: () -> Int) }
  private struct WithExistential { var value: [String: any Equatable] }
  private struct WithAny { var value: Any? }
  private struct WithPointer { var number: Int, pointer: UnsafeMutablePointer<Int> }
  private struct WithUnmanaged { var value: Unmanaged<Reference> }
  private struct WithActor { var account: Account }
  private struct WithMetatype { var type: Any.Type }
  private final class Coded: Codable {}
  private struct WithWeak { weak var coded: Coded? }
  private struct WithUnowned { unowned var coded: Coded }
  private enum WithPayload { case number(Int), reference([Reference?]) }
  private enum WithIndirect { indirect case closure(() -> Void) }
  private struct Endless<Value>: RowConvertible {
    var rowForm: Endless<[Value]> { Endless<[Value]>() }
    init() {}
    init(rowForm: Endless<[Value]>) {}
  }
  private final class Guarded {}
  private struct Lock { var guarded: Guarded }

  static let cases: [(type: Any.Type, why: String)] = [
    (WithReference.self, "field .list[]: Reference is a class"),
    (WithClosure.self, "field .inner.work: () -> Int is a closure"),
    (WithExistential.self, "field .value.values[]: Equatable may hold a value of any type"),
    (WithAny.self, "field .value?: Any may hold"),
    (WithPointer.self, "field .pointer: UnsafeMutablePointer<Int> is a pointer"),
    (WithUnmanaged.self, "field .value: Unmanaged<Reference> is a pointer"),
    (WithActor.self, "field .account: Account is an actor"),
    (WithMetatype.self, "field .type: Any.Type is a type"),
    (WithWeak.self, "field .coded: it is a weak or unowned reference"),
    (WithUnowned.self, "field .coded: it is a weak or unowned reference"),
    (WithPayload.self, "field .reference[]?: Reference is a class"),
    (WithIndirect.self, "field .closure: () -> () is a closure"),
    (Endless<Int>.self, "nested more than 64 deep"),
    (Lock.self, "field .guarded: Guarded is a class"),
    (AnyHashable.self, "AnyHashable is a type of the library Swift"),
    (Reference.self, "Reference is a class"),
    ((Int, () -> Void).self, "field .1: () -> () is a closure"),
  ]

  @Test("each is refused with the field and the reason", arguments: RefusalTests.cases.indices)
  func refused(index: Int) throws {
    let (type, why) = Self.cases[index]
    let error = #expect(throws: FlintError.self) { try RowLayout.of(type) }
    #expect(error?.code == .unsupportedType)
    #expect(error?.why?.contains(why) == true, "\(error?.why ?? "")")
    #expect(error?.what.contains("\(type)") == true)
    #expect(error?.remedy?.isEmpty == false)
  }

  private struct CodedWithClosure: Codable, Equatable {
    var number: Int
    var work: () -> Int = { 1 }
    private enum CodingKeys: CodingKey { case number }
    static func == (left: Self, right: Self) -> Bool { left.number == right.number }
  }

  @Test("what has no layout but is Codable travels by its own word, and only that")
  func codable() throws {
    let rows = [(1, CodedWithClosure(number: 7)), (2, CodedWithClosure(number: 8))]
    let back = try RowBlock.decode(try RowBlock.encode(rows), as: (Int, CodedWithClosure).self)
    #expect(back.map(\.1) == rows.map(\.1))
    #expect(try RowLayout.of((Int, CodedWithClosure).self).columnType.description == "{: int64, : coded}")
  }
}
