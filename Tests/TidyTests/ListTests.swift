import Testing
import Tidy

@Suite("Tidy: lists that only shrink")
struct ListTests {
  private static let path = "Sources/FlintCore/A.swift"
  private static let proof = "/// Guarded by the lock:\n/// every access takes it.\n"

  private func unchecked(_ text: String, list: String = "") -> [Finding] {
    findings(of: UncheckedList(), in: [Self.path: text, UncheckedList.listPath: list])
  }

  @Test("@unchecked Sendable and nonisolated(unsafe) outside the list are found")
  func unlisted() {
    #expect(unchecked(Self.proof + "final class A: @unchecked Sendable {}\n").map(\.line) == [3])
    #expect(unchecked(Self.proof + "nonisolated(unsafe) var a = 1\n").map(\.line) == [3])
  }

  @Test("a listed use with its proof passes, also below attributes and the head of a declaration")
  func listed() {
    let plain = Self.proof + "final class A: @unchecked Sendable {}\n"
    #expect(unchecked(plain, list: "\(Self.path) 1 # the lock\n").isEmpty)
    let long = Self.proof + "@frozen\nfinal class A:\n  B, @unchecked Sendable {}\n"
    #expect(unchecked(long, list: "\(Self.path) 1\n").isEmpty)
  }

  @Test("a use without two lines of proof is found, though listed")
  func unproved() {
    let text = "/// Safe.\nfinal class A: @unchecked Sendable {}\n"
    #expect(unchecked(text, list: "\(Self.path) 1\n").map(\.line) == [2])
    let apart = Self.proof + "\nfinal class A: @unchecked Sendable {}\n"
    #expect(unchecked(apart, list: "\(Self.path) 1\n").map(\.line) == [4])
  }

  @Test("a count that does not fit, and an entry that is no longer needed, are found")
  func shrinks() {
    let text = Self.proof + "final class A: @unchecked Sendable {}\n"
    #expect(unchecked(text, list: "\(Self.path) 2\n").map(\.path) == [Self.path])
    let stale = findings(of: UncheckedList(), in: [UncheckedList.listPath: "# a\n\(Self.path) 1\n"])
    #expect(stale.map(\.path) == [UncheckedList.listPath])
    #expect(stale.map(\.line) == [2])
  }

  @Test("the words in comments and texts are no use")
  func mentioned() {
    #expect(unchecked("// @unchecked Sendable\nlet a = \"nonisolated(unsafe)\"\n").isEmpty)
  }

  @Test("a file of 401 lines is found, one of 400 passes, and so does one that is listed")
  func longFiles() {
    let text = String(repeating: "let a = 1\n", count: 401)
    #expect(lines(of: LongList(), at: Self.path, in: text) == [1])
    #expect(lines(of: LongList(), at: "Scripts/a", in: text) == [1])
    #expect(lines(of: LongList(), at: Self.path, in: String(text.dropLast(10))).isEmpty)
    #expect(findings(of: LongList(), in: [Self.path: text, LongList.listPath: "\(Self.path) 401\n"]).isEmpty)
  }

  @Test("a function of 61 lines is found, one of 60 passes, and so does one that is listed")
  func longFunctions() {
    func function(_ count: Int) -> String {
      "\nfunc long(a: Int = { 1 }()) -> Int {\n" + String(repeating: "  f()\n", count: count - 2) + "}\n"
    }
    #expect(lines(of: LongList(), at: Self.path, in: function(61)) == [2])
    #expect(lines(of: LongList(), at: Self.path, in: function(60)).isEmpty)
    let list = "\(Self.path) long 61\n"
    #expect(findings(of: LongList(), in: [Self.path: function(61), LongList.listPath: list]).isEmpty)
  }

  @Test("initializers count as functions; requirements of a protocol have no body")
  func functionKinds() {
    let body = String(repeating: "  f()\n", count: 61)
    #expect(lines(of: LongList(), at: Self.path, in: "struct A {\n  init() {\n\(body)  }\n}\n") == [2])
    let requirement =
      "protocol A {\n  func a()\n}\nstruct B {\n" + String(repeating: "  let b = 1\n", count: 61) + "}\n"
    #expect(lines(of: LongList(), at: Self.path, in: requirement).isEmpty)
  }

  @Test("an entry for what is no longer too long is found")
  func longShrinks() {
    let files = [Self.path: "let a = 1\n", LongList.listPath: "\(Self.path) 500\n"]
    #expect(findings(of: LongList(), in: files).map(\.path) == [LongList.listPath])
  }
}
