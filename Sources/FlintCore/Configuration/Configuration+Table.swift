extension Configuration {
  /// A table for people with one line a key: name, value, origin. Of secrets it shows the reference and never more.
  public func show() -> String {
    let rows = registry.settings.map { setting in
      let text = text(of: setting.name) ?? ""
      let shown = text.isEmpty ? "(none)" : setting.form.isSecret ? "<redacted> (\(text))" : text
      return (
        name: setting.name, value: shown.visible, origin: (origin(of: setting.name) ?? .standard).description.visible
      )
    }
    let nameWidth = rows.map(\.name.count).max() ?? 0
    let valueWidth = rows.map(\.value.count).max() ?? 0
    return rows.map { row in
      "\(row.name.padded(to: nameWidth))  \(row.value.padded(to: valueWidth))  \(row.origin)\n"
    }.joined()
  }
}
