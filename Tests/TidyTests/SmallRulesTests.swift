import Testing
import Tidy

@Suite("Tidy: left-overs, order of iteration, top level, scripts")
struct SmallRulesTests {
  @Test(
    "a note to oneself is found in Swift, C and scripts",
    arguments: [("Sources/A/a.swift", "// TODO: later"), ("Sources/A/a.c", "/* FIXME */"), ("Scripts/a", "# XXX")])
  func leftOvers(path: String, text: String) {
    #expect(lines(of: LeftOvers(), at: path, in: "\n\(text)\n") == [2])
  }

  @Test("a stub that traps is found; a trap that says what went wrong passes")
  func stubs() {
    #expect(lines(of: LeftOvers(), at: "Sources/A/a.swift", in: "fatalError(\"not implemented\")\n") == [1])
    #expect(
      lines(of: LeftOvers(), at: "Sources/A/a.swift", in: "fatalError(\"no heap\")\nlet todo = \"TODO\"\n").isEmpty)
  }

  @Test(
    "a decider that walks a dictionary or a set in its own order is found",
    arguments: [
      "var books: [Key: Value] = [:]\nfor (key, value) in books { use(key) }",
      "let books: Set<Key>\nbooks.forEach { use($0) }",
      "var books = Set<Key>()\nlet first = books.first",
      "let books: Dictionary<Key, [Value]>\nfor key in state.books.keys where key.isGood { use(key) }",
      "func f(_ books: inout [Key: Value]) {\n  let a = books.values.map { $0.size } }",
      "let books: [Key: Value]\nlet a = books.filter { $0.isGood }.map { $0.size }",
    ])
  func unordered(text: String) {
    #expect(lines(of: UnorderedIteration(), at: "Sources/FlintScheduling/A.swift", in: text) == [2])
  }

  @Test(
    "sorted walks, walks over arrays, and questions that have no order pass",
    arguments: [
      "var books: [Key: Value] = [:]\nfor key in books.keys.sorted() { use(key) }",
      "var books: [Key: Value] = [:]\nbooks.sorted { $0.key < $1.key }.forEach { use($0) }",
      "let books: [Key]\nfor book in books { use(book) }",
      "let books: Set<Key>\nlet a = books.contains(b) && books.isEmpty",
      "let books: [Key: Value]\nlet a = books[key]",
      "let books: [Key: Value]\n// for a in books\nlet a = \"for a in books {\"",
    ])
  func ordered(text: String) {
    #expect(lines(of: UnorderedIteration(), at: "Sources/FlintScheduling/A.swift", in: text).isEmpty)
  }

  @Test("the law of order holds across the files of the deciders' target, and nowhere else")
  func orderAcrossFiles() {
    let files = [
      "Sources/FlintScheduling/A.swift": "struct A { var books: [Key: Value] }\n",
      "Sources/FlintScheduling/B.swift": "for book in a.books { }\n",
      "Sources/FlintCore/B.swift": "for book in a.books { }\n",
    ]
    #expect(findings(of: UnorderedIteration(), in: files).map(\.path) == ["Sources/FlintScheduling/B.swift"])
  }

  @Test("an unknown folder or file at the top level is found, the known ones and dot files pass")
  func topLevel() {
    let files = [
      "spikes/a.md", "notes.txt", "README.md", "Package.swift", "Sources/A/a.swift", ".ci/run", "Jobs/a.swift",
    ]
    let found = findings(of: TopLevel(), in: Dictionary(uniqueKeysWithValues: files.map { ($0, "") }))
    #expect(found.map(\.path) == ["notes.txt", "spikes/a.md"])
  }

  @Test("a script that its shell cannot read is found with its line, by bash and by sh")
  func scripts() throws {
    let repository = Repository(files: [
      "Scripts/broken": "#!/bin/bash\nif true; then\n", "Scripts/broken-sh": "#!/bin/sh\ncase a in esac; )\n",
      "Scripts/fine": "#!/bin/bash\nif true; then :; fi\n", "Scripts/list.txt": "if then\n",
      "Scripts/a.py": "#!/usr/bin/env python3\nif True: pass\n",
    ])
    let found = try ScriptSyntax(workFolder: Checkout.workFolder("scripts")).findings(in: repository)
    #expect(found.map(\.path) == ["Scripts/broken", "Scripts/broken-sh"])
    #expect(found.map(\.line).allSatisfy { (2...3).contains($0) })
  }
}
