internal import FlintCore

/// Why bytes were not taken or not made. It is one byte inside the codec's loops and becomes a `FlintError` at the border.
enum LayoutFault: UInt8, Error {
  // Bytes that do not hold what they should.
  case truncated
  case trailingBytes
  case badTag
  case badText
  case badOffsets
  case badScalar
  // Values that do not fit.
  case tooDeep
  case tooLarge
  case overBudget
  // A conversion of the user's threw; the reader or writer holds what it threw.
  case conversion
}

extension LayoutFault {
  /// What a decoder that met this fault throws.
  func decodingError(cause: (any Error)?) -> FlintError {
    let what = "these bytes do not hold the expected rows"
    switch self {
    case .overBudget:
      return FlintError(
        .memoryBudgetExceeded, "rows need more memory than their reader may use",
        remedy: "give the reader a larger budget, or send smaller batches")
    case .truncated: return FlintError(.corruptData, what, why: "they end too early")
    case .trailingBytes: return FlintError(.corruptData, what, why: "bytes are left over behind the last row")
    case .badTag:
      return FlintError(.corruptData, what, why: "a Bool, an optional or an enum has a value without meaning")
    case .badText: return FlintError(.corruptData, what, why: "a text is not UTF-8")
    case .badOffsets: return FlintError(.corruptData, what, why: "the lengths of a column contradict one another")
    case .badScalar: return FlintError(.corruptData, what, why: "a number is no Unicode scalar")
    case .tooDeep: return FlintError(.corruptData, what, why: "values are nested more than \(Nesting.limit) deep")
    case .tooLarge: return FlintError(.corruptData, what, why: "a length is beyond what memory holds")
    case .conversion:
      return FlintError(.corruptData, what, why: "a value refused to be made of what came", cause: cause)
    }
  }

  /// What an encoder that met this fault throws.
  func encodingError(cause: (any Error)?) -> FlintError {
    let what = "these rows cannot be written"
    switch self {
    case .tooDeep:
      return FlintError(
        .invalidArgument, what, why: "values are nested more than \(Nesting.limit) deep",
        remedy: "keep the values of a tree in an array, and refer to them by index")
    case .conversion: return FlintError(.invalidArgument, what, why: "a value's own encoding failed", cause: cause)
    default:
      return FlintError(
        .resourceExhausted, what, why: "they need more bytes than one block may have",
        remedy: "write fewer rows at a time")
    }
  }
}
