/// What a transformation does with one batch: it puts what it makes of the rows of `input` from `start` on in the place of
/// what `output` holds, and returns at which row it goes on. It stops early only when `output` has more rows than `limit`.
///
/// One call a batch: so the loop stands in the user's module, with the user's function inside.
@usableFromInline
typealias BatchBody<Input, Output> =
  @Sendable (
    _ input: StepRows<Input>, _ start: Int, _ output: inout [Output], _ limit: Int
  ) throws -> Int
