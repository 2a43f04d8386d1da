internal import FlintCore
internal import FlintWire

extension DriverNode {
  /// What the driver has in hand, for whoever looks.
  func inspection(process: UInt32) -> Inspection {
    var inspection = Inspection(role: .driver, name: context.name, process: process)
    inspection.stages = Set(sets.keys.map(\.stage)).sorted()
    inspection.attempts = tries.filter { !$0.value.isOver }.keys.sorted()
    inspection.blocks = blocks.blocks
    inspection.holders = UInt32(clamping: jobs.count)
    return inspection
  }
}
