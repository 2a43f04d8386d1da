import Testing
import Tidy

@Suite("Tidy: documents")
struct DocumentTests {
  private static let target = ["Sources/A/a.swift": "", "docs.md": "# The walk of a job\n\n## B\n\n## B\n"]

  private func links(_ text: String) -> [Int] {
    let files = Self.target.merging(["README.md": text]) { $1 }
    return findings(of: Links(), in: files).filter { $0.path == "README.md" }.map(\.line)
  }

  @Test(
    "a link that leads nowhere is found",
    arguments: ["[a](missing.md)", "[a](docs.md#missing)", "[a](#missing)", "![a](b.png)", "[a]: missing.md"])
  func broken(link: String) {
    #expect(links("# Title\n\n\(link)\n") == [3])
  }

  @Test(
    "a link that leads somewhere passes",
    arguments: [
      "[a](docs.md)", "[a](./docs.md#the-walk-of-a-job)", "[a](#title)", "[a](Sources/A)", "[a](docs.md#b-1)",
      "[a](https://www.swift.org/x#y)", "[a](mailto:a@example.org)", "`[a](missing.md)`", "```\n[a](missing.md)\n```",
    ])
  func whole(link: String) {
    #expect(links("# Title\n\n\(link)\n").isEmpty)
  }

  @Test(
    "a path that leads out of the repository, or that one machine has, is found",
    arguments: ["see ../other/DESIGN.md", "[a](../other.md)", "in `/machine/place/file`", "```\ncat ../../a\n```"])
  func outside(text: String) {
    #expect(!links("# Title\n\n\(text)\n").isEmpty)
  }

  @Test("a comment in the sources speaks of no place outside either; its code may handle any path")
  func comments() {
    let text = "// copied from ../../../../a/b\nlet a = \"/machine/place\" // /machine/place\n/// `/etc/hosts` a/b\n"
    let found = findings(of: Links(), in: ["Sources/A/a.swift": text])
    #expect(found.map(\.line) == [1, 2])
  }

  @Test("paths of every Debian system and inside the repository pass")
  func inside() {
    #expect(links("`/etc/flint/flint.conf`, /proc/net/tcp, a/b, map/reduce, //, 1 / 2, `Sources/A`\n").isEmpty)
  }

  private func compile(_ files: [String: String], _ name: String) throws -> [Finding] {
    try CodeBlockCheck(buildFolder: Checkout.buildFolder, workFolder: Checkout.workFolder(name))
      .findings(in: Repository(files: files))
  }

  @Test("code in a document that does not compile is found at its line; a sketch may")
  func codeInDocuments() throws {
    let text = "# A\n\n```swift\nlet a = 1\nlet b: Int = \"text\"\n```\n\n```swift-sketch\nlet c = missing\n```\n"
    let found = try compile(["README.md": text], "documents")
    #expect(found.map(\.line) == [5])
    #expect(found.map(\.path) == ["README.md"])
  }

  @Test("code in documentation comments is compiled, also as a whole file")
  func codeInComments() throws {
    let wrong = "/// Text.\n///\n/// ```swift\n/// try await missing()\n/// ```\nfunc a() {}\n"
    let whole = "/// ```swift\n/// extension Int {\n///   var a: String { self }\n/// }\n/// ```\nfunc a() {}\n"
    let found = try compile(["Sources/A/a.swift": wrong, "Sources/A/b.swift": whole], "comments")
    #expect(found.map(\.path).sorted() == ["Sources/A/a.swift", "Sources/A/b.swift"])
    #expect(found.map(\.line).sorted() == [3, 4])
  }

  @Test("code that compiles passes; two blocks may declare the same name")
  func fineCode() throws {
    let block = "```swift\nstruct A: Sendable { let a = 1 }\nprint(A().a)\n```\n"
    let whole = "```swift\npublic struct B {}\n```\n"
    #expect(try compile(["README.md": block + "\n" + block + "\n" + whole + "\n" + whole], "fine").isEmpty)
  }

  @Test("a block can use the product's modules without importing them")
  func modules() throws {
    let block = "```swift\nlet error = FlintError(.diskFull, \"no room\")\nprint(error.code)\n```\n"
    #expect(try compile(["README.md": block, "Sources/FlintCore/a.swift": ""], "modules").isEmpty)
  }
}
