public import FlintCore

/// The settings of tasks, stages and shuffles.
public struct SchedulingKeys: ConfigurationKeys {
  /// In which order jobs get slots.
  public enum Mode: String, CaseIterable, Hashable, Sendable, ConfigurationValue {
    /// The older job first.
    case fifo
    /// Whoever has least.
    case fair
  }

  /// How often a task may fail.
  public let taskFailures = ConfigurationKey(
    "flint.task.maxFailures", default: 4, in: 1...255, unit: "failures",
    "How often a task may fail by its own fault before its job does.")
  /// How often a stage is tried.
  public let stageAttempts = ConfigurationKey(
    "flint.stage.maxAttempts", default: 4, in: 1...100, unit: "attempts",
    "How often a stage may lose its input before its job fails.")
  /// Whether slow tasks get a second try.
  public let speculation = ConfigurationKey(
    "flint.speculation", default: false, "Whether a slow task gets a second try beside the first.")
  /// In which order jobs get slots.
  public let mode = ConfigurationKey(
    "flint.scheduler.mode", default: Mode.fifo, "Which of several jobs gets a free slot first.")
  /// How long tasks wait for a place near their data.
  public let localityWait = ConfigurationKey(
    "flint.locality.wait", default: Duration.seconds(3), "How long a task waits for a place near its data.")
  /// How much of a map output stays in memory.
  public let shuffleMemory = ConfigurationKey(
    "flint.shuffle.memory.limit", default: ByteCount.kibibytes(256),
    "A map output up to this size stays in the executor's memory; 0 writes all to files.")
  /// How much collect brings.
  public let collectedBytes = ConfigurationKey(
    "flint.collect.limit", default: ByteCount.gibibytes(1), "Bytes that collect may bring to the driver.")

  /// The group.
  public init() {}
}
