internal import FlintSimulation
internal import Glibc

// usage: simulation-canary                  probe every construct; exit code 0 when all are captured
//        simulation-canary --list           the names of the escapes
//        simulation-canary --escape NAME    let one happen; the guard must end the process
SimulationProcess.makeDeterministic()
let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case (nil, 0): exit(Canary.probeConstructs())
case ("--list", 1):
  for escape in Escape.all { print(escape.name) }
case ("--escape", 2): exit(Canary.letEscape(arguments[1]))
default:
  print("usage: simulation-canary [--list | --escape NAME]")
  exit(2)
}
