/// How a medium puts a shape on paper.
struct MediumStyle {
    /// How a filled shape is modelled.
    enum Modelling {
        /// A wash that runs from pale to deep.
        case wash
        /// Thick strokes laid over the shape.
        case impasto
        /// One even colour.
        case even
        /// One even colour with a crisp darker side.
        case cutOut
        /// A soft gradient with a chalky light edge.
        case chalk
    }

    let modelling: Modelling
    let paper: Color
    /// How much paper shows through the background and through the figure.
    let paperShare: Double
    let figurePaperShare: Double
    let saturation: Double
    let gain: Double
    /// The line around shapes; nil where there is none.
    let outline: Color?
    let outlineWidth: Double
    /// How strongly light models a shape.
    let shading: Double
    let opacity: Double

    init(_ medium: Medium) {
        switch medium {
        case .watercolor:
            self.init(
                .wash, paper: 0xFDFAF2, paperShare: 0.16, figurePaperShare: 0.08, saturation: 1.05,
                gain: 1.03,
                shading: 0.3, opacity: 0.9)
        case .oil:
            self.init(
                .impasto, paper: 0x8A5A38, paperShare: 0.04, figurePaperShare: 0.02, saturation: 1.22,
                gain: 0.93,
                shading: 0.26)
        case .ink:
            self.init(
                .even, paper: 0xFBF4E4, paperShare: 0.30, figurePaperShare: 0.12, saturation: 0.85, gain: 1,
                outline: 0x17141C, outlineWidth: 0.0115, shading: 0)
        case .pencil:
            self.init(
                .even, paper: 0xFFFEFA, paperShare: 0.50, figurePaperShare: 0.34, saturation: 0.95,
                gain: 1.03,
                outline: 0x77757C, outlineWidth: 0.0055, shading: 0)
        case .pastel:
            self.init(
                .chalk, paper: 0xF3E4D6, paperShare: 0.17, figurePaperShare: 0.08, saturation: 0.94,
                gain: 1.03,
                shading: 0.2)
        case .flat:
            self.init(
                .cutOut, paper: 0xFFFFFF, paperShare: 0, figurePaperShare: 0, saturation: 1.16, gain: 1,
                shading: 0)
        }
    }

    private init(
        _ modelling: Modelling, paper: Int, paperShare: Double, figurePaperShare: Double, saturation: Double,
        gain: Double, outline: Int? = nil, outlineWidth: Double = 0, shading: Double, opacity: Double = 1
    ) {
        self.modelling = modelling
        self.paper = Color(paper)
        self.paperShare = paperShare
        self.figurePaperShare = figurePaperShare
        self.saturation = saturation
        self.gain = gain
        self.outline = outline.map { Color($0) }
        self.outlineWidth = outlineWidth
        self.shading = shading
        self.opacity = opacity
    }
}
