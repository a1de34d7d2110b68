import FoundationEssentials
import Images
import Testing

@testable import Provenance

/// What is written for those who read metadata and no credentials.
struct MetadataTests {
    @Test("Every format carries the packet, byte for byte", arguments: PictureEncoding.each)
    func packet(encoding: PictureEncoding) throws {
        let packet = PictureMetadata(try TrialSigning.origin()).packet
        let bytes = try TrialSigning.picture().encoded(as: encoding, metadata: packet)
        #expect(bytes.firstRange(of: packet) != nil)
        // It is still a picture of the same size.
        #expect(try Picture(decoding: bytes).width == 96)
    }

    @Test("The packet says what IPTC, PLUS and XMP have fields for")
    func fields() throws {
        var origin = try TrialSigning.origin()
        let text = String(decoding: PictureMetadata(origin).packet, as: UTF8.self)
        for part in [
            "<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia<",
            "<Iptc4xmpExt:AISystemUsed>Example hanji<",
            "<Iptc4xmpExt:AISystemVersionUsed>1, sha256:abc, Ondol 0.1.0<",
            "<Iptc4xmpExt:AIPromptInformation>노을 속 &quot;소년&quot; &amp; &lt;고양이&gt;<",
            "<Iptc4xmpExt:AIPromptWriterName>이작가<",
            "xml:lang=\"x-default\">Commercial use is granted. Terms:",
            "<xmpRights:WebStatement>https://example.org/terms<", "DMI-PROHIBITED-AIMLTRAINING<",
            "<xmp:CreateDate>2026-11-28T02:00:00Z<", "<dc:identifier>picture-1<",
        ] { #expect(text.contains(part), "\(part)") }
        #expect(!text.contains("AIGC>"))
        origin.hasChineseLabel = true
        origin.beginning = .lostPhoto
        let chinese = String(decoding: PictureMetadata(origin).packet, as: UTF8.self)
        #expect(chinese.contains("&quot;Label&quot;:&quot;1&quot;"))
        #expect(chinese.contains("&quot;ProduceID&quot;:&quot;picture-1&quot;"))
        #expect(chinese.contains("/compositeWithTrainedAlgorithmicMedia<"))
    }

    @Test("A prompt that is too long, or holds what XML cannot, is cut and cleaned")
    func longPrompt() throws {
        var origin = try TrialSigning.origin()
        origin.prompt = "\u{0}\u{1}\u{FFFE}" + String(repeating: "&가", count: 32_000)
        let packet = PictureMetadata(origin).packet
        #expect(packet.count <= PictureMetadata.byteLimit)
        #expect(!packet.contains(0) && !packet.contains(1))
        #expect(String(decoding: packet, as: UTF8.self).contains("…</Iptc4xmpExt:AIPromptInformation>"))
        for encoding in PictureEncoding.each {
            let bytes = try TrialSigning.picture().encoded(as: encoding, metadata: packet)
            #expect(bytes.firstRange(of: packet) != nil)
        }
    }

    @Test("A packet that no JPEG could hold is refused")
    func tooLong() {
        let packet = [UInt8](repeating: 0x20, count: Picture.metadataLimit + 1)
        #expect(throws: ImagesError.self) {
            try TrialSigning.picture().encoded(as: .jpeg(), metadata: packet)
        }
    }
}
