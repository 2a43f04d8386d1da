#if FLINT_PLANTED_BUGS
  import PlantedScheduling

  extension SchedulingWorld {
    /// The bugs that this copy of the deciders can have, by name, each with what it breaks.
    package static var plantedBugs: [String: String] {
      Dictionary(uniqueKeysWithValues: PlantedBug.allCases.map { ($0.rawValue, $0.effect) })
    }

    /// Runs to the end with a bug in the deciders. Returns what was not as it must be.
    package func run(plantedBug name: String) -> String? {
      PlantedBug.$current.withValue(PlantedBug(rawValue: name)) { run() }
    }
  }
#endif
