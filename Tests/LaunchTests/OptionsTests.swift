import FlintCore
import FlintLaunch
import Testing

/// What a command line gives to an application's options.
struct OptionsTests {
  struct Plain: Decodable, Sendable, Equatable {
    var inputGreen: String
    var output_dir: String?
    var rate: Double?
    var verbose: Bool
    var tags: [String]
  }

  enum Colour: String, Decodable, CaseIterable { case red, green }
  enum Level: Int, Decodable, CaseIterable { case low = 1, high = 2 }

  struct Typed: ApplicationOptions, Equatable {
    var name = ""
    var partitions = 8
    var small: UInt8 = 3
    var colour = Colour.green
    var level: Level? = .low
    var memory = ByteCount.mebibytes(512)
    var wait: Duration = .seconds(10)
    var header = true
    var ports: Set<Int> = [7]
    var limit: Int?
  }

  @Test("one property is written in kebab, snake or camel case, with an equals sign or a space")
  func spellings() throws {
    for spelling in [
      ["--input-green=a b"], ["--input_green=a b"], ["--inputGreen", "a b"], ["--input_green", "a b"],
    ] {
      #expect(try parse(Plain.self, spelling).inputGreen == "a b")
    }
    #expect(try parse(Plain.self, ["--input-green=x=y", "--output-dir", "/o"]).output_dir == "/o")
    #expect(try parse(Plain.self, ["--input-green=x=y"]).inputGreen == "x=y")
  }

  @Test("what is not given is nil, false, empty, or the property's initial value")
  func standards() throws {
    let plain = try parse(Plain.self, ["--input-green", "i"])
    #expect(plain == Plain(inputGreen: "i", output_dir: nil, rate: nil, verbose: false, tags: []))
    #expect(try parse(Typed.self, ["--name", "n"]) == Typed(name: "n"))
  }

  @Test("every type reads its own form: numbers, sizes, durations, enums by raw value, flags and lists")
  func types() throws {
    let typed = try parse(
      Typed.self,
      [
        "--name=n", "--partitions", "-5", "--small=255", "--colour", "red", "--level=2", "--memory=2g", "--wait",
        "500ms",
        "--no-header", "--ports=1,2", "--ports", "3", "--limit=9",
      ])
    var expected = Typed(name: "n", partitions: -5, small: 255, colour: .red, level: .high)
    expected.memory = .gibibytes(2)
    expected.wait = .milliseconds(500)
    expected.header = false
    expected.ports = [1, 2, 3]
    expected.limit = 9
    #expect(typed == expected)
    #expect(try parse(Plain.self, ["--input-green=i", "--verbose", "--rate=0.5"]).rate == 0.5)
    #expect(try parse(Plain.self, ["--input-green=i", "--verbose"]).verbose)
    #expect(try !parse(Plain.self, ["--input-green=i", "--verbose=false"]).verbose)
    #expect(try parse(Plain.self, ["--input-green=i", "--tags=a,,b", "--tags="]).tags == ["a", "", "b"])
  }

  @Test("the last of several values counts")
  func overriding() throws {
    #expect(try parse(Plain.self, ["--input-green=a", "--input_green=b"]).inputGreen == "b")
  }

  @Test("settings stand beside the options and are handed on as they are")
  func settings() throws {
    let line = ["--conf", "flint.log.level=debug", "--input-green=x", "--conf=a=b"]
    guard case .run(_, let settings) = try read(Plain.self, line) else {
      Issue.record("the command line does not run")
      return
    }
    #expect(settings == ["flint.log.level=debug", "a=b"])
  }

  @Test(
    "a command line that is wrong says what is wrong and what to write",
    arguments: [
      (
        ["--input-gren=x"], "there is no option --input-gren",
        "write --input-green, the nearest name, or --help for all"
      ),
      (["--zzz"], "there is no option --zzz", "--help lists all options"),
      ([], "--input-green is missing", "add --input-green text"),
      (["--input-green"], "--input-green has no value", "write --input-green text"),
      (
        ["--input-green", "--verbose"], "--input-green has no value",
        "write --input-green=--verbose if that is the value"
      ),
      (["word"], "the argument \"word\" belongs to no option", "write --name value; --help lists all options"),
      (["--verbose", "true"], "the argument \"true\" belongs to no option", "write --name=true"),
      (["--no-verbose=x"], "--no-verbose takes no value", "write --verbose=false or =true"),
      (
        ["--no-input-green"], "there is no option --no-input-green",
        "write --input-green, the nearest name, or --help for all"
      ),
    ])
  func mistakes(_ arguments: [String], _ what: String, _ remedy: String) {
    let error = failure { try parse(Plain.self, arguments) }
    #expect(error?.code == .invalidArgument)
    #expect(error?.what == what)
    #expect(error?.remedy == remedy)
  }

