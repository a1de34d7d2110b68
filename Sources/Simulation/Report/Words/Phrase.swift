/// What a report says, in both languages.
enum Phrase: CaseIterable {
    case title, subtitle, seed, ondol, firstComeFirstServed, inOrder
    case scenarioFlood, scenarioSteady, scenarioDaily, scenarioWave, scenarioNewcomers, scenarioRecorded
    case crowdLight, crowdOrdinary, crowdHeavy, crowdMany, crowdPeople, crowdNewcomers, crowdKeys,
        crowdRecorded
    case devices, device, lasts, measuredFrom, warmUp
    case verdict, verdictPlain
    case keyFigures, moreFigures, requests, picturesAsked, accepted, delivered, wasted, abandoned, refused,
        turnedAway
    case inPromise, inTime, held, waitHalf, wait95, wait99, goodput, busy, loading, fairness, longestLine
    case lowestCapacity, failures, drawnAgain, forecastError, ofCallers, nobody, none
    case inPromiseNote, inTimeNote, heldNote, goodputNote, fairnessNote
    case who, crowd, pictures, gotShort, refusedShort, abandonedShort, refusals, tiersOf, overTime
    case demandTitle, demandText, demandUnit, asked, capacity, deliveredWork
    case waitTitle, waitText, waitUnit, half, of95, of99
    case fateTitle, fateText, fateUnit
    case tierTitle, tierText, tierUnit, tierFull, tierStandard, tierQuick, tierTurbo
    case refusalTitle, refusalText, refusalUnit
    case reasonMinute, reasonDay, reasonOnce, reasonCount, reasonWait, reasonQueue, reasonDevice, reasonLarge
    case fairTitle, fairText, fairUnit, fairAxis, askedShare
    case equalTitle, equalText, equalUnit, equalAxis
    case lineTitle, lineText, lineUnit
    case heatTitle, heatText, heatUnit, hottest, meanHeat, warm, hot, noHeat
    case awayTitle, awayText, awayUnit, warmDevices, hotDevices, awayDevices
    case forecastTitle, forecastText, forecastUnit, came, foreseen5, foreseen15, foreseen60, noForecast
    case fleetTitle, kind, count, speed, fullSeconds, loads, failsEvery, never, heatTo
    case nothing, invented, recordedNote
    case oneNeeded, devicesNeeded, notEnough, promiseIs, keptShare, refusedShare, evidence

    var english: String { texts.english }
    var korean: String { texts.korean }

    private var texts: (korean: String, english: String) {
        Self.table[self] ?? ("", "")
    }
}

extension Phrase {
    /// Every phrase; a test finds one that is missing.
    static let table: [Phrase: (korean: String, english: String)] = heading.merging(figures) { $1 }
        .merging(plots) { $1 }

