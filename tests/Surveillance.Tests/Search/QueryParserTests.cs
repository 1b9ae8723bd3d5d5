using Surveillance.Api.Cli;
using Surveillance.Api.Search;
using Surveillance.Classifier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search;

public sealed class QueryParserTests
{
    private static readonly QueryParser Parser = new(Some.Classifier.Normalizer, Synonyms.Load(Path.Combine(ProgramFiles.DataFolder, "search", "synonyms.yaml"), Some.Classifier.Normalizer));

    [Theory]
    [InlineData("", "")]
    [InlineData("  \t ", "")]
    [InlineData("\"\"", "")]
    [InlineData("电工", "电·工")]
    [InlineData("報過", "包·过|保·过|必·过|包·通·过|保·通·过")]
    [InlineData("包过率", "包·过·率")]
    [InlineData("ＶＩＰ专场", "vip·专·场")]
    [InlineData("vip*", "vip*|~vip*")]
    [InlineData("低压vi*", "低·压·vi*|~低·压·vi*")]
    [InlineData("bg*", "bg*|~bg*")]
    [InlineData("电工*", "电·工")]
    [InlineData("包过**", "包·过|保·过|必·过|包·通·过|保·通·过")]
    [InlineData("电工 焊工", "电·工 & 焊·工")]
    [InlineData("-电工", "!电·工")]
    [InlineData("－电工", "!电·工")]
    [InlineData("\"报过\"", "报·过|~报·过")]
    [InlineData("“报过”", "报·过|~报·过")]
    [InlineData("-\"报 过\"", "!报·␣·过|~报·␣·过")]
    [InlineData("\"没有 闭合", "没·有·␣·闭·合|~没·有·␣·闭·合")]
    [InlineData("电工\"", "电·工")]
    [InlineData("\"...\"", ".·.·.|~.·.·.")]
    [InlineData("电工\"报名\"", "电·工 & 报·名|~报·名")]
    [InlineData("🔥", "🔥")]
    [InlineData("𠮷野", "𠮷·野")]
    [InlineData("https://a.example/x", "https·:·/·/·a·.·example·/·x")]
    [InlineData("10:30", "10·:·30")]
    [InlineData("备注:电工", "备·注·:·电·工")]
    public void Reads_terms(string text, string terms) => Assert.Equal(terms, Shown(Parser.Parse(text)));

    [Theory]
    [InlineData("type:guarantee,insider", "type=guarantee|insider")]
    [InlineData("TYPE:Guarantee", "type=guarantee")]
    [InlineData("-platform:闲鱼", "!platform=闲鱼")]
    [InlineData("platform：闲鱼，淘宝", "platform=闲鱼|淘宝")]
    [InlineData("seller:\"a, b\",c", "seller=a, b|c")]
    [InlineData("seller:“某 店", "seller=某 店")]
    [InlineData("price:100..500", "price=100..500")]
    [InlineData("price:380", "price=380..380")]
    [InlineData("risk:0.8..", "risk=0.8..")]
    [InlineData("price:..99.5", "price=..99.5")]
    [InlineData("first_seen:2026-11-01..2026-11-30", "first_seen=2026-10-31T16:00..2026-11-30T16:00")]
    [InlineData("first_seen:2026-11-01", "first_seen=2026-10-31T16:00..2026-11-01T16:00")]
    [InlineData("first_seen:..2026-11-30", "first_seen=..2026-11-30T16:00")]
    public void Reads_filters(string text, string filters) => Assert.Equal(filters, string.Join(" & ", Parser.Parse(text).Filters.Select(Shown)));