  @Test(
    "a text that is no value of its type says what would be one",
    arguments: [
      ("--partitions=many", "\"many\" is no value of --partitions", "it is a whole number"),
      ("--small=256", "\"256\" is no value of --small", "it is a whole number from 0 to 255"),
      ("--colour=blue", "\"blue\" is no value of --colour", "it is one of red, green"),
      ("--level=3", "\"3\" is no value of --level", "it is one of 1, 2"),
      ("--memory=2", "\"2\" is no value of --memory", "it is a size such as 512m or 2g; it has no unit"),
      ("--wait=soon", "\"soon\" is no value of --wait", nil),
      ("--header=perhaps", "\"perhaps\" is no value of --header", "it is true or false"),
      ("--ports=1,x", "\"x\" is no value of --ports", "it is a whole number"),
    ])
  func unreadable(_ argument: String, _ what: String, _ why: String?) {
    let error = failure { try parse(Typed.self, ["--name=n", argument]) }
    #expect(error?.what == what)
    if let why { #expect(error?.why == why) }
  }

  @Test("every missing option is named at once")
  func missing() {
    struct Two: Decodable, Sendable {
      var input: String
      var partitions: Int
    }
    #expect(failure { try parse(Two.self, []) }?.what == "--input, --partitions are missing")
  }

  @Test("an empty text is a default of no option")
  func emptyDefault() {
    #expect(failure { try parse(Typed.self, []) }?.what == "--name is missing")
  }

  @Test("the help page names every option with its form, default and whether it is required")
  func help() throws {
    guard case .help(let page) = try read(Typed.self, ["--partitions=x", "--help"]) else {
      Issue.record("no page")
      return
    }
    #expect(
      page == """
        usage: job [options]

        Does things.

        options:
          --name text          required
          --partitions number  default 8
          --small number       default 3
          --colour red|green   default green
          --level 1|2          default 1
          --memory size        default 512m
          --wait duration      default 10s
          --header             default true; --no-header switches it off
          --ports number       default 7; several with commas, or repeated
          --limit number

        options of Flint:
          --conf key=value  one of Flint's settings; may be repeated
          --help            prints this page

        """)
  }

  @Test("options that no command line can give are a mistake that the first start shows")
  func impossible() {
    struct Inner: Decodable, Sendable { var value: Int }
    struct Nested: Decodable, Sendable { var inner: Inner }
    struct Reserved: Decodable, Sendable { var help: Bool }
    struct Twins: Decodable, Sendable {
      var inputDir: String
      var input_dir: String
    }
    #expect(failure { try parse(Nested.self, []) }?.what == "the property inner cannot be an option")
    #expect(failure { try parse(Reserved.self, []) }?.why == "--help is an option of Flint itself")
    #expect(failure { try parse(Twins.self, []) }?.why == "it would be written as inputDir is")
    #expect(failure { try parse(Int.self, []) }?.what == "an application's Options cannot be read from a command line")
  }

  @Test("an init(from:) of the user's own may refuse options that do not fit together")
  func ownDecoding() throws {
    struct Range: Decodable, Sendable {
      enum Keys: String, CodingKey { case from, to }
      let from: Int
      let to: Int

      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        from = try container.decode(Int.self, forKey: .from)
        to = try container.decodeIfPresent(Int.self, forKey: .to) ?? 10
        guard from <= to else { throw FlintError(.invalidArgument, "--from is behind --to") }
      }
    }
    #expect(try parse(Range.self, ["--from=3"]).to == 10)
    #expect(failure { try parse(Range.self, ["--from=3", "--to=2"]) }?.what == "--from is behind --to")
  }
}