    private static let heading: [Phrase: (korean: String, english: String)] = [
        .title: ("온돌 시뮬레이션", "Ondol simulation"),
        .subtitle: (
            "실제 서비스에서 쓰는 접수 코드를 가상 시계로 돌린 결과입니다. 그림은 한 장도 그리지 않았습니다.",
            "The code that admits requests in the real service, run under a virtual clock. No picture was drawn."
        ),
        .seed: ("시드 {}", "seed {}"),
        .ondol: ("온돌", "Ondol"),
        .firstComeFirstServed: ("선착순", "First come, first served"),
        .inOrder: ("선착순", "FIFO"),
        .scenarioFlood: ("홍수: 그릴 수 있는 양의 몇 배가 3분 동안", "Flood: far more than can be drawn, for three minutes"),
        .scenarioSteady: ("한결같은 수요", "Steady demand"),
        .scenarioDaily: ("하루의 오르내림", "The rise and fall of a day"),
        .scenarioWave: ("물결: 1분 만에 80배", "Wave: eighty times as much within a minute"),
        .scenarioNewcomers: ("한꺼번에 온 새 손님들", "Newcomers, all at once"),
        .scenarioRecorded: ("기록된 요청 되돌려 보기", "Recorded requests, asked again"),
        .crowdLight: ("가끔 부탁하는 사람들", "now and then"),
        .crowdOrdinary: ("평소의 사람들", "ordinary use"),
        .crowdHeavy: ("절반을 보낸 한 사람", "one who sends half"),
        .crowdMany: ("몰려온 사람들", "the many"),
        .crowdPeople: ("사람들", "people"),
        .crowdNewcomers: ("처음 온 사람들", "newcomers"),
        .crowdKeys: ("키가 있는 사람들", "callers with keys"),
        .crowdRecorded: ("기록된 사람들", "recorded people"),
        .devices: ("기기 {}대", "{} devices"),
        .device: ("기기 1대", "1 device"),
        .lasts: ("{} 동안", "{} long"),
        .measuredFrom: ("처음 {}은 준비 기간이라 수치에서 뺐습니다", "the first {} are left out of the figures"),
        .warmUp: ("여기부터 셉니다", "figures begin"),
        .verdict: (
            "받은 그림의 {}를 약속한 때까지 건넸습니다. 선착순이었다면 {}입니다.",
            "{} of the accepted pictures came no later than promised. First come, first served: {}."
        ),
        .verdictPlain: (
            "받은 그림의 {}를 약속한 때까지 건넸습니다.",
            "{} of the accepted pictures came no later than promised."
        ),
        .fleetTitle: ("기기", "The devices"),
        .kind: ("종류", "kind"),
        .count: ("대수", "count"),
        .speed: ("빠르기", "speed"),
        .fullSeconds: ("full 한 장", "one picture in full"),
        .loads: ("모델 · 어댑터 불러오기", "loading model · adapter"),
        .failsEvery: ("고장 간격", "breaks every"),
        .never: ("없음", "never"),
        .heatTo: ("온도 (쉴 때 → 일할 때)", "heat, idle → busy"),
        .oneNeeded: ("기기 1대면 됩니다.", "1 device is enough."),
        .devicesNeeded: ("기기 {}대가 필요합니다.", "{} devices are needed."),
        .notEnough: ("기기 {}대로도 모자랍니다.", "Not even {} devices are enough."),
        .promiseIs: (
            "약속: 바란 그림의 {}를 {} 안에, {} 이상의 정성으로.",
            "Promise: {} of the pictures wanted within {}, drawn in {} or better."
        ),
        .keptShare: ("약속을 지킴", "kept"),
        .refusedShare: ("돌려보냄", "refused"),
        .evidence: ("{}대면 약속을 지키는 비율이 {}입니다.", "With {}, {} of the pictures would come as promised."),
        .nothing: ("보여 줄 것이 없습니다.", "There is nothing to show."),
        .invented: ("수요는 지어낸 것이며 시드가 같으면 늘 같습니다.", "Demand is invented, and the same for the same seed."),
        .recordedNote: ("요청은 기록 파일에서 왔습니다.", "Requests come from a recording."),
    ]

