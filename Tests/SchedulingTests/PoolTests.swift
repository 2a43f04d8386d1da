import FlintCore
import FlintScheduling
import Testing

@Suite("Pools")
struct PoolTests {
  private let (etl, ad, web): (PoolName, PoolName, PoolName)

  init() throws {
    (etl, ad, web) = (try PoolName("etl"), try PoolName("ad-hoc"), try PoolName("web"))
  }

  /// How many slots each stage's tasks hold after all are submitted.
  private func share(_ actions: [TaskScheduler.Action]) -> [UInt64: Int] {
    Dictionary(grouping: actions.launches, by: \.task.stage.stage.rawValue).mapValues(\.count)
  }

  /// Ends one task after another, the oldest first, and says how many of each stage's were started meanwhile.
  private func run(_ tasks: inout TaskTrace, _ started: [TaskAttempt], steps: Int) -> [UInt64: Int] {
    var running = started
    var actions: [TaskScheduler.Action] = []
    for _ in 0..<steps {
      let new = tasks.succeed(running.removeFirst())
      running += new.launches
      actions += new
    }
    return share(actions)
  }

  @Test("FIFO: the older job's stage goes first, whichever was submitted first")
  func fifoByJob() {
    var tasks = TaskTrace()
    _ = tasks.submit([p0], stage: 5, job: 2)
    _ = tasks.submit([p0], stage: 9, job: 1)
    #expect(
      tasks.add(e0, slots: 2) == [.launch(attempt(p0, stage: 9), on: e0), .launch(attempt(p0, stage: 5), on: e0)])
  }

  @Test("FIFO: of one job the earlier stage goes first")
  func fifoByStage() {
    var tasks = TaskTrace()
    for number in [UInt64(4), 2, 3] { _ = tasks.submit([p0], stage: number, job: 1) }
    #expect(tasks.add(e0, slots: 3).launches.map(\.task.stage.stage.rawValue) == [2, 3, 4])
  }

  @Test("FIFO: a later job takes what an earlier one leaves")
  func fifoLeftOvers() {
    var tasks = TaskTrace([(e0, 3)])
    _ = tasks.submit([p0, p1], stage: 0, job: 0)
    #expect(tasks.submit([p0, p1], stage: 1, job: 1) == [.launch(attempt(p0, stage: 1), on: e0)])
  }

  @Test("FIFO: an earlier job's task that came back goes before a later job's")
  func fifoReturned() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0], stage: 0, job: 0)
    _ = tasks.submit([p0], stage: 1, job: 1)
    #expect(tasks.fail(attempt(p0), .resultLost) == [.launch(attempt(p0, 1), on: e0)])
  }

  @Test("FIFO: pools mean nothing")
  func fifoIgnoresPools() {
    var tasks = TaskTrace(pools: SchedulingPools(shares: [etl: .init(weight: 100)]))
    _ = tasks.submit(partitions(4), stage: 0, job: 0, pool: ad)
    _ = tasks.submit(partitions(4), stage: 1, job: 1, pool: etl)
    #expect(share(tasks.add(e0, slots: 4)) == [0: 4])
  }

  @Test("FAIR: two pools share the slots equally")
  func fairEqual() {
    var tasks = TaskTrace(pools: SchedulingPools(order: .fair))
    _ = tasks.submit(partitions(10), stage: 0, job: 0, pool: etl)
    _ = tasks.submit(partitions(10), stage: 1, job: 1, pool: ad)
    #expect(share(tasks.add(e0, slots: 6)) == [0: 3, 1: 3])
  }

  @Test("FAIR: weights of 3, 2 and 1 share twelve slots as 6, 4 and 2")
  func fairWeights() {
    let shares: [PoolName: SchedulingPools.Share] = [etl: .init(weight: 3), ad: .init(weight: 2)]
    var tasks = TaskTrace(pools: SchedulingPools(order: .fair, shares: shares))
    for (number, pool) in [etl, ad, web].enumerated() {
      _ = tasks.submit(partitions(20), stage: UInt64(number), job: UInt64(number), pool: pool)
    }
    #expect(share(tasks.add(e0, slots: 12)) == [0: 6, 1: 4, 2: 2])
  }

  @Test("FAIR: the shares are held over time, not only at the start")
  func fairOverTime() {
    let shares: [PoolName: SchedulingPools.Share] = [etl: .init(weight: 3)]
    var tasks = TaskTrace(pools: SchedulingPools(order: .fair, shares: shares))
    _ = tasks.submit(partitions(1000), stage: 0, job: 0, pool: etl)
    _ = tasks.submit(partitions(1000), stage: 1, job: 1, pool: ad)
    let started = tasks.add(e0, slots: 8).launches
    #expect(run(&tasks, started, steps: 400) == [0: 300, 1: 100])
  }

  @Test("FAIR: a minimum share comes before weights")
  func fairMinimum() {
    let shares: [PoolName: SchedulingPools.Share] = [etl: .init(weight: 100), ad: .init(minimumShare: 5)]
    var tasks = TaskTrace(pools: SchedulingPools(order: .fair, shares: shares))
    _ = tasks.submit(partitions(20), stage: 0, job: 0, pool: etl)
    _ = tasks.submit(partitions(20), stage: 1, job: 1, pool: ad)
    #expect(share(tasks.add(e0, slots: 12)) == [0: 7, 1: 5])
  }

  @Test("FAIR: when minimum shares are more than there is, each gets its part of it")
  func fairMinimumsTooLarge() {
    let shares: [PoolName: SchedulingPools.Share] = [etl: .init(minimumShare: 9), ad: .init(minimumShare: 3)]
    var tasks = TaskTrace(pools: SchedulingPools(order: .fair, shares: shares))
    _ = tasks.submit(partitions(20), stage: 0, job: 0, pool: etl)
    _ = tasks.submit(partitions(20), stage: 1, job: 1, pool: ad)
    #expect(share(tasks.add(e0, slots: 8)) == [0: 6, 1: 2])
  }

  @Test("FAIR: what a pool does not use others get")
  func fairUnused() {
    let shares: [PoolName: SchedulingPools.Share] = [etl: .init(minimumShare: 6)]
    var tasks = TaskTrace(pools: SchedulingPools(order: .fair, shares: shares))
    _ = tasks.submit(partitions(2), stage: 0, job: 0, pool: etl)
    _ = tasks.submit(partitions(20), stage: 1, job: 1, pool: ad)
    #expect(share(tasks.add(e0, slots: 8)) == [0: 2, 1: 6])
  }

  @Test("FAIR: a pool that comes late gets its share as slots fall free")
  func fairLate() {
    var tasks = TaskTrace([(e0, 4)], pools: SchedulingPools(order: .fair))
    let started = tasks.submit(partitions(100), stage: 0, job: 0, pool: etl).launches
    #expect(started.count == 4)
    #expect(tasks.submit(partitions(100), stage: 1, job: 1, pool: ad) == [])
    #expect(run(&tasks, started, steps: 2) == [1: 2])
  }

  @Test("FAIR: inside a pool the older job goes first")
  func fairThenFifo() {
    var tasks = TaskTrace(pools: SchedulingPools(order: .fair))
    _ = tasks.submit(partitions(4), stage: 1, job: 1, pool: etl)
    _ = tasks.submit(partitions(4), stage: 0, job: 0, pool: etl)
    #expect(share(tasks.add(e0, slots: 4)) == [0: 4])
  }

  @Test("FAIR: inside a fair pool jobs share, too")
  func fairThenFair() {
    let shares: [PoolName: SchedulingPools.Share] = [etl: .init(order: .fair)]
    var tasks = TaskTrace(pools: SchedulingPools(order: .fair, shares: shares))
    _ = tasks.submit(partitions(4), stage: 1, job: 1, pool: etl)
    _ = tasks.submit(partitions(4), stage: 0, job: 0, pool: etl)
    #expect(share(tasks.add(e0, slots: 4)) == [0: 2, 1: 2])
  }

  @Test("FAIR: killed tasks count for their pool as long as they hold a slot")
  func fairZombies() {
    var tasks = TaskTrace([(e0, 4)], pools: SchedulingPools(order: .fair))
    _ = tasks.submit(partitions(2), stage: 0, job: 0, pool: etl)
    _ = tasks(.cancelled(stage(0)))
    _ = tasks.submit(partitions(4), stage: 1, job: 1, pool: etl)
    #expect(tasks.submit(partitions(4), stage: 2, job: 2, pool: ad) == [])
    // Stage 1 took the two slots that were free; its pool holds four, the other none.
    #expect(tasks.fail(attempt(p0), .killed).launches.map(\.task.stage.stage.rawValue) == [2])
    #expect(tasks.fail(attempt(p1), .killed).launches.map(\.task.stage.stage.rawValue) == [2])
  }

  @Test("FAIR: a pool whose tasks wait for a place does not keep others from the slot")
  func fairAndPlaces() {
    var tasks = TaskTrace([(e0, 1), (e2, 1)], pools: SchedulingPools(order: .fair))
    _ = tasks.submit([p0], stage: 9, job: 9, pool: web, places: [p0: [.node(n1)]])
    #expect(tasks.submit([p0], stage: 0, job: 0, pool: etl, places: [p0: [.node(n1)]]) == [])
    #expect(
      tasks.submit([p0], stage: 1, job: 1, pool: ad) == [.launch(attempt(p0, stage: 1), on: e0)])
  }
}
