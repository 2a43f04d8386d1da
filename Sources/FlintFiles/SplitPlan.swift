/// Cuts input files into parts for tasks.
public enum SplitPlan {
  /// What a task reads at most when nobody says otherwise.
  private static let largest: Int64 = 32 << 20
  /// What is not worth a task of its own.
  private static let smallest: Int64 = 64 << 10

  /// Parts of the files in their order, at least one a file that is not empty. Compressed files stay whole, since
  /// nothing but their beginning can be read by itself.
  ///
  /// - Parameters:
  ///   - wanted: how many parts the user asked for; nil to go by `parallelism`.
  ///   - unit: what each part is a multiple of, but for the last one of a file.
  ///   - isSplittable: whether files may be cut at all.
  public static func splits(
    of files: [InputFile], wanted: Int? = nil, parallelism: Int, unit: Int64 = 1, isSplittable: Bool = true
  ) -> [FileSplit] {
    let total = files.reduce(0) { $0 + $1.size }
    let parts = Int64(max(1, wanted ?? parallelism))
    let even = (total + parts - 1) / parts
    let size = wanted == nil ? min(largest, max(smallest, even)) : max(1, even)
    let step = (size + unit - 1) / unit * unit
    return files.flatMap { file -> [FileSplit] in
      guard file.size > 0 else { return [] }
      let whole = FileSplit(file)
      guard whole.codec == nil, isSplittable else { return [whole] }
      return stride(from: 0, to: file.size, by: Int(step)).map { start in
        FileSplit(path: file.path, start: start, end: min(file.size, start + step), fileSize: file.size)
      }
    }
  }
}
