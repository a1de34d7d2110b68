import DiffusionModels
import FoundationEssentials
import Images
import NeuralNetworks
import Samplers
import StableHLO
import Tensors
import Training

/// A look at a model in training: pictures for the same sentences from the same noise each time.
///
/// All are drawn as one batch, in few steps, on the weights as they lie on the device; that takes as long as a few
/// training steps.
struct ModelLook {
    /// What is drawn by a model of the first edition, Korean and English alike; the first two are what it must reach.
    private static let firstPrompts = [
        "마법 숲을 걷는 소녀, 수채화 스타일, 일본 판타지 감성",
        "노을 속 혼자 앉아 있는 조용한 소년, 부드러운 톤, 손그림 느낌",
        "눈 내리는 마을을 걷는 할아버지, 유화",
        "밤 바닷가에 앉아 있는 고양이",
        "맑은 날 꽃밭에 서 있는 강아지, 파스텔화",
        "비 오는 숲 속의 소녀",
        "산속 호수, 해질녘, 수채화",
        "들판에 앉은 새, 수묵화",
        "a girl walking in a magic forest, watercolor",
        "a boy sitting alone at sunset, soft tones",
        "an old man walking in a snowy town, oil painting",
        "a cat sitting by the sea at night",
        "a dog standing in a meadow on a clear day, pastel",
        "a girl in the forest in the rain",
        "a mountain lake at sunset, watercolor",
        "",
    ]
    /// What is drawn by a model of the second.
    private static let secondPrompts = [
        "마법 숲을 걷는 소녀, 수채화",
        "노을 속 혼자 앉아 있는 소년, 부드러운 색감",
        "한옥 마을을 걷는 한복을 입은 여자, 과슈화",
        "눈 내리는 마을의 할아버지, 유화",
        "절 앞의 호랑이, 수묵화",
        "웃고 있는 소녀의 초상, 색연필화",
        "바닷가에서 손을 잡은 두 아이",
        "비 오는 골목의 고양이, 종이 공예",
        "a girl reading in a room with a window, watercolor",
        "a woman in a red dress at the market, gouache",
        "a portrait of a smiling man, oil painting",
        "a girl and her dog in a meadow in spring",
        "a fox in the snow at night, woodcut",
        "a harbour at dawn in the fog, pastel",
        "a whale under water, flat illustration",
        "",
    ]

    private static let stepCount = 8
    private static let guidanceScale: Float = 4

    private let recipe: HanjiRecipe
    private let prompts: [String]
    private let encoder: NetworkProgram
    private let unet: NetworkProgram
    private let decoder: NetworkProgram
    private let autoencoderWeights: NetworkProgram.Weights
    private let tokens: HostTensor
    private let plan: SolverPlan
    private let scale: Float
    private let folder: String

    /// Compiles what drawing needs.
    /// - Parameter scale: what latents are multiplied with in training.
    init(
        recipe: HanjiRecipe, runtime: DeviceRuntime, autoencoder: TrainedAutoencoder, tokens: CaptionTokens,
        scale: Double, folder: String
    ) throws {
        self.recipe = recipe
        prompts = recipe.edition == .first ? Self.firstPrompts : Self.secondPrompts
        self.scale = Float(scale)
        self.folder = "\(folder)/samples"
        let rows = prompts.count
        let latent = recipe.latentShape.dimensions
        let text = recipe.textEncoder
        self.tokens = HostTensor(
            try ([String](repeating: "", count: rows) + prompts).flatMap {
                try tokens.tokenizer.encode($0)
            }, shape: [2 * rows, text.maximumTokens])
        plan = try SolverPlan(recipe.scheduler, stepCount: Self.stepCount)
        encoder = try NetworkProgram(
            inputs: [TensorType(.i32, [2 * rows, text.maximumTokens])], policy: .reference,
            compiler: runtime.compiler
        ) { inputs, graph in
            [try TextEncoder(text)(inputs[0], in: graph.root[DiffusionObjective.textEncoderPrefix])]
        }
        unet = try NetworkProgram(
            inputs: [
                TensorType(.f32, Shape([2 * rows] + latent)), TensorType(.f32, [2 * rows]),
                TensorType(.f32, [2 * rows, text.maximumTokens, text.width]),
            ], policy: runtime.trainingPolicy, compiler: runtime.compiler
        ) { inputs, graph in
            [
                try UNet(recipe.unet)(
                    inputs[0], timesteps: inputs[1], context: inputs[2],
                    in: graph.root[DiffusionObjective.unetPrefix])
            ]
        }
        decoder = try NetworkProgram(
            inputs: [TensorType(.f32, Shape([recipe.rowsAtOnce] + latent))], policy: .reference,
            compiler: runtime.compiler
        ) { inputs, graph in
            [try Autoencoder(recipe.autoencoder).decode(inputs[0], in: graph.root)]
        }
        autoencoderWeights = try autoencoder.weights.mapValues { try runtime.client.buffer(from: $0) }
        try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
    }

    /// Draws, and writes the sheet `samples/step-N.png`.
    /// - Parameter weights: of the UNet and the text encoder, with their prefixes.
    func take(step: Int, weights: NetworkProgram.Weights) throws {
        let rows = prompts.count
        let doubled = Shape([2 * rows] + recipe.latentShape.dimensions)
        let context = try encoder.run([tokens], weights: weights)[0]
        var latent = (0..<rows).flatMap { row in
            NoiseGenerator(seed: UInt64(row)).normals(count: recipe.latentShape.elementCount).map {
                $0 * Float(plan.start.noise)
            }
        }
        var previous = [Float](repeating: 0, count: latent.count)
        for step in plan.steps {
            let input = latent.map { $0 * Float(step.inputScale) }
            let timesteps = HostTensor(repeating: Float(step.timestep), shape: [2 * rows])
            let output = try unet.run(
                [HostTensor(input + input, shape: doubled), timesteps, context], weights: weights
            )[0].elements(as: Float.self)
            for index in latent.indices {
                // Without the sentence first, then with it.
                let without = output[index]
                let guided = without + Self.guidanceScale * (output[latent.count + index] - without)
                let present = latent[index]
                latent[index] =
                    Float(step.latentWeight) * present + Float(step.outputWeight) * guided
                    + Float(step.previousDenoisedWeight) * previous[index]
                previous[index] =
                    Float(step.denoisedFromLatent) * present + Float(step.denoisedFromOutput) * guided
            }
        }
        let portion = recipe.rowsAtOnce
        let length = portion * recipe.latentShape.elementCount
        let pictures = try stride(from: 0, to: latent.count, by: length).flatMap { start in
            let values = latent[start..<start + length].map { $0 / scale }
            let decoded = try decoder.run(
                [HostTensor(values, shape: Shape([portion] + recipe.latentShape.dimensions))],
                weights: autoencoderWeights)
            return try Picture.pictures(of: decoded[0])
        }
        let sheet = Picture.grid(of: pictures, columns: 4, spacing: 2)
        try sheet.write(to: "\(folder)/step-\(step).png", as: .png(texts: []))
    }
}
