import FlintCore
import FlintLineage
import FlintScheduling
import LineageGraphs
import Testing

@Suite("Several jobs, and cancellation")
struct DAGSharingTests {
  private var dag = DAGTrace()
  private let j0 = JobID(rawValue: 0)
  private let j1 = JobID(rawValue: 1)

  /// Two jobs over one exchange of two maps: stages 0 (shared), 1 (j0's result), 2 (j1's).
  private mutating func submitTwo(groups: [String?] = [nil, nil]) {
    let exchange = dag.graphs.exchange(dag.graphs.source(2), 1)
    dag.submit(dag.graphs.reading([exchange]), group: groups[0])
    dag.submit(dag.graphs.reading([exchange]), group: groups[1])
  }

  @Test("an exchange that two running jobs read is written once")
  mutating func writtenOnce() {
    submitTwo()
    #expect(dag.wrote(0, 0, 1) == ["run 1.0 [0]", "run 2.0 [0]"])
    #expect(dag.scheduler.attemptCount(of: 0) == 1)
  }

  @Test("one of two jobs is cancelled: the stage that they share goes on")
  mutating func oneCancelled() {
    submitTwo()
    #expect(dag.handle(.jobCancelled(j0)) == ["fail j0: cancelled"])
    #expect(dag.wrote(0, 0, 1) == ["run 2.0 [0]"])
    #expect(dag.gave(2, 0) == ["give j1 p0", "done j1"])
  }

  @Test("one of two jobs is cancelled, then the other cannot read: the shared stage runs for it alone")
  mutating func cancelledThenMissing() {
    submitTwo()
    dag.wrote(0, 0, 1)
    #expect(dag.handle(.jobCancelled(j0)) == ["stop 1.0", "fail j0: cancelled"])
    #expect(dag.misses(s1, 1, 2, 0) == ["run 0.1 [1]"])
    #expect(dag.wrote(0, 1) == ["stop 2.0", "run 2.1 [0]"])
    #expect(dag.gave(2, 0) == ["give j1 p0", "done j1"])
  }

  @Test("the job for which a rerun of the shared stage was started is cancelled: the other one that needs it gets it")
  mutating func cancelledWhileMending() {
    submitTwo()
    dag.wrote(0, 0, 1)
    dag.misses(s1, 0, 1, 0)
    dag.misses(s1, 0, 2, 0)
    #expect(dag.handle(.jobCancelled(j0)) == ["stop 1.0", "fail j0: cancelled"])
    #expect(dag.wrote(0, 0) == ["stop 2.0", "run 2.1 [0]"])
  }

  @Test("the last job that needs a stage stops it when it goes")
  mutating func lastGoes() {
    submitTwo()
    dag.handle(.jobCancelled(j0))
    #expect(dag.handle(.jobCancelled(j1)) == ["stop 0.0", "fail j1: cancelled"])
    #expect(dag.scheduler.isIdle)
  }

  @Test("a stage that a remaining job has in its plan and does not need is stopped with the one that did")
  mutating func needlessWork() {
    let kept = dag.graphs.reduce(dag.graphs.source(1), 1, keep: .memoryOnly)
    dag.submit(kept)
    dag.wrote(0, 0, on: e0)
    dag.kept(kept, p0, by: 1, on: e1)
    dag.gave(1, 0, on: e1)
    dag.lose(e0)
    // j1 finds the rows kept; j2 reads the exchange anew.
    #expect(dag.submit(dag.graphs.map(kept)) == ["skip j1 [0]", "run 2.0 [0]"])
    let exchange = kept.shuffles[0]
    #expect(dag.submit(dag.graphs.reading([exchange])) == ["run 0.1 [0]"])
    #expect(dag.handle(.jobCancelled(JobID(rawValue: 2))) == ["stop 0.1", "fail j2: cancelled"])
    #expect(dag.gave(2, 0, on: e1) == ["give j1 p0", "done j1"])
  }

  @Test("a stage that gives up fails every job that needs it")
  mutating func sharedFailure() {
    submitTwo()
    #expect(dag.gaveUp(0, 0, .trapped) == ["fail j0: task, 4 tries", "stop 0.0", "fail j1: task, 4 tries"])
    #expect(dag.scheduler.isIdle)
  }

