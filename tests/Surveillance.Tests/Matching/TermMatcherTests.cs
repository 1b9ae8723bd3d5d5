using FsCheck;
using FsCheck.Fluent;
using Surveillance.Classifier.Matching;

namespace Surveillance.Tests.Matching;

public sealed class TermMatcherTests
{
    [Theory]
    [InlineData("包过,过", "考试包过", "包过@2 过@3")]
    [InlineData("a,aa,aaa", "aaaa", "a@0 aa@0 aaa@0 a@1 aa@1 aaa@1 a@2 aa@2 a@3")]
    [InlineData("she,he,hers,his", "ushers", "she@1 he@2 hers@2")]
    [InlineData("abcd,bc", "abce", "bc@1")]
    [InlineData("包过,包过", "包过", "包过@0 包过@0")]
    [InlineData("\0,x", "\0x", "\0@0 x@1")]
    [InlineData("证", "", "")]
    [InlineData("证", "证", "证@0")]
    [InlineData("😀", "a😀b", "😀@1")]
    [InlineData("低压电工证,电工,工证上", "低压电工证书", "低压电工证@0 电工@2")]
    public void Finds(string terms, string text, string expected)
    {
        var list = terms.Split(',');
        Assert.Equal(expected, string.Join(' ', Matches(list, text, null).Select(match => $"{list[match.Term]}@{match.Start}")));
    }

    [Theory]
    [InlineData("交通", "路口交通", "路口交通拥堵", 0)]
    [InlineData("女装", "女装", "女装上新", 0)]
    [InlineData("包过", "严禁包过,包过滤网", "严禁包过。包过滤网。", 0)]
    [InlineData("包过", "严禁包过,包过滤网", "严禁包过。我们包过。", 1)]
    [InlineData("证", "证券", "证券证", 1)]
    [InlineData("通行证", "路口交通", "路口交通行证", 1)]
    [InlineData("bc", "abcd,xbc", "abcd bc xbc", 1)]
    public void Lets_allowed_phrases_win(string term, string allowed, string text, int count) =>
        Assert.Equal(count, Matches([term], text, allowed.Split(',')).Count);

    [Fact]
    public void Finds_what_a_naive_search_finds()
    {
        var words = Gen.Elements("aabbc包过".ToCharArray()).ArrayOf().Select(units => new string(units));
        var input = words.Where(word => word.Length is > 0 and < 6).ListOf().Select(list => list.ToArray()).Zip(words.ListOf().Select(string.Concat), (terms, text) => (terms, text));
        Prop.ForAll(input.ToArbitrary(), pair =>
        {
            var naive = from start in Enumerable.Range(0, pair.text.Length)
                        from term in Enumerable.Range(0, pair.terms.Length)
                        where string.CompareOrdinal(pair.text, start, pair.terms[term], 0, pair.terms[term].Length) == 0
                        select new TermMatch(term, start, start + pair.terms[term].Length);
            Assert.Equal(naive, Matches(pair.terms, pair.text, null));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Orders_the_matches_of_terms_within_terms_without_end()
    {
        string[] terms = [.. Enumerable.Range(1, 60).Select(length => new string('a', length))];
        var matches = Matches(terms, new string('a', 300), null);
        Assert.Equal(Enumerable.Range(1, 60).Sum(length => 301 - length), matches.Count);
        Assert.Equal(matches.Order(), matches);
    }

    [Fact]
    public void Refuses_an_empty_term() => Assert.Throws<ArgumentException>(() => new TermMatcher(["包过", ""]));

    [Fact]
    public void Takes_steps_in_proportion_to_the_length()
    {
        var matcher = new TermMatcher([new string('a', 200) + "b", new string('a', 50), "ab"]);
        matcher.Find(new string('a', 10_000), [], out var once);
        matcher.Find(new string('a', 40_000), [], out var fourfold);
        Assert.InRange(fourfold, once, (4 * once) + 1000);
    }

    [Fact]
    public void Holds_a_hundred_thousand_terms_in_two_hundred_megabytes()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var matcher = new TermMatcher([.. Enumerable.Range(0, 100_000).Select(number => $"词{(char)(0x4E00 + (number % 9973))}{number}")]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
        var matches = new List<TermMatch>();
        matcher.Find($"词{(char)(0x4E00 + (4242 % 9973))}4242", matches);
        Assert.Equal(4242, matches[^1].Term);
    }

    private static List<TermMatch> Matches(IReadOnlyList<string> terms, string text, IReadOnlyList<string>? allowed)
    {
        var matches = new List<TermMatch>();
        new TermMatcher(terms, allowed).Find(text, matches);
        return matches;
    }
}
