public import FlintCore

/// The settings of an application and of its driver.
public struct ApplicationKeys: ConfigurationKeys {
  /// Where it runs.
  public let master = ConfigurationKey(
    "flint.master", default: "local[*]",
    "Where jobs run: local[n], or local-cluster[executors,cores,memory] for processes on this machine.")
  /// What it is called.
  public let name = ConfigurationKey(
    "flint.app.name", default: "", "The application's name in logs and summaries; the program's own where empty.")
  /// Into how many partitions datasets are cut.
  public let parallelism = ConfigurationKey(
    "flint.default.parallelism", default: 0, in: 0...1_000_000, unit: "partitions",
    "Partitions of a dataset where nobody says otherwise; 0 for one on each task thread.")
  /// Working files.
  public let localDirectory = ConfigurationKey(
    "flint.local.dir", default: "/tmp", "The folder in which the application's working folders are made.")
  /// The driver's memory.
  public let driverMemory = ConfigurationKey(
    "flint.driver.memory", default: ByteCount.gibibytes(1),
    "Memory of the driver; the bytes of results that are collected may take half of it.")
  /// An executor's memory.
  public let executorMemory = ConfigurationKey(
    "flint.executor.memory", default: ByteCount.gibibytes(1),
    "Memory budget of the executor of local[n]; local-cluster[...] names its own.")

  /// The group.
  public init() {}
}
