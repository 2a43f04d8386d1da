package import FlintCore

/// What an application's command line asks for.
package enum CommandLineOptions<Options: Decodable & Sendable>: Sendable {
  /// To run, with the options and the texts after each `--conf`.
  case run(Options, settings: [String])
  /// To print this page.
  case help(String)

  /// Reads the arguments after the program's name, with `--conf` among them where it `takesSettings`.
  ///
  /// Throws `invalid-argument` for a command line that is wrong, and for options that no command line can give.
  package init(
    _ arguments: [String], program: String, summary: String, takesSettings: Bool = true
  ) throws(FlintError) {
    let table = try OptionTable(of: Options.self, takesSettings: takesSettings)
    let given = try GivenOptions(arguments, table)
    guard !given.wantsHelp else {
      self = .help(HelpPage(program: program, summary: summary, table: table).text)
      return
    }
    let values = try GivenValues(given, table)
    do {
      self = .run(try Options(from: OptionDecoder(source: values)), settings: given.settings)
    } catch let error as FlintError {
      throw error
    } catch {
      throw FlintError(.invalidArgument, "the options do not fit together", why: "\(error)", cause: error)
    }
  }
}
