/// How a picture of a tier is drawn.
public struct TierRecipe: Sendable, Hashable, Codable {
    /// The solvers a recipe may name, written as the room that has them writes them.
    public enum Solver: String, Sendable, Hashable, Codable, CaseIterable {
        /// DPM-Solver++ of order two, multistep.
        case dpmSolverPlusPlus = "dpm++2m"
        /// Deterministic DDIM.
        case ddim
        /// Euler's method.
        case euler
        /// Euler's method with noise.
        case eulerAncestral = "euler-ancestral"
    }

    /// Denoising steps; at least 1.
    public var steps: Int
    /// The solver.
    public var solver: Solver
    /// The share of the steps, from the first on, that are guided; 0 to 1.
    public var guidedShare: Double
    /// Every how many steps the deep features are computed anew; 1 is always.
    public var featureInterval: Int

    /// What a step that reuses the deep features costs beside one that computes them.
    public static let reusedStepShare = 0.4
    /// The most steps.
    public static let stepLimit = 1000

    /// Makes a recipe.
    public init(
        steps: Int, solver: Solver = .dpmSolverPlusPlus, guidedShare: Double = 1, featureInterval: Int = 1
    ) {
        self.steps = steps
        self.solver = solver
        self.guidedShare = guidedShare
        self.featureInterval = featureInterval
    }

    /// How many steps are guided, the first ones; rounded to the nearest.
    public var guidedSteps: Int { Int((Double(steps) * guidedShare).rounded()) }

    /// Network evaluations of the whole picture, a step that reuses features counting as a part of one.
    public var evaluations: Double { evaluations(reusedStepShare: Self.reusedStepShare) }

    /// The same, with what was measured of the part.
    public func evaluations(reusedStepShare: Double) -> Double {
        evaluations(reusedStepShare: reusedStepShare, rows: 1)
    }

    /// The same in a batch of such pictures at different steps, each picture's share of what is computed for those that are
    /// guided included; see ``GuidedRows``.
    public func evaluations(reusedStepShare: Double, rows: Int) -> Double {
        let guided = guidedSteps
        func weighed(_ count: Int) -> Double {
            let fresh = Double(Self.multiples(of: featureInterval, below: count))
            return fresh + (Double(count) - fresh) * reusedStepShare
        }
        let share = Double(guided) / Double(max(1, steps))
        return weighed(steps) + weighed(guided) * GuidedRows.excess(share: share, of: rows)
    }

    /// Network evaluations of one step, on the average of the picture's.
    public var evaluationsPerStep: Double { evaluations / Double(max(1, steps)) }

    /// Throws ``ServingError`` where a part is out of range.
    public func validate() throws(ServingError) {
        try ServingError.require(
            (1...Self.stepLimit).contains(steps), "steps", "between 1 and \(Self.stepLimit)")
        try ServingError.require((0...1).contains(guidedShare), "guidedShare", "between 0 and 1")
        try ServingError.require(
            (1...5).contains(featureInterval), "featureInterval",
            "between 1 and 5; beyond, pictures fall apart")
    }

    private static func multiples(of interval: Int, below count: Int) -> Int {
        (count + interval - 1) / interval
    }
}

/// The recipe of each tier.
public struct TierRecipes: Sendable, Hashable, Codable {
    /// The recipe of `full`.
    public var full: TierRecipe
    /// The recipe of `standard`.
    public var standard: TierRecipe
    /// The recipe of `quick`.
    public var quick: TierRecipe
    /// The recipe of `turbo`.
    public var turbo: TierRecipe

    /// Makes the recipes.
    ///
    /// Source of the defaults: second-order solvers need 20 steps where first-order ones need 30 and more (C. Lu et al.,
    /// 2022, https://arxiv.org/abs/2211.01095); guidance matters in the earlier steps (T. Kynkäänniemi et al., 2024,
    /// https://arxiv.org/abs/2404.07724); deep features change little from step to step (X. Ma et al., 2024,
    /// https://arxiv.org/abs/2312.00858). Every tier is decoded in full: a small decoder would have to be learned for each model.
    public init(
        full: TierRecipe = TierRecipe(steps: 30),
        standard: TierRecipe = TierRecipe(steps: 20, guidedShare: 0.8),
        quick: TierRecipe = TierRecipe(steps: 12, guidedShare: 0.6, featureInterval: 2),
        turbo: TierRecipe = TierRecipe(steps: 8, guidedShare: 0.5, featureInterval: 2)
    ) {
        self.full = full
        self.standard = standard
        self.quick = quick
        self.turbo = turbo
    }

    /// The recipe of a tier.
    public subscript(tier: Tier) -> TierRecipe {
        switch tier {
        case .full: full
        case .standard: standard
        case .quick: quick
        case .turbo: turbo
        }
    }

    /// Throws ``ServingError`` where a recipe is out of range, or a lower tier costs more than the one above.
    public func validate() throws(ServingError) {
        for tier in Tier.allCases { try self[tier].validate() }
        for (upper, lower) in zip(Tier.allCases, Tier.allCases.dropFirst()) {
            try ServingError.require(
                self[lower].evaluations <= self[upper].evaluations, "the recipe of \(lower)",
                "no dearer than that of \(upper)")
        }
    }
}
