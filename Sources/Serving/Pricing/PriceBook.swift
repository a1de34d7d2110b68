/// What pictures cost, by model, size and tier, learned from the steps that were measured.
///
/// Prices are those of the reference device; a device twice as fast has speed 2 in ``FleetCapacity``. Looking a price
/// up takes constant time.
public struct PriceBook: Sendable, Hashable, Codable {
    /// What is known of one shape.
    struct Entry: Sendable, Hashable, Codable {
        var steps: StepCostEstimate
        var finishingSeconds: Double
        /// How many pictures' finishing was measured.
        var finishingCount = 0
        /// What a step that reuses features takes beside one that computes them.
        var reusedStepShare = TierRecipe.reusedStepShare
        /// Kept beside the estimate, which needs a few divisions.
        var cost: StepCost
    }

    /// What prices begin from.
    public let settings: PriceSettings
    private var entries: [PictureShape: Entry] = [:]
    /// For each model the shape measured first: what its other sizes are scaled from.
    private var measuredShape: [String: PictureShape] = [:]

    /// Makes an empty book.
    /// - Throws: ``ServingError`` where a setting is out of range.
    public init(settings: PriceSettings = PriceSettings()) throws(ServingError) {
        try settings.validate()
        self.settings = settings
    }

    /// The cost of a step of this shape: measured, or scaled by pixels from the same model, or guessed.
    public func stepCost(_ shape: PictureShape) -> StepCost {
        entry(shape).cost
    }

    /// Seconds for reading the prompt and making the latents into a picture.
    public func finishingSeconds(_ shape: PictureShape) -> Double {
        entry(shape).finishingSeconds
    }

    /// How many rows of this shape a batch should have, as far as is known.
    public func rowTarget(_ shape: PictureShape, recipe: TierRecipe) -> Int {
        rowTarget(entry(shape).cost, recipe: recipe)
    }

    /// How many rows a batch should have where so many wait: as many as pay, and now and then twice as many as were ever
    /// measured, since what a larger batch takes is learned only by drawing one.
    ///
    /// A batch grows by no more than a doubling beyond what was measured, whatever the line says. Where the largest that was
    /// measured pays and enough wait to fill one of twice its size, that is tried; a few of its steps tell whether it pays.
    ///
    /// - Parameter waiting: rows there are and jobs that could join them.
    public func rowTarget(_ shape: PictureShape, recipe: TierRecipe, waiting: Int) -> Int {
        let entry = entry(shape)
        let target = rowTarget(entry.cost, recipe: recipe)
        // A hundredth of a row forgives the rounding of sums.
        let known = max(1, Int(entry.steps.knownEvaluations / recipe.evaluationsPerStep + 0.01))
        let tried = min(2 * known, settings.rowLimit)
        return target >= known && waiting >= tried ? tried : min(target, tried)
    }

    /// Whether steps with so many evaluations, or more, were measured.
    public func hasMeasured(_ shape: PictureShape, evaluations: Double) -> Bool {
        entries[shape].map { $0.steps.knownEvaluations >= evaluations } ?? false
    }

    /// What a picture of this shape costs when it is drawn after a recipe.
    public func price(_ shape: PictureShape, recipe: TierRecipe) -> Price {
        let entry = entry(shape)
        let target = rowTarget(entry.cost, recipe: recipe)
        let rows = Double(target)
        let steps = Double(recipe.steps)
        let evaluations = recipe.evaluations(reusedStepShare: entry.reusedStepShare)
        // In a batch of pictures that are guided at different steps, more rows are computed twice than need it.
        let shared = recipe.evaluations(reusedStepShare: entry.reusedStepShare, rows: target)
        let finishing = entry.finishingSeconds
        let draw = steps * entry.cost.baseSeconds + shared * rows * entry.cost.secondsPerEvaluation
        let alone = steps * entry.cost.baseSeconds + evaluations * entry.cost.secondsPerEvaluation
        // Finishing is done row by row, between steps: every row of the batch waits for every other's.
        return Price(
            workSeconds: draw / rows + finishing, drawSeconds: draw + finishing * rows,
            aloneSeconds: alone + finishing)
    }

