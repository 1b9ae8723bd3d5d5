using Surveillance.Api.Cli;
using Surveillance.Classifier;
using Surveillance.Classifier.Model;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Model;

public sealed class ModelTrainerTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 11, 25);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_listings_give_the_same_bytes()
    {
        var first = File.ReadAllBytes(SmallCorpus.Train(_folder, "one.bin"));
        var second = File.ReadAllBytes(SmallCorpus.Train(_folder, "two.bin"));

        Assert.Equal(first, second);
    }

    [Fact]
    public void A_finding_of_the_model_alone_has_no_rule_and_lies_in_the_original()
    {
        const string Text = "本市有星火通道，電工證直接下来";
        var model = TextClassifier.Load(ProgramFiles.DataFolder, SmallCorpus.Train(_folder));
        Assert.DoesNotContain(Classify(TextClassifier.Load(ProgramFiles.DataFolder), Text).Findings, finding => finding.Type == "insider" && finding.Rule is not null);

        var finding = Assert.Single(Classify(model, Text).Findings, finding => finding.Type == "insider");

        Assert.Null(finding.Rule);
        Assert.Equal(["model"], finding.Sources);
        Assert.InRange(finding.Spans.Length, 1, 3);
        Assert.All(finding.Spans, span => Assert.Equal(Text[span.Start..span.End], span.Text));
        Assert.NotEmpty(finding.Basis);
    }

    [Fact]
    public void The_model_is_named_in_the_assessment()
    {
        var path = SmallCorpus.Train(_folder);

        Assert.Equal(StatisticalModel.Open(path).Version, Classify(TextClassifier.Load(ProgramFiles.DataFolder, path), "电工证").ModelVersion);
        Assert.Null(Classify(TextClassifier.Load(ProgramFiles.DataFolder), "电工证").ModelVersion);
    }

    [Fact]
    public void What_rules_flag_by_themselves_an_officer_sees_whatever_the_model_thinks()
    {
        const string Text = "低压电工证包过，考不过退全款，加微信";
        Assert.Equal(Decision.Flag, Classify(TextClassifier.Load(ProgramFiles.DataFolder), Text).Decision);

        // The small corpus has no guarantee: to this model nothing is one.
        Assert.NotEqual(Decision.Clear, Classify(TextClassifier.Load(ProgramFiles.DataFolder, SmallCorpus.Train(_folder)), Text).Decision);
    }

    private static Assessment Classify(TextClassifier classifier, string text) => classifier.Classify(new Listing { Id = "1", Text = text }, Day);
}
