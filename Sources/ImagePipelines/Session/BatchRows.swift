import Samplers

/// Who sits in which row of a batch, and where each stands: plain state, without a device.
struct BatchRows {
    /// One picture on its way.
    struct Picture {
        let row: DenoisingSession.Row
        let plan: PicturePlan
        /// Steps done.
        var stepCount = 0

        var steps: [SolverStep] { plan.solverPlan.steps }
        var isFinished: Bool { stepCount == steps.count }
        /// Whether its next step asks the model with and without the prompt.
        var isGuided: Bool { stepCount < plan.guidedStepCount }
    }

    /// A picture or nobody, for each row of the batch.
    private(set) var places: [Picture?]
    private var nextNumber = 0

    init(capacity: Int) { places = Array(repeating: nil, count: capacity) }

    /// The pictures that have steps left.
    var active: [Picture] { places.compactMap(\.self).filter { !$0.isFinished } }
    /// Rows nobody sits in.
    var freeCount: Int { places.count { $0 == nil } }
    /// About which rows the next step must ask the model with and without the prompt.
    var guidance: StepGuidance {
        let moving = places.indices.filter { places[$0].map { !$0.isFinished } ?? false }
        return StepGuidance(
            guided: moving.filter { places[$0]?.isGuided ?? false },
            unguided: moving.filter { places[$0].map { !$0.isGuided } ?? false }, rows: places.count)
    }

    /// Every how many steps all features must be computed, as the strictest picture wants it; 1 is always.
    var featureInterval: Int { active.map(\.plan.request.featureInterval).min() ?? 1 }

    /// Seats a picture in the first free place, or returns nil where there is none.
    mutating func join(_ plan: PicturePlan) -> (row: DenoisingSession.Row, place: Int)? {
        guard let place = places.firstIndex(where: { $0 == nil }) else { return nil }
        let row = DenoisingSession.Row(number: nextNumber)
        nextNumber += 1
        places[place] = Picture(row: row, plan: plan)
        return (row, place)
    }

    /// Where a row sits, or nil where it has left.
    func place(of row: DenoisingSession.Row) -> Int? { places.firstIndex { $0?.row == row } }

    /// Frees a row; one that has left is left at that.
    mutating func leave(_ row: DenoisingSession.Row) {
        if let place = place(of: row) { places[place] = nil }
    }

    /// Seats the pictures in another number of rows, in the order they sat in, and tells where each one sat; nil where
    /// they are too many.
    mutating func resize(to capacity: Int) -> [Int]? {
        let seated = places.indices.filter { places[$0] != nil }
        guard seated.count <= capacity else { return nil }
        places =
            seated.map { places[$0] } + Array(repeating: nil, count: capacity - seated.count)
        return seated
    }

    /// What the next step does to each row.
    var numbers: [StepNumbers] {
        places.map { picture in
            guard let picture, !picture.isFinished else { return .resting }
            // In a step with guidance, a row without stands at 1: the answer with the prompt, and only that.
            return StepNumbers(
                picture.steps[picture.stepCount],
                guidanceScale: picture.isGuided ? picture.plan.request.guidanceScale : 1)
        }
    }

    /// What is kept of each row's photo once the next step is done.
    var keepingNumbers: [KeepingProgram.Numbers] {
        places.map { picture in
            guard let picture, !picture.isFinished, picture.plan.request.photo?.mask != nil else {
                return .none
            }
            let step = picture.steps[picture.stepCount]
            return .init(picture: Float(step.knownWeight), noise: Float(step.knownNoiseWeight), isKept: 1)
        }
    }

    /// The noise the next step adds to a row, or nil where it adds none.
    func noise(at place: Int, count: Int) -> [Float]? {
        guard let picture = places[place], !picture.isFinished,
            picture.steps[picture.stepCount].noiseWeight != 0
        else { return nil }
        return NoiseGenerator(seed: picture.plan.request.seed)
            .normals(count: count, stream: .step(picture.stepCount))
    }

    /// Counts a step that was done, and tells of the pictures it moved.
    mutating func advance() -> [DenoisingSession.Progress] {
        var moved: [DenoisingSession.Progress] = []
        for place in places.indices {
            guard var picture = places[place], !picture.isFinished else { continue }
            picture.stepCount += 1
            places[place] = picture
            moved.append(
                .init(row: picture.row, stepsDone: picture.stepCount, stepCount: picture.steps.count))
        }
        return moved
    }
}
