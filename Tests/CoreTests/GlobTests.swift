import FlintCore
import Testing

@Suite("Globs")
struct GlobTests {
  /// Patterns, paths, and whether the one matches the other.
  private static let matching: [(String, String, Bool)] = [
    ("*", "abc", true), ("*", "a/b", false), ("a*c", "abbc", true), ("a*c", "ac", true), ("a*c", "ab", false),
    ("a?c", "abc", true), ("a?c", "ac", false), ("a?c", "a/c", false), ("?", "🚕", true),
    ("[a-c]x", "bx", true), ("[a-c]x", "dx", false), ("[^a-c]x", "dx", true), ("[!a-c]x", "bx", false),
    ("[a-]", "-", true), ("[-a]", "-", true), ("[\\]]", "]", true), ("[a\\-c]", "b", false), ("[^a]", "/", false),
    ("{a,b}c", "bc", true), ("{a,b}c", "cc", false), ("{a,b{1,2}}", "b2", true), ("{a,b{1,2}}", "b", false),
    ("{a,}b", "b", true), ("x/{a/b,c}/y", "x/a/b/y", true), ("x/{a/b,c}/y", "x/c/y", true), ("a,b", "a,b", true),
    ("\\*", "*", true), ("\\*", "a", false), ("a\\{b", "a{b", true), ("]", "]", true), ("**", "ab", true),
    ("/a/*", "/a/b", true), ("/a/*", "a/b", false), ("a//b", "a/b", true), ("*.csv", "x.csv", true),
    ("*.csv", "xcsv", false), ("*a*b*", "xxaxxbxx", true), ("*a*b*", "xxbxxaxx", false), ("é", "e\u{301}", false),
  ]

  @Test(
    "wildcards match as in Hadoop, and only a slash of the pattern matches a slash",
    arguments: matching)
  func matches(pattern: String, path: String, isMatch: Bool) throws {
    #expect(try Glob(pattern).matches(FilePath(path)) == isMatch)
  }

