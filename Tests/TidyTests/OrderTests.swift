import Testing
import Tidy

@Suite("Tidy: the order of iteration")
struct OrderTests {
  private func lines(_ statements: [String], _ name: String) throws -> [Int] {
    let text = """
      struct Value { var size: Int }
      func decide(_ books: [Int: Value], _ marks: Set<Int>, _ rows: [Int], _ sets: [Set<Int>]) {

      """
    let file = text + statements.map { "  \($0)\n" }.joined() + "}\nfunc use<Value>(_ value: Value) {}\n"
    let check = UnorderedIteration(buildFolder: Checkout.buildFolder, workFolder: Checkout.workFolder(name))
    let found = try check.findings(in: Repository(files: ["Sources/FlintScheduling/A.swift": file]))
    return found.map { $0.line - 2 }
  }

  @Test("a decider that walks a dictionary or a set in its own order is found")
  func unordered() throws {
    let walks = [
      "for (key, _) in books { use(key) }",
      "for mark in marks where mark > 1 { use(mark) }",
      "marks.forEach { use($0) }",
      "use(marks.first)",
      "for key in books.keys where key > 1 { use(key) }",
      "use(books.values.map { $0.size })",
      "use(books.filter { $0.key > 1 }.map { $0.key })",
      "use(Array(marks))",
      "var grown = rows; grown += marks; use(grown)",
      "use(zip(marks, rows).map { $0 + $1 })",
      "for mark in sets[0] { use(mark) }",
      "use(marks.lazy.filter { $0 > 1 }.first)",
    ]
    #expect(try lines(walks, "unordered") == Array(1...walks.count))
  }

  @Test("sorted walks, walks over arrays, and questions that have no order pass")
  func ordered() throws {
    let walks = [
      "for key in books.keys.sorted() { use(key) }",
      "books.sorted { $0.key < $1.key }.forEach { use($0) }",
      "for set in sets { use(set) }",
      "use(sets.map(\\.count))",
      "use(marks.contains(1) && marks.isEmpty && marks.allSatisfy { $0 > 1 })",
      "use(books[1])",
      "use(marks.map { -$0 }.sorted())",
      "use(Array(marks).sorted())",
      "use(marks.union(rows).subtracting(marks).count)",
      "use(books.mapValues(\\.size) == [:])",
      "// for mark in marks",
    ]
    #expect(try lines(walks, "ordered").isEmpty)
  }

  @Test("the law of order holds across the files of the deciders' target, and nowhere else")
  func acrossFiles() throws {
    let files = [
      "Sources/FlintScheduling/A.swift": "struct A { var books: [Int: Int] }\n",
      "Sources/FlintScheduling/B.swift": "func f(_ a: A) { for book in a.books { print(book) } }\n",
      "Sources/FlintCore/B.swift": "func f(_ a: [Int: Int]) { for book in a { print(book) } }\n",
    ]
    let check = UnorderedIteration(buildFolder: Checkout.buildFolder, workFolder: Checkout.workFolder("across"))
    #expect(try check.findings(in: Repository(files: files)).map(\.path) == ["Sources/FlintScheduling/B.swift"])
  }

  @Test("deciders that do not compile are a finding, not a pass")
  func broken() throws {
    let files = ["Sources/FlintScheduling/A.swift": "let a: Missing\n"]
    let check = UnorderedIteration(buildFolder: Checkout.buildFolder, workFolder: Checkout.workFolder("broken"))
    #expect(try !check.findings(in: Repository(files: files)).isEmpty)
  }
}
