import FlintColumns
import FlintCompression
import FlintCore
import FlintFormats

/// The words behind a command's files, such as `batch=100`.
struct Options {
  var scan = ParquetScan()
  var write = ParquetWriteOptions()
  var arrow = ArrowWriteOptions()
  /// The columns by which rows are parted.
  var by: [String] = []
  /// The columns of a text, as a structure; nil to find them.
  var schema: Schema?
  /// Options of a format by their names.
  var named: [(name: String, value: String)] = []
  /// Bytes of a part of a file.
  var part: Int64?
  /// How the files of a table are written, and what compresses a text.
  var format = "parquet"
  var codec: CompressionCodec?

  init(_ words: some Sequence<String>) throws {
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw FlintError(.invalidArgument, "\(word) is no option") }
      switch parts[0] {
      case "columns": scan.columns = parts[1].split(separator: ",").map(String.init)
      case "by": by = parts[1].split(separator: ",").map(String.init)
      case "struct":
        guard case .structure(let fields) = try DataType(parsing: parts[1]) else {
          throw FlintError(.invalidArgument, "\(parts[1]) is no structure")
        }
        schema = Schema(fields)
      case "option":
        let option = parts[1].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        named.append((option[0], String(decoding: Self.bytes(option[1]), as: UTF8.self)))
      case "format": format = parts[1]
      case "pack": codec = CompressionCodec(name: parts[1])
      case "part": part = Int64(parts[1])
      case "batch": scan.batchRows = Int(parts[1]) ?? 1
      case "where": scan.filters.append(try Self.filter(parts[1]))
      default: try set(parts[0], parts[1])
      }
    }
  }

  private mutating func set(_ name: String, _ value: String) throws {
    switch name {
    case "codec": write.codec = try Self.named(value, among: ParquetCodec.allCases)
    case "form": arrow.form = value == "stream" ? .stream : .file
    case "compression": arrow.compression = try Self.named(value, among: ArrowCompression.allCases)
    case "dictionaries": arrow.keepsDictionaries = value == "1"
    case "version": write.pageVersion = value == "2" ? .v2 : .v1
    case "encoding":
      let parts = value.split(separator: ":").map(String.init)
      write.encodings[parts[0]] = try Self.named(parts[1], among: ParquetEncoding.allCases)
    case "dictionary": write.dictionarySize = Int(value) ?? 0
    case "groupRows": write.rowGroupRows = Int(value) ?? 1
    case "pageRows": write.pageRows = Int(value) ?? 1
    case "pageSize": write.pageSize = Int(value) ?? 1
    case "bloom": write.bloomFilters.insert(value)
    case "checksums": write.hasChecksums = value == "1"
    case "index": write.hasPageIndex = value == "1"
    case "statistics": write.hasStatistics = value == "1"
    default: throw FlintError(.invalidArgument, "\(name) is no option")
    }
  }

  private static func named<Value>(_ name: String, among all: [Value]) throws -> Value {
    guard let value = all.first(where: { String(describing: $0) == name }) else {
      throw FlintError(.invalidArgument, "there is no \(name)", why: "there are \(all)")
    }
    return value
  }

  /// Such as `fare:greater:12` or `zone:equal:x6162`: numbers, or texts by their bytes.
  private static func filter(_ text: String) throws -> ParquetFilter {
    let parts = text.split(separator: ":").map(String.init)
    guard parts.count >= 2 else { throw FlintError(.invalidArgument, "\(text) is no condition") }
    let values = try parts.dropFirst(2).map(value)
    switch (parts[1], values.first) {
    case ("equal", let value?): return ParquetFilter(parts[0], .equal(value))
    case ("notEqual", let value?): return ParquetFilter(parts[0], .notEqual(value))
    case ("less", let value?): return ParquetFilter(parts[0], .less(value))
    case ("lessOrEqual", let value?): return ParquetFilter(parts[0], .lessOrEqual(value))
    case ("greater", let value?): return ParquetFilter(parts[0], .greater(value))
    case ("greaterOrEqual", let value?): return ParquetFilter(parts[0], .greaterOrEqual(value))
    case ("isIn", _): return ParquetFilter(parts[0], .isIn(values))
    case ("isNull", _): return ParquetFilter(parts[0], .isNull)
    case ("isNotNull", _): return ParquetFilter(parts[0], .isNotNull)
    default: throw FlintError(.invalidArgument, "\(text) is no condition")
    }
  }

  private static func bytes(_ hex: some StringProtocol) -> [UInt8] {
    let digits = Array(hex.utf8)
    return stride(from: 0, to: digits.count, by: 2).map { place in
      UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16) ?? 0
    }
  }

  private static func value(_ text: String) throws -> ParquetFilter.Value {
    if text == "true" || text == "false" { return .boolean(text == "true") }
    if text.hasPrefix("x") { return .bytes(bytes(text.dropFirst())) }
    if text.hasPrefix("d"), let number = Double(text.dropFirst()) { return .double(number) }
    guard let number = Int128(text) else { throw FlintError(.invalidArgument, "\(text) is no value") }
    return .integer(number)
  }
}
