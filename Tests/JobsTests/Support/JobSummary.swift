import Foundation

/// What `flint.summary.path` got at the end of an application.
struct JobSummary: Decodable {
  struct Tasks: Decodable {
    var succeeded: Int
    var failed: Int
    var killed: Int
    var speculative: Int
  }

  struct Loss: Decodable {
    var id: String
    var cause: String
  }

  var application: String
  var status: String
  var error: String?
  var jobs: Int
  var stages: Int
  var tasks: Tasks
  var executorsLost: [Loss]
  var partitionsRecomputed: Int
  var rowsRead: Int
  var rowsWritten: Int
  var bytesRead: Int
  var bytesWritten: Int
  var shuffleBytesWritten: Int
  var shuffleBytesRead: Int
  var spilledBytes: Int
  var peakMemoryBytes: [String: Int]
  var wallSeconds: Double
  var cpuSeconds: Double

  /// The executors that were lost.
  var lost: [ExecutorProcess.Key] {
    executorsLost.compactMap { loss in
      // `executor 4 incarnation 1`
      let words = loss.id.split(separator: " ")
      guard words.count == 4, let executor = Int(words[1]), let incarnation = Int(words[3]) else { return nil }
      return ExecutorProcess.Key(executor: executor, incarnation: incarnation)
    }
  }

  init(_ place: Workplace) async throws {
    self = try JSONDecoder().decode(JobSummary.self, from: Data(try await place.read(place.summary)))
  }
}
