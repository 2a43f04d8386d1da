/// What a function of a loop threw that does several transformations at once, and which of them it belongs to.
public struct StepFailure: Error {
  /// Counted from 0.
  let number: Int
  let cause: any Error

  /// What the function of the transformation `number` threw.
  public init(_ number: Int, _ cause: any Error) {
    self.number = number
    self.cause = cause
  }
}
