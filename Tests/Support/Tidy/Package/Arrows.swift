/// The arrows between targets: each imports what the architecture's table says, and only what stands above it.
package struct Arrows: Rule {
  static let name = "arrow"
  private let package: PackageDump

  package init(_ package: PackageDump) {
    self.package = package
  }

  package func findings(in repository: Repository) -> [Finding] {
    let table = TargetTable(repository.files[TargetTable.path] ?? "")
    let product = package.targets.filter { $0.folder.hasPrefix("Sources/") }
    let names = Set(product.map(\.name))
    let missing = table.rows.filter { !names.contains($0.name) }.map {
      Finding(TargetTable.path, $0.line, Self.name, "\($0.name) is no target of the package; list it as planned")
    }
    return order() + missing + product.flatMap { differences(of: $0, from: table) } + tableOrder(table, product)
  }

  private func order() -> [Finding] {
    var above: Set<String> = []
    return package.targets.flatMap { target in
      let below = imports(of: target).filter { !above.contains($0) }
      above.insert(target.name)
      return below.map { Finding("Package.swift", 1, Self.name, "\(target.name) imports \($0), which stands below it") }
    }
  }

  private func differences(of target: PackageDump.Target, from table: TargetTable) -> [Finding] {
    guard let row = table.rows.first(where: { $0.name == target.name }) else {
      return [Finding(TargetTable.path, 1, Self.name, "\(target.name) has no row in the table of targets")]
    }
    let imports = Set(imports(of: target))
    let extra = imports.subtracting(row.imports).sorted().map {
      Finding("Package.swift", 1, Self.name, "\(target.name) may not import \($0): the architecture's table says no")
    }
    let unused = row.imports.subtracting(imports).sorted().map {
      Finding(TargetTable.path, row.line, Self.name, "\(target.name) does not import \($0)")
    }
    return extra + unused
  }

  private func tableOrder(_ table: TargetTable, _ product: [PackageDump.Target]) -> [Finding] {
    let listed = table.rows.filter { row in product.contains { $0.name == row.name } }
    let actual = product.filter { target in table.rows.contains { $0.name == target.name } }
    return zip(listed, actual).filter { $0.name != $1.name }.prefix(1).map { row, target in
      Finding(TargetTable.path, row.line, Self.name, "the package has \(target.name) here: keep the same order")
    }
  }

  private func imports(of target: PackageDump.Target) -> [String] {
    target.dependencies.compactMap(\.target)
  }
}
