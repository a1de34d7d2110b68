/// The functions of a plugin's table that Ondol calls, each with its slot.
///
/// The order of slots has only ever grown at its end since interface version 0.57.
/// Source: openxla/xla `xla/pjrt/c/pjrt_c_api.h`, `struct PJRT_Api`.
enum PluginFunction: Int {
    case errorDestroy = 0
    case errorMessage = 1
    case errorGetCode = 2
    case pluginInitialize = 3
    case pluginAttributes = 4
    case eventDestroy = 5
    case eventAwait = 8
    case eventOnReady = 9
    case clientCreate = 10
    case clientDestroy = 11
    case clientPlatformName = 12
    case clientPlatformVersion = 14
    case clientAddressableDevices = 16
    case clientCompile = 20
    case bufferFromHost = 22
    case deviceDescriptionAttributes = 25
    case deviceDescriptionKind = 26
    case deviceDescriptionToString = 28
    case deviceGetDescription = 29
    case deviceMemoryStats = 34
    case executableDestroy = 40
    case executableOutputCount = 44
    case executableCostAnalysis = 46
    case executableSerialize = 49
    case loadedExecutableDestroy = 50
    case loadedExecutableGetExecutable = 51
    case loadedExecutableExecute = 55
    case executableDeserialize = 56
    case bufferDestroy = 58
    case bufferDeviceSize = 64
    case bufferIsDeleted = 68
    case bufferToHost = 70
    case bufferReadyEvent = 72
    case topologyCreate = 82
    case topologyDestroy = 83
    case compileForTopology = 89
    case executableOutputElementTypes = 90
    case executableOutputDimensions = 91
    case executableMemoryStats = 96

    /// The function's name, for errors.
    var name: String { String(describing: self) }
}
