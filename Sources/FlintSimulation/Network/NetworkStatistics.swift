/// What a simulated network did in one run, in messages unless said otherwise.
public struct NetworkStatistics: Sendable {
  /// All that processes sent.
  public internal(set) var sent = 0
  /// What reached a process; a duplicate counts again.
  public internal(set) var delivered = 0
  /// What a link dropped.
  public internal(set) var lost = 0
  /// What a link delivered twice.
  public internal(set) var duplicated = 0
  /// What arrived after later ones.
  public internal(set) var reordered = 0
  /// What arrived with a flipped bit.
  public internal(set) var corrupted = 0
  /// Messages that a partition or a clog held back.
  public internal(set) var held = 0
  /// Streams that were broken.
  public internal(set) var resets = 0
  /// The most bytes that waited in one stream's queue.
  public internal(set) var longestQueue = 0
  /// Dials that found nobody listening.
  public internal(set) var refused = 0
  /// Dials whose host's name nobody knew.
  public internal(set) var nameless = 0

  /// The faults that happened, by the names under which a job may ask for them.
  var probes: [(name: String, count: Int)] {
    [
      ("network.lost", lost), ("network.duplicated", duplicated), ("network.reordered", reordered),
      ("network.corrupted", corrupted), ("network.held", held), ("network.reset", resets),
      ("network.refused", refused), ("network.nameless", nameless),
    ]
  }
}
