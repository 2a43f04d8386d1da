internal import Glibc

/// Reads what ``RowEncoder`` wrote.
///
/// Every function either initialises all of its value, or throws and leaves nothing initialised: what was made of a row
/// before its fault is destroyed step by step. So no value is ever seen half, and no memory has to be zeroed first.
enum RowDecoder {
  /// Reads `count` rows that lie one stride apart from `rows` on.
  static func decode(
    _ program: UnsafePointer<Program>, _ rows: UnsafeMutableRawPointer, count: Int, _ reader: inout ByteReader,
    _ depth: Int
  ) throws(LayoutFault) {
    let stride = program.pointee.stride
    if program.pointee.isImage {
      memcpy(rows, try reader.take(count * stride), count * stride)
      return
    }
    var done = 0
    do throws(LayoutFault) {
      while done < count {
        try decode(program, rows + done * stride, &reader, depth)
        done += 1
      }
    } catch {
      if !program.pointee.isTrivial { Memory.destroy(rows, count: done, program.pointee.metadata) }
      throw error
    }
  }

  /// Reads one row.
  static func decode(
    _ program: UnsafePointer<Program>, _ row: UnsafeMutableRawPointer, _ reader: inout ByteReader, _ depth: Int
  ) throws(LayoutFault) {
    let steps = program.pointee.steps
    guard let first = steps.baseAddress else { return }
    let end = first + steps.count
    var step = first
    do throws(LayoutFault) {
      while step < end {
        let field = row + step.pointee.offset
        switch step.pointee.kind {
        case .bits:
          let size = step.pointee.size
          Memory.copy(field, try reader.take(size), size)
        case .bool:
          let byte = try reader.get(UInt8.self)
          if byte > 1 { throw .badTag }
          field.storeBytes(of: byte, as: UInt8.self)
        case .tag: try decodeTag(step, field, &reader)
        case .scalar:
          let number = try reader.get(UInt32.self)
          if Unicode.Scalar(number) == nil { throw .badScalar }
          field.storeBytes(of: number, as: UInt32.self)
        case .string: try StringTransfer.read(field, from: &reader)
        case .stringByInterface: try StringTransfer.readByInterface(field, from: &reader)
        case .array: try decodeArray(step, field, &reader, depth)
        case .arrayByInterface: try decodeArrayByInterface(step, field, &reader, depth)
        case .optionalBits: try decodeOptionalBits(step, field, &reader)
        case .optional, .optionalString: try decodeOptional(step, field, &reader, depth)
        case .enumeration: try decodeEnumeration(step, field, &reader, depth)
        case .conversion: try decodeConversion(step, field, &reader, depth)
        case .nothing: if try reader.get(UInt8.self) != 0 { throw .badTag }
        }
        step += 1
      }
    } catch {
      while step > first {
        step -= 1
        Memory.destroy(row + step.pointee.offset, step.pointee.owner)
      }
      throw error
    }
  }

  @inline(__always)
  private static func decodeTag(
    _ step: UnsafePointer<Step>, _ field: UnsafeMutableRawPointer, _ reader: inout ByteReader
  ) throws(LayoutFault) {
    if step.pointee.size == 1 {
      let tag = try reader.get(UInt8.self)
      if Int(tag) >= step.pointee.count { throw .badTag }
      field.storeBytes(of: tag, as: UInt8.self)
    } else {
      let tag = try reader.get(UInt16.self)
      if Int(tag) >= step.pointee.count { throw .badTag }
      field.storeBytes(of: tag, as: UInt16.self)
    }
  }

  @inline(__always)
  private static func decodeOptionalBits(
    _ step: UnsafePointer<Step>, _ field: UnsafeMutableRawPointer, _ reader: inout ByteReader
  ) throws(LayoutFault) {
    let size = step.pointee.size
    switch try reader.get(UInt8.self) {
    case 0: Memory.makeNil(field, payload: size)
    case 1:
      Memory.copy(field, try reader.take(size), size)
      field.storeBytes(of: 0, toByteOffset: size, as: UInt8.self)
    default: throw .badTag
    }
  }
}
