import Glibc

/// The part of NVIDIA's management library that heat is read with, loaded at run time: there is nothing to link, and a
/// machine without it has no such sensor.
///
/// Source: NVML API reference, https://docs.nvidia.com/deploy/nvml-api/: signatures, and the numbers of
/// `nvmlTemperatureSensors_t` and `nvmlTemperatureThresholds_t`.
final class ManagementLibrary: Sendable {
    /// A device, as the library names it: an address that is only handed back to it.
    struct Device: Sendable {
        fileprivate let address: UInt
        fileprivate var pointer: OpaquePointer? { OpaquePointer(bitPattern: address) }
    }

    private typealias Plain = @convention(c) () -> Int32
    private typealias Count = @convention(c) (UnsafeMutablePointer<UInt32>) -> Int32
    private typealias Handle = @convention(c) (UInt32, UnsafeMutablePointer<OpaquePointer?>) -> Int32
    private typealias Name = @convention(c) (OpaquePointer?, UnsafeMutablePointer<CChar>, UInt32) -> Int32
    private typealias Number = @convention(c) (OpaquePointer?, UnsafeMutablePointer<UInt32>) -> Int32
    private typealias NumberOf =
        @convention(c) (OpaquePointer?, UInt32, UnsafeMutablePointer<UInt32>) -> Int32

    private let count: Count
    private let handle: Handle
    private let deviceName: Name?
    private let temperature: NumberOf
    private let threshold: NumberOf?
    private let power: Number?
    private let powerLimit: Number?

    /// Loads and starts the library; nil where there is none, or no driver that answers it.
    ///
    /// It stays loaded to the end of the process: unloading a driver's library is asking for trouble.
    init?(path: String = "libnvidia-ml.so.1") {
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else { return nil }
        func function<Function>(_ name: String, as type: Function.Type) -> Function? {
            dlsym(library, name).map { unsafeBitCast($0, to: type) }
        }
        guard let start = function("nvmlInit_v2", as: Plain.self),
            let count = function("nvmlDeviceGetCount_v2", as: Count.self),
            let handle = function("nvmlDeviceGetHandleByIndex_v2", as: Handle.self),
            let temperature = function("nvmlDeviceGetTemperature", as: NumberOf.self), start() == 0
        else { return nil }
        self.count = count
        self.handle = handle
        self.temperature = temperature
        deviceName = function("nvmlDeviceGetName", as: Name.self)
        threshold = function("nvmlDeviceGetTemperatureThreshold", as: NumberOf.self)
        power = function("nvmlDeviceGetPowerUsage", as: Number.self)
        powerLimit = function("nvmlDeviceGetEnforcedPowerLimit", as: Number.self)
    }

    /// The devices; none where the driver does not say.
    var devices: [Device] {
        var number: UInt32 = 0
        guard count(&number) == 0 else { return [] }
        return (0..<number).compactMap { index in
            var device: OpaquePointer?
            guard handle(index, &device) == 0, let device else { return nil }
            return Device(address: UInt(bitPattern: device))
        }
    }

    /// The product's name.
    func name(of device: Device) -> String? {
        var text = [CChar](repeating: 0, count: 96)
        guard let deviceName, deviceName(device.pointer, &text, UInt32(text.count)) == 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Degrees of the chip; `NVML_TEMPERATURE_GPU` is 0.
    func celsius(of device: Device) -> Double? {
        var value: UInt32 = 0
        return temperature(device.pointer, 0, &value) == 0 ? Double(value) : nil
    }

    /// Where it slows down by itself; `NVML_TEMPERATURE_THRESHOLD_SLOWDOWN` is 1.
    func slowdownCelsius(of device: Device) -> Double? {
        var value: UInt32 = 0
        guard let threshold, threshold(device.pointer, 1, &value) == 0, value > 0 else { return nil }
        return Double(value)
    }

    /// What it draws from the wall, in watts.
    func watts(of device: Device) -> Double? { Self.watts(power, device) }

    /// What it is held to, in watts.
    func limitWatts(of device: Device) -> Double? { Self.watts(powerLimit, device) }

    private static func watts(_ function: Number?, _ device: Device) -> Double? {
        var milliwatts: UInt32 = 0
        guard let function, function(device.pointer, &milliwatts) == 0 else { return nil }
        return Double(milliwatts) * 1e-3
    }
}
