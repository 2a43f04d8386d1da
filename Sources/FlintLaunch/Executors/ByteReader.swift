internal import FlintCore

/// Takes values off bytes, as ``ByteWriter`` puts them there. Whatever is not as it should be is `corrupt-data`.
struct ByteReader {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { bytes.isEmpty }

  mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws(FlintError) -> Value {
    var value: Value = 0
    let taken = try take(MemoryLayout<Value>.size)
    withUnsafeMutableBytes(of: &value) { $0.copyBytes(from: taken) }
    return Value(littleEndian: value)
  }

  mutating func rest() -> [UInt8] {
    defer { bytes = [] }
    return Array(bytes)
  }

  mutating func text() throws(FlintError) -> String? {
    let count = try integer(UInt32.self)
    guard count != .max else { return nil }
    guard let text = String(validating: try take(Int(count)), as: UTF8.self) else {
      throw ByteReader.corrupt("a text is not UTF-8")
    }
    return text
  }

  mutating func error() throws(FlintError) -> FlintError {
    guard let name = try text(), let code = FlintError.Code(rawValue: name), let what = try text() else {
      throw ByteReader.corrupt("an error has no known code")
    }
    let (why, remedy, file, line) = (try text(), try text(), try text(), try integer(Int64.self))
    let cause = try text().map { FlintError(code, $0) }
    return FlintError(
      code, what, why: why, remedy: remedy, at: file.map { SourceLocation(file: $0, line: Int(line)) }, cause: cause)
  }

  static func corrupt(_ why: String) -> FlintError {
    FlintError(.corruptData, "what came through the pipe between driver and executor is broken", why: why)
  }

  private mutating func take(_ count: Int) throws(FlintError) -> ArraySlice<UInt8> {
    guard count <= bytes.count else { throw ByteReader.corrupt("it ends too early") }
    defer { bytes = bytes.dropFirst(count) }
    return bytes.prefix(count)
  }
}
