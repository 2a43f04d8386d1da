import BuiltPrograms
import FlintCore
import FlintSystem

/// Asks DuckDB the same.
enum DuckDB {
  /// What a query gave.
  enum Answer {
    case rows([[Cell]])
    case failure(String)
  }

  /// The answers to all queries, over what `setup` makes.
  static func answers(_ setup: [String], _ queries: [String]) async throws -> [Answer] {
    let build = try BuiltProgram("layout-check", .debug).path().parent.parent.parent
    var command = ProcessCommand(build / "test-venv" / "bin" / "python", ["-c", script])
    command.pipesInput = true
    command.output = .piped
    command.errorOutput = .piped
    let process = try await SystemProcessLauncher(threads: try FileThreads(count: 1)).launch(command)
    async let errors = collect(process.errorOutput)
    async let output = collect(process.output)
    let lines = setup.map { "S" + $0 } + queries.map { "Q" + $0 }
    let text = lines.map { $0.split(separator: "\n").joined(separator: " ") }.joined(separator: "\n")
    do {
      try await process.write(Array(text.utf8))
    } catch {
      // A script that fails reads no more; what it said is worth more than that.
    }
    await process.finishInput()
    let answer = String(decoding: try await output, as: UTF8.self)
    let said = String(decoding: try await errors, as: UTF8.self)
    guard try await process.exit() == .exited(0) else {
      throw FlintError(.invalidArgument, "the oracle failed", why: said)
    }
    return read(answer)
  }

  private static func read(_ text: String) -> [Answer] {
    var answers: [Answer] = []
    var rows: [[Cell]] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      switch line.first {
      case "E": answers.append(.failure(String(line.dropFirst())))
      case "R": rows.append(line.dropFirst().split(separator: "\t", omittingEmptySubsequences: false).map(Cell.init))
      case "Z":
        answers.append(.rows(rows))
        rows = []
      default: break
      }
    }
    return answers
  }

  private static func collect(_ stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return bytes
  }

  private static let script = """
    import datetime, decimal, sys
    import duckdb

    epoch = datetime.datetime(1970, 1, 1)

    def cell(value):
        if value is None:
            return "n"
        if isinstance(value, bool):
            return "b1" if value else "b0"
        if isinstance(value, int):
            return "i%d" % value
        if isinstance(value, float):
            return "f" + repr(value)
        if isinstance(value, decimal.Decimal):
            text = format(value, "f")
            if "." in text:
                text = text.rstrip("0").rstrip(".")
            return "i" + ("0" if text == "-0" else text)
        if isinstance(value, datetime.datetime):
            return "T%d" % ((value - epoch) // datetime.timedelta(microseconds=1))
        if isinstance(value, datetime.date):
            return "T%d" % ((value - epoch.date()).days * 86400000000)
        if isinstance(value, datetime.timedelta):
            return "I%d" % (value // datetime.timedelta(microseconds=1))
        if isinstance(value, bytes):
            return "x" + ".".join("%x" % byte for byte in value)
        return "s" + ".".join("%x" % byte for byte in str(value).encode())

    connection = duckdb.connect()
    connection.execute("set threads = 1; set TimeZone = 'UTC'")
    out = []
    for line in sys.stdin.buffer.read().decode().split("\\n"):
        if line.startswith("S"):
            connection.execute(line[1:])
            continue
        try:
            for row in connection.execute(line[1:]).fetchall():
                out.append("R" + "\\t".join(cell(value) for value in row))
            out.append("Z")
        except Exception as error:
            while out and out[-1].startswith("R"):
                out.pop()
            out.append("E" + str(error).replace("\\n", " ")[:300])
    sys.stdout.write("\\n".join(out) + "\\n")
    """
}
