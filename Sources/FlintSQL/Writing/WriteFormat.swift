internal import FlintColumns
internal import FlintCompression
internal import FlintCore
internal import FlintFormats

/// How the files of an output are written. It travels to the tasks.
struct WriteFormat: Sendable {
  /// `parquet`, `csv`, `json` or `text`.
  let name: String
  /// The options of the format, and `compression`.
  let options: [FileSource.Option]

  /// Makes the writer of a file with some columns.
  typealias Make = @Sendable (any OpenFile, Schema) throws -> any TableWriter

  private static let compressionNames = ["compression", "codec"]

  private var compression: String? {
    options.last { Self.compressionNames.contains($0.name.lowercased()) }?.value.lowercased()
  }

  private var others: [FileSource.Option] {
    options.filter { !Self.compressionNames.contains($0.name.lowercased()) }
  }

  /// What names of files end in. Throws `invalid-argument` for options that the format has not.
  func suffix() throws(FlintError) -> String {
    if name == "parquet" {
      let codec = try parquetOptions().codec
      return codec == .none ? ".parquet" : ".\(codec).parquet"
    }
    _ = try lineOptions()
    let ending = name == "text" ? ".txt" : "." + name
    return ending + (try lineCodec()?.fileExtension.map { "." + $0 } ?? "")
  }

  /// Throws `invalid-argument` for options that the format has not.
  func make(_ kernels: Kernels) throws(FlintError) -> Make {
    if name == "parquet" {
      let options = try parquetOptions()
      return { file, schema in try ParquetWriter(file, schema, options, memory: kernels.memory) }
    }
    let codec = try lineCodec()
    switch try lineOptions() {
    case .csv(let options):
      return { file, schema in try CSVWriter(file, schema, options, codec: codec, zone: kernels.zone) }
    case .json(let options):
      return { file, schema in try JSONWriter(file, schema, options, codec: codec, zone: kernels.zone) }
    case .text(let options): return { file, schema in try TextWriter(file, schema, options, codec: codec) }
    }
  }

  // MARK: Options.

  private func parquetOptions() throws(FlintError) -> ParquetWriteOptions {
    var typed = ParquetWriteOptions()
    if let option = others.first {
      throw FlintError(.invalidArgument, "files of Parquet are not written with an option \(option.name)")
    }
    guard let compression else { return typed }
    let codecs: [String: ParquetCodec] = [
      "none": .none, "uncompressed": .none, "snappy": .snappy, "gzip": .gzip, "brotli": .brotli, "zstd": .zstd,
      "lz4": .lz4, "lz4_raw": .lz4,
    ]
    guard let codec = codecs[compression] else { throw unknownCompression(codecs.keys.sorted()) }
    typed.codec = codec
    return typed
  }

  private enum LineOptions {
    case csv(CSVOptions)
    case json(JSONOptions)
    case text(TextOptions)
  }

  private func lineOptions() throws(FlintError) -> LineOptions {
    switch name {
    case "csv":
      var typed = CSVOptions()
      for option in others { try typed.set(option.name, option.value) }
      return .csv(typed)
    case "json":
      var typed = JSONOptions()
      for option in others { try typed.set(option.name, option.value) }
      return .json(typed)
    default:
      var typed = TextOptions()
      for option in others { try typed.set(option.name, option.value) }
      return .text(typed)
    }
  }

  private func lineCodec() throws(FlintError) -> CompressionCodec? {
    guard let compression, compression != "none", compression != "uncompressed" else { return nil }
    let codecs: [String: CompressionCodec] = ["gzip": .gzip, "zstd": .zstd, "lz4": .lz4Frame, "brotli": .brotli]
    guard let codec = codecs[compression] else { throw unknownCompression(["none"] + codecs.keys.sorted()) }
    return codec
  }

  private func unknownCompression(_ known: [String]) -> FlintError {
    FlintError(
      .invalidArgument, "files of \(name) are not compressed by '\(compression ?? "")'",
      remedy: "one of \(known.joined(separator: ", "))")
  }
}
