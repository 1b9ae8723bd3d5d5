using Surveillance.Classifier.Text;

namespace Surveillance.Tests.Text;

public sealed class ContactFinderTests
{
    public static TheoryData<string> Hostile => OddTexts.HostileNames;

    [Theory]
    [InlineData("电话13800000000", "phone 13800000000 13800000000")]
    [InlineData("一三八零零零零零零零零", "phone 13800000000 一三八零零零零零零零零")]
    [InlineData("138-0000-0000", "phone 13800000000 138-0000-0000")]
    [InlineData("1.3.8.0.0.0.0.0.0.0.0", "phone 13800000000 1.3.8.0.0.0.0.0.0.0.0")]
    [InlineData("❶❸❽00000000", "phone 13800000000 ❶❸❽00000000")]
    [InlineData("138oo138ooo", "phone 13800138000 138oo138ooo")]
    [InlineData("+86 138 0000 0000", "phone 13800000000 138 0000 0000")]
    [InlineData("13800000000 13900000000", "phone 13800000000 13800000000|phone 13900000000 13900000000")]
    [InlineData("010-12345678", "phone 01012345678 010-12345678")]
    [InlineData("400-123-4567", "phone 4001234567 400-123-4567")]
    [InlineData("138 0000 0000 微信同号", "phone 13800000000 138 0000 0000|wechat 13800000000 138 0000 0000")]
    [InlineData("手机/微信13800000000", "phone 13800000000 13800000000|wechat 13800000000 13800000000")]
    [InlineData("薇❤abc_12345", "wechat abc_12345 abc_12345")]
    [InlineData("加V：Test12345", "wechat test12345 Test12345")]
    [InlineData("➕V dgz2026", "wechat dgz2026 dgz2026")]
    [InlineData("溦：abc123456", "wechat abc123456 abc123456")]
    [InlineData("V信:xuexi_2026", "wechat xuexi_2026 xuexi_2026")]
    [InlineData("卫星号 kaozheng99", "wechat kaozheng99 kaozheng99")]
    [InlineData("微信号：dian-gong_01，好", "wechat dian-gong_01 dian-gong_01")]
    [InlineData("扣扣 12345 6789", "qq 123456789 12345 6789")]
    [InlineData("Q一二三四五六七", "qq 1234567 一二三四五六七")]
    [InlineData("微信/QQ：12345678", "qq 12345678 12345678|wechat 12345678 12345678")]
    [InlineData("QQ群:123456789", "group 123456789 123456789")]
    [InlineData("加群 一二三四五六七八", "group 12345678 一二三四五六七八")]
    [InlineData("https://t.cn/AbCdEf 见", "link https://t.cn/AbCdEf https://t.cn/AbCdEf")]
    [InlineData("diangong点com", "link diangong.com diangong点com")]
    [InlineData("扫一扫", "qr 扫一扫 扫一扫")]
    [InlineData("价格1380.00-1580.00元", "")]
    [InlineData("2026-11-25 13:00-15:30", "")]
    [InlineData("第二百八十四条之一", "")]
    [InlineData("GB/T 13869-2017", "")]
    [InlineData("型号DZ13800138000", "")]
    [InlineData("身份证110101199001011234", "")]
    [InlineData("¥13800000000", "")]
    [InlineData("微信 android版下载", "")]
    [InlineData("功率1500W 1300-1800转", "")]
    [InlineData("价格 1 3 8 0 元", "")]
    [InlineData("第3.14节", "")]
    [InlineData("0", "")]
    [InlineData("电话1", "")]
    [InlineData("电话 00000", "")]
    [InlineData("☎ 0086", "")]
    [InlineData("0086 1", "")]
    [InlineData("+86 1 3 8", "")]
    [InlineData("8613800", "")]
    [InlineData("12345 6", "")]
    [InlineData("一二三四五", "")]
    [InlineData("微信1", "")]
    public void Finds(string text, string expected)
    {
        var contacts = ContactFinder.Find(Dictionaries.Normalizer.Normalize(text), "text");
        Assert.Equal(expected, string.Join('|', contacts.Select(contact => $"{contact.Kind} {contact.Value} {text[contact.Start..contact.End]}")));
    }

    [Fact]
    public void Needs_no_lexicon_to_see_through_disguise() =>
        Assert.Equal("abc_12345", Assert.Single(ContactFinder.Find(new Normalizer(Dictionaries.Resources, Lexicon.Empty, []).Normalize("薇❤abc_12345"), "title")).Value);

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Answers_for(string name)
    {
        var text = OddTexts.Hostile[name];
        Assert.Empty(ContactFinder.Find(Dictionaries.Normalizer.Normalize(text), "text"));
    }
}
