extension Configuration {
  /// A table for people with one line a key: name, value, origin. Of secrets it shows the reference and never more.
  public func show() -> String {
    let rows = registry.settings.map { setting in
      let shown = shown(setting)
      return (
        name: setting.name, value: (shown.isEmpty ? "(none)" : shown).visible,
        origin: (origin(of: setting.name) ?? .standard).description.visible
      )
    }
    let nameWidth = rows.map(\.name.count).max() ?? 0
    let valueWidth = rows.map(\.value.count).max() ?? 0
    return rows.map { row in
      "\(row.name.padded(to: nameWidth))  \(row.value.padded(to: valueWidth))  \(row.origin)\n"
    }.joined()
  }

  /// The settings that somebody has made, by name. Of secrets it gives the reference and never more.
  public var changed: [(name: String, text: String)] {
    registry.settings.compactMap { setting in
      if case .standard = origin(of: setting.name) ?? .standard { return nil }
      return (setting.name, shown(setting))
    }
  }

  private func shown(_ setting: ConfigurationSetting) -> String {
    let text = text(of: setting.name) ?? ""
    return setting.form.isSecret && !text.isEmpty ? "<redacted> (\(text))" : text
  }
}
