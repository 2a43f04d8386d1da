import FlintCore
import Testing

@Suite("Paths")
struct FilePathTests {
  @Test(
    "a path has a name and a directory, by its bytes",
    arguments: [
      ("/a/b", "b", "/a"), ("a/b/", "b", "a"), ("a", "a", "."), ("/a", "a", "/"), ("/", "", "/"), ("", "", "."),
      ("//a//b", "b", "/a"),
      // A slash and an accent after it are one character to Swift.
      ("a/\u{301}b", "\u{301}b", "a"), ("/\u{301}b", "\u{301}b", "/"),
    ])
  func parts(path: String, name: String, parent: FilePath) {
    #expect(FilePath(FilePath(path).name) == FilePath(name))
    #expect(FilePath(path).parent == parent)
  }

  @Test("a name is put behind exactly one slash")
  func join() {
    #expect("/" / "a" == FilePath("/a"))
    #expect("a/" / "b" == FilePath("a/b"))
    #expect("a" / "b" == FilePath("a/b"))
    #expect(FilePath("a/\u{301}") / "b" == FilePath("a/\u{301}/b"))
  }

  @Test("a path is absolute when its first byte is a slash")
  func absolute() {
    #expect(FilePath("/a").isAbsolute)
    #expect(FilePath("/\u{301}a").isAbsolute)
    #expect(!FilePath("a/b").isAbsolute)
    #expect(!FilePath("").isAbsolute)
  }
}
