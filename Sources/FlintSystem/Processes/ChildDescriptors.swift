internal import CFlint
internal import FlintCore
internal import Glibc

/// One of a child's three standard descriptors: what the child gets, and our end of it when it is a pipe.
struct ChildDescriptors {
  /// Nil: the child gets this process's own.
  let child: Descriptor?
  let parent: Descriptor?

  /// The child's standard input: a pipe that we write, or nothing at all.
  static func input(isPiped: Bool) throws(FlintError) -> ChildDescriptors {
    guard isPiped else { return ChildDescriptors(child: try nothing(O_RDONLY), parent: nil) }
    let (reading, writing) = try pipe()
    try writing.setNonBlocking()
    return ChildDescriptors(child: reading, parent: writing)
  }

  /// The child's standard output or error output.
  static func output(_ output: ProcessCommand.Output) throws(FlintError) -> ChildDescriptors {
    switch output {
    case .inherited:
      return ChildDescriptors(child: nil, parent: nil)
    case .discarded:
      return ChildDescriptors(child: try nothing(O_WRONLY), parent: nil)
    case .appended(let path):
      return ChildDescriptors(child: try appending(to: path), parent: nil)
    case .piped:
      let (reading, writing) = try pipe()
      try reading.setNonBlocking()
      return ChildDescriptors(child: writing, parent: reading)
    }
  }

  private static func nothing(_ access: CInt) throws(FlintError) -> Descriptor {
    Descriptor(adopting: try systemCall("cannot open /dev/null") { open("/dev/null", access | O_CLOEXEC) })
  }

  private static func appending(to path: FilePath) throws(FlintError) -> Descriptor {
    // O_NONBLOCK: opening a pipe without a reader would otherwise wait for one. The child gets it taken off again.
    let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK
    let what = "cannot open \(path) for a child's output"
    let descriptor = try withSystemText(path.string) { text throws(FlintError) in
      Descriptor(adopting: try systemCall(what) { open(text, flags, 0o600) })
    }
    guard try FileStatus.of(descriptor.number, path).kind == .file else {
      throw FlintError(.invalidArgument, what, why: "it is not a regular file")
    }
    _ = try systemCall(what) { fcntl(descriptor.number, F_SETFL, O_WRONLY | O_APPEND) }
    return descriptor
  }

  private static func pipe() throws(FlintError) -> (reading: Descriptor, writing: Descriptor) {
    var ends: [CInt] = [-1, -1]
    _ = try systemCall("cannot make a pipe") { flint_pipe(&ends) }
    return (Descriptor(adopting: ends[0]), Descriptor(adopting: ends[1]))
  }
}
