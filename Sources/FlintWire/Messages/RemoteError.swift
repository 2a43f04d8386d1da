public import FlintCore

/// A `FlintError` on its way to another process: its code and its words, without its causes.
public struct RemoteError: Hashable, Sendable {
  /// What kind of failure it is.
  public var code: FlintError.Code
  /// What happened.
  public var what: String
  /// Why.
  public var why: String?
  /// What to try.
  public var remedy: String?

  /// Bytes of each text at most; what is longer is cut.
  public static let textLimit = 4096

  /// An error in words.
  public init(_ code: FlintError.Code, _ what: String, why: String? = nil, remedy: String? = nil) {
    self.code = code
    self.remedy = remedy.map(RemoteError.cut)
    self.what = RemoteError.cut(what)
    self.why = why.map(RemoteError.cut)
  }

  /// What can be told of `error`.
  public init(_ error: any Error) {
    if let error = error as? FlintError {
      self.init(error.code, error.what, why: error.why, remedy: error.remedy)
    } else {
      self.init(.userCode, String(describing: error))
    }
  }

  /// The error, as this process throws it.
  public var error: FlintError { FlintError(code, what, why: why, remedy: remedy) }

  private static func cut(_ text: String) -> String {
    guard text.utf8.count > textLimit else { return text }
    // A character that the cut divides is replaced, which may take more bytes than it had.
    return String(decoding: text.utf8.prefix(textLimit - 8), as: UTF8.self)
  }
}

extension RemoteError: WireCodable {
  static var leastSize: Int { 10 }

  func encode(to writer: inout WireWriter) {
    writer.put(text: code.rawValue)
    writer.put(text: what)
    writer.put(why != nil)
    if let why { writer.put(text: why) }
    writer.put(remedy != nil)
    if let remedy { writer.put(text: remedy) }
  }

  init(from reader: inout WireReader) throws(WireFault) {
    guard let code = FlintError.Code(rawValue: try reader.getText(atMost: 64)) else { throw .badTag }
    let what = try reader.getText(atMost: RemoteError.textLimit)
    let why = try reader.getFlag() ? try reader.getText(atMost: RemoteError.textLimit) : nil
    let remedy = try reader.getFlag() ? try reader.getText(atMost: RemoteError.textLimit) : nil
    self.init(code, what, why: why, remedy: remedy)
  }
}

extension RemoteError {
  /// The error that the body of a failure holds.
  public init(body: UnsafeRawBufferPointer) throws(WireFault) {
    var reader = WireReader(body)
    self = try reader.get()
    try reader.finish()
  }

  /// Writes the body of a failure.
  public func write(to writer: inout WireWriter) { encode(to: &writer) }
}
