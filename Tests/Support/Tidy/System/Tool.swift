internal import Glibc

/// Runs a program of the toolchain and waits for its end. What it prints goes into a file, so nobody has to read a pipe.
package enum Tool {
  /// How a run ended and what it printed, output and errors together.
  package struct Result: Sendable {
    /// The exit code; 128 plus the number of the signal that ended it.
    package let exitCode: Int32
    package let output: String
  }

  /// The program could not be started; `errno` says why.
  package struct LaunchFailure: Error, Sendable {
    package let program: String
    package let errorNumber: Int32
  }

  /// Starts `program`, found on PATH, in this process's working directory.
  package static func run(_ program: String, _ arguments: [String], outputFile: String) throws -> Result {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, outputFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var child: pid_t = 0
    let error = posix_spawnp(&child, program, &actions, nil, &words, environ)
    guard error == 0 else { throw LaunchFailure(program: program, errorNumber: error) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return Result(
      exitCode: signal == 0 ? (status >> 8) & 0xff : 128 + signal, output: try Folder.read(outputFile))
  }
}
