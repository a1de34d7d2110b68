import Serving
import Testing
import TestSupport

@Suite struct PricingTests {
    static let shape = PictureShape(model: "hanji", width: 512, height: 512)

    @Test(arguments: [
        (StepCost(baseSeconds: 0.2, secondsPerEvaluation: 0.01), 8),
        (StepCost(baseSeconds: 0, secondsPerEvaluation: 0.5), 1),
        (StepCost(baseSeconds: 0.02, secondsPerEvaluation: 0.02), 2),
    ])
    func batchesGrowOnlyWhereThatPays(cost: StepCost, rows: Int) {
        #expect(
            cost.rowTarget(evaluationsPerRow: 1, rowLimit: 8, leastGain: 0.02, longestStretch: 1.7) == rows)
    }

    /// From a guess that is wrong by a factor, batches of changing size teach the true line, stalls notwithstanding.
    @Test(arguments: [0.01, 1, 100], 1...3 as ClosedRange<UInt64>)
    func learnsTheTrueLine(factor: Double, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let truth = StepCost(baseSeconds: 0.03, secondsPerEvaluation: 0.012)
        var estimate = StepCostEstimate(
            prior: StepCost(baseSeconds: 0.02 * factor, secondsPerEvaluation: 0.02 * factor))
        for _ in 0..<600 {
            let evaluations = Double(Int.random(in: 1...16, using: &generator))
            let noise = Double.random(in: 0.95...1.05, using: &generator)
            let stall = Int.random(in: 0..<50, using: &generator) == 0 ? 40.0 : 1
            estimate.observe(
                evaluations: evaluations, seconds: truth.seconds(evaluations: evaluations) * noise * stall)
        }
        for evaluations in [1.0, 4, 16] {
            let ratio =
                estimate.cost.seconds(evaluations: evaluations) / truth.seconds(evaluations: evaluations)
            #expect((0.8...1.25).contains(ratio), "seed \(seed), factor \(factor): \(ratio)")
        }
    }

    /// A device on which batches cost next to nothing draws single pictures for hours, and still knows what it can do.
    @Test(arguments: [0.0005, 0], 1...4 as ClosedRange<UInt64>)
    func singlePicturesDoNotMakeItForgetWhatBatchesTake(slope: Double, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let truth = StepCost(baseSeconds: 0.03, secondsPerEvaluation: slope)
        var estimate = StepCostEstimate(prior: StepCost(baseSeconds: 0, secondsPerEvaluation: 0.1))
        func step(_ evaluations: Double) {
            let noise = Double.random(in: 0.9...1.1, using: &generator)
            estimate.observe(
                evaluations: evaluations, seconds: truth.seconds(evaluations: evaluations) * noise)
        }
        for evaluations in [2.0, 4, 8, 16] { for _ in 0..<10 { step(evaluations) } }
        for _ in 0..<20_000 { step(2) }
        #expect(estimate.knownEvaluations == 16)
        let rows = estimate.cost.rowTarget(
            evaluationsPerRow: 2, rowLimit: 8, leastGain: 0.02, longestStretch: 1.6)
        #expect(rows == 8, "seed \(seed): \(estimate.cost)")
    }

    /// What slows single pictures down slows batches down, too.
    @Test func aChangeThatShowsAtOneSizeMovesTheOthers() {
        var estimate = StepCostEstimate(prior: StepCost(baseSeconds: 0, secondsPerEvaluation: 0.1))
        for evaluations in [2.0, 16] {
            for _ in 0..<50 { estimate.observe(evaluations: evaluations, seconds: 0.1 * evaluations) }
        }
        for _ in 0..<1000 { estimate.observe(evaluations: 2, seconds: 0.4) }
        #expect(abs(estimate.cost.seconds(evaluations: 16) - 3.2) < 0.2)
        for _ in 0..<1000 { estimate.observe(evaluations: 2, seconds: 0.1) }
        #expect(abs(estimate.cost.seconds(evaluations: 16) - 0.8) < 0.1)
    }

    /// The guess says that batches do not pay. Where enough wait, they are tried all the same; they grow for as long as that
    /// pays, and are let be where it does not.
    @Test(arguments: [
        (StepCost(baseSeconds: 0.1, secondsPerEvaluation: 0.001), 8),
        (StepCost(baseSeconds: 0, secondsPerEvaluation: 0.1), 1),
    ])
    func largerBatchesAreTriedWhereEnoughWait(truth: StepCost, rows: Int) throws {
        var settings = PriceSettings()
        settings.priorCostPerMegapixel = StepCost(baseSeconds: 0, secondsPerEvaluation: 1)
        var book = try PriceBook(settings: settings)
        let recipe = TierRecipe(steps: 30)
        func draw(_ rows: Int, steps: Int) {
            for _ in 0..<steps {
                let evaluations = 2 * Double(rows)
                book.observeStep(
                    Self.shape, evaluations: evaluations, seconds: truth.seconds(evaluations: evaluations))
            }
        }
        draw(1, steps: 3000)
        #expect(book.rowTarget(Self.shape, recipe: recipe, waiting: 1) == 1)
        #expect(book.rowTarget(Self.shape, recipe: recipe, waiting: 2) == 2)
        for _ in 0..<10 {
            draw(book.rowTarget(Self.shape, recipe: recipe, waiting: 100), steps: 4)
        }
        #expect(book.rowTarget(Self.shape, recipe: recipe, waiting: 100) == rows)
        #expect(book.rowTarget(Self.shape, recipe: recipe) == rows)
        #expect(book.hasMeasured(Self.shape, evaluations: 4))
        #expect(book.hasMeasured(Self.shape, evaluations: 16) == (rows == 8))
    }

    @Test func followsADeviceThatSlowsDown() {
        var estimate = StepCostEstimate(prior: StepCost(baseSeconds: 0, secondsPerEvaluation: 0.1))
        for _ in 0..<100 { estimate.observe(evaluations: 4, seconds: 0.4) }
        for _ in 0..<2000 { estimate.observe(evaluations: 4, seconds: 0.8) }
        #expect(abs(estimate.cost.seconds(evaluations: 4) - 0.8) < 0.02)
    }

    @Test(arguments: [(0.0, 1.0), (1, 0), (1, -1), (.nan, 1), (1, .infinity), (1, .nan)])
    func leavesOutWhatCannotBe(evaluations: Double, seconds: Double) {
        var estimate = StepCostEstimate(prior: StepCost(baseSeconds: 1, secondsPerEvaluation: 1))
        estimate.observe(evaluations: evaluations, seconds: seconds)
        #expect(estimate.measurementCount == 0)
    }

    /// Pictures that came one after another, so that each stands at a step of its own, drawn step by step.
    @Test(
        arguments: [
            TierRecipe(steps: 12, guidedShare: 0.6), TierRecipe(steps: 8, guidedShare: 0.5),
            TierRecipe(steps: 20, guidedShare: 0.8),
        ], [1, 2, 4, 8])
    func aMixedBatchCostsWhatItsProgramsCompute(recipe: TierRecipe, rows: Int) throws {
        var settings = PriceSettings()
        settings.priorCostPerMegapixel = StepCost(baseSeconds: 10, secondsPerEvaluation: 0.1)
        settings.priorFinishingSecondsPerMegapixel = 0
        settings.rowLimit = rows
        settings.leastRowGain = 0
        let book = try PriceBook(settings: settings)
        let megapixel = PictureShape(model: "m", width: 1000, height: 1000)
        #expect(book.rowTarget(megapixel, recipe: recipe) == rows)
        var generator = SeededGenerator(seed: 5)
        var (seconds, needed) = (0.0, 0.0)
        let trials = 4000
        for _ in 0..<trials {
            let guided = (0..<rows).count { _ in
                Int.random(in: 0..<recipe.steps, using: &generator) < recipe.guidedSteps
            }
            let evaluations = Double(rows + GuidedRows.computed(guided, of: rows))
            seconds += StepCost(baseSeconds: 10, secondsPerEvaluation: 0.1).seconds(evaluations: evaluations)
            needed += Double(rows + guided)
        }
        let step = seconds / Double(trials)
        let price = book.price(megapixel, recipe: recipe)
        let share = price.workSeconds * Double(rows) / (step * Double(recipe.steps))
        #expect(abs(share - 1) < 0.005, "\(share)")
        // The price of two evaluations in every step would be too much; that of what is needed, too little.
        let shared = recipe.evaluations(reusedStepShare: 1, rows: rows)
        #expect(shared < 2 * Double(recipe.steps))
        #expect(rows == 1 || shared > needed / Double(trials * rows) * Double(recipe.steps))
    }

    @Test func programsComputeNoneHalfOrAllRowsTwice() {
        #expect((0...8).map { GuidedRows.computed($0, of: 8) } == [0, 4, 4, 4, 4, 8, 8, 8, 8])
        #expect((0...3).map { GuidedRows.computed($0, of: 3) } == [0, 2, 2, 3])
        #expect((0...1).map { GuidedRows.computed($0, of: 1) } == [0, 1])
        for share in [-1, 0, 1, 2, Double.nan] { #expect(GuidedRows.excess(share: share, of: 8) == 1) }
        #expect(GuidedRows.excess(share: 0.5, of: 1) == 1)
    }

    @Test func priceOfABatchIsItsSteps() throws {
        var settings = PriceSettings()
        settings.priorCostPerMegapixel = StepCost(baseSeconds: 0.1, secondsPerEvaluation: 0.1)
        settings.priorFinishingSecondsPerMegapixel = 0
        settings.rowLimit = 1
        let book = try PriceBook(settings: settings)
        let megapixel = PictureShape(model: "m", width: 1000, height: 1000)
        let price = book.price(megapixel, recipe: TierRecipe(steps: 10))
        #expect(abs(price.workSeconds - 3) < 1e-9)
        #expect(price.aloneSeconds == price.drawSeconds)
    }

    @Test func anotherSizeOfAMeasuredModelIsScaled() throws {
        var book = try PriceBook()
        for index in 0..<200 {
            let evaluations = Double(1 + index % 8)
            book.observeStep(Self.shape, evaluations: evaluations, seconds: 0.01 + 0.02 * evaluations)
        }
        let twice = PictureShape(model: "hanji", width: 1024, height: 512)
        let cost = book.stepCost(twice)
        #expect(abs(cost.secondsPerEvaluation - 0.04) < 0.002)
        #expect(abs(cost.baseSeconds - 0.01) < 0.003)
    }

    @Test func strangersCannotFillTheBook() throws {
        var settings = PriceSettings()
        settings.shapeLimit = 2
        var book = try PriceBook(settings: settings)
        for width in 1...10 {
            let shape = PictureShape(model: "m", width: width * 64, height: 64)
            for _ in 0..<20 { book.observeStep(shape, evaluations: 1, seconds: 7) }
        }
        let known = book.stepCost(PictureShape(model: "m", width: 64, height: 64))
        let unknown = book.stepCost(PictureShape(model: "m", width: 640, height: 64))
        #expect(abs(known.seconds(evaluations: 1) - 7) < 0.5)
        #expect(unknown.secondsPerEvaluation > 5 * known.secondsPerEvaluation)
    }

    @Test func aLowerTierIsCheaperByMuch() throws {
        let book = try PriceBook()
        let recipes = TierRecipes()
        try recipes.validate()
        let prices = Tier.allCases.map { book.price(Self.shape, recipe: recipes[$0]).workSeconds }
        #expect(zip(prices, prices.dropFirst()).allSatisfy { $0 > 1.4 * $1 }, "\(prices)")
    }

    /// A row that asks the model twice in all its steps weighs two of those that ask once.
    @Test func rowsAreReckonedInTheRecipeOfMost() {
        #expect(Tier.usual(among: [.full, .turbo, .turbo, .quick]) == .turbo)
        #expect(Tier.usual(among: [.quick, .full, .full, .quick]) == .quick)
        #expect(Tier.usual(among: []) == nil)
        let (full, turbo) = (TierRecipe(steps: 30), TierRecipe(steps: 8, guidedShare: 0))
        #expect(full.seats(beside: turbo) == 2)
        #expect(turbo.seats(beside: full) == 1)
        #expect(full.seats(beside: full) == 1)
    }

    /// What joins beside a light caller's dear row makes its picture take no more than `longestStretch` times as long as alone,
    /// the decoding of the others' pictures included.
    @Test(
        arguments: [0, 0.08, 0.4],
        [
            StepCost(baseSeconds: 0.016, secondsPerEvaluation: 0.014),
            StepCost(baseSeconds: 0.1, secondsPerEvaluation: 0.002),
        ])
    func aLightCallersDearRowIsNotCrowded(finishing: Double, cost: StepCost) throws {
        var settings = PriceSettings()
        settings.priorCostPerMegapixel = cost
        settings.priorFinishingSecondsPerMegapixel = finishing
        let book = try PriceBook(settings: settings)
        let megapixel = PictureShape(model: "m", width: 1000, height: 1000)
        let (full, turbo) = (TierRecipes().full, TierRecipes().turbo)
        let limit = book.rowTarget(megapixel, recipe: turbo)
        func seats(_ recipe: TierRecipe, isLight: Bool) -> Int {
            book.seats(megapixel, recipe: recipe, isLight: isLight, beside: turbo, rowLimit: limit)
        }
        #expect(seats(turbo, isLight: true) == 1 && seats(turbo, isLight: false) == 1)
        #expect(seats(full, isLight: false) == 2)
        let light = seats(full, isLight: true)
        #expect(light >= 2)
        // Others join while the seats taken are fewer than the limit.
        let others = Double(max(0, limit - light))
        let alone = book.price(megapixel, recipe: full).aloneSeconds
        let steps = Double(full.steps)
        let beside =
            alone + steps * others * (2 * cost.secondsPerEvaluation + finishing / Double(turbo.steps))
        #expect(beside <= settings.longestStretch * alone + 1e-9, "\(others) beside it: \(beside / alone)")
        #expect(
            finishing > 0 || cost.baseSeconds < 0.05 || others > 0, "where rows cost nothing, others join")
    }

    @Test func reusedStepsCountInPart() {
        let recipe = TierRecipe(steps: 10, guidedShare: 0.5, featureInterval: 2)
        // Steps 0, 2, 4 are fresh and guided, 1, 3 reused and guided; 6, 8 fresh; 5, 7, 9 reused.
        #expect(abs(recipe.evaluations - (6 + 4 * 0.4 + 2 + 3 * 0.4)) < 1e-9)
    }

    /// What reusing saves on a device is learned, and does not touch what whole steps cost.
    @Test func whatReusingSavesIsLearned() throws {
        var book = try PriceBook()
        for _ in 0..<300 {
            book.observeStep(Self.shape, evaluations: 2, seconds: 0.2)
            book.observeReusedStep(Self.shape, evaluations: 2, seconds: 0.14)
        }
        let cost = book.stepCost(Self.shape)
        #expect(abs(cost.seconds(evaluations: 2) - 0.2) < 1e-3)
        let whole = book.price(Self.shape, recipe: TierRecipe(steps: 10)).aloneSeconds
        let reused = book.price(Self.shape, recipe: TierRecipe(steps: 10, featureInterval: 2)).aloneSeconds
        // Half of the steps at seven tenths of what evaluations cost; the guess, four tenths, would say 4 of 10 saved.
        let saved = 5 * 2 * cost.secondsPerEvaluation * 0.3
        #expect(abs(whole - reused - saved) < 0.02)
    }

    @Test(arguments: [
        TierRecipe(steps: 0), TierRecipe(steps: 1001), TierRecipe(steps: 8, guidedShare: 1.5),
        TierRecipe(steps: 8, featureInterval: 0), TierRecipe(steps: 8, featureInterval: 6),
    ])
    func refusesRecipes(recipe: TierRecipe) {
        #expect(throws: ServingError.self) { try recipe.validate() }
    }

    @Test func refusesATierDearerThanTheOneAbove() {
        var recipes = TierRecipes()
        recipes.quick.steps = 50
        #expect(throws: ServingError.self) { try recipes.validate() }
    }
}
