namespace Surveillance.Benchmarks.Searching;

/// <summary>What generated listings are made of. In braces: i an item, c a city, p a promise, t a tool, g goods, d days, n a price, y a year, k a contact, w a dictionary word.</summary>
internal static class Wording
{
    public static string[] Items { get; } =
    [
        "低压电工证", "高压电工证", "低压电工操作证", "焊工证", "高处作业证", "制冷证", "特种作业操作证", "登高证", "叉车证", "电工证", "低压证", "高空作业证",
    ];

    /// <summary>What an item is filed under; null where it is none of the regulated ones.</summary>
    public static Dictionary<string, string> Filed { get; } = new(StringComparer.Ordinal)
    {
        ["低压电工证"] = "低压电工证",
        ["低压电工操作证"] = "低压电工证",
        ["低压证"] = "低压电工证",
        ["高压电工证"] = "高压电工证",
        ["焊工证"] = "焊工证",
        ["高处作业证"] = "高处作业证",
        ["高空作业证"] = "高处作业证",
        ["登高证"] = "高处作业证",
        ["制冷证"] = "制冷证",
    };

    /// <summary>With the province each lies in; the first ones are drawn much more often.</summary>
    public static (string Region, string City)[] Cities { get; } =
    [
        ("广东", "深圳"), ("浙江", "杭州"), ("江苏", "苏州"), ("广东", "广州"), ("上海", "上海"), ("北京", "北京"), ("四川", "成都"), ("河南", "郑州"), ("湖北", "武汉"), ("山东", "青岛"),
        ("福建", "厦门"), ("湖南", "长沙"), ("安徽", "合肥"), ("河北", "石家庄"), ("陕西", "西安"), ("重庆", "重庆"), ("江西", "南昌"), ("辽宁", "沈阳"), ("天津", "天津"), ("云南", "昆明"),
        ("广西", "南宁"), ("山西", "太原"), ("贵州", "贵阳"), ("黑龙江", "哈尔滨"), ("吉林", "长春"), ("内蒙古", "呼和浩特"), ("甘肃", "兰州"), ("新疆", "乌鲁木齐"), ("海南", "海口"), ("青海", "西宁"),
    ];

    public static string[] Platforms { get; } = ["闲鱼", "淘宝", "拼多多", "转转", "京东", "抖音小店", "微店"];

    /// <summary>Plain and disguised; the second is the type that a finding of it has.</summary>
    public static (string Said, string Type)[] Promises { get; } =
    [
        ("包过", "guarantee"), ("保过", "guarantee"), ("报过", "guarantee"), ("包 过", "guarantee"), ("包過", "guarantee"), ("bao过", "guarantee"), ("必过", "guarantee"), ("不过退款", "guarantee"),
        ("通过率100%", "guarantee"), ("三天拿证", "guarantee"), ("不用考试", "exam-bypass"), ("免考", "exam-bypass"), ("无需到场", "exam-bypass"), ("代考", "exam-bypass"), ("不考試直接拿证", "exam-bypass"),
        ("内部名额", "insider"), ("考官押题", "insider"), ("应急管理局直属", "state-organ"), ("官方指定报名点", "state-organ"), ("全国第一", "superlative"), ("终身有效无需复审", "false-claim"),
        ("办证刻章", "fake-certificate"), ("仿真证现货", "fake-certificate"), ("低压电工证报名", "restricted-item"), ("协会推荐", "endorsement"),
    ];

    public static string[] Tools { get; } = ["电钻", "电焊机", "万用表", "绝缘手套", "剥线钳", "电烙铁", "测电笔", "安全帽", "安全带", "配电箱", "手持电钻", "电工工具包"];

    public static string[] Goods { get; } =
    [
        "手机壳", "连衣裙", "运动鞋", "充电宝", "蓝牙耳机", "机械键盘", "婴儿车", "自行车", "吉他", "书桌", "显示器", "羽绒服", "电饭煲", "空调扇", "行李箱", "USB数据线", "type-c转接头", "iPhone 15",
    ];

    public static string[] OfferTitles { get; } = ["{i}{p} {c}", "{c}{i}报名 {p}", "{i} {d}天出证{p}", "【{p}】{i}全国联网可查", "{i}办理 {p} 加急", "考{i}找我，{p}！", "{p}✅{i}", "{y}年{i}{p}代报名"];

    public static string[] OfferSentences { get; } =
    [
        "{i}{p}，{d}天拿证，", "全国联网可查，", "{c}本地上课，", "身份证照片发我就行，", "联系{k}，", "价格{n}元，", "老学员介绍有优惠，", "先学习后付款，", "{p}，签合同，", "报名资料：身份证、学历、照片，", "应急局官网可查，",
        "报过的都说好，", "在家等证，", "名额有限，", "不收任何其他费用，", "加{k}详聊，", "支持闲鱼交易，", "{y}年新政策，", "复审换证也可以，", "{i}、{i}都可以办。",
    ];

    public static string[] CourseTitles { get; } = ["{i}题库 {y}新版", "{i}培训课程 视频", "{c}{i}培训 线下实操", "{i}教材 考试用书", "电工基础培训资料", "{i}模拟考试 app", "{i}理论课程 讲义", "{y}年{i}考试大纲"];

    public static string[] CourseSentences { get; } =
    [
        "正规培训课程，", "考试靠自己，不包过，", "视频讲解加题库，", "{c}校区实操，", "发货快，包邮，", "电子版自动发货，", "按{y}年大纲编写，", "章节练习、模拟考试、错题本，", "适合零基础学电工的朋友，", "请到应急管理局官网报名，",
        "老师在线答疑，", "教材共{n}页，", "拒绝任何代考，", "严厉打击包过骗局，", "介意者勿拍，",
    ];

    public static string[] JobTitles { get; } = ["{c}招聘电工 持{i}", "急招{i}持证电工", "物业电工 月薪{n}0", "工地招焊工 包吃住"];

    public static string[] JobSentences { get; } = ["要求持{i}上岗，", "月薪{n}0元，", "五险一金，", "包吃住，", "工作地点{c}，", "有{d}年以上经验优先，", "电话联系{k}，", "负责配电房日常巡检，", "招聘单位提供培训，"];

    public static string[] GoodsTitles { get; } = ["全新{g} 包邮", "{g} 九成新", "二手{t} 正常使用", "{t} {c}自提", "{g}{w}款 {n}元", "{w}{w}{g}", "出{g}，{w}", "{y}新款{g} 正品", "{t}全套 工厂直销"];

    public static string[] GoodsSentences { get; } = ["全新未拆封，", "包邮，", "正品保证，", "支持验货，", "七天无理由退货，", "{c}发货，", "原价{n}元，", "闲置出售，", "成色如图，", "不议价，", "{t}一起打包，", "带发票和保修卡，", "有需要联系{k}。"];
}
