import Testing
import Tidy

@Suite("Reading Swift: code, comments and literals")
struct SwiftSourceTests {
  @Test("line comments and nested block comments are no code")
  func comments() {
    let source = SwiftSource("a // b\n/* c /* d */ e\nf */ g\n/// h\n")
    #expect(source.tokens.map(\.text) == ["a", "g"])
    #expect(source.tokens.map(\.line) == [1, 3])
    #expect(source.isComment(2) && source.isComment(4) && !source.isComment(1) && !source.isComment(3))
  }

  @Test("the inside of a string is a literal, with its escapes")
  func strings() {
    let source = SwiftSource(#"let a = "b \" // c" + d"#)
    #expect(source.tokens.map(\.text) == ["let", "a", "=", "\"", "\"", "+", "d"])
    #expect(source.literalLines[0].contains("// c"))
  }

  @Test("an interpolation is code again, at any depth")
  func interpolation() {
    let source = SwiftSource(##"let a = "b \(c("d \(e) f") + g) h" + i"##)
    #expect(source.tokens.filter(\.isWord).map(\.text) == ["let", "a", "c", "e", "g", "i"])
  }

  @Test("a raw string has other escapes and another end")
  func rawStrings() {
    let source = SwiftSource(###"let a = #"b \(c) " d \#(e) "# + f"###)
    #expect(source.tokens.filter(\.isWord).map(\.text) == ["let", "a", "e", "f"])
  }

  @Test("a multi-line string holds quotes, comment signs and interpolations")
  func multiLineStrings() {
    let source = SwiftSource(
      #"""
      let a = """
        b "c" // d \(e)
        /* f
        """
      let g = 1
      """#)
    #expect(source.tokens.filter(\.isWord).map(\.text) == ["let", "a", "e", "let", "g", "1"])
    #expect(source.tokens.last?.line == 5)
  }

  @Test("a regular expression is a literal, a division is code")
  func regularExpressions() {
    let source = SwiftSource("let a = /b\"c/\nlet d = e / f / g\nlet h = #/i / \"j/#\n")
    #expect(source.tokens.filter(\.isWord).map(\.text) == ["let", "a", "let", "d", "e", "f", "g", "let", "h"])
  }

  @Test(
    "a file that is cut off anywhere is read without a trap",
    arguments: ["\"", "\"\"\"", "#\"", "/*", "\"\\(", "\"\\", "#/", "@", "/* /*", "\"\\(\"\\("])
  func broken(text: String) {
    #expect(SwiftSource("let a = " + text).tokens.starts(with: SwiftSource("let a =").tokens))
  }
}