  @Test("braces nest 64 levels deep; a text that is nothing but braces is refused, not recursed into")
  func nesting() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "{", count: depth) + "a" + String(repeating: "}", count: depth)
    }
    #expect(try Glob(nested(64)).matches("a"))
    let error = #expect(throws: FlintError.self) { try Glob(nested(1_000_000)) }
    #expect(error?.code == .invalidArgument && error?.why == "its braces are nested deeper than 64 levels")
  }

  @Test("a slash at the end asks for a directory")
  func directories() throws {
    let glob = try Glob("pq/green/2020/*/")
    #expect(glob.matches("pq/green/2020/01", isDirectory: true))
    #expect(!glob.matches("pq/green/2020/01", isDirectory: false))
  }

  @Test(
    "what is unbalanced, empty or backwards is refused with its place",
    arguments: [
      ("", "empty"), ("a{b", "{ at character 2 is never closed"), ("a{b,{c}", "{ at character 2 is never closed"),
      ("a}b", "} at character 2 closes nothing"), ("x[a", "[ at character 2 is never closed"), ("[", "never closed"),
      ("[]", "is empty"), ("[^]", "is empty"), ("[z-a]", "runs backwards"), ("[a/b]", "cannot contain /"),
      ("a\\", "stands before nothing"), ("[a\\", "stands before nothing"),
      (String(repeating: "{a,b}", count: 13), "more than 4096 patterns"),
    ])
  func refused(pattern: String, reason: String) throws {
    let error = try #require(failure { try Glob(pattern) })
    #expect(error.code == .invalidArgument)
    #expect(error.why?.contains(reason) == true, "\(error)")
    #expect(error.remedy != nil)
  }

  @Test("no pattern explodes: many stars against a long name that almost matches")
  func noBacktracking() throws {
    let name = String(repeating: "a", count: 5000)
    #expect(try !Glob("a*a*a*a*b").matches(FilePath(name)))
    #expect(try Glob("a*a*a*a*b").matches(FilePath(name + "b")))
    #expect(try !Glob(String(repeating: "a*", count: 200) + "b").matches(FilePath(name)))
  }

  @Test(
    "the literal prefix is the deepest directory that holds all that can match",
    arguments: [
      ("pq/green/2020/*/", "pq/green/2020"), ("/data/x.csv", "/data"), ("*.csv", "."), ("/*", "/"), ("a/b", "a"),
      ("data/{a,b}/c", "data"), ("data/{a/x,a/y}/c", "data/a"), ("a/\\*/b*", "a/*"), ("/", "/"),
    ])
  func literalPrefix(pattern: String, prefix: String) throws {
    #expect(try Glob(pattern).literalPrefix == FilePath(prefix))
  }

  @Test("expansion gives the sorted paths of files and directories, each once")
  func expansion() async throws {
    let tree = MemoryTree("pq/green/2020/02/b", "pq/green/2020/01/a", "pq/green/2020/03", "pq/green/2019/01/c")
    #expect(
      try await Glob("pq/green/2020/*").expand(in: tree) == [
        "pq/green/2020/01", "pq/green/2020/02", "pq/green/2020/03",
      ])
    #expect(try await Glob("pq/green/2020/*/").expand(in: tree) == ["pq/green/2020/01", "pq/green/2020/02"])
    #expect(
      try await Glob("pq/{green,*}/20[12]?/01/?").expand(in: tree) == ["pq/green/2019/01/c", "pq/green/2020/01/a"])
    #expect(try await Glob("pq/green/2020/03").expand(in: tree) == ["pq/green/2020/03"])
    #expect(try await Glob("/").expand(in: tree) == ["/"])
    #expect(try await Glob("/x/*").expand(in: MemoryTree("/x/y")) == ["/x/y"])
  }

  @Test("hidden names are skipped unless the pattern names them; partitions with an underscore are not hidden")
  func hidden() async throws {
    let tree = MemoryTree("out/_SUCCESS", "out/.part.crc", "out/part-0", "out/_tmp/x", "out/_day=1/y")
    #expect(try await Glob("out/*").expand(in: tree) == ["out/_day=1", "out/part-0"])
    #expect(try await Glob("out/_*").expand(in: tree) == ["out/_SUCCESS", "out/_day=1", "out/_tmp"])
    #expect(try await Glob("out/.*").expand(in: tree) == ["out/.part.crc"])
    #expect(try await Glob("out/*/*").expand(in: tree) == ["out/_day=1/y"])
    #expect(try await Glob("out/_SUCCESS").expand(in: tree) == ["out/_SUCCESS"])
  }

  @Test("no match is an error that shows the deepest directory that was there and what it holds")
  func nothing() async throws {
    let tree = MemoryTree("pq/green/2020/1", "pq/green/2021/1", "pq/f", "pq/g", "pq/h", "pq/i", "pq/j", "empty/")
    let typo = await failure { try await Glob("pq/green/2019/*.parquet").expand(in: tree) }
    #expect(typo?.code == .fileNotFound)
    #expect(typo?.what == "nothing matches pq/green/2019/*.parquet")
    #expect(typo?.why == "the directory pq/green holds 2020, 2021")
    let deeper = await failure { try await Glob("{nowhere/*,pq/green/2019/*}").expand(in: tree) }
    #expect(deeper?.why == "the directory pq/green holds 2020, 2021")
    let many = await failure { try await Glob("pq/x*").expand(in: tree) }
    #expect(many?.why == "the directory pq holds f, g, green, h, i and 1 more")
    let empty = await failure { try await Glob("empty/*").expand(in: tree) }
    #expect(empty?.why == "the directory empty is empty")
    let file = await failure { try await Glob("pq/f/").expand(in: tree) }
    #expect(file?.code == .fileNotFound)
  }
}