    [Theory]
    [InlineData("typ:guarantee", "unknown field 'typ', the nearest known one is 'type'")]
    [InlineData("type:garantee", "unknown type 'garantee', expected one of guarantee, insider")]
    [InlineData("state:old", "unknown state 'old', expected one of new, confirmed, rejected")]
    [InlineData("decision:yes", "expected one of flag, review, clear")]
    [InlineData("platform:", "expected a value behind 'platform:'")]
    [InlineData("price:cheap", "expected price as a number or a range")]
    [InlineData("price:1,2", "expected price as a number or a range")]
    [InlineData("price:..", "expected price as a number or a range")]
    [InlineData("price:1e999", "expected price as a number or a range")]
    [InlineData("risk:NaN", "expected risk as a number or a range")]
    [InlineData("price:500..100", "from the lower to the higher end")]
    [InlineData("first_seen:2026-02-30", "expected first_seen as a day or a range")]
    [InlineData("first_seen:0001-01-01", "expected first_seen as a day or a range")]
    [InlineData("first_seen:9999-12-31", "expected first_seen as a day or a range")]
    [InlineData("……", "nothing to search for in '……'")]
    [InlineData("-", "nothing to search for in '-'")]
    [InlineData("电工 ！", "nothing to search for in '！'")]
    [InlineData("*", "nothing to search for in '*'")]
    [InlineData("\"\u200B\"", "nothing to search for")]
    public void Refuses_in_one_sentence(string text, string reason)
    {
        var error = Assert.Throws<SearchQueryException>(() => Parser.Parse(text));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("。", error.InChinese, StringComparison.Ordinal);
        Assert.NotEqual(new SearchQueryException().InChinese, error.InChinese);
    }

    [Fact]
    public void Refuses_what_is_too_long()
    {
        Assert.Contains("at most 1000 characters, got 10000", Assert.Throws<SearchQueryException>(() => Parser.Parse(new string('电', 10_000))).Message, StringComparison.Ordinal);
        Assert.Contains("at most 50 terms, got 51", Assert.Throws<SearchQueryException>(() => Parser.Parse(string.Join(' ', Enumerable.Repeat("电", 51)))).Message, StringComparison.Ordinal);
        Assert.Equal(50, Parser.Parse(string.Join(' ', Enumerable.Repeat("电", 50))).Terms.Count);
        Assert.Single(Parser.Parse(new string('电', 1000)).Terms);
    }

    [Fact]
    public void Asks_for_leads_unless_told_otherwise()
    {
        Assert.True(Parser.Parse("").LeadsOnly);
        Assert.False(Parser.Parse("", leadsOnly: false).LeadsOnly);
    }

    [Theory]
    [InlineData("groups: [[包过]]", "groups of two terms or more")]
    [InlineData("groups: [[]]", "groups of two terms or more")]
    [InlineData("groups: [[包过, 保过], [保过, 必过]]", "expected each term once, found 保过 again")]
    [InlineData("groups: [[報過, 保过]]", "found 報過 instead of 包过")]
    [InlineData("groups: [[包过, ' ']]", "found an empty one")]
    [InlineData("terms: [[包过, 保过]]", "line 1")]
    [InlineData("", "found nothing")]
    public void Synonyms_are_refused(string yaml, string reason)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("synonyms.yaml", yaml);
        Assert.Contains(reason, Assert.Throws<RuleSetException>(() => Synonyms.Load(path, Some.Classifier.Normalizer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Synonyms_that_are_missing_are_named() =>
        Assert.Contains("expected a readable file", Assert.Throws<RuleSetException>(() => Synonyms.Load("/nowhere/synonyms.yaml", Some.Classifier.Normalizer)).Message, StringComparison.Ordinal);

    private static string Shown(SearchQuery query) =>
        string.Join(" & ", query.Terms.Select(term => (term.IsExcluded ? "!" : "") + string.Join('|', term.Phrases.Select(Shown))));

    private static string Shown(GramPhrase phrase) => (phrase.AsTyped ? "~" : "") + string.Join('·', phrase.Units) + (phrase.IsPrefix ? "*" : "");

    private static string Shown(SearchFilter filter) => (filter.IsExcluded ? "!" : "") + filter.Field + "=" + filter switch
    {
        SearchFilter.OneOf oneOf => string.Join('|', oneOf.Values),
        SearchFilter.NumberRange range => FormattableString.Invariant($"{range.From}..{range.To}"),
        SearchFilter.TimeRange range => FormattableString.Invariant($"{range.From?.UtcDateTime:yyyy-MM-dd'T'HH:mm}..{range.Before?.UtcDateTime:yyyy-MM-dd'T'HH:mm}"),
        _ => "",
    };
}
