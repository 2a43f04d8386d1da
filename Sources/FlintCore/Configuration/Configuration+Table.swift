extension Configuration {
  /// A table for people with one line a key: name, value, origin. Of secrets it shows the reference and never more.
  public func show() -> String {
    let rows = registry.keys.map { key in
      let text = text(of: key.name) ?? ""
      let shown = text.isEmpty ? "(none)" : key.isSecret ? "<redacted> (\(text))" : text
      return (name: key.name, value: shown.visible, origin: (origin(of: key.name) ?? .standard).description.visible)
    }
    let nameWidth = rows.map(\.name.count).max() ?? 0
    let valueWidth = rows.map(\.value.count).max() ?? 0
    return rows.map { row in
      "\(row.name.padded(to: nameWidth))  \(row.value.padded(to: valueWidth))  \(row.origin)\n"
    }.joined()
  }
}
