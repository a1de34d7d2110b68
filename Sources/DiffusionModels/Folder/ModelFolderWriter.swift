import FoundationEssentials
import NeuralNetworks
import Tensors

/// Writes a model folder that diffusers loads, part by part.
///
/// Parts may come in any order and be written again. The folder becomes a model with ``finish()``, which writes
/// `model_index.json`; until then nobody takes half of one for a model. Every file is written whole or not at all.
public struct ModelFolderWriter: Sendable {
    /// Where the folder is.
    public let path: String

    /// The folder with the tokenizer's vocabulary, for the tokenizer to be written into.
    public var tokenizerFolder: String { "\(path)/tokenizer" }

    /// A writer into a folder, which is made with its subfolders where it is not there.
    /// - Throws: ``ModelError`` where it cannot be made.
    public init(path: String) throws(ModelError) {
        self.path = path
        for folder in ModelComponent.allCases.map(\.folderName) + ["tokenizer", "scheduler"] {
            do {
                try FileManager.default.createDirectory(
                    atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
            } catch {
                throw ModelError(
                    .unwritable,
                    "the folder \(path)/\(folder) cannot be made; check the path and who may write there",
                    cause: error)
            }
        }
    }

    /// Writes the UNet's configuration.
    /// - Throws: ``ModelError`` where no network can be built of it, or the file cannot be written.
    public func write(_ configuration: UNetConfiguration) throws(ModelError) {
        try configuration.validate()
        try write(configuration.document.text, to: "\(ModelComponent.unet.folderName)/config.json")
    }

    /// Writes the autoencoder's configuration.
    /// - Throws: ``ModelError`` where no network can be built of it, or the file cannot be written.
    public func write(_ configuration: AutoencoderConfiguration) throws(ModelError) {
        try configuration.validate()
        try write(configuration.document.text, to: "\(ModelComponent.autoencoder.folderName)/config.json")
    }

    /// Writes the text encoder's configuration.
    /// - Throws: ``ModelError`` where no network can be built of it, or the file cannot be written.
    public func write(_ configuration: TextEncoderConfiguration) throws(ModelError) {
        try configuration.validate()
        try write(configuration.document.text, to: "\(ModelComponent.textEncoder.folderName)/config.json")
    }

    /// Writes the noise schedule.
    /// - Parameter document: the text of a `scheduler_config.json`.
    /// - Throws: ``ModelError`` where the file cannot be written.
    public func write(schedulerConfiguration document: String) throws(ModelError) {
        try write(document, to: "scheduler/scheduler_config.json")
    }

    /// Writes a component's weights.
    /// - Parameters:
    ///   - weights: each parameter with its values in the device's layout.
    ///   - elementType: what they are stored as: `f16`, `bf16` or `f32`.
    /// - Throws: ``ModelError`` where a shape does not fit or the file cannot be written.
    public func write(
        _ weights: some Sequence<(ParameterSpecification, HostTensor)>, of component: ModelComponent,
        as elementType: ElementType
    ) throws(ModelError) {
        try WeightStore.write(
            weights, as: elementType, to: "\(path)/\(component.folderName)/\(component.weightsFileName)")
    }

    /// Writes `model_index.json` and reads the folder back.
    /// - Throws: ``ModelError`` where a part is missing or the parts do not fit; no index is left then.
    @discardableResult
    public func finish() throws(ModelError) -> ModelFolder {
        let scheduler = try ConfigurationFields(file: "\(path)/scheduler/scheduler_config.json")
        guard let schedulerClass = try scheduler.optionalString("_class_name") else {
            throw ModelError(
                .malformed, "\(scheduler.file): the field \"_class_name\" is missing, which names its solver")
        }
        try write(ModelIndex.document(schedulerClass: schedulerClass).text, to: ModelIndex.fileName)
        do {
            return try ModelFolder(path: path)
        } catch {
            try? FileManager.default.removeItem(atPath: "\(path)/\(ModelIndex.fileName)")
            throw error
        }
    }

    private func write(_ text: String, to name: String) throws(ModelError) {
        let file = "\(path)/\(name)"
        do {
            try Array("\(text)\n".utf8).withUnsafeBytes { try AtomicFile.write($0, to: file) }
        } catch {
            throw ModelError(file: file, error)
        }
    }
}
