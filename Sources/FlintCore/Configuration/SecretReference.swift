/// Where a secret is found. Settings hold references, never secrets: files are copied, arguments and environments can be
/// listed by others.
public enum SecretReference: Hashable, ConfigurationValue {
  /// `env:NAME`, the value of an environment variable.
  case environment(variable: String)
  /// `file:/path`, the content of a file, without white space at its end.
  case file(FilePath)

  /// A kind of place and its name.
  public static var configurationForm: ConfigurationForm {
    ConfigurationForm(
      "env:NAME or file:/path, where the secret is found", example: "file:/etc/flint/secret", isSecret: true)
  }

  /// Reads `env:NAME` or `file:/path`. The error does not repeat the text: it may be the secret.
  public init(configurationText text: String) throws(FlintError) {
    if let name = text.suffix(after: "env:"), Self.isVariable(name) {
      self = .environment(variable: name)
    } else if let path = text.suffix(after: "file:"), path.hasPrefix("/") {
      self = .file(FilePath(path))
    } else {
      throw FlintError(.invalidArgument, "a secret's setting is not \(Self.configurationForm.expected)")
    }
  }

  /// The reference as it is written.
  public var configurationText: String {
    switch self {
    case .environment(let variable): "env:\(variable)"
    case .file(let path): "file:\(path)"
    }
  }

  /// Fetches the secret.
  ///
  /// - Parameters:
  ///   - variable: Gives an environment variable's value, or nil.
  ///   - file: Gives a file's content, or throws.
  ///
  /// Throws `invalid-setting` when there is no secret where the reference leads, with the reason as the cause.
  public func resolve(
    variable: @Sendable (String) -> String?, file: @Sendable (FilePath) async throws -> [UInt8]
  ) async throws(FlintError) -> Secret {
    let bytes: [UInt8]
    switch self {
    case .environment(let name):
      guard let value = variable(name) else { throw missing("the environment variable is not set") }
      bytes = Array(value.utf8)
    case .file(let path):
      do {
        bytes = try await file(path)
      } catch {
        throw missing("the file cannot be read", cause: error)
      }
    }
    let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || (0x09...0x0D).contains($0) }
    guard let last = bytes.lastIndex(where: { !isSpace($0) }) else { throw missing("it is empty") }
    return Secret(Array(bytes[...last]))
  }

  private func missing(_ why: String, cause: (any Error)? = nil) -> FlintError {
    FlintError(
      .invalidSetting, "no secret found at \(configurationText)", why: why,
      remedy: "put the secret there, or change the reference", cause: cause)
  }

  private static func isVariable(_ name: String) -> Bool {
    !name.isEmpty && name.first?.isNumber == false
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }
}

extension String {
  fileprivate func suffix(after prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
