public import FlintCore
internal import FlintLayout

/// Ordinary closures as bytes, between processes that run the same program.
///
/// A closure travels as the place of its code, in a file that both processes have loaded, and the values that it
/// captured. Calling it on the other side costs what it costs here.
///
/// What is shipped is either a function, or a struct whose only stored property is a function. The struct is better where
/// the function's type has generic parameters: a function that is passed as a generic value is wrapped by the compiler, one
/// that is stored in a generic struct is not.
///
/// ```swift-sketch
/// struct Batch<Row, Result>: Sendable { let run: @Sendable ([Row]) async throws -> Result }
/// let bytes = try ShippedClosure.encode(Batch(run: body), at: location)
/// let batch = try ShippedClosure.decode(bytes, as: Batch<Trip, Double>.self)
/// ```
///
/// Class instances that are captured arrive as copies; two references to one object arrive as two objects. What a closure
/// reaches through globals is not captured: the other process has its own.
public enum ShippedClosure {
  /// The bytes of `closure`.
  ///
  /// - Parameter location: where the user wrote the transformation that the closure belongs to, for errors.
  /// - Throws: `unshippable-closure`, which names the capture, its type, and what to do about it.
  public static func encode<Closure: Sendable>(
    _ closure: Closure, at location: SourceLocation? = nil
  ) throws(FlintError) -> [UInt8] {
    let shape = shape(of: Closure.self)
    var encoder = ClosureEncoder(at: location)
    try encoder.type(Metadata(Closure.self))
    try withUnsafeBytes(of: closure) { (bytes) throws(FlintError) in
      try encoder.function(
        code: bytes.load(as: UInt.self), context: bytes.load(fromByteOffset: 8, as: UInt.self),
        parameterCount: shape.parameterCount)
    }
    return try encoder.finished()
  }

  /// The closure that `bytes` hold.
  ///
  /// Only a task's own executor decodes closures, and only those of its own driver: whoever writes the bytes chooses which
  /// function of the program will run.
  ///
  /// - Throws: `different-build` when the bytes come from another build of the program or of a library, `corrupt-data`
  ///   when they hold no closure of type `Closure`, `memory-budget-exceeded` when its values ask for too much.
  public static func decode<Closure: Sendable>(
    _ bytes: [UInt8], as _: Closure.Type = Closure.self
  ) throws(FlintError) -> Closure {
    _ = shape(of: Closure.self)
    return try bytes.withUnsafeBufferPointer { (bytes) throws(FlintError) in
      var decoder = try ClosureDecoder(UnsafeRawBufferPointer(bytes))
      guard try decoder.type() == Metadata(Closure.self) else {
        throw ClosureDecoder.corrupt("they hold a closure of another type than \(Metadata(Closure.self).name)")
      }
      let function = try decoder.function()
      guard decoder.reader.remaining == 0 else {
        ClosureDecoder.release(function.context)
        throw ClosureDecoder.corrupt("bytes are left over")
      }
      return withUnsafeTemporaryAllocation(byteCount: 16, alignment: 16) { words in
        words.storeBytes(of: function.code, as: UInt.self)
        words.storeBytes(of: function.context, toByteOffset: 8, as: UInt.self)
        return words.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: Closure.self).move()
      }
    }
  }

  private static func shape<Closure>(of _: Closure.Type) -> FunctionShape {
    guard let shape = FunctionShape.of(Closure.self) else {
      preconditionFailure("\(Closure.self) is neither a function nor a struct that holds one and nothing else")
    }
    return shape
  }
}
