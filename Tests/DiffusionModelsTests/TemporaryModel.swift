import DiffusionModels
import FoundationEssentials
import NeuralNetworks
import Tensors
import TestSupport

/// A tiny model folder of its own for one test, removed with everything in it when the last reference goes.
final class TemporaryModel {
    let path: String

    init() { path = FileManager.default.temporaryDirectory.path + "/ondol-model-" + UUID().uuidString }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes every part but weights, and finishes the folder.
    @discardableResult
    func write(
        unet: UNetConfiguration = .tiny, autoencoder: AutoencoderConfiguration = .tiny,
        textEncoder: TextEncoderConfiguration = .tiny
    ) throws -> ModelFolder {
        let writer = try ModelFolderWriter(path: path)
        try writer.write(unet)
        try writer.write(autoencoder)
        try writer.write(textEncoder)
        try writer.write(schedulerConfiguration: #"{"_class_name": "DDIMScheduler"}"#)
        return try writer.finish()
    }

    /// Replaces a file of the folder.
    func put(_ text: String, at name: String) { writeBytes(Array(text.utf8), to: "\(path)/\(name)") }

    /// The text of a file of the folder.
    func text(of name: String) -> String { String(decoding: readBytes("\(path)/\(name)"), as: UTF8.self) }

    /// Replaces a part of a file's text, which must be there.
    func replace(_ old: String, with new: String, in name: String) {
        let text = text(of: name)
        let replaced = text.replacing(old, with: new)
        precondition(replaced != text, "\(name) has no \(old)")
        put(replaced, at: name)
    }

    /// Removes a file or folder of the folder.
    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }
}

extension UNetConfiguration {
    /// Two levels of a few channels.
    static var tiny: UNetConfiguration {
        var tiny = UNetConfiguration()
        tiny.sampleSize = 8
        tiny.blockChannels = [4, 8]
        tiny.downAttention = [true, false]
        tiny.upAttention = [false, true]
        tiny.layersPerBlock = [1, 1]
        tiny.transformerLayers = [1, 1]
        tiny.heads = [2, 2]
        tiny.crossAttentionWidth = 16
        tiny.normGroups = 2
        return tiny
    }
}

extension AutoencoderConfiguration {
    /// Two levels of a few channels.
    static var tiny: AutoencoderConfiguration {
        var tiny = AutoencoderConfiguration()
        tiny.blockChannels = [4, 8]
        tiny.layersPerBlock = 1
        tiny.normGroups = 2
        return tiny
    }
}

extension TextEncoderConfiguration {
    /// One layer of a small width.
    static var tiny: TextEncoderConfiguration {
        var tiny = TextEncoderConfiguration()
        tiny.vocabularySize = 64
        tiny.maximumTokens = 16
        tiny.width = 16
        tiny.hiddenWidth = 40
        tiny.layers = 1
        tiny.heads = 2
        return tiny
    }
}

/// Calls `body`, which must throw a ``ModelError``, and returns it.
func modelError(_ body: () throws -> Void) throws -> ModelError? {
    do {
        try body()
        return nil
    } catch let error as ModelError {
        return error
    }
}
