/// The `model_index.json` of a model folder: which classes the reference loads it with.
///
/// Source: diffusers 0.42.1, `pipelines/pipeline_utils.py`.
enum ModelIndex {
    static let fileName = "model_index.json"
    static let pipelineClass = "StableDiffusionPipeline"
    static let tokenizerClasses = ["CLIPTokenizer", "CLIPTokenizerFast"]
    /// Parts that judge pictures or prepare pictures for that; nothing is drawn by them.
    private static let ignored: Set<String> = ["safety_checker", "feature_extractor"]

    /// Refuses a folder that is not there, is no model folder, or is made of parts that Ondol does not have.
    static func check(folder: String) throws(ModelError) {
        let file = "\(folder)/\(fileName)"
        guard BoundedFile.exists(file) else { throw notAFolder(folder) }
        let fields = try ConfigurationFields(file: file)
        guard try fields.optionalString("_class_name") == pipelineClass else {
            let found = try fields.optionalString("_class_name").map { JSONValue.string($0).shown }
            throw ModelError(
                .unsupported,
                "\(file): the model is \(found ?? "of no named class"); Ondol draws with a \(pipelineClass)")
        }
        var expected: [(String, [String])] = ModelComponent.allCases.map {
            ($0.folderName, [$0.implementation.className])
        }
        expected.append(("tokenizer", tokenizerClasses))
        for (part, classes) in expected {
            let found = try fields.className(of: part)
            guard let found, classes.contains(found) else {
                throw ModelError(
                    .unsupported,
                    """
                    \(file): "\(part)" is \(found.map { JSONValue.string($0).shown } ?? "missing"); Ondol supports \
                    \(classes.joined(separator: " and "))
                    """)
            }
        }
        let known = Set(expected.map(\.0)).union(ignored).union(["scheduler"])
        for part in fields.names where !known.contains(part) && !part.hasPrefix("_") {
            guard let name = try fields.className(of: part) else { continue }
            throw ModelError(
                .unsupported,
                "\(file): the model has a part \(JSONValue.string(part).shown) (\(JSONValue.string(name).shown)), which Ondol does not have"
            )
        }
    }

    private static func notAFolder(_ path: String) -> ModelError {
        let form = """
            a model folder holds model_index.json and the folders unet, vae, text_encoder, tokenizer and \
            scheduler, as diffusers' save_pretrained writes it
            """
        guard BoundedFile.exists(path) else { return ModelError(.missing, "there is no \(path); \(form)") }
        guard BoundedFile.exists("\(path)/.") else {
            return ModelError(
                .unsupported,
                "\(path) is a single file; \(form); from_single_file and save_pretrained make one of it")
        }
        return ModelError(.missing, "\(path) is no model folder: it has no model_index.json; \(form)")
    }
}
