/// How a medium puts a shape on paper.
struct Manner {
    /// How a filled shape is modelled.
    enum Body {
        /// A gradient from light to shade.
        case modelled
        /// One even colour with a crisp darker side.
        case crisp
        /// A sheet of paper that throws a shadow.
        case layered
        /// One of a few inks, carved.
        case block
    }

    let body: Body
    let paper: Color
    /// How much paper shows through the background and through the figures.
    var paperShare = 0.0
    var figurePaperShare = 0.0
    var saturation = 1.0
    var gain = 1.0
    /// The line around shapes; nil where there is none.
    var outline: Color?
    var outlineWidth = 0.0
    /// How strongly light models a shape.
    var shading = 0.25

    init(_ medium: Tableau.Medium) {
        switch medium {
        case .watercolor:
            (body, paper) = (.modelled, Color(0xFDFAF2))
            (paperShare, figurePaperShare, saturation, gain) = (0.14, 0.06, 1.12, 1.04)
            shading = 0.32
        case .gouache:
            (body, paper) = (.modelled, Color(0xF4EADA))
            (paperShare, figurePaperShare, saturation, gain) = (0.05, 0.02, 1.06, 1.0)
            shading = 0.22
        case .oil:
            (body, paper) = (.modelled, Color(0x8A5A38))
            (paperShare, figurePaperShare, saturation, gain) = (0.05, 0.02, 1.20, 0.95)
            shading = 0.34
        case .inkWash:
            (body, paper) = (.modelled, Color(0xF7F1E3))
            (paperShare, figurePaperShare, saturation, gain) = (0.22, 0.10, 0.22, 1.0)
            (outline, outlineWidth, shading) = (Color(0x1E1C22), 0.0052, 0.30)
        case .pencil:
            (body, paper) = (.modelled, Color(0xFBFAF6))
            (paperShare, figurePaperShare, saturation, gain) = (0.40, 0.26, 0.0, 1.04)
            (outline, outlineWidth, shading) = (Color(0x4A494E), 0.0040, 0.26)
        case .colouredPencil:
            (body, paper) = (.modelled, Color(0xFFFEFA))
            (paperShare, figurePaperShare, saturation, gain) = (0.36, 0.22, 1.08, 1.03)
            (outline, outlineWidth, shading) = (Color(0x6A6270), 0.0040, 0.24)
        case .pastel:
            (body, paper) = (.modelled, Color(0xE6D6C6))
            (paperShare, figurePaperShare, saturation, gain) = (0.16, 0.07, 0.96, 1.04)
            shading = 0.26
        case .paperCut:
            (body, paper) = (.layered, Color(0xFBF6EC))
            (saturation, gain, shading) = (1.04, 1.02, 0.05)
        case .woodcut:
            (body, paper) = (.block, Color(0xF3E6C8))
            (saturation, gain) = (0.95, 1.0)
            (outline, outlineWidth, shading) = (Color(0x1A1718), 0.0068, 0)
        case .flat:
            (body, paper) = (.crisp, .white)
            (saturation, gain, shading) = (1.14, 1.0, 0)
        }
    }
}
