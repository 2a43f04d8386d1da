internal import FlintColumns
internal import FlintCore

extension Compiler {
  /// Functions by regular expressions, which are read once for all rows.
  func regularCall(
    _ function: ScalarFunction, _ operands: [TypedExpression]
  ) throws(FlintError) -> Computation.Step? {
    let kernels = kernels
    switch function {
    case .matches(let expression):
      let regex = try expression.regex()
      return try unary(operands[0]) { (texts, _) throws(FlintError) in
        let texts = try texts.flat(kernels.memory)
        return try kernels.booleans(texts.count, validity: texts.validity) { row in
          !texts.isNull(row) && texts.string(row).firstMatch(of: regex) != nil
        }
      }
    case .extracted(let expression, let group):
      let regex = try expression.regex()
      return try unary(operands[0]) { (texts, _) throws(FlintError) in
        try kernels.mapTexts(texts) { text in
          guard let match = text.firstMatch(of: regex) else { return "" }
          return match.output[group].substring.map(String.init) ?? ""
        }
      }
    case .replaced(let expression, let replacement):
      let regex = try expression.regex()
      let parts = RegularExpression.parts(ofReplacement: replacement)
      return try unary(operands[0]) { (texts, _) throws(FlintError) in
        try kernels.mapTexts(texts) { text in
          text.replacing(regex) { match in
            parts.map { part in
              switch part {
              case .text(let text): text
              case .group(let group): match.output[group].substring.map(String.init) ?? ""
              }
            }.joined()
          }
        }
      }
    case .split(let separator, let isRegular, let limit):
      guard isRegular else {
        return try unary(operands[0]) { (texts, _) throws(FlintError) in
          try kernels.split(texts, separator: separator, limit: limit)
        }
      }
      let regex = try RegularExpression(separator).regex()
      return try unary(operands[0]) { (texts, _) throws(FlintError) in
        try kernels.split(texts, by: regex, limit: limit)
      }
    default: return nil
    }
  }
}

extension Vector {
  fileprivate func string(_ row: Int) -> String { String(decoding: text(row), as: UTF8.self) }
}

extension Kernels {
  fileprivate func mapTexts(_ vector: Vector, _ body: (String) -> String) throws(FlintError) -> Vector {
    let texts = try vector.flat(memory)
    let builder = try TextBuilder(.string, capacity: texts.count, memory)
    for row in 0..<texts.count {
      if texts.isNull(row) { try builder.appendNull() } else { try builder.append(body(texts.string(row))) }
    }
    return try builder.finish()
  }

  fileprivate func split(
    _ vector: Vector, by regex: Regex<AnyRegexOutput>, limit: Int
  ) throws(FlintError) -> Vector {
    let texts = try vector.flat(memory)
    let type = DataType.list(Field("element", .string, isNullable: false))
    let builder = try ListBuilder(type, capacity: texts.count, memory)
    guard let parts = builder.elements as? TextBuilder else { preconditionFailure("lists of texts have texts") }
    for row in 0..<texts.count {
      if texts.isNull(row) {
        try builder.appendNull()
        continue
      }
      let text = texts.string(row)
      let most = limit > 0 ? limit - 1 : Int.max
      for part in text.split(separator: regex, maxSplits: most, omittingEmptySubsequences: false) {
        try parts.append(String(part))
      }
      try builder.endList()
    }
    return try builder.finish()
  }
}
