internal import CFlint
internal import FlintCore
internal import Glibc

/// Turns a command into a running child.
enum ProcessStart {
  /// Starts `command` with these descriptors, nil for our own, and returns the child's number.
  static func spawn(
    _ command: ProcessCommand, input: Descriptor?, output: Descriptor?, errorOutput: Descriptor?
  ) throws(FlintError) -> pid_t {
    let environment = try environmentText(command)
    let texts =
      [command.executable.string, command.name ?? "", command.workingDirectory?.string ?? ""] + command.arguments
      + environment
    for text in texts { try withSystemText(text) { _ in } }

    var identifier: pid_t = 0
    let number = withSystemTexts([command.name ?? command.executable.string] + command.arguments) { arguments in
      withSystemTexts(environment) { environment in
        command.executable.string.withCString { executable in
          withOptionalText(command.workingDirectory?.string) { directory in
            var request = flint_process_request(
              executable: executable, arguments: arguments, environment: environment, working_directory: directory,
              standard_input: input?.number ?? -1, standard_output: output?.number ?? -1,
              standard_error: errorOutput?.number ?? -1, has_own_group: command.hasOwnGroup ? 1 : 0)
            return flint_process_spawn(&request, &identifier)
          }
        }
      }
    }
    guard number == 0 else { throw failure(number, command) }
    return identifier
  }

  // MARK: Why it failed

  /// The system gives one number for all that a child does before it becomes the program; this finds out what it meant.
  private static func failure(_ number: CInt, _ command: ProcessCommand) -> FlintError {
    let what = "cannot start \(command.executable)"
    let words = FlintError.systemWords(for: number)
    if let directory = command.workingDirectory, !isDirectory(directory) {
      return FlintError(
        .processLaunchFailed, what, why: "its working directory \(directory) cannot be entered: \(words)",
        remedy: "make the directory, or name another one")
    }
    let remedy: String?
    var hint = ""
    switch number {
    case ENOENT where exists(command.executable):
      hint = ": the file is there, but its interpreter or loader is not"
      remedy = "look at its first line (#!), or whether it was built for this machine"
    case ENOENT, ENOTDIR: remedy = "check the path; programs are not searched for in PATH"
    case EACCES, EPERM: remedy = "check that it is a file with the right to be executed (chmod +x)"
    case ENOEXEC: remedy = "give a program for this machine, or a script with its interpreter in its first line (#!)"
    case E2BIG: remedy = "pass fewer or shorter arguments and environment variables"
    default: remedy = FlintError(errorNumber: number, what).remedy
    }
    return FlintError(.processLaunchFailed, what, why: words + hint, remedy: remedy)
  }

  private static func isDirectory(_ path: FilePath) -> Bool {
    var record = stat()
    return stat(path.string, &record) == 0 && FileStatus(record).kind == .directory
  }

  private static func exists(_ path: FilePath) -> Bool {
    var record = stat()
    return stat(path.string, &record) == 0
  }

  // MARK: Text for the system

  /// The environment as `NAME=value`, sorted, so that the same command starts the same way each time.
  private static func environmentText(_ command: ProcessCommand) throws(FlintError) -> [String] {
    if let name = command.environment.keys.first(where: { $0.isEmpty || $0.contains("=") }) {
      throw FlintError(.invalidArgument, "\(name.debugDescription) cannot be the name of an environment variable")
    }
    return command.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  }

  /// Calls `body` with a list of texts as C programs take it, with a null pointer at its end.
  private static func withSystemTexts<Value>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
  ) -> Value {
    let copies: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
    defer { copies.forEach { free($0) } }
    return copies.withUnsafeBufferPointer { body($0.baseAddress!) }
  }

  private static func withOptionalText<Value>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Value) -> Value {
    guard let text else { return body(nil) }
    return text.withCString(body)
  }
}