  @Test("a result stage that gives up fails its own job only")
  mutating func ownFailure() {
    submitTwo()
    dag.wrote(0, 0, 1)
    #expect(dag.gaveUp(1, 0, .trapped) == ["stop 1.0", "fail j0: task, 4 tries"])
    #expect(dag.gave(2, 0) == ["give j1 p0", "done j1"])
  }

  @Test("a group is cancelled with all its jobs, and no other")
  mutating func group() {
    submitTwo(groups: ["nightly", "daily"])
    dag.submit(dag.graphs.source(1), group: "nightly")
    #expect(
      dag.handle(.groupCancelled("nightly")) == [
        "fail j0: group nightly cancelled", "stop 3.0", "fail j2: group nightly cancelled",
      ])
    #expect(dag.scheduler.activeJobs == [j1])
  }

  @Test("the name of a cancelled group can be used again")
  mutating func groupAgain() {
    dag.submit(dag.graphs.source(1), group: "nightly")
    dag.handle(.groupCancelled("nightly"))
    #expect(dag.submit(dag.graphs.source(1), group: "nightly") == ["run 1.0 [0]"])
  }

  @Test("a stage that is cancelled takes along the jobs that need it")
  mutating func stage() {
    submitTwo()
    dag.submit(dag.graphs.source(1))
    #expect(
      dag.handle(.stageCancelled(0)) == ["fail j0: stage cancelled", "stop 0.0", "fail j1: stage cancelled"])
    #expect(dag.scheduler.activeJobs == [JobID(rawValue: 2)])
  }

  @Test("a stage that is done can be cancelled without harm")
  mutating func doneStage() {
    submitTwo()
    dag.wrote(0, 0, 1)
    #expect(dag.handle(.stageCancelled(0)) == [])
    #expect(dag.scheduler.activeJobs == [j0, j1])
  }

  @Test("a cancelled job leaves its map outputs to the next one")
  mutating func outputsStay() {
    submitTwo()
    dag.wrote(0, 0, 1)
    dag.handle(.jobCancelled(j0))
    dag.handle(.jobCancelled(j1))
    #expect(dag.submit(dag.graphs.source(1)) == ["run 3.0 [0]"])
    #expect(dag.scheduler.mapOutputs.isComplete(s1))
  }

  @Test("failures of a stage are forgotten with the last job that saw them")
  mutating func failuresForgotten() {
    let exchange = dag.graphs.exchange(dag.graphs.reduce(dag.graphs.source(1), 1), 1)
    dag.submit(dag.graphs.reading([exchange]))
    dag.wrote(0, 0)
    for _ in 0..<3 {
      dag.misses(s1, 0, 1, 0)
      dag.wrote(0, 0)
    }
    dag.handle(.jobCancelled(j0))
    #expect(dag.submit(dag.graphs.reading([exchange])) == ["skip j1 [0]", "run 1.4 [0]"])
    #expect(dag.misses(s1, 0, 1, 0) == ["run 0.4 [0]"])
    #expect(dag.scheduler.activeJobs == [j1])
  }

  @Test("an exchange that nobody can ask for is discarded")
  mutating func discard() {
    dag.submitReduce()
    dag.wrote(0, 0, 1)
    dag.gave(1, 0, 1)
    #expect(dag.handle(.shuffleReleased(s1)) == ["discard s1"])
    #expect(dag.handle(.shuffleReleased(s1)) == [])
  }

  @Test("an exchange that is let go while a job reads it is discarded after the job")
  mutating func discardLater() {
    dag.submitReduce(reduces: 1)
    dag.wrote(0, 0, 1)
    #expect(dag.handle(.shuffleReleased(s1)) == [])
    #expect(dag.gave(1, 0) == ["give j0 p0", "done j0", "discard s1"])
  }

  @Test("an exchange that is let go while it is written is discarded when its job is cancelled")
  mutating func discardUnfinished() {
    dag.submitReduce()
    dag.handle(.shuffleReleased(s1))
    #expect(dag.handle(.jobCancelled(j0)) == ["stop 0.0", "fail j0: cancelled", "discard s1"])
  }
}
