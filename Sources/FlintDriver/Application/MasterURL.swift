public import FlintCore

/// Where an application runs, as people write it.
public enum MasterURL: Hashable, Sendable, CustomStringConvertible {
  /// In the driver's own process, on so many task threads; nil for one a core.
  case local(threads: Int?)
  /// On executor processes of this machine.
  case localCluster(executors: Int, cores: Int, memory: ByteCount)

  /// Reads `local`, `local[4]`, `local[*]`, `local-cluster[2,1,1g]`. Throws `invalid-setting`.
  public init(_ text: String) throws(FlintError) {
    let wrong = FlintError(
      .invalidSetting, "\"\(text)\" is no place where jobs run",
      remedy: "write local[4], local[*] or local-cluster[executors,cores,memory], such as local-cluster[2,1,1g]")
    if text == "local" {
      self = .local(threads: 1)
      return
    }
    guard text.hasSuffix("]"), let bracket = text.firstIndex(of: "[") else { throw wrong }
    let inside = text[text.index(after: bracket)...].dropLast()
    switch text[..<bracket] {
    case "local":
      if inside == "*" {
        self = .local(threads: nil)
        return
      }
      guard let threads = Int(inside), (1...1024).contains(threads) else { throw wrong }
      self = .local(threads: threads)
    case "local-cluster":
      let parts = inside.split(separator: ",", omittingEmptySubsequences: false).map { String($0).withoutSpaces }
      guard parts.count == 3, let executors = Int(parts[0]), let cores = Int(parts[1]),
        (1...1024).contains(executors), (1...1024).contains(cores)
      else { throw wrong }
      self = .localCluster(executors: executors, cores: cores, memory: try ByteCount(parsing: parts[2]))
    default: throw wrong
    }
  }

  /// As it is written.
  public var description: String {
    switch self {
    case .local(let threads): "local[\(threads.map { "\($0)" } ?? "*")]"
    case .localCluster(let executors, let cores, let memory): "local-cluster[\(executors),\(cores),\(memory.exactText)]"
    }
  }
}

extension String {
  fileprivate var withoutSpaces: String { String(filter { $0 != " " }) }
}
