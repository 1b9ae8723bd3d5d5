using System.Text;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Extraction.Outcomes.Learned;

namespace Surveillance.Tests.Extraction;

/// <summary>The model that the program is built with, on pages of which no phrase and no shape says what they are.</summary>
public sealed class OutcomeModelTests
{
    private const string Item = "https://www.example.com/item/1002345.html";
    private const string Home = "https://www.example.com/";

    [Theory]
    [InlineData("captcha", Home, "<title>小考一下</title><body><p>挑出所有画着小船的格子，再点继续</p><div class=\"grid\"></div><button>继续</button>")]
    [InlineData("denied", Home, "<title>请求退回</title><body><p>来源地址近期自动请求过多，本站暂不为其应答</p>")]
    [InlineData("gone", Item, "<title>宝贝</title><body><p>这件已经被别人抱走了，看看同款吧</p>")]
    [InlineData("login", Item, "<title>会员</title><body><p>余下内容只给会员看</p><button>我是会员</button>")]
    [InlineData("ok", Home, "<title>老周五金</title><body><p>批发零售螺丝、电线、开关，东街五号，每天八点开门</p>")]
    [InlineData("ok", "https://www.example.com/chaxun/", "<title>车架号拆字</title><body><h1>车架号拆字</h1><input><button>拆</button><p>第10位是年份，第11位是装配厂。</p>")]
    [InlineData("ok", Item, "<title>拼图</title><body><h1>儿童拼图</h1><p>¥25 木质，盒装，缺一片，滑块完好</p>")]
    public void Tells(string expected, string url, string body) =>
        Assert.Equal(expected, OutcomeExample.NameOf(PageReader.CreateDefault().Read(Encoding.UTF8.GetBytes($"<!doctype html><html><meta charset=\"utf-8\">{body}</html>"), new Uri(url))));

    [Fact]
    public void Is_smaller_than_seven_tenths_of_a_megabyte()
    {
        using var model = typeof(PageReader).Assembly.GetManifestResourceStream("outcomes.tsv")!;

        Assert.InRange(model.Length, 1, 700_000);
    }
}
