import Server

extension ModelCatalogue {
    /// Two models: `hanji` draws listed sizes and edits one photo; `wide` draws multiples of 16, with transparency, and
    /// edits none.
    public static func scripted() throws(ServerError) -> ModelCatalogue {
        let size = { (width: Int, height: Int) throws(ServerError) -> PictureSize in
            guard let size = PictureSize(width: width, height: height) else {
                throw ServerError(.invalidSetting, "not a size")
            }
            return size
        }
        let square = try size(256, 256)
        return try ModelCatalogue(models: [
            ModelDescription(
                name: "hanji", created: ScriptedService.moment, sizes: .listed([square, try size(384, 256)]),
                defaultSize: square, substituteSizes: [try size(1024, 1024): square]),
            ModelDescription(
                name: "wide", created: ScriptedService.moment,
                sizes: .multiples(step: 16, pixels: 65_536...4_194_304, proportion: 3),
                defaultSize: try size(512, 512), drawsTransparency: true, photoLimit: 0, takesMask: false),
        ])
    }
}
