/// Whether fused loops are used.
@usableFromInline
package enum FusedCode {
  /// Whether loops are used that the compiler did not fold, too. It folds none in debug builds; so tests can run them there.
  @TaskLocal package static var isForced = false

  /// How many transformations the function of `holder` is worth carrying out in one loop: `length`, or 0 when it was not
  /// folded. `holder` is a struct with that one function, since a function alone would be wrapped on its way here.
  @usableFromInline
  static func length<Holder>(_ length: Int, of holder: Holder) -> Int {
    if isForced { return length }
    return withUnsafeBytes(of: holder) { words in
      // Where its code is, and then its context.
      precondition(words.count == 2 * MemoryLayout<UInt>.size, "\(Holder.self) is no function")
      return words.load(fromByteOffset: MemoryLayout<UInt>.size, as: UInt.self) == 0 ? length : 0
    }
  }

  /// Ends the process: nobody calls what is not used.
  @usableFromInline
  static func isUnused() -> Never { preconditionFailure("a loop that was not folded was called") }
}
