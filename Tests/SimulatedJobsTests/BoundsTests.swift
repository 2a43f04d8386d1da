import FlintChaos
import Testing

@testable import FlintSimulation
@testable import FlintTesting

@Suite("Bounds of simulated processes")
struct BoundsTests {
  private let bounds = ClusterBounds(ClusterShape(executorCount: 2, taskThreads: 2), machineCount: 2)

  @Test("what a process may have follows from its work and its peers")
  func bound() {
    #expect(bounds.files == 24 * (2 + 2))
    #expect(bounds.streams == 4 * (2 + 2 + 3))
    #expect(bounds.excess(of: ProcessPeaks(files: bounds.files, streams: bounds.streams)) == nil)
  }

  @Test("one more is too much, and is named")
  func excess() {
    #expect(bounds.excess(of: ProcessPeaks(files: bounds.files + 1, streams: 0))?.contains("97 open files") == true)
    #expect(bounds.excess(of: ProcessPeaks(files: 0, streams: bounds.streams + 1))?.contains("29 streams") == true)
  }
}