    private static let figures: [Phrase: (korean: String, english: String)] = [
        .keyFigures: ("한눈에 보기", "At a glance"),
        .moreFigures: ("더 자세한 수치", "More figures"),
        .requests: ("요청 (다시 온 것 포함)", "requests, repeated ones too"),
        .picturesAsked: ("바란 그림", "pictures wanted"),
        .accepted: ("받아들인 그림", "pictures accepted"),
        .delivered: ("건넨 그림", "pictures delivered"),
        .wasted: ("떠난 사람에게 그려 준 그림", "drawn for people who had left"),
        .abandoned: ("기다리다 포기한 그림", "given up while waiting"),
        .refused: ("돌려보낸 요청", "requests turned away"),
        .turnedAway: ("끝내 못 받은 그림", "pictures never taken"),
        .inPromise: ("바란 지 {} 안에 받음", "had within {} of asking"),
        .inTime: ("약속한 때까지 옴", "no later than promised"),
        .held: ("약속한 범위 안에 옴", "within the promised range"),
        .waitHalf: ("기다림 · 절반은 이 안에", "wait · half within"),
        .wait95: ("기다림 · 95 %는 이 안에", "wait · 95 % within"),
        .wait99: ("기다림 · 99 %는 이 안에", "wait · 99 % within"),
        .goodput: ("쓸모 있게 쓴 성능", "goodput"),
        .busy: ("일한 시간", "devices busy"),
        .loading: ("모델을 불러온 시간", "loading models"),
        .fairness: ("공평함 (Jain)", "fairness (Jain)"),
        .longestLine: ("가장 길었던 줄", "longest line"),
        .lowestCapacity: ("가장 낮았던 성능", "least capacity left"),
        .failures: ("고장", "breakdowns"),
        .drawnAgain: ("고장으로 다시 그림", "drawn again after one"),
        .forecastError: ("예측 오차 · 5분 앞", "forecast error · 5 min ahead"),
        .ofCallers: ("{}명", "{} callers"),
        .nobody: ("늘 기다린 사람 없음", "nobody always waited"),
        .none: ("–", "–"),
        .inPromiseNote: (
            "자기 한도를 넘은 부탁은 뺀 비율입니다.", "Of all pictures wanted, less those over their caller's own limits."
        ),
        .inTimeNote: (
            "받아들인 그림 가운데 약속한 가장 늦은 때를 넘기지 않은 비율. 기다리다 포기한 것은 늦은 것으로 칩니다.",
            "Of accepted pictures, those not later than the latest time promised; given up counts as late."
        ),
        .heldNote: (
            "약속은 90 % 범위입니다. 잘 맞으면 85–95 %가 됩니다.", "Promises are ranges of 90 %; well calibrated is 85–95 %."
        ),
        .goodputNote: (
            "꽉 찬 배치로 할 수 있는 일 가운데, 자리에 있던 사람에게 건넨 일의 비율. 가끔 부탁하는 사람의 덤 자리까지 차면 100 %를 넘습니다.",
            "Work delivered to people still there, of what full batches could do; a seat kept for light callers counts beyond 1."
        ),
        .fairnessNote: (
            "늘 더 바라던 사람들이 받은 몫이 얼마나 고른지. 1이면 똑같습니다.",
            "How equal the shares of callers are who always wanted more; 1 is equal."
        ),
        .who: ("누가 어떻게 지냈나", "Who fared how"),
        .crowd: ("사람들", "people"),
        .pictures: ("바란 그림", "wanted"),
        .gotShort: ("받음", "got"),
        .refusedShort: ("돌려보냄", "refused"),
        .abandonedShort: ("포기", "gave up"),
        .refusals: ("돌려보낸 까닭", "Turned away, by reason"),
        .tiersOf: ("건넨 그림의 정성", "Effort of delivered pictures"),
        .overTime: ("시간에 따라", "Over time"),
        .tierFull: ("가장 정성껏 (full)", "full"),
        .tierStandard: ("정성껏 (standard)", "standard"),
        .tierQuick: ("조금 간단히 (quick)", "quick"),
        .tierTurbo: ("아주 간단히 (turbo)", "turbo"),
        .reasonMinute: ("1분 한도", "limit a minute"),
        .reasonDay: ("하루 한도", "limit a day"),
        .reasonOnce: ("동시 한도", "limit at once"),
        .reasonCount: ("장수 초과", "too many in one"),
        .reasonWait: ("기다림이 너무 긺", "wait too long"),
        .reasonQueue: ("줄이 꽉 참", "line full"),
        .reasonDevice: ("그릴 기기 없음", "no device"),
        .reasonLarge: ("너무 큰 부탁", "too large"),
    ]

