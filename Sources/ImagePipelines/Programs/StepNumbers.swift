import Samplers

/// The numbers that tell a row of the step program what to do, in the order of their columns.
struct StepNumbers: Hashable {
    /// The columns.
    enum Place: Int, CaseIterable {
        case timestep, inputScale, denoisedFromLatent, denoisedFromOutput, latentWeight, outputWeight
        case previousDenoisedWeight, noiseWeight, guidance
    }

    /// How many columns there are.
    static let count = Place.allCases.count

    /// One number for each column.
    let values: [Float]

    /// A row that is drawn.
    init(_ step: SolverStep, guidanceScale: Double) {
        values = Place.allCases.map { place in
            switch place {
            case .timestep: Float(step.timestep)
            case .inputScale: Float(step.inputScale)
            case .denoisedFromLatent: Float(step.denoisedFromLatent)
            case .denoisedFromOutput: Float(step.denoisedFromOutput)
            case .latentWeight: Float(step.latentWeight)
            case .outputWeight: Float(step.outputWeight)
            case .previousDenoisedWeight: Float(step.previousDenoisedWeight)
            case .noiseWeight: Float(step.noiseWeight)
            case .guidance: Float(guidanceScale)
            }
        }
    }

    /// A row that stays as it is: the latent is handed on, and is its own guess.
    static let resting = StepNumbers { $0 == .latentWeight || $0 == .denoisedFromLatent ? 1 : 0 }

    private init(_ value: (Place) -> Float) { values = Place.allCases.map(value) }
}
