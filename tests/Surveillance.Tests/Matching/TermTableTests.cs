using Surveillance.Classifier.Matching;

namespace Surveillance.Tests.Matching;

public sealed class TermTableTests
{
    [Fact]
    public void Carries_what_belongs_to_a_term()
    {
        var table = new TermTable<string>();
        table.Replace([new("包过", "guarantee"), new("代考", "exam-bypass")], ["严禁包过"]);
        Assert.Equal([new TermHit<string>("exam-bypass", 0, 2), new TermHit<string>("guarantee", 2, 4)], table.Find("代考包过，严禁包过"));
    }

    [Fact]
    public void Keeps_the_old_terms_when_new_ones_are_wrong()
    {
        var table = new TermTable<int>();
        table.Replace([new("包过", 1)]);
        Assert.Throws<ArgumentException>(() => table.Replace([new("", 2)]));
        Assert.Single(table.Find("包过"));
    }

    [Fact]
    public async Task Exchanges_terms_while_others_search()
    {
        var table = new TermTable<int>();
        table.Replace([new("包过", 0)]);
        var searches = Enumerable.Range(0, 2).Select(_ => Task.Run(() => Enumerable.Range(0, 5_000).All(_ => table.Find("考试包过保过").Count == 1))).ToList();
        for (var round = 0; round < 300; round++)
        {
            table.Replace([new(round % 2 == 0 ? "保过" : "包过", round)]);
        }

        Assert.All(await Task.WhenAll(searches), Assert.True);
    }
}
