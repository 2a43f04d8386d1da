internal import CFlint
internal import Glibc

/// What a process was started with.
package struct ProcessSurroundings: Sendable {
  /// The program's name without its folder.
  package let program: String
  /// The program's file.
  package let path: String
  /// What stands after it.
  package let arguments: [String]
  package let environment: [String: String]
  /// The system's number for the process.
  package var identifier: Int32 { getpid() }

  /// Reads them off the process, once: at its start.
  package init() {
    let all = CommandLine.arguments
    program = all.first?.split(separator: "/").last.map { String($0) } ?? "program"
    arguments = Array(all.dropFirst())
    path = ProcessSurroundings.ownPath() ?? all.first ?? program
    var environment: [String: String] = [:]
    var next = flint_environment()
    while let text = next?.pointee {
      let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { environment[String(parts[0])] = String(parts[1]) }
      next = next?.successor()
    }
    self.environment = environment
  }

  private static func ownPath() -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