    private static let plots: [Phrase: (korean: String, english: String)] = [
        .demandTitle: ("수요와 성능", "Demand and capacity"),
        .demandText: (
            "바란 것을 모두 full로 그리려면 기기가 몇 대 있어야 했는지, 실제로는 몇 대만큼 그릴 수 있었는지.",
            "How many devices it would take to draw all that was asked for in full, and how many there were."
        ),
        .demandUnit: ("기기 대수", "devices"),
        .asked: ("바란 일", "asked for"),
        .capacity: ("할 수 있는 일", "capacity"),
        .deliveredWork: ("건넨 일", "delivered"),
        .waitTitle: ("기다림", "Waiting"),
        .waitText: (
            "그때 처음 부탁한 사람들이 그림을 받기까지 걸린 시간. 받지 못한 사람은 여기 없습니다.",
            "From first asking to the picture, for those who first asked then. Those who got none are not in it."
        ),
        .waitUnit: ("초", "seconds"),
        .half: ("절반", "half"),
        .of95: ("95 %", "95 %"),
        .of99: ("99 %", "99 %"),
        .fateTitle: ("요청은 어떻게 되었나", "What became of requests"),
        .fateText: (
            "1초에 건넨 그림, 돌려보낸 요청, 기다리다 포기한 그림.",
            "Pictures delivered, requests turned away and pictures given up, a second."
        ),
        .fateUnit: ("초당", "a second"),
        .tierTitle: ("정성", "Tiers"),
        .tierText: (
            "붐비면 단계 수를 줄여 더 많은 사람에게 그려 주고, 한가해지면 되돌립니다.",
            "As it gets crowded, pictures get less effort so that more people get one; then it goes back."
        ),
        .tierUnit: ("건넨 그림의 %", "% of delivered pictures"),
        .refusalTitle: ("돌려보낸 까닭", "Refusals by reason"),
        .refusalText: (
            "돌려보낼 때는 곧바로, 까닭과 다시 올 때를 알려 줍니다.",
            "Whoever is turned away is told at once why, and when to come back."
        ),
        .refusalUnit: ("초당 요청", "requests a second"),
        .fairTitle: ("누가 얼마나 가져갔나", "Who got how much"),
        .fairText: (
            "많이 부탁한 사람부터 줄 세웠습니다. 부탁한 몫과 받은 몫이 벌어질수록, 많이 보낸다고 더 받지 못했다는 뜻입니다.",
            "Callers in line, those who asked for most first. The further served lies below asked, the less did asking more buy."
        ),
        .fairUnit: ("누적 %", "cumulative %"),
        .fairAxis: ("부탁을 많이 한 순서로 본 사람들 (%)", "callers, most asking first (%)"),
        .askedShare: ("부탁한 몫", "asked for"),
        .equalTitle: ("늘 더 바란 사람들의 몫", "Shares of those who always wanted more"),
        .equalText: (
            "측정하는 동안 늘 기다리는 그림이 있던 사람들. 1이면 평균만큼 받았습니다.",
            "Callers who had something waiting all the time; 1 is the mean."
        ),
        .equalUnit: ("평균의 몇 배", "parts of the mean"),
        .equalAxis: ("적게 받은 순서로 본 사람들 (%)", "callers, least served first (%)"),
        .lineTitle: ("줄의 길이", "The line"),
        .lineText: ("기다리는 그림 수.", "Pictures waiting."),
        .lineUnit: ("장", "pictures"),
        .heatTitle: ("열", "Heat"),
        .heatText: (
            "따뜻함 선을 넘으면 작은 배치로 그리고, 뜨거움 선을 넘으면 식을 때까지 새로 받지 않습니다.",
            "Above the first line devices take smaller batches, above the second nothing new until they have cooled."
        ),
        .heatUnit: ("°C", "°C"),
        .hottest: ("가장 뜨거운 기기", "hottest device"),
        .meanHeat: ("평균", "mean"),
        .warm: ("따뜻함: 작은 배치", "warm: smaller batches"),
        .hot: ("뜨거움: 쉼", "hot: rests"),
        .noHeat: ("이 기기들에는 온도가 정해져 있지 않습니다.", "These devices have no temperature."),
        .awayTitle: ("빠진 기기", "Devices held back"),
        .awayText: (
            "더워서 덜 그리거나 쉬거나 고장 난 기기 수.", "Devices that draw less for heat, rest, or are broken."
        ),
        .awayUnit: ("대", "devices"),
        .warmDevices: ("더움", "warm"),
        .hotDevices: ("뜨거움", "hot"),
        .awayDevices: ("고장", "broken"),
        .forecastTitle: ("예측과 실제", "Forecast and what came"),
        .forecastText: (
            "그 시각에 올 수요를 5분, 15분, 60분 전에 얼마로 내다보았는지. 예측은 물결이 오기 전에 정성을 미리 낮추는 데 쓰입니다.",
            "What had been foreseen for each minute 5, 15 and 60 minutes before. The forecast lowers effort before the line is long."
        ),
        .forecastUnit: ("기기 대수", "devices"),
        .came: ("실제", "came"),
        .foreseen5: ("5분 전 예측", "5 min before"),
        .foreseen15: ("15분 전 예측", "15 min before"),
        .foreseen60: ("60분 전 예측", "60 min before"),
        .noForecast: ("예측하기에는 너무 짧습니다.", "Too short for a forecast."),
    ]
}

extension ReportWords {
    /// The tiers in their order.
    var tiers: [String] { [self(.tierFull), self(.tierStandard), self(.tierQuick), self(.tierTurbo)] }
    /// The reasons of refusals in their order.
    var reasons: [String] {
        [
            self(.reasonMinute), self(.reasonDay), self(.reasonOnce), self(.reasonCount), self(.reasonWait),
            self(.reasonQueue), self(.reasonDevice), self(.reasonLarge),
        ]
    }
}
