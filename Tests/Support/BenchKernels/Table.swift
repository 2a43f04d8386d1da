import FlintColumns
import FlintCore
import Glibc

/// The columns of one table, read from a folder that has a file for each of their buffers, as they lie in Arrow.
struct Table {
  let rowCount: Int
  private let folder: String
  private let memory: ColumnMemory

  init(_ folder: String, _ memory: ColumnMemory) throws {
    self.folder = folder
    self.memory = memory
    guard let count = try Self.bytes("\(folder)/rows").flatMap({ Int(String(decoding: $0, as: UTF8.self)) }) else {
      throw FlintError(.fileNotFound, "\(folder) is no table")
    }
    rowCount = count
  }

  func column(_ name: String, _ type: DataType) throws -> Vector {
    let validity = try buffer("\(name).validity").map { Validity($0) }
    let form: VectorForm
    if type.physical == .text {
      form = .text(offsets: try demand("\(name).offsets"), start: 0, bytes: try demand("\(name).bytes"))
    } else {
      form = .values(try demand("\(name).values"), start: 0)
    }
    return Vector(type, count: rowCount, validity: validity, form)
  }

  private func demand(_ name: String) throws -> ColumnBuffer {
    guard let buffer = try buffer(name) else { throw FlintError(.fileNotFound, "\(folder) has no \(name)") }
    return buffer
  }

  private func buffer(_ name: String) throws -> ColumnBuffer? {
    try Self.bytes("\(folder)/\(name)").map { bytes in
      let buffer = try memory.buffer(bytes.count)
      bytes.withUnsafeBytes {
        buffer.start.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(buffer.start), byteCount: $0.count)
      }
      return buffer
    }
  }

  /// The whole of a file, or nil when there is none.
  private static func bytes(_ path: String) throws -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    rewind(file)
    return [UInt8](unsafeUninitializedCapacity: size) { room, count in
      count = fread(room.baseAddress, 1, size, file)
    }
  }
}