    /// How many of the rows that a batch's limit is reckoned in a row weighs, at least 1.
    ///
    /// A light caller's row that is dearer than the usual ones weighs so much that what may be drawn beside it makes its picture
    /// take no more than ``PriceSettings/longestStretch`` times as long as alone: evaluations, those that programs compute
    /// beside them, and the reading and decoding of the others' pictures, for which every row waits.
    ///
    /// - Parameters:
    ///   - recipe: the row's.
    ///   - isLight: whether its caller had nothing waiting and no debt.
    ///   - usual: the recipe that the limit is reckoned in.
    ///   - rowLimit: the limit.
    public func seats(
        _ shape: PictureShape, recipe: TierRecipe, isLight: Bool, beside usual: TierRecipe, rowLimit: Int
    ) -> Int {
        let seats = recipe.seats(beside: usual)
        guard isLight, seats > 1 else { return seats }
        let entry = entry(shape)
        let steps = Double(recipe.steps)
        let alone =
            steps * entry.cost.baseSeconds
            + recipe.evaluations(reusedStepShare: entry.reusedStepShare) * entry.cost.secondsPerEvaluation
            + entry.finishingSeconds
        // Beside one that does not allow it nobody reuses features, and who is not guided may be computed with those who are.
        let each =
            (usual.guidedSteps > 0 ? 2 : 1) * entry.cost.secondsPerEvaluation
            + entry.finishingSeconds / Double(max(1, usual.steps))
        let beside = min((settings.longestStretch - 1) * alone / (steps * each), Double(rowLimit))
        return max(seats, rowLimit - Int(beside))
    }

    /// Learns from a measured step.
    ///
    /// - Parameters:
    ///   - evaluations: network evaluations in the step: rows, or twice the rows where it was guided.
    ///   - seconds: what the step took.
    ///   - speed: how fast the device is beside the reference device; more than 0.
    public mutating func observeStep(
        _ shape: PictureShape, evaluations: Double, seconds: Double, speed: Double = 1
    ) {
        guard speed > 0, speed.isFinite else { return }
        learn(shape) { entry in
            entry.steps.observe(evaluations: evaluations, seconds: seconds * speed)
            entry.cost = entry.steps.cost
        }
    }

    /// Learns from a measured step that took over features of an earlier one; parameters as those of
    /// ``observeStep(_:evaluations:seconds:speed:)``, evaluations counted as if all of them were whole.
    public mutating func observeReusedStep(
        _ shape: PictureShape, evaluations: Double, seconds: Double, speed: Double = 1
    ) {
        guard evaluations > 0, evaluations.isFinite, seconds > 0, seconds.isFinite, speed > 0, speed.isFinite
        else { return }
        learn(shape) { entry in
            let share = seconds * speed / entry.cost.seconds(evaluations: evaluations)
            // A step that reuses is never dearer; one that stalled says nothing.
            entry.reusedStepShare += 0.02 * (min(share, 1) - entry.reusedStepShare)
        }
    }

    /// Learns what reading a prompt and decoding a picture took.
    public mutating func observeFinishing(_ shape: PictureShape, seconds: Double, speed: Double = 1) {
        guard seconds >= 0, seconds.isFinite, speed > 0, speed.isFinite else { return }
        learn(shape) { entry in
            // The guess counts for nothing once there is a measurement; then the mean of some ten.
            entry.finishingCount += 1
            let gain = max(0.1, 1 / Double(entry.finishingCount))
            entry.finishingSeconds += gain * (seconds * speed - entry.finishingSeconds)
        }
    }

    private mutating func learn(_ shape: PictureShape, _ change: (inout Entry) -> Void) {
        guard entries[shape] != nil || entries.count < settings.shapeLimit else { return }
        var entry = entry(shape)
        change(&entry)
        entries[shape] = entry
        if measuredShape[shape.model] == nil { measuredShape[shape.model] = shape }
    }

    private func entry(_ shape: PictureShape) -> Entry {
        if let known = entries[shape] { return known }
        let ratio: Double
        let near: (cost: StepCost, finishing: Double)
        if let other = measuredShape[shape.model], let known = entries[other] {
            ratio = shape.megapixels / max(other.megapixels, 1e-6)
            near = (known.cost, known.finishingSeconds)
        } else {
            ratio = shape.megapixels
            near = (settings.priorCostPerMegapixel, settings.priorFinishingSecondsPerMegapixel)
        }
        // The base is weights read and launches, which do not grow with the picture; evaluations do.
        let cost = StepCost(
            baseSeconds: near.cost.baseSeconds,
            secondsPerEvaluation: near.cost.secondsPerEvaluation * ratio)
        return Entry(
            steps: StepCostEstimate(prior: cost), finishingSeconds: near.finishing * ratio, cost: cost)
    }

    private func rowTarget(_ cost: StepCost, recipe: TierRecipe) -> Int {
        cost.rowTarget(
            evaluationsPerRow: recipe.evaluationsPerStep,
            rowLimit: settings.rowLimit, leastGain: settings.leastRowGain,
            longestStretch: settings.longestStretch)
    }
}
