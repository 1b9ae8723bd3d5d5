using Surveillance.Classifier.Text;

namespace Surveillance.Tests.Text;

/// <summary>Disguises that need their surroundings weighed, beside everyday texts that look like them.</summary>
public sealed class DisguiseTests
{
    [Theory]
    [InlineData("保育师诤书包下", "保育师证书包下")]
    [InlineData("国外大学闅凭定制", "国外大学文凭定制")]
    [InlineData("由面试考倌亲自带教", "由面试考官亲自带教")]
    [InlineData("焊工操做证", "焊工操作证")]
    [InlineData("特种作业操坐证", "特种作业操作证")]
    public void Reads_a_homophone_that_nobody_has_another_use_for(string text, string normal) => Reads(text, normal, FoldKind.Homophone);

    [Theory]
    [InlineData("叉车证不用fs的政策", "叉车证不用复审的政策")]
    [InlineData("本省zqw的建造师辅导", "本省最权威的建造师辅导")]
    [InlineData("人社厅GF指定培训基地", "人社厅官方指定培训基地")]
    [InlineData("NB资料考试前发", "内部资料考试前发")]
    [InlineData("卖zs,资格类都有", "卖证书,资格类都有")]
    [InlineData("yjglj直属低压电工", "应急管理局直属低压电工")]
    [InlineData("四科不过TK", "四科不过退款")]
    [InlineData("dgz bg 600", "电工证包过 600")]
    public void Reads_initials_near_a_sign_of_certificates(string text, string normal) => Reads(text, normal, FoldKind.Pinyin);

    [Theory]
    [InlineData("低压dgzbk", "低压电工证报考", 2)]
    [InlineData("高压dgzns延期", "高压电工证年审延期", 2)]
    [InlineData("hgzsb,hgzdb", "焊工证速办,焊工证代办", 4)]
    [InlineData("低压dgzbkdb一次拿下", "低压电工证报考代办一次拿下", 3)]
    public void Reads_initials_of_several_terms_in_one_run(string text, string normal, int folds)
    {
        var normalized = Dictionaries.Normalizer.Normalize(text);
        Assert.Equal(normal, normalized.Text);
        Assert.Equal(folds, normalized.Folds.Length);
        Assert.All(normalized.Folds, fold => Assert.Equal(fold.From, text[fold.Start..fold.End]));
    }

    [Theory]
    [InlineData("低压证工电", "低压电工证")]
    [InlineData("学校发的证作操", "学校发的操作证")]
    [InlineData("赶紧把证高登办了", "赶紧把登高证办了")]
    [InlineData("本省威权最的学校", "本省最权威的学校")]
    [InlineData("件证制作", "证件制作")]
    [InlineData("部内价三百", "内部价三百")]
    [InlineData("终身免审复", "终身免复审")]
    public void Reads_a_term_in_reverse(string text, string normal) => Reads(text, normal, FoldKind.Reversed);

    [Theory]
    [InlineData("全程伐刅", "全程代办", FoldKind.Lookalike)]
    [InlineData("年终狎题", "年终押题", FoldKind.Lookalike)]
    [InlineData("异地出怔,本人不用露面", "异地出证,本人不用露面", FoldKind.Homophone)]
    [InlineData("门口拷官是熟人", "门口考官是熟人", FoldKind.Homophone)]
    public void Reads_a_character_that_looks_alike(string text, string normal, FoldKind kind) => Reads(text, normal, kind);

    [Theory]
    [InlineData("考试用品10 kg装")]
    [InlineData("电工考试 50 Hz")]
    [InlineData("发动机1.6L SL天地版 考试")]
    [InlineData("低压配电柜XL-21 证书齐全")]
    [InlineData("证书查询dgz-cx.com")]
    [InlineData("域名sc.gov.cn 证书核发")]
    [InlineData("只做证件 微: zz**88")]
    [InlineData("GG虚拟主机 证书")]
    [InlineData("fs模块读写很慢")]
    [InlineData("dgzxyz")]
    [InlineData("学习 b.g.m 考试")]
    public void Leaves_letters_of_other_meaning(string text) => Leaves(text);

    [Theory]
    [InlineData("物证、书证都要核对")]
    [InlineData("继电保护的证考下来了")]
    [InlineData("资格证书证明")]
    [InlineData("全部内容都要考")]
    [InlineData("电工证压低价格")]
    [InlineData("专业手枪玩具")]
    [InlineData("要先考灯光证。考什么呀")]
    [InlineData("免入学考、免论文")]
    [InlineData("本办为国务院机构,负责考试")]
    [InlineData("要我加钱买证")]
    public void Leaves_words_that_are_a_term_in_reverse_by_chance(string text) => Leaves(text);

    [Theory]
    [InlineData("许可证见下图")]
    [InlineData("教师带刷章节题")]
    [InlineData("祝考试顺利")]
    [InlineData("万元券包一键到手")]
    [InlineData("穴位按摩考试")]
    [InlineData("战士戍边成边防模范")]
    [InlineData("他在讲座上拷问自己")]
    [InlineData("兔子考试得了第一名")]
    public void Leaves_words_that_sound_or_look_like_a_term(string text) => Leaves(text);

    private static void Reads(string text, string normal, FoldKind kind)
    {
        var normalized = Dictionaries.Normalizer.Normalize(text);
        Assert.Equal(normal, normalized.Text);
        Assert.Equal(kind, Assert.Single(normalized.Folds).Kind);
    }

    private static void Leaves(string text)
    {
        var normalized = Dictionaries.Normalizer.Normalize(text);
        Assert.Empty(normalized.Folds);
    }
}
