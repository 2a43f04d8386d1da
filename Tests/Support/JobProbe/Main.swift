import FlintDriver

/// Watches the driver's events before anything else happens, where somebody wants to do harm at them.
@main enum Main {
  static func main() {
    FaultWatch.begin()
    JobProbe.main()
  }
}
