import FlintCore
import FlintLaunch

/// What the command line of a program called `job` asks for.
func read<Options: Decodable & Sendable>(
  _ type: Options.Type, _ arguments: [String]
) throws -> CommandLineOptions<Options> {
  try CommandLineOptions(arguments, program: "job", summary: "Does things.")
}

/// The options of a command line that runs.
func parse<Options: Decodable & Sendable>(_ type: Options.Type, _ arguments: [String]) throws -> Options {
  guard case .run(let options, _) = try read(type, arguments) else {
    throw FlintError(.invalidArgument, "the command line asks for help")
  }
  return options
}

/// The error that `body` throws; nil when it throws none of Flint's.
func failure(_ body: () throws -> some Any) -> FlintError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error as? FlintError
  }
}
