/// The heat and power of an NVIDIA card.
public struct GraphicsCardSensor: HeatSensor {
    /// The product and which it is, such as `NVIDIA H200 0`.
    public let name: String
    private let library: ManagementLibrary
    private let device: ManagementLibrary.Device

    /// The cards of this machine, in the driver's order; none where there is no driver.
    /// - Parameter library: the management library's file.
    public static func all(library path: String = "libnvidia-ml.so.1") -> [GraphicsCardSensor] {
        guard let library = ManagementLibrary(path: path) else { return [] }
        return library.devices.enumerated().map { index, device in
            GraphicsCardSensor(
                name: "\(library.name(of: device) ?? "card") \(index)", library: library, device: device)
        }
    }

    /// Reads the card.
    /// - Throws: ``WorkerError`` with `sensorUnreadable`, as where the card fell off the bus.
    public func read() throws -> HeatReading {
        guard let celsius = library.celsius(of: device) else { throw SystemFile.unreadable(name) }
        return HeatReading(
            name: name, celsius: celsius, limitCelsius: library.slowdownCelsius(of: device),
            watts: library.watts(of: device), limitWatts: library.limitWatts(of: device))
    }
}
