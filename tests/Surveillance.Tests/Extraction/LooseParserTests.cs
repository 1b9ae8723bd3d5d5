using Surveillance.Crawler.Extraction.Json;

namespace Surveillance.Tests.Extraction;

public sealed class LooseParserTests
{
    [Theory]
    [InlineData("""{"a":1.5,"b":"x"}""", "{a:1.5,b:x}")]
    [InlineData("{a:undefined,b:NaN,c:void 0,}", "{a:-,b:-,c:-}")]
    [InlineData("{'a': None, 'b': True, 'c': 'it\\'s'}", "{a:-,b:true,c:it's}")]
    [InlineData("""{"a":"\u4f4e\u538b\n","b":[1,[2],],}""", "{a:低压\n,b:[1,[2]]}")]
    [InlineData("{/* note */a:1,// more\nb:!0}", "{a:1,b:true}")]
    [InlineData("""{"a":{"b":[""", "{a:{b:[]}}")]
    public void Reads_what_sites_ship_as_json(string text, string expected) =>
        Assert.Equal(expected, Show(new LooseParser(text, 0).Read()));

    [Theory]
    [InlineData("""cb({"a":1})""", true)]
    [InlineData("""g_page_config = {"a":1};""", true)]
    [InlineData("""[{"a":1}]""", true)]
    [InlineData("<html>{}</html>", false)]
    [InlineData("纯文本 {不是}", false)]
    public void Tells_a_bare_body_from_markup(string text, bool expected) =>
        Assert.Equal(expected, JsonIslands.IsBareBody(text));

    [Fact]
    public void Reads_documents_one_after_another_and_past_noise() =>
        Assert.Equal(["{a:1}", "{a:2}"], JsonIslands.OfBody("""{"a":1} 64227 {"a":2} trailing""").Select(Show));

    private static string Show(LooseValue value) => value.Kind switch
    {
        LooseKind.Nothing => "-",
        LooseKind.List => $"[{string.Join(',', value.Items.Select(Show))}]",
        LooseKind.Record => $"{{{string.Join(',', value.Members.Select(member => $"{member.Key}:{Show(member.Value)}"))}}}",
        _ => value.Scalar,
    };
}
